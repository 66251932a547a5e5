// The board is a fold: state = apply(state, event). The same rules as the TV's, held to the same examples.

import { AT_COUNTER, DECIDED, ENDED, maskCode, OPEN, PUBLIC_STEPS } from "../lib/contract.js";
import { withholds } from "./fields.js";

const KEPT_CALLS = 64;
const KEPT_ENDED = 128;
const SHOWN_DOSSIERS = 60;
const CALLING = new Set(["ticket.called", "ticket.recalled"]);
/** @type {Partial<Record<Api.EventType, Api.CounterState>>} */
const COUNTER_STATES = { "counter.opened": "OPEN", "counter.paused": "PAUSED", "counter.closed": "CLOSED" };
const NO_STEP = new Set(["ticket.dossier_linked", "ticket.dossier_unlinked", "ticket.noted"]);
/** @type {Partial<Record<Api.EventType, Api.TicketState>>} */
const CERTAIN = {
  "ticket.recalled": "CALLED", "ticket.serving_started": "CALLED", "ticket.completed": "SERVING",
  "ticket.no_show": "CALLED", "ticket.returned": "ON_HOLD",
};
// A day taken back and a corrected clock change times and tickets that a board does not keep.
const ASK_ANEW = new Set(["office.configured", "office.day_reopened", "office.clock_corrected", "office.clock_jumped"]);
const FROM_QUEUE = new Set(["arrival", "priority", "turn"]);
const LEAVABLE = new Set([...OPEN, "NO_SHOW"]); // states from which a visit goes on

/** @param {Api.BoardTicket} options */
const heldTicket = ({ id, number, service, state }) => ({ id, number, service, state });

/**
 * The state that a snapshot of GET /api/v1/board tells; `services` of the configuration. Times are ms since 1970.
 * @param {Api.Board} body
 * @param {Api.Service[]} services
 * @returns {Board.State}
 */
export function fromSnapshot(body, services) {
  const ids = Object.fromEntries(body.counters.flatMap((one) => (one.ticket ? [[one.ticket.number, one.ticket.id]] : [])));
  return {
    epoch: body.epoch, seq: body.seq, day: body.business_date, doubtful: false, open: body.open ?? true,
    nextOpening: body.next_opening ?? null, services,
    rows: body.counters.map((one) => ({ code: one.code, services: one.services, state: one.state, ticket: one.ticket && heldTicket(one.ticket) })),
    waiting: Object.fromEntries(body.queues.map((queue) => [queue.service, queue.waiting])),
    full: new Set(body.queues.filter((queue) => queue.full).map((queue) => queue.service)),
    calls: body.recent_calls.map((one) => ({ number: one.number, service: one.service, counter: one.counter, time: Date.parse(one.time), recall: one.recall, ticket: ids[one.number] || "" })),
    progress: body.progress.map((one) => ({ code: one.code_masked, field: one.field, step: one.step, due: one.due_at ? Date.parse(one.due_at) : null, sensitive: one.sensitive, name: one.name_masked || "" })),
    notices: body.notices, known: new Map(),
  };
}

/**
 * The state after one event of the journal; an event that it contains already changes nothing.
 * @param {Board.State} state
 * @param {Api.Event} event
 */
export function apply(state, event) {
  if (event.epoch !== state.epoch) return { ...state, doubtful: true };
  if (event.seq <= state.seq) return state;
  let next = { ...state, doubtful: state.doubtful || event.seq !== state.seq + 1, seq: event.seq };
  if (event.business_date > next.day) next = { ...next, day: event.business_date, calls: [], known: new Map(), full: new Set() };
  const kind = event.type;
  if (kind.startsWith("ticket.")) return ticket(next, kind, event);
  const counterState = COUNTER_STATES[kind];
  if (counterState) return { ...next, rows: next.rows.map((row) => (row.code === event.subject ? { ...row, state: counterState } : row)) };
  if (kind === "office.day_closed") return { ...next, waiting: Object.fromEntries(Object.keys(next.waiting).map((code) => [code, 0])) };
  if (kind === "dossier.updated") return dossier(next, event.data);
  if (kind === "notice.changed") return { ...next, notices: event.data.notices };
  return ASK_ANEW.has(kind) ? { ...next, doubtful: true } : next;
}

/**
 * What an event asks to be announced; null for other events.
 * @param {Api.Event} options
 */
export function callOf({ type, data, time, subject }) {
  if (!CALLING.has(type)) return null;
  return { number: data.number, service: data.service, counter: data.counter, time: Date.parse(time), recall: (data.calls ?? 1) > 1, ticket: subject };
}

/**
 * What an undone event takes back: calls of the ticket after `since`.
 * @param {Api.Event} options
 */
export function undoneBy({ type, data, subject }) {
  return type === "ticket.undone" ? { ticket: subject, since: data.called_at || -1 } : null;
}

/**
 * @param {Board.State} state
 * @param {Api.EventType} kind
 * @param {Api.Event} event
 */
