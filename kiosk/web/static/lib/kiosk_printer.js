// The printer of this machine, known before a number is taken: nobody should tap and wait for paper in vain.

import { api, Problem, Unreachable } from "./api.js";
import { h } from "./dom.js";
import { faultText } from "./kiosk_ticket.js";
import { faultOf } from "./printer.js";
import { picto } from "./signs.js";
import { shown, t } from "./words.js";

const LOOK_MS = 2000;

/** {fault, onEvent}: `fault` is the reason why no slip can come out now, or null; `changed` is called when it changes. */
export function watchPrinter(changed) {
  const known = { fault: null, onEvent };
  async function look() {
    try {
      const { here, printers } = await api("GET", "printers");
      const mine = printers[here];
      const standsIn = mine && printers[mine.fallback]?.state === "ok";
      take(mine && !standsIn ? faultOf(mine) : null);
    } catch (error) {
      if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
    }
  }
  function take(fault) {
    if (fault === known.fault) return;
    known.fault = fault;
    changed();
  }
  function onEvent({ type }) {
    if (type.startsWith("device.") || type.startsWith("slip.")) look();
  }
  look();
  setInterval(look, LOOK_MS);
  return known;
}

const instead = () => (shown.public_url ? t("The number is shown on the screen; a phone can take it along.") : t("The number is shown on the screen; please remember it."));

/** The same for the ear: nothing while the printer is well. */
export const spokenWarning = (app) => (app.printer.fault === null ? [] : [`${faultText(app.printer.fault)}. ${instead()}`]);

/** What to expect instead of a slip, in the place where people look first; null while the printer is well. */
export function warned(app) {
  if (app.printer.fault === null) return null;
  return h("span.nopaper", { role: "status" }, picto("no-paper"), h("span", {}, h("b", {}, faultText(app.printer.fault)), instead()));
}
