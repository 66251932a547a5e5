// What the clerk can do. One action, one key: the same tap never counts twice.

import { api, counterCode, newKey } from "../lib/api.js";
import { t } from "../lib/words.js";
import { load, now, state, undoable } from "./model.js";
import { explain, toast } from "./toast.js";

const REST_MS = 1500;
let busy = false;
let restUntil = 0;

/** Send one action and show what became of it; answers whether it was done. */
export async function act(path, body = {}) {
  if (busy || !state.fresh) return false;
  busy = true;
  try {
    const done = await send(path, body);
    await load();
    return done === null ? "nobody" : true;
  } catch (error) {
    explain(error);
    await load();
    return false;
  } finally {
    busy = false;
  }
}

/** Once more with the same key when the line broke: it was done once at most. */
async function send(path, body) {
  const idempotencyKey = newKey();
  try {
    return await api("POST", path, body, { idempotencyKey });
  } catch (error) {
    if (error.status !== undefined) throw error;
    return api("POST", path, body, { idempotencyKey });
  }
}

const ticketPath = (action, ticket = state.counter?.ticket) => `tickets/${ticket.id}/${action}`;
const counterPath = (action) => `counters/${counterCode}/${action}`;

/** The sensible next step: {words, more, run, picto}; run is null when there is none. */
export function nextStep() {
  const { counter, queue } = state;
  const next = queue.waiting[0]?.ticket;
  const will = next ? t("Will invite {number} to counter {counter}", { number: next.number, counter: counterCode }) : t("Nobody is waiting");
  if (counter.state === "PAUSED") return { words: t("Open the counter again"), more: t("The counter is paused"), picto: "check", run: () => act(counterPath("open")) };
  if (counter.ticket?.state === "CALLED") {
    return { words: t("Start"), more: t("{number} is at the counter", { number: counter.ticket.number }), picto: "right", run: () => act(ticketPath("start")) };
  }
  if (counter.ticket && next) {
    return { words: t("Done, call the next number"), more: will, picto: "check", run: () => act(counterPath("call-next"), { finish_current: "complete" }) };
  }
  if (counter.ticket) return { words: t("Finish"), more: will, picto: "check", run: () => act(ticketPath("complete")) };
  if (next) return { words: t("Call the next number"), more: will, picto: "speaker", run: () => act(counterPath("call-next")) };
  return { words: t("Nobody is waiting yet"), more: t("The button lights up by itself"), picto: "clock", run: null };
}

export const resting = () => Date.now() < restUntil;

/** The big button; rests 1.5 s after each use. */
export function step(done) {
  const { run } = nextStep();
  if (!run || resting() || busy || !state.fresh) return;
  restUntil = Date.now() + REST_MS;
  setTimeout(done, REST_MS + 20);
  run().then(done);
}

const at = (...states) => states.includes(state.counter?.ticket?.state);

/** The six other actions and the pause: key, words, sign, when they can be used, what they do. */
export const others = (dialogs) => [
  { key: "R", code: "KeyR", pad: "NumpadAdd", words: t("Call again"), picto: "speaker", can: at("CALLED"), run: () => act(ticketPath("recall")) },
  { key: "V", code: "KeyV", pad: "NumpadSubtract", words: t("Absent"), picto: "person", can: at("CALLED"), run: () => act(ticketPath("no-show")) },
  { key: "C", code: "KeyC", pad: "NumpadMultiply", words: t("Transfer"), picto: "right", can: at("CALLED", "SERVING"), run: dialogs.transfer },
  { key: "G", code: "KeyG", pad: "NumpadDivide", words: t("Hold"), picto: "clock", can: at("CALLED", "SERVING"), run: dialogs.hold },
  { key: "X", code: "KeyX", words: t("Done, stop calling"), picto: "check", can: at("CALLED", "SERVING"), run: finishAndRest },
  { key: "Z", code: "KeyZ", pad: "NumpadDecimal", words: t("Undo"), picto: "left", can: undoable(), run: undo },
];

async function finishAndRest() {
  if (state.counter.ticket.state === "CALLED" && !(await act(ticketPath("start")))) return;
  if (await act(ticketPath("complete"))) await act(counterPath("pause"));
}

export async function undo() {
  const id = state.counter?.undo_ticket;
  if (id && (await act(`tickets/${id}/undo`))) toast(t("The last action was taken back"), "well");
}

export function pause() {
  return act(counterPath(state.counter.state === "PAUSED" ? "open" : "pause"));
}

export const call = (number) => act(counterPath("call"), { number });
export const recall = (ticket) => act(ticketPath("recall", ticket));
export const giveBack = (ticket) => act(ticketPath("return", ticket));
export const cancel = (ticket) => act(ticketPath("cancel", ticket), { reason: null });
export const hold = (reason) => act(ticketPath("hold"), { reason });
export const transfer = (target) => act(ticketPath("transfer"), target);
export const answerHelp = (id) => act(`help/${id}/answer`);

export async function reprint(ticket) {
  if (await act(ticketPath("reprint", ticket))) toast(t("{number} is printed again", { number: ticket.number }), "well");
}

export async function slipCameOut(ticket) {
  if (await act(ticketPath("slip", ticket), { came_out: true })) toast(t("Noted: the slip of {number} came out", { number: ticket.number }), "well");
}

export async function linkDossier(code) {
  if (!state.counter?.ticket) return toast(t("No number is at this counter yet"));
  return act(ticketPath("dossiers"), { code });
}

export const waited = (ticket) => Math.max(0, Math.floor((now() - Date.parse(ticket.issued_at)) / 60000));
