// Numbers that are on paper and that the machine lost: who holds one gets back in line, until staff put the notice away.

import { h } from "../lib/dom.js";
import { numbersOf, rangeWords } from "../lib/lost_numbers.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { act } from "./actions.js";
import { state } from "./model.js";
import { toast } from "./toast.js";

const FEW = 12; // so many numbers have a key each; of more, the number is typed

/** @param {string} number */
export async function backInLine(number) {
  if (number.trim() && (await act("tickets/paper", { number: number.trim() }))) toast(t("{number} is back in line", { number: number.trim().toUpperCase() }), "well");
}

/** @param {string} epoch */
const putAway = (epoch) => act(`lost-numbers/${epoch}/dismiss`);

/** The notice of what was lost; nothing when nothing was. */
export function lostCard() {
  const lost = state.equipment?.lost_numbers?.[0];
  if (!lost) return null;
  const away = h("button.small", { type: "button", disabled: !state.fresh, onclick: () => putAway(lost.epoch) }, t("Seen to, put away"));
  if (!lost.count) {
    return h("section.box.trouble", {}, h("b", {}, picto("warning"), t("The last actions may be lost")), h("p", {}, t("The machine was repaired. Look at the queue and do again what is missing.")), away);
  }
  return h("section.box.trouble", {}, h("b", {}, picto("warning"), t("Slips that the machine lost: {numbers}", { numbers: rangeWords(lost.ranges) })),
    h("p", {}, t("Whoever holds one of these numbers gets back in line here, at the same place. Calls of the last minutes may have to be made again.")),
    lost.count <= FEW ? keys(lost.ranges) : entry(lost.ranges[0].first), away);
}

/** @param {string} example */
function entry(example) {
  const field = h("input", { id: "lost", autocomplete: "off", "aria-label": t("Number on the slip"), placeholder: example });
  return h("form.switchline", { onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); backInLine(field.value); } }, field, h("button.small", { type: "submit" }, t("Back in line")));
}

/** @param {Api.NumberRange[]} ranges */
function keys(ranges) {
  return h("div.lost-keys", {}, numbersOf(ranges).map((number) => h("button.small", { type: "button", disabled: !state.fresh, onclick: () => backInLine(number) }, number)));
}
