// Letters twice as large, by one key, on pages whose sizes are in rem; they end with their citizen.

import { h } from "./dom.js";
import { t } from "./words.js";

const root = document.documentElement;
const LARGE = "200%";

/** Whether somebody asked for it. */
export const isLarge = () => root.style.fontSize === LARGE;

/** The letters of a new day. */
export const endLarge = () => { root.style.fontSize = ""; };

/** The key that makes letters large and small again. */
export function textKey() {
  const key = h("button.larger", { type: "button", "aria-pressed": String(isLarge()), onclick: toggle }, h("b", { "aria-hidden": "true" }, "A"), h("span", {}, t("Larger letters")));
  function toggle() {
    root.style.fontSize = isLarge() ? "" : LARGE;
    key.setAttribute("aria-pressed", String(isLarge()));
  }
  return key;
}
