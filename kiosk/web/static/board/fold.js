// The board is a fold: state = apply(state, event). The same rules as the TV's, held to the same examples.

const KEPT_CALLS = 64;
const KEPT_ENDED = 128;
const SHOWN_DOSSIERS = 60;
const CALLING = new Set(["ticket.called", "ticket.recalled"]);
const COUNTER_STATES = { "counter.opened": "OPEN", "counter.paused": "PAUSED", "counter.closed": "CLOSED" };
const NO_STEP = new Set(["ticket.dossier_linked", "ticket.noted"]);
const CERTAIN = {
  "ticket.recalled": "CALLED", "ticket.serving_started": "CALLED", "ticket.completed": "SERVING",
  "ticket.no_show": "CALLED", "ticket.returned": "ON_HOLD",
};
const AT_COUNTER = new Set(["CALLED", "SERVING"]);
const FROM_QUEUE = new Set(["arrival", "priority", "turn"]);
const ENDED = new Set(["COMPLETED", "CANCELLED", "ABANDONED", "NO_SHOW"]);
const STATES = new Set(["WAITING", "CALLED", "SERVING", "ON_HOLD", "NO_SHOW"]);
const STEPS = { 2: "received", 4: "processing", 5: "papers_asked", 6: "payment_asked", 9: "ready", 10: "returned" };
const DECIDED = new Set(["ready", "returned"]);

/** The state that a snapshot of GET /api/v1/board tells. Times are ms since 1970. */
export function fromSnapshot(body) {
  const ids = Object.fromEntries(body.counters.filter((one) => one.ticket).map((one) => [one.ticket.number, one.ticket.id]));
  return {
    epoch: body.epoch, seq: body.seq, day: body.business_date, doubtful: false, open: body.open ?? true,
    nextOpening: body.next_opening ?? null, services: body.display?.services || [],
    rows: body.counters.map(({ code, services, state, ticket }) => ({ code, services, state, ticket: ticket && { id: ticket.id, number: ticket.number, service: ticket.service, state: ticket.state } })),
    waiting: Object.fromEntries(body.queues.map((queue) => [queue.service, queue.waiting])),
    full: new Set(body.queues.filter((queue) => queue.full).map((queue) => queue.service)),
    calls: body.recent_calls.map((one) => ({ number: one.number, service: one.service, counter: one.counter, time: Date.parse(one.time), recall: one.recall, ticket: ids[one.number] || "" })),
    progress: body.progress.map((one) => ({ code: one.code_masked, field: one.field, step: one.step, due: one.due_at && Date.parse(one.due_at), sensitive: one.sensitive, name: one.name_masked || "" })),
    notices: body.notices, known: new Map(),
  };
}

/** The state after one event of the journal; an event that it contains already changes nothing. */
export function apply(state, event) {
  if (event.epoch !== state.epoch) return { ...state, doubtful: true };
  if (event.seq <= state.seq) return state;
  let next = { ...state, doubtful: state.doubtful || event.seq !== state.seq + 1, seq: event.seq };
  if (event.business_date > next.day) next = { ...next, day: event.business_date, calls: [], known: new Map(), full: new Set() };
  const kind = event.type;
  if (kind.startsWith("ticket.")) return ticket(next, kind, event);
  if (kind in COUNTER_STATES) return { ...next, rows: next.rows.map((row) => (row.code === event.subject ? { ...row, state: COUNTER_STATES[kind] } : row)) };
  if (kind === "office.day_closed") return { ...next, waiting: Object.fromEntries(Object.keys(next.waiting).map((code) => [code, 0])) };
  if (kind === "dossier.updated") return dossier(next, event.data);
  if (kind === "notice.changed") return { ...next, notices: event.data.notices };
  return kind === "office.configured" ? { ...next, doubtful: true } : next;
}

/** What an event asks to be announced; null for other events. */
export function callOf({ type, data, time, subject }) {
  if (!CALLING.has(type)) return null;
  return { number: data.number, service: data.service, counter: data.counter, time: Date.parse(time), recall: (data.calls ?? 1) > 1, ticket: subject };
}

