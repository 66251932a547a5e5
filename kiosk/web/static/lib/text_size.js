// Letters twice as large, by one key: pages whose sizes are in rem grow by themselves; a machine, whose screens are drawings,
// draws them anew (`machineTextKey`). They end with their citizen.

import { h } from "./dom.js";
import { picto } from "./signs.js";
import { t } from "./words.js";

const root = document.documentElement;
const LARGE = "200%";

/** Whether somebody asked for it. */
export const isLarge = () => root.style.fontSize === LARGE;

/** The letters of a new day. */
export const endLarge = () => { if (isLarge()) take(""); };

/** @param {string} size */
function take(size) {
  root.style.fontSize = size;
  window.dispatchEvent(new Event("resize")); // a drawing is laid for its letters as for its window
}

/**
 * The key that makes letters large and small again.
 * @param {string} [words]
 */
export function textKey(words = t("Larger letters")) {
  const key = h("button.larger", { type: "button", "aria-pressed": String(isLarge()), onclick: toggle }, picto("letters"), h("span", { "data-fit": true }, words));
  function toggle() {
    take(isLarge() ? "" : LARGE);
    key.setAttribute("aria-pressed", String(isLarge()));
  }
  return key;
}

/** The same in the narrow place that a kiosk or a tablet has for it. */
export const machineTextKey = () => textKey(t("Larger"));
