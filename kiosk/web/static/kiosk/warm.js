// The ticket's screen is made once, unseen, while nobody waits for it: what a browser prepares when something is drawn for
// the first time (functions, letters of that size) is there before somebody touches "Lấy số".

import { fill, h } from "../lib/dom.js";
import { shrink } from "../lib/shrink.js";
import { shown } from "../lib/words.js";
import { ticket } from "./ticket.js";

const LATEST_MS = 5000; // a processor that is never idle prepares it then

/** @returns {Api.IssuedTicket} one that nobody took */
function madeUp() {
  const [service] = shown.services;
  const print = /** @type {Api.Print} */ ({ state: "PRINTED", reason: null });
  return /** @type {Api.IssuedTicket} */ ({ id: "", number: `${service.letter}012`, service: service.code, position: 4, estimated_wait_s: 600, issued_at: "", print, public_token: "" });
}

/**
 * Draw it beside what is shown, and take it away again in the same step.
 * @param {import("./app.js").Kiosk} app
 * @param {HTMLElement} stage
 */
function drawUnseen(app, stage) {
  const bar = h("footer.bar");
  const drawBar = (/** @type {Dom.Child[]} */ keys) => fill(bar, keys);
  const aside = /** @type {import("./app.js").Kiosk} */ (Object.assign(Object.create(app), { drawBar, nextCitizen() {} }));
  const view = ticket(aside, { ticket: madeUp() });
  const unseen = h("div", { style: { visibility: "hidden" }, "aria-hidden": "true" }, h("div.place", {}, view.node), bar);
  view.start?.();
  stage.append(unseen);
  shrink(unseen);
  view.stop?.();
  unseen.remove();
}

/**
 * As soon as there is time for it.
 * @param {import("./app.js").Kiosk} app
 * @param {HTMLElement} stage
 */
export function prepareTicket(app, stage) {
  const act = () => { if (!app.busy) drawUnseen(app, stage); };
  if (!shown.services.length) return;
  if (window.requestIdleCallback) window.requestIdleCallback(act, { timeout: LATEST_MS });
  else setTimeout(act, LATEST_MS); // Safari does not tell when it is idle
}
