// High contrast on a machine that many people use: black on white, 10:1 and more, by one key; it ends with its citizen.

import { h } from "./dom.js";
import { picto } from "./signs.js";
import { t } from "./words.js";

const root = document.documentElement;

/** Whether somebody asked for it. */
export const isHigh = () => root.dataset.contrast === "high";

/** The contrast of a new day. */
export const endContrast = () => { delete root.dataset.contrast; };

/** The key that turns high contrast on and off. */
export function contrastKey() {
  const key = h("button.contrast", { "aria-pressed": String(isHigh()), onclick: toggle }, picto("contrast"), h("span", { "data-fit": true }, t("Clearer")));
  function toggle() {
    if (isHigh()) endContrast();
    else root.dataset.contrast = "high";
    key.setAttribute("aria-pressed", String(isHigh()));
  }
  return key;
}
