// What the clerk's screen knows: the counter, its queue and its equipment, kept fresh by the stream.

import { api, counterCode } from "../lib/api.js";
import { follow } from "../lib/stream.js";

const CALM_MS = 15000;
const GROUP_MS = 60;
const BEAT_MS = 20000;

export const state = {
  counter: null, queue: null, equipment: null, fresh: true, skew: 0, undoSeen: { until: null, at: 0 }, origins: new Map(), notice: null, wasNext: null,
};

let shows = () => {};
let pending = null;
let loading = null;
let behind = null;

/** Read everything, follow the stream, and call `show` after each change. */
export async function start(show, onEvent) {
  shows = show;
  await load();
  follow({
    onEvent(event) {
      remember(event);
      onEvent(event);
      reload();
    },
    onFresh(fresh) {
      state.fresh = fresh;
      if (fresh) reload();
      shows();
    },
    onReset: () => location.reload(),
    onOpen: reload,
  });
  setInterval(reload, CALM_MS);
  const beat = () => api("POST", "devices/heartbeat", { state: "online" }).catch(() => null);
  beat();
  setInterval(beat, BEAT_MS);
}

/** Ask for everything again soon; many events at once make one question. */
export function reload() {
  pending = pending || setTimeout(() => { pending = null; load(); }, GROUP_MS);
}

/** Read everything now; who asks while a read is under way waits for one more behind it, which knows the latest. */
export function load() {
  if (loading) return (behind ??= loading.then(() => { behind = null; return load(); }));
  loading = read().finally(() => { loading = null; });
  return loading;
}

async function read() {
  try {
    const [counter, queue, equipment] = await Promise.all([
      api("GET", `counters/${counterCode}`), api("GET", `counters/${counterCode}/queue`),
      api("GET", "equipment").catch(() => null),
    ]);
    const wasNext = first(state.queue);
    if (wasNext && wasNext !== first(queue)) state.wasNext = wasNext;
    Object.assign(state, { counter, queue, equipment, fresh: true });
    if (equipment) state.skew = Date.parse(equipment.now) - Date.now();
    if (counter.undo_until !== state.undoSeen.until) state.undoSeen = { until: counter.undo_until, at: Date.now() };
  } catch {
    state.fresh = false;
    setTimeout(reload, 3000);
  }
  shows();
}

/** The service's time in ms. */
export const now = () => Date.now() + state.skew;

/** Whether the last action may still be taken back. */
export const undoable = () => Boolean(state.counter?.undo_ticket) && Date.parse(state.counter.undo_until) > now();

const first = (queue) => queue?.waiting[0]?.ticket.id ?? null;

function remember({ type, subject, data }) {
  if (type === "ticket.transferred") state.origins.set(subject, data.from);
  // The queue may have been read anew just before its event came.
  if (type === "ticket.called" && [first(state.queue), state.wasNext].includes(subject) && data.counter !== counterCode) {
    state.notice = { number: data.number, counter: data.counter, at: Date.now() };
  }
}
