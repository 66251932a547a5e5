// What the clerk can do. One action, one key: the same tap never counts twice.

import { api } from "../lib/api.js";
import { counterCode } from "../lib/device.js";
import { newKey, Problem } from "../lib/http.js";
import { t } from "../lib/words.js";
import { load, now, state, undoable } from "./model.js";
import { explain, toast } from "./toast.js";

const REST_MS = 1500;
/** The action under way. @type {Promise<unknown> | null} */
let under = null;
let restUntil = 0;

export const isActing = () => under !== null;

/**
 * What a call may have beside its path and body: its method, and who deals with a refusal instead of the clerk.
 * @typedef {{ method?: string, onRefusal?: (problem: Problem) => boolean }} Manner
 */

/**
 * Send one action and show what became of it; answers whether it was done.
 * @param {string} path
 * @param {unknown} [body]
 * @param {Manner} [manner]
 */
export async function act(path, body = {}, manner = {}) {
  const answer = await perform(path, body, manner);
  return answer === null ? "nobody" : answer !== undefined;
}

/**
 * The same with what the service answered; undefined when it was not done.
 * @param {string} path
 * @param {unknown} body
 * @param {Manner} [manner]
 */
async function perform(path, body, { method = "POST", onRefusal } = {}) {
  if (under || !state.fresh) return undefined;
  const sent = send(method, path, body);
  under = sent.catch(() => {}).then(load);
  try {
    return await sent;
  } catch (error) {
    if (!(error instanceof Problem && onRefusal?.(error))) explain(error);
    return undefined;
  } finally {
    await under;
    under = null;
  }
}

/**
 * Once more with the same key when the line broke: it was done once at most.
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 */
async function send(method, path, body) {
  const idempotencyKey = newKey();
  try {
    return await api(method, path, body, { idempotencyKey });
  } catch (error) {
    if (error instanceof Problem) throw error;
    return api(method, path, body, { idempotencyKey });
  }
}

/**
 * @param {string} action
 * @param {Api.Ticket | null} [ticket]
 */
const ticketPath = (action, ticket = state.counter.ticket) => `tickets/${ticket?.id}/${action}`;
/** @param {string} action */
const counterPath = (action) => `counters/${counterCode}/${action}`;

/** The sensible next step: {words, more, run, picto}; run is null when there is none. */
export function nextStep() {
  const { counter, queue } = state;
  const { ticket } = counter; // of the words: it may be another when they are clicked
  const next = queue.waiting[0]?.ticket;
  const will = next ? t("Will invite {number} to counter {counter}", { number: next.number, counter: counterCode }) : t("Nobody is waiting");
  if (counter.state === "PAUSED") return { words: t("Open the counter again"), more: t("The counter is paused"), picto: "check", run: () => act(counterPath("open")) };
  if (counter.ticket?.state === "CALLED") {
    return { words: t("Start"), more: t("{number} is at the counter", { number: counter.ticket.number }), picto: "right", run: () => act(ticketPath("start", ticket)) };
  }
  if (counter.ticket && next) {
    return { words: t("Done, call the next number"), more: will, picto: "check", run: () => act(counterPath("call-next"), { finish_current: "complete" }) };
  }
  if (counter.ticket) return { words: t("Finish"), more: will, picto: "check", run: () => act(ticketPath("complete", ticket)) };
  if (next) return { words: t("Call the next number"), more: will, picto: "speaker", run: () => act(counterPath("call-next")) };
  return { words: t("Nobody is waiting yet"), more: t("The button lights up by itself"), picto: "clock", run: null };
}

export const resting = () => Date.now() < restUntil;

/**
 * The big button; rests 1.5 s after each use.
 * @param {() => void} done
 * @param {{ run: (() => Promise<unknown>) | null }} next what the button said; the state may be another by now
 */
export function step(done, { run } = nextStep()) {
  if (!run || resting() || under || !state.fresh) return;
  restUntil = Date.now() + REST_MS;
  setTimeout(done, REST_MS + 20);
  run().then(done);
}

/** @param {...Api.TicketState} states */
const at = (...states) => Boolean(state.counter.ticket && states.includes(state.counter.ticket.state));

/**
 * The six other actions and the pause: key, words, sign, when they can be used, what they do.
 * @param {Record<"transfer" | "hold", () => void>} dialogs
 */