function ticket(state, kind, event) {
  const { data, subject } = event;
  const before = stateBefore(state, kind, data, subject);
  const after = { state: data.state, service: data.service };
  const next = { ...state, known: remember(state.known, subject, after), calls: calls(state, kind, event) };
  if (kind === "ticket.issued") next.full = full(state, data.number);
  if (NO_STEP.has(kind)) return next;
  if (!before) next.doubtful = true;
  next.waiting = waiting(state.waiting, before, after);
  next.rows = rows(state, data, subject);
  return next;
}

/**
 * @param {Map<string, Board.Known>} known
 * @param {string} subject
 * @param {Board.Known} after
 */
function remember(known, subject, after) {
  const found = new Map(known).set(subject, after);
  if (found.size < 2 * KEPT_ENDED) return found;
  const ended = [...found].filter(([id, one]) => one.state && ENDED.has(one.state) && id !== subject).map(([id]) => id);
  for (const id of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) found.delete(id);
  return found;
}

/**
 * @param {Board.State} state
 * @param {string} number
 */
function full(state, number) {
  const given = state.services.filter((one) => one.daily_cap && number.startsWith(one.letter) && Number(number.slice(one.letter.length)) >= one.daily_cap);
  return new Set([...state.full, ...given.map((one) => one.code)]);
}

/**
 * State and service of the ticket before the event; null when nothing tells it.
 * @param {Board.State} state
 * @param {Api.EventType} kind
 * @param {any} data
 * @param {string} subject
 */
function stateBefore(state, kind, data, subject) {
  const known = state.known.get(subject);
  if (known) return known;
  const here = state.rows.find((row) => row.ticket?.id === subject)?.ticket;
  if (here) return { state: here.state, service: here.service };
  /** @param {Api.TicketState | ""} name */
  const was = (name) => ({ state: name, service: data.service });
  if (kind === "ticket.issued") return was("");
  if (kind === "ticket.called" && FROM_QUEUE.has(data.why)) return was("WAITING");
  if (kind === "ticket.called" && data.why === "back") return was("NO_SHOW");
  if ((kind === "ticket.held" || kind === "ticket.cancelled") && LEAVABLE.has(data.from)) return was(data.from);
  const certain = CERTAIN[kind];
  return certain ? was(certain) : null;
}

/**
 * @param {Record<string, number>} counts
 * @param {Board.Known | null} before
 * @param {Board.Known} after
 */
function waiting(counts, before, after) {
  const found = { ...counts };
  if (before?.state === "WAITING") found[before.service] = Math.max(0, (found[before.service] || 0) - 1);
  if (before && after.state === "WAITING") found[after.service] = (found[after.service] || 0) + 1;
  return found;
}

/**
 * @param {Board.State} state
 * @param {any} data
 * @param {string} subject
 */
function rows(state, data, subject) {
  const here = AT_COUNTER.has(data.state) ? data.counter : null;
  const held = { id: subject, number: data.number, service: data.service, state: data.state };
  return state.rows.map((row) => {
    if (row.code === here) return { ...row, ticket: held };
    return row.ticket?.id === subject ? { ...row, ticket: null } : row;
  });
}

/**
 * One call a ticket, newest first; a transfer changes its service, an undo may take it away.
 * @param {Board.State} state
 * @param {Api.EventType} kind
 * @param {Api.Event} event
 */
function calls(state, kind, event) {
  const { data } = event;
  let mine = callOf(event) || state.calls.find((call) => call.number === data.number);
  if (kind === "ticket.undone") {
    mine = data.called_at && { number: data.number, service: data.service, counter: data.counter, time: data.called_at, recall: (data.calls ?? 1) > 1, ticket: event.subject };
  } else if (mine) mine = { ...mine, service: data.service };
  const others = state.calls.filter((call) => call.number !== data.number);
  return (mine ? [mine, ...others] : others).sort((a, b) => b.time - a.time).slice(0, KEPT_CALLS);
}

/**
 * @param {Board.State} state
 * @param {any} data
 */
function dossier(state, data) {
  const code = maskCode(data.code);
  const step = PUBLIC_STEPS[data.status];
  const same = state.progress.filter((row) => row.code === code);
  const others = state.progress.filter((row) => row.code !== code);
  const named = step && state.progress.some((row) => row.name); // no event tells a name, nor whose row this is
  const doubtful = state.doubtful || same.length > 1 || state.progress.length >= SHOWN_DOSSIERS || DECIDED.has(step) || Boolean(named);
  const sensitive = withholds(state.services, data.field);
  if (step) others.push({ code, field: data.field, step, due: data.due_at && Date.parse(data.due_at), sensitive, name: "" });
  return { ...state, doubtful, progress: others.sort(byRank) };
}

/**
 * @param {Board.Progress} a
 * @param {Board.Progress} b
 */
function byRank(a, b) {
  return Number(DECIDED.has(a.step)) - Number(DECIDED.has(b.step)) || Number(a.due !== null) - Number(b.due !== null) || (a.due || 0) - (b.due || 0);
}
