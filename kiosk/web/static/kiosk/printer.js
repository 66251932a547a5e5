// The printer of this machine, known before a number is taken: nobody should tap and wait for paper in vain.

import { api } from "../lib/api.js";
import { isCallError } from "../lib/http.js";
import { h } from "../lib/dom.js";
import { faultText } from "./fault_words.js";
import { faultOf } from "../lib/printer.js";
import { picto } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";

const [LOOK_MS, LONGEST_MS] = [2000, 3000];

/** @typedef {{ fault: string | null, held: Api.HeldSlip | null, behind: boolean, informs: boolean }} PrinterView */

/** Before the printer was asked. @type {PrinterView} */
export const WELL = { fault: null, held: null, behind: false, informs: false };

/** @param {Api.Printer | undefined} printer */
const heldBy = (printer) => printer?.held_out || null;

/**
 * {view, looked, onEvent}; `looked`: it was asked once. Of the view: `fault` is the reason why no slip can come out now, or null; `held` the last slip that a
 * presenter held out, {number, state, since}, or null; `behind`: others wait until it is taken; `informs`: no numbers are given here. `changed` is called
 * on a change.
 * @param {() => void} changed
 */
export function watchPrinter(changed) {
  /** @type {PrinterView} */
  const view = { ...WELL };
  async function look() {
    try {
      const { here, information: informs, printers } = await api("GET", "printers", null, { waitMs: LONGEST_MS });
      const mine = printers[here];
      const standsIn = mine && printers[mine.fallback]?.state === "ok";
      const nowhere = !here && !informs && Object.keys(printers).length > 0; // no printer is named for this machine
      take({ informs, fault: nowhere ? "no_printer" : mine && !standsIn ? faultOf(mine) : null, held: heldBy(mine), behind: Boolean(mine?.behind) });
    } catch (error) {
      if (!isCallError(error)) throw error;
    }
  }
  /** @param {PrinterView} found */
  function take(found) {
    const same = found.fault === view.fault && found.behind === view.behind && found.informs === view.informs
      && found.held?.number === view.held?.number && found.held?.state === view.held?.state && found.held?.since === view.held?.since;
    Object.assign(view, found);
    if (!same) changed();
  }
  /** @param {{ type: string }} options */
  function onEvent({ type }) {
    if (type.startsWith("device.") || type.startsWith("slip.")) look();
  }
  const looked = look();
  setInterval(look, LOOK_MS);
  return { view, looked, onEvent };
}

const instead = () => (shown.public_url ? t("The number is shown on the screen; a phone can take it along.") : t("The number is shown on the screen; please remember it."));

/**
 * The same for the ear: nothing while the printer is well.
 * @param {import("./app.js").Kiosk} app
 */
export function spokenWarning(app) {
  if (app.printer.fault !== null) return [`${faultText(app.printer.fault)}. ${instead()}`];
  return inMouth(app) ? [faultText("not_taken")] : [];
}

/** @param {import("./app.js").Kiosk} app */
const inMouth = (app) => app.printer.held?.state === "in_mouth";

/**
 * What to expect instead of a slip, or which slip to take first, in the place where people look first; else null.
 * @param {import("./app.js").Kiosk} app
 */
export function warned(app) {
  if (app.printer.fault === null) return inMouth(app) && app.printer.held ? leftBehind(app.printer.held) : null;
  return h("span.nopaper", { role: "status" }, picto("no-paper"), h("span", {}, h("b", {}, faultText(app.printer.fault)), instead()));
}

/** @param {Api.HeldSlip} options */
function leftBehind({ number }) {
  return h("span.nopaper.left", { role: "status" }, picto("ticket"), h("span", {}, h("b", {}, faultText("not_taken")),
    number ? t("It is slip {number}; the next slip comes after it.", { number }) : t("The next slip comes after it.")));
}
