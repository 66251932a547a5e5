// A date as it is written here, day first, over the browser's own field, which may write it otherwise.

import { h } from "../lib/dom.js";
import { t } from "../lib/words.js";

/** "2024-04-05" as "5/4/2024". @param {string} day */
export const dayText = (day) => day.split("-").reverse().map((part, index) => (index < 2 ? String(Number(part)) : part)).join("/");

/**
 * @param {string} value
 * @param {string} words what the day is for
 * @param {(day: string) => void} choose
 */
export function dayField(value, words, choose) {
  const written = h("span", { "aria-hidden": "true" }, value ? dayText(value) : t("choose a day"));
  const field = h("input", { type: "date", value, "aria-label": `${words}: ${value ? dayText(value) : ""}`, onclick: () => { open(field); }, onchange: () => {
    if (field.value) choose(field.value);
  } });
  return h("label.day", {}, written, field);
}

/** @param {HTMLInputElement} field */
function open(field) {
  try {
    field.showPicker();
  } catch {
    field.focus(); // a browser without it lets the day be typed
  }
}
