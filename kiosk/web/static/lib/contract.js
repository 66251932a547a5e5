// Made from contract/ by scripts/contract_js.py: change it there.

/** @typedef {"ABANDONED" | "CALLED" | "CANCELLED" | "COMPLETED" | "NO_SHOW" | "ON_HOLD" | "SERVING" | "WAITING"} TicketState */

/** @typedef {"NOT_PRINTED" | "PRINTED" | "QUEUED" | "SENDING" | "UNKNOWN"} PrintState */

/** @typedef {"CLOSED" | "OPEN" | "PAUSED"} CounterState */

/** @typedef {"access.administered" | "access.corrected" | "access.guessed" | "access.locked" | "access.refused" | "access.signed_in" | "clerk.signed_in" | "clerk.signed_out" | "counter.closed" | "counter.opened" | "counter.paused" | "device.fault" | "device.offline" | "device.online" | "device.recovered" | "dossier.updated" | "filing.visited" | "help.answered" | "help.requested" | "notice.changed" | "office.clock_corrected" | "office.clock_jumped" | "office.configured" | "office.day_closed" | "office.day_confirmed" | "office.day_opened" | "office.day_reopened" | "office.epoch_started" | "rating.reasons_given" | "rating.submitted" | "slip.not_printed" | "slip.printed" | "slip.reprinted" | "slip.unknown" | "ticket.abandoned" | "ticket.called" | "ticket.cancelled" | "ticket.completed" | "ticket.dossier_linked" | "ticket.dossier_unlinked" | "ticket.held" | "ticket.issued" | "ticket.no_show" | "ticket.noted" | "ticket.recalled" | "ticket.redated" | "ticket.returned" | "ticket.serving_started" | "ticket.transferred" | "ticket.undone"} EventType */

/** @typedef {"already-rated" | "bad-json" | "by-stick" | "clock-implausible" | "closed" | "counter-busy" | "counter-closed" | "epoch-changed" | "forbidden" | "idempotency-mismatch" | "illegal-transition" | "internal" | "limit-reached" | "method-not-allowed" | "not-found" | "not-served" | "pack-refused" | "recording-refused" | "storage-damaged" | "storage-full" | "storage-read-only" | "storage-unchecked" | "taken" | "too-large" | "too-late" | "too-many" | "unauthorized" | "unavailable" | "unknown-counter" | "unknown-dossier" | "unknown-follower" | "unknown-service" | "unknown-ticket" | "unsupported-type"} ProblemCode */

/** @typedef {"papers_asked" | "payment_asked" | "processing" | "ready" | "received" | "refused" | "registered" | "returned" | "stopped" | "withdrawn"} Step */

/** Somebody stands at a counter. @type {ReadonlySet<TicketState>} */
export const AT_COUNTER = new Set(["CALLED", "SERVING"]);

/** The visit is not over. @type {ReadonlySet<TicketState>} */
export const OPEN = new Set(["WAITING", "CALLED", "SERVING", "ON_HOLD"]);

/** The visit is over. @type {ReadonlySet<TicketState>} */
export const ENDED = new Set(["COMPLETED", "NO_SHOW", "CANCELLED", "ABANDONED"]);

/** The step of a dossier by its status, of those shown in public. @type {Record<number, Step>} */
export const PUBLIC_STEPS = { 2: "received", 4: "processing", 5: "papers_asked", 6: "payment_asked", 9: "ready", 10: "returned" };

/** Steps of a dossier that was decided. @type {ReadonlySet<Step>} */
export const DECIDED = new Set(["ready", "returned"]);

/**
 * What of a dossier's code may be shown in public: its day and the last four digits.
 * @param {string} code
 */
export function maskCode(code) {
  const [day, ordinal] = code.split("-").slice(-2);
  return `•••${day}-${ordinal.slice(-4)}`;
}
