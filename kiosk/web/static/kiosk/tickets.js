// Taking a number: one ticket for one tap, and what became of its slip.

import { api } from "../lib/api.js";
import { isCallError, newKey, pause, Problem } from "../lib/http.js";
import { currentLanguage, shown, t } from "../lib/words.js";

const BETWEEN_MS = 3000;
const MINUTE_MS = 60000;
const PER_MINUTE = 20;
const PROOF_MS = 4000;
const TRIES = 3;
/** @typedef {{ service: string, priority: string | null, language: string }} TicketBody */
/** @typedef {{ key: string, service: string, body: TicketBody, at: number }} Asked a number asked for, at which time (ms) */

const UNPROVEN = ["QUEUED", "SENDING"];

/**
 * When the next ticket may be taken, in ms from `now`: tickets lie `BETWEEN_MS` apart; null after `PER_MINUTE` within
 * a minute. `taken`: when tickets were taken, oldest first.
 * @param {number[]} taken
 * @param {number} now
 */
export function restBefore(taken, now) {
  const recent = taken.filter((at) => now - at < MINUTE_MS);
  if (recent.length >= PER_MINUTE) return null;
  return Math.max(0, (recent.at(-1) ?? -BETWEEN_MS) + BETWEEN_MS - now);
}

/**
 * One ticket for one tap, whatever is touched meanwhile and however often the line drops.
 * @param {import("./app.js").Kiosk} app
 * @param {string} service
 * @param {string | null} priority
 * @param {boolean} [again] whoever took a number just now wants one more
 */
export async function takeTicket(app, service, priority, again = false) {
  if (app.busy) return;
  if (!again && isAsked(app)) {
    app.show("another", { service, priority, last: app.last });
    return;
  }
  const rest = restBefore(app.taken, Date.now());
  if (rest === null) {
    app.note(t("Please wait a moment and touch again."));
    return;
  }
  app.busy = true;
  try {
    if (rest > 0) await pause(rest);
    app.taken = [...app.taken, Date.now()].slice(-PER_MINUTE);
    const ticket = await issue(askAgain(app, { service, priority, language: currentLanguage() }));
    app.asked = null;
    app.last = { number: ticket.number, at: Date.now() };
    app.show("ticket", { ticket });
    watchPrinting(app, ticket, app.turn);
  } catch (error) {
    await showRefusal(app, error, service);
  } finally {
    app.busy = false;
  }
}

/**
 * Whether the office wants people asked who take a number right after one.
 * @param {import("./app.js").Kiosk} app
 */
const isAsked = (app) => shown.kiosk.second_number === "ask" && app.last !== null && Date.now() - app.last.at < MINUTE_MS;

/**
 * A number that was asked for without an answer is asked for under the same key again: it is one number.
 * @param {import("./app.js").Kiosk} app
 * @param {TicketBody} body
 * @returns {Asked}
 */
function askAgain(app, body) {
  const before = app.asked;
  const isSame = before && Date.now() - before.at < MINUTE_MS && JSON.stringify(before.body) === JSON.stringify(body);
  const asked = isSame ? before : { key: newKey(), service: body.service, body, at: Date.now() };
  app.asked = asked;
  return asked;
}

/** @param {Asked} asked */
async function issue({ body, key: idempotencyKey }) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await api("POST", "tickets", body, { idempotencyKey });
    } catch (error) {
      if (tries >= TRIES || (error instanceof Problem && error.status < 500)) throw error;
      await pause(500);
    }
  }
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {unknown} error
 * @param {string} service
 */
async function showRefusal(app, error, service) {
  const code = error instanceof Problem ? error.code : "";
  if (code === "limit-reached") {
    app.full.add(service);
    app.show("service");
    app.note(t("No more numbers today"));
  } else if (code === "closed") {
    await app.refresh();
    app.show("home");
  } else if (code === "forbidden") {
    app.show("home");
    app.note(t("Numbers are not taken here. Please go to the machine that gives numbers."));
  } else if (code === "too-many") {
    app.note(t("Please wait a moment and touch again."));
  } else {
    app.failed(error);
  }
}

/**
 * Ask for the ticket until the printer reported what became of its slip.
 * @param {import("./app.js").Kiosk} app
 * @param {Api.Ticket} ticket
 * @param {number} turn
 */
async function watchPrinting(app, ticket, turn) {
  const began = performance.now();
  let { print, state } = ticket;
  while (app.turn === turn && UNPROVEN.includes(print.state)) {
    await pause(400);
    const fresh = await readTicket(ticket.id);
    if (app.turn !== turn) return;
    const late = performance.now() - began > PROOF_MS;
    const isSame = !fresh || fresh.print.state === print.state;
    if (isSame && late === app.printingLate) continue;
    app.printingLate = late;
    if (fresh) ({ print, state } = fresh);
    app.update({ print, state });
  }
}

/**
 * The ticket as it is now; null when the service gives no answer.
 * @param {string} id
 */
async function readTicket(id) {
  try {
    return await api("GET", `tickets/${id}`);
  } catch (error) {
    if (isCallError(error)) return null;
    throw error;
  }
}

/**
 * Take back a number that was chosen by mistake.
 * @param {import("./app.js").Kiosk} app
 * @param {Api.Ticket} ticket
 */
export async function cancelTicket(app, ticket) {
  if (app.busy) return;
  app.busy = true;
  try {
    await api("POST", `tickets/${ticket.id}/cancel`, { reason: null }, { idempotencyKey: newKey() });
    app.show("service");
  } catch (error) {
    app.failed(error);
  } finally {
    app.busy = false;
  }
}