/** What an undone event takes back: calls of the ticket after `since`. */
export function undoneBy({ type, data, subject }) {
  return type === "ticket.undone" ? { ticket: subject, since: data.called_at || -1 } : null;
}

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

function remember(known, subject, after) {
  const found = new Map(known).set(subject, after);
  if (found.size < 2 * KEPT_ENDED) return found;
  const ended = [...found].filter(([id, one]) => ENDED.has(one.state) && id !== subject).map(([id]) => id);
  for (const id of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) found.delete(id);
  return found;
}

function full(state, number) {
  const given = state.services.filter((one) => one.daily_cap && number.startsWith(one.letter) && Number(number.slice(one.letter.length)) >= one.daily_cap);
  return new Set([...state.full, ...given.map((one) => one.code)]);
}

/** State and service of the ticket before the event; null when nothing tells it. */
function stateBefore(state, kind, data, subject) {
  if (state.known.has(subject)) return state.known.get(subject);
  const here = state.rows.find((row) => row.ticket?.id === subject)?.ticket;
  if (here) return { state: here.state, service: here.service };
  const was = (name) => ({ state: name, service: data.service });
  if (kind === "ticket.issued") return was("");
  if (kind === "ticket.called" && FROM_QUEUE.has(data.why)) return was("WAITING");
  if (kind === "ticket.called" && data.why === "back") return was("NO_SHOW");
  if ((kind === "ticket.held" || kind === "ticket.cancelled") && STATES.has(data.from)) return was(data.from);
  return kind in CERTAIN ? was(CERTAIN[kind]) : null;
}

function waiting(counts, before, after) {
  const found = { ...counts };
  if (before?.state === "WAITING") found[before.service] = Math.max(0, (found[before.service] || 0) - 1);
  if (before && after.state === "WAITING") found[after.service] = (found[after.service] || 0) + 1;
  return found;
}

function rows(state, data, subject) {
  const here = AT_COUNTER.has(data.state) ? data.counter : null;
  const held = { id: subject, number: data.number, service: data.service, state: data.state };
  return state.rows.map((row) => {
    if (row.code === here) return { ...row, ticket: held };
    return row.ticket?.id === subject ? { ...row, ticket: null } : row;
  });
}

/** One call a ticket, newest first; a transfer changes its service, an undo may take it away. */
function calls(state, kind, event) {
  const { data } = event;
  let mine = callOf(event) || state.calls.find((call) => call.number === data.number);
  if (kind === "ticket.undone") {
    mine = data.called_at && { number: data.number, service: data.service, counter: data.counter, time: data.called_at, recall: (data.calls ?? 1) > 1, ticket: event.subject };
  } else if (mine) mine = { ...mine, service: data.service };
  const others = state.calls.filter((call) => call.number !== data.number);
  return (mine ? [mine, ...others] : others).sort((a, b) => b.time - a.time).slice(0, KEPT_CALLS);
}

function dossier(state, data) {
  const [day, ordinal] = data.code.split("-").slice(-2);
  const code = `•••${day}-${ordinal.slice(-4)}`;
  const step = STEPS[data.status];
  const same = state.progress.filter((row) => row.code === code);
  const others = state.progress.filter((row) => row.code !== code);
  const named = step && state.progress.some((row) => row.name); // no event tells a name, nor whose row this is
  const doubtful = state.doubtful || same.length > 1 || state.progress.length >= SHOWN_DOSSIERS || DECIDED.has(step) || Boolean(named);
  const sensitive = state.services.some((one) => (one.sensitive ? one.fields : one.sensitive_fields || []).includes(data.field));
  if (step) others.push({ code, field: data.field, step, due: data.due_at && Date.parse(data.due_at), sensitive, name: "" });
  return { ...state, doubtful, progress: others.sort(byRank) };
}

function byRank(a, b) {
  return DECIDED.has(a.step) - DECIDED.has(b.step) || (a.due !== null) - (b.due !== null) || (a.due || 0) - (b.due || 0);
}
