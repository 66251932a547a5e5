// A slip that did not come out, or perhaps did not: the clerk asks the citizen and has the last word.

import { h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { reprint, slipCameOut } from "./actions.js";
import { state } from "./model.js";

const LOST = ["NOT_PRINTED", "UNKNOWN"];

/**
 * What to decide about a ticket's slip; null when nothing is to be decided, or there is no printer.
 * @param {Api.Ticket} ticket
 */
export function slip(ticket) {
  if (!LOST.includes(ticket.print.state) || !Object.keys(state.equipment?.printers || {}).length) return null;
  const unsure = ticket.print.state === "UNKNOWN";
  return h("p.slip", {}, picto("no-paper"), h("span", {}, unsure ? t("Not sure the slip came out") : t("The slip was not printed")),
    unsure && h("button.small.seen", { type: "button", onclick: () => slipCameOut(ticket) }, t("Came out")),
    h("button.small", { type: "button", onclick: () => reprint(ticket) }, t("Print again")));
}

/**
 * The same for somebody who stands at the counter or was set aside: only what nobody knows still matters.
 * @param {Api.Ticket} ticket
 */
export const doubt = (ticket) => (ticket.print.state === "UNKNOWN" ? slip(ticket) : null);
