// The printer of this machine, known before a number is taken: nobody should tap and wait for paper in vain.

import { api, Problem, Unreachable } from "./api.js";
import { h } from "./dom.js";
import { faultText } from "./kiosk_ticket.js";
import { faultOf } from "./printer.js";
import { picto } from "./signs.js";
import { shown, t } from "./words.js";

const LOOK_MS = 2000;

/** Before the printer was asked. */
export const WELL = { fault: null, held: null, behind: false };

const heldBy = (printer) => printer?.held_out || null;

/**
 * {fault, held, behind, onEvent}: `fault` is the reason why no slip can come out now, or null; `held` the last slip that a
 * presenter held out, {number, state, since}, or null; `behind`: others wait until it is taken. `changed` is called on a change.
 */
export function watchPrinter(changed) {
  const known = { ...WELL, onEvent };
  async function look() {
    try {
      const { here, printers } = await api("GET", "printers");
      const mine = printers[here];
      const standsIn = mine && printers[mine.fallback]?.state === "ok";
      take({ fault: mine && !standsIn ? faultOf(mine) : null, held: heldBy(mine), behind: Boolean(mine?.behind) });
    } catch (error) {
      if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
    }
  }
  function take(found) {
    const same = found.fault === known.fault && found.behind === known.behind
      && found.held?.number === known.held?.number && found.held?.state === known.held?.state && found.held?.since === known.held?.since;
    Object.assign(known, found);
    if (!same) changed();
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
export function spokenWarning(app) {
  if (app.printer.fault !== null) return [`${faultText(app.printer.fault)}. ${instead()}`];
  return inMouth(app) ? [faultText("not_taken")] : [];
}

const inMouth = (app) => app.printer.held?.state === "in_mouth";

/** What to expect instead of a slip, or which slip to take first, in the place where people look first; else null. */
export function warned(app) {
  if (app.printer.fault === null && inMouth(app)) return leftBehind(app.printer.held);
  if (app.printer.fault === null) return null;
  return h("span.nopaper", { role: "status" }, picto("no-paper"), h("span", {}, h("b", {}, faultText(app.printer.fault)), instead()));
}

function leftBehind({ number }) {
  return h("span.nopaper.left", { role: "status" }, picto("ticket"), h("span", {}, h("b", {}, faultText("not_taken")),
    number ? t("It is slip {number}; the next slip comes after it.", { number }) : t("The next slip comes after it.")));
}
