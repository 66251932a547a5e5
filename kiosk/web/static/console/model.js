// What the clerk's screen knows: the counter, its queue and its equipment, kept fresh by the stream.

import { api, beat } from "../lib/api.js";
import { watchConfiguration } from "../lib/configuration.js";
import { counterCode } from "../lib/device.js";
import { Problem } from "../lib/http.js";
import { followLive } from "../lib/liveness.js";

const CALM_MS = 15000;
const AGAIN_MS = 3000;
const GROUP_MS = 60;
const BEAT_MS = 20000;

const NOBODY = /** @type {Api.Queue & { isHidden?: boolean }} */ ({ waiting: [], held: [], absent: [], waiting_by_service: {}, help: [] });

export const state = {
  /** Counter and queue are read before anything is drawn. */
  isRead: false,
  counter: /** @type {Api.Counter} */ ({ code: "", name: "", state: "CLOSED", services: [], clerk: null, officer: "", ticket: null, to_rate: null, last_served: null, waiting: 0, undo_ticket: null, undo_until: null }),
  queue: NOBODY,
  equipment: /** @type {Api.Equipment | null} */ (null), fresh: true, skew: 0,
  /** The counter from which a ticket was transferred. @type {Map<string, string>} */
  origins: new Map(),
  notice: /** @type {{ number: string, counter: string, at: number } | null} */ (null), wasNext: /** @type {string | null} */ (null),
};

let shows = () => {};
let pending = 0;
/** @type {Promise<boolean> | null} */
let loading = null;
/** @type {Promise<boolean> | null} */
let behind = null;
/** The line as the stream knows it, and whether the last question was answered: fresh is what is both. */
const line = { isLive: true, isAnswered: true };

/**
 * Read everything, follow the stream, and call `show` after each change.
 * @param {() => void} show
 * @param {() => boolean} [isCalm] nothing is typed or chosen right now
 */
export async function start(show, isCalm = () => true) {
  shows = show;
  await load();
  const configuration = watchConfiguration(isCalm);
  followLive({
    load,
    onLive(isLive) {
      line.isLive = isLive;
      freshen();
      shows();
    },
    onEvent(event) {
      configuration.hear(event);
      remember(event);
      reload();
    },
    onReset: () => location.reload(),
    onOpen: () => configuration.check(),
  });
  setInterval(reload, CALM_MS);
  beat();
  setInterval(beat, BEAT_MS);
}

/** Ask for everything again soon; many events at once make one question. */
export function reload() {
  pending = pending || setTimeout(() => {
    pending = 0;
    load();
  }, GROUP_MS);
}

/**
 * Read everything now; who asks while a read is under way waits for one more behind it, which knows the latest. False
 * when the service gave no answer.
 * @returns {Promise<boolean>}
 */
export function load() {
  if (loading) return (behind ??= loading.then(() => { behind = null; return load(); }));
  loading = read().finally(() => { loading = null; });
  return loading;
}

function freshen() {
  state.fresh = line.isLive && line.isAnswered;
}

/** @returns {Promise<boolean>} */
async function read() {
  try {
    const [counter, queue, equipment] = await Promise.all([
      api("GET", `counters/${counterCode}`), api("GET", `counters/${counterCode}/queue`).catch(unlessNobodySits),
      api("GET", "equipment").catch(() => null),
    ]);
    const wasNext = first(state.queue);
    if (wasNext && wasNext !== first(queue)) state.wasNext = wasNext;
    Object.assign(state, { counter, queue, equipment, isRead: true });
    line.isAnswered = true;
    if (equipment) state.skew = Date.parse(equipment.now) - Date.now();
  } catch {
    line.isAnswered = false;
    setTimeout(reload, AGAIN_MS);
  }
  freshen();
  shows();
  return line.isAnswered;
}

/**
 * Where the office demands a clerk, nobody sees the queue before one has signed in.
 * @param {unknown} error
 * @returns {typeof NOBODY}
 */
function unlessNobodySits(error) {
  if (!(error instanceof Problem) || error.code !== "forbidden") throw error;
  return { ...NOBODY, isHidden: true };
}

/** The service's time in ms. */
export const now = () => Date.now() + state.skew;

/** Whether the last action may still be taken back. */
export const undoable = () => Boolean(state.counter.undo_ticket && state.counter.undo_until) && Date.parse(state.counter.undo_until || "") > now();

/** @param {Api.Queue} queue */
const first = (queue) => queue.waiting[0]?.ticket.id ?? null;

/** @param {Api.Event} options */
function remember({ type, subject, data }) {
  if (type === "ticket.transferred") state.origins.set(subject, data.from);
  // The queue may have been read anew just before its event came.
  if (type === "ticket.called" && [first(state.queue), state.wasNext].includes(subject) && data.counter !== counterCode) {
    state.notice = { number: data.number, counter: data.counter, at: Date.now() };
  }
}