export function others(dialogs) {
  const { ticket } = state.counter; // as it is drawn
  return [
    { key: "R", code: "KeyR", pad: "NumpadAdd", words: t("Call again"), picto: "speaker", can: at("CALLED"), run: () => act(ticketPath("recall", ticket)) },
    { key: "V", code: "KeyV", pad: "NumpadSubtract", words: t("Absent"), picto: "person", can: at("CALLED"), run: () => act(ticketPath("no-show", ticket)) },
    { key: "C", code: "KeyC", pad: "NumpadMultiply", words: t("Transfer"), picto: "right", can: at("CALLED", "SERVING"), run: dialogs.transfer },
    { key: "G", code: "KeyG", pad: "NumpadDivide", words: t("Hold"), picto: "clock", can: at("CALLED", "SERVING"), run: dialogs.hold },
    { key: "X", code: "KeyX", words: t("Done, stop calling"), picto: "check", can: at("CALLED", "SERVING"), run: () => act(counterPath("finish"), { then: "pause" }) },
    { key: "Z", code: "KeyZ", pad: "NumpadDecimal", words: t("Undo"), picto: "left", can: undoable(), run: undo },
  ];
}

export async function undo() {
  const id = state.counter.undo_ticket;
  if (id && (await act(`tickets/${id}/undo`))) toast(t("The last action was taken back"), "well");
}

export function pause() {
  return act(counterPath(state.counter.state === "PAUSED" ? "open" : "pause"));
}

/** @param {string} number */
export const call = (number) => act(counterPath("call"), { number });
/** @param {Api.Ticket} ticket */
export const recall = (ticket) => act(ticketPath("recall", ticket));
/** @param {Api.Ticket} ticket */
export const giveBack = (ticket) => act(ticketPath("return", ticket));
/** @param {Api.Ticket} ticket */
export const cancel = (ticket) => act(ticketPath("cancel", ticket), { reason: null });
/**
 * @param {Api.Ticket} ticket the one that the clerk meant, whoever stands there now
 * @param {string | null} reason
 */
export const hold = (ticket, reason) => act(ticketPath("hold", ticket), { reason });

/**
 * Asks first when nobody is there who could call it: `ask(words, go)` shows the question and goes on when told to.
 * @param {Api.Ticket} ticket
 * @param {{ service?: string, counter?: string, keep: boolean }} target
 * @param {(words: string, go: () => void) => void} ask
 */
export const transfer = (ticket, target, ask) => act(ticketPath("transfer", ticket), { ...target, confirmed: false }, {
  onRefusal(problem) {
    if (problem.code !== "counter-closed") return false;
    ask(problem.title, () => act(ticketPath("transfer", ticket), { ...target, confirmed: true }));
    return true;
  },
});

/** @param {string} id */
export const answerHelp = (id) => act(`help/${id}/answer`);

/** @param {Api.Ticket} ticket */
export async function reprint(ticket) {
  if (await act(ticketPath("reprint", ticket))) toast(t("{number} is printed again", { number: ticket.number }), "well");
}

/** @param {Api.Ticket} ticket */
export async function slipCameOut(ticket) {
  if (await act(ticketPath("slip", ticket), { came_out: true })) toast(t("Noted: the slip of {number} came out", { number: ticket.number }), "well");
}

/**
 * To the ticket that was at the counter when the code was read; an action under way ends first.
 * @param {string} code
 */
export async function linkDossier(code) {
  const { ticket } = state.counter;
  if (!ticket) {
    toast(t("No number is at this counter yet"));
    return false;
  }
  while (under) await under;
  if (!state.fresh) {
    toast(t("Lost the service, connecting again"), "broken");
    return false;
  }
  if (state.counter.ticket?.id !== ticket.id) {
    toast(t("Another number came to the counter: please scan the code again"));
    return false;
  }
  const answer = await perform(ticketPath("dossiers"), { code });
  if (answer && !answer.is_known) toast(t("Noted. The one-stop system has not told of {code} yet", { code: answer.linked }), "well");
  return answer !== undefined;
}

/**
 * @param {Api.Ticket} ticket
 * @param {string} code
 */
export const unlinkDossier = (ticket, code) => act(`${ticketPath("dossiers", ticket)}/${encodeURIComponent(code)}`, undefined, { method: "DELETE" });

/**
 * A number written by hand while the machine stood still; answers whether it is in the queue now.
 * @param {string} number
 * @param {number} issuedAt in ms
 */
export const enterByHand = (number, issuedAt) => act("tickets/paper", { number, issued_at: new Date(issuedAt).toISOString() });

/** @param {Api.Ticket} ticket */
export const waited = (ticket) => Math.max(0, Math.floor((now() - Date.parse(ticket.issued_at)) / 60000));
