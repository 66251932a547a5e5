// A window over the console, and what is chosen in it.

import { $, h } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { keyCap } from "./citizen.js";
import { inField, signOf } from "./keys.js";

/** Whether a window is open: then the keys of the console rest. */
export const isOpen = () => Boolean($("dialog[open]"));

/**
 * A window with a heading; `keys` maps signs to buttons' actions while it is open.
 * @param {Dom.Child} title
 * @param {Dom.Child} content
 * @param {Record<string, () => void>} [keys]
 */
export function dialog(title, content, keys = {}) {
  /** @type {HTMLDialogElement} */
  const box = h("dialog.window", {}, h("h2", {}, title), content,
    h("button.close", { type: "button", onclick: () => box.close() }, t("Close"), keyCap("Esc")));
  box.addEventListener("close", () => box.remove());
  box.addEventListener("keydown", (event) => {
    const action = keys[signOf(event.code)];
    if (!action || inField(event.target)) return;
    event.preventDefault();
    action();
  });
  document.body.append(box);
  box.showModal();
  return box;
}

export const openDialog = () => /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[open]"));

/**
 * Closes the window, then does what was chosen in it.
 * @param {() => void} run
 */
export const choose = (run) => () => {
  openDialog()?.close();
  run();
};

/**
 * No key writes "12": only a counter of one sign has one.
 * @param {Api.CounterPlace} counter
 */
export const hasKey = (counter) => counter.code.length === 1;
