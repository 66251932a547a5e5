// Ratings on their way: kept on this device from the touch on, sent once they are due, and counted once whatever happens
// to the line, the page or the device in between. The service takes one rating a ticket, so a second delivery counts nothing.

import { api } from "./api.js";
import { openBox } from "./box.js";
import { addressOf, isCallError, newKey, Problem, Unreachable } from "./http.js";

const BOX = "motcua.ratings";
const EARLIER = "motcua.tablet.kept"; // where tablets kept them before
const DAY_MS = 24 * 3600 * 1000;
const OLDEST_MS = 30 * DAY_MS;
export const CHOOSE_AGAIN_MS = 10000;

/**
 * A rating that waits. `at`: the touch, `due`: when it may be sent, both in ms since 1970; `token`: the one-time token,
 * which a tablet needs not; `about`: the address of a phone's ticket; `spoken`: a sound in base64, which goes behind the
 * rating; `id`: the service has the rating, and reasons, words or sound that came behind it still wait.
 * @typedef {object} KeptRating
 * @property {string} key
 * @property {string} ticket
 * @property {Record<string, string>} answers
 * @property {string[]} reasons
 * @property {string} remark
 * @property {number} at
 * @property {number} due
 * @property {string} [token]
 * @property {string} [about]
 * @property {string} [spoken]
 * @property {string} [id]
 */

/** @type {Promise<import("./box.js").Box<KeptRating>> | null} */
let opened = null;
/** What this page has put into the box and not sent yet, by key. @type {Map<string, KeptRating>} */
const resting = new Map();
/** Ids of ratings that were taken, by key, with their token. @type {Map<string, { id: string, token?: string }>} */
const taken = new Map();
/** @type {Promise<void>} */
let sending = Promise.resolve();

function box() {
  opened = opened || openBox(BOX).then(async (made) => {
    await moveEarlier(made);
    return made;
  });
  return opened;
}

/** @param {import("./box.js").Box<KeptRating>} to */
async function moveEarlier(to) {
  try {
    const rows = JSON.parse(localStorage.getItem(EARLIER) || "[]");
    for (const row of rows) await to.put({ remark: "", due: 0, ...row });
    localStorage.removeItem(EARLIER);
  } catch {
    // no store, or nothing that can be read
  }
}

/** @param {KeptRating} row */
async function keep(row) {
  resting.set(row.key, row);
  await (await box()).put(row);
}

/** @param {string} key */
async function letGo(key) {
  resting.delete(key);
  await (await box()).remove(key);
}

/**
 * How many ratings wait on this device, or of them those about one address.
 * @param {string} [about]
 */
export const waiting = async (about) => (await (await box()).all()).filter((row) => about === undefined || row.about === about).length;

/** The tickets of which a rating waits on this device. */
export const keptTickets = async () => (await (await box()).all()).map((row) => row.ticket);

/**
 * Keep a rating; answers its key once it is on the disk. It is sent `restMs` later, or when `release` is called.
 * @param {{ ticket: string, answers: Record<string, string>, token?: string, about?: string, restMs?: number }} rating
 */
export async function give({ ticket, answers, token, about, restMs = 0 }) {
  const now = Date.now();
  const row = { key: newKey(), ticket, answers, reasons: [], remark: "", at: now, due: now + restMs, ...(token ? { token } : {}), ...(about ? { about } : {}) };
  await keep(row);
  if (!restMs) await deliver();
  return row.key;
}

/**
 * @param {string} key
 * @returns {Promise<KeptRating | null>}
 */
const rowOf = async (key) => (await (await box()).all()).find((row) => row.key === key) || null;

/**
 * Take a rating back that was not sent yet; false when it is too late for that.
 * @param {string} key
 */
export const takeBack = (key) => inTurn(async () => {
  if (!(await rowOf(key))) return false;
  await letGo(key);
  return true;
});

/**
 * Keep a rating here for `restMs` more, while its citizen answers further questions; false when it is too late for that.
 * @param {string} key
 * @param {number} restMs
 */
export const hold = (key, restMs) => inTurn(async () => {
  const row = await rowOf(key);
  if (row) await keep({ ...row, due: Date.now() + restMs });
  return row !== null;
});

/**
 * The answer to a further question, put beside a rating that is held here.
 * @param {string} key
 * @param {string} question
 * @param {string} choice
 */
export const answer = (key, question, choice) => inTurn(async () => {
  const row = await rowOf(key);
  if (row) await keep({ ...row, answers: { ...row.answers, [question]: choice } });
});

/**
 * Reasons or a remark after the answer: put beside a rating that waits here, or sent behind one that was taken.
 * @param {string} key
 * @param {{ reasons?: string[], remark?: string, spoken?: string }} more
 */
export const addTo = (key, more) => inTurn(async () => {
  const row = await rowOf(key);
  if (row) {
    await keep({ ...row, ...more });
    return;
  }
  const rating = taken.get(key);
  if (!rating) return;
  await keep({ key, ticket: "", answers: {}, reasons: [], remark: "", at: Date.now(), due: 0, ...rating, ...more });
  await sendDue();
});

/**
 * The citizen is done with it: it may be sent now.
 * @param {string} key
 */
export async function release(key) {
  await inTurn(async () => {
    const row = await rowOf(key);
    if (row) await keep({ ...row, due: 0 });
  });
  await deliver();
}

/**
 * Send what is due; what the service refuses for good is let go. What is older than a day comes late, and says so. A rating
 * that the service has holds up no other one while what came behind it still waits.
 */
export const deliver = () => inTurn(sendDue);

async function sendDue() {
  const now = Date.now();
  const rows = await (await box()).all();
  for (const row of rows.sort((one, other) => one.at - other.at)) {
    if (row.due > now) continue;
    const failure = await failureOf(() => send(row));
    if (!failure) await letGo(row.key);
    else if (failure instanceof Unreachable || !taken.has(row.key)) return;
  }
}

/**
 * One after the other, so that nothing is sent while it is taken back.
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
function inTurn(act) {
  const turn = sending.then(act);
  sending = turn.then(() => {}, () => {});
  return turn;
}

/** So long it has been kept here. @param {KeptRating} row */
const ageOf = (row) => Math.min(OLDEST_MS, Math.max(0, Date.now() - row.at));

/** @param {KeptRating} row */
function bodyOf(row) {
  const age = ageOf(row);
  return { ticket: row.ticket, answers: row.answers, reasons: row.reasons,
    ...(row.remark ? { comment: row.remark } : {}), ...(row.token ? { rating_token: row.token } : {}),
    ...(age > DAY_MS ? { late: true } : {}), tapped_ms_ago: age };
}

/** @param {KeptRating} row */
async function send(row) {
  const id = row.id || (await api("POST", "ratings", bodyOf(row))).id;
  taken.set(row.key, { id, ...(row.token ? { token: row.token } : {}) });
  const rest = row.id ? row : { ...row, id, reasons: [], remark: "" };
  if (row.spoken && !row.id) await keep(rest);
  await sendMore(rest, `ratings/${id}`);
}

/**
 * What came behind a rating that the service has; each part is sent, whatever the service says of the one before it.
 * @param {KeptRating} row
 * @param {string} rating its address
 */
async function sendMore(row, rating) {
  const since = { given_ms_ago: ageOf(row), ...(row.token ? { rating_token: row.token } : {}) };
  const { reasons, remark, spoken } = row;
  const calls = [
    reasons.length > 0 && (() => api("PUT", `${rating}/reasons`, { reasons, ...since }, { idempotencyKey: `${row.key}-reasons` })),
    remark && (() => api("PUT", `${rating}/remark`, { text: remark, ...since })),
    spoken && (() => api("PUT", `${rating}/spoken-remark?given_ms_ago=${since.given_ms_ago}`, Uint8Array.from(atob(spoken), (sign) => sign.charCodeAt(0)).buffer)),
  ];
  /** @type {Problem | null} */
  let failed = null;
  for (const call of calls) {
    const failure = call ? await failureOf(call) : null;
    if (failure instanceof Unreachable) throw failure;
    failed = failed || failure;
  }
  if (failed) throw failed;
}

/**
 * The page is being left and nothing can be waited for: what rests goes out behind it. Should it go a second time, when the
 * page is opened again, the service counts it once.
 * @param {string} key
 */
export function sendLeaving(key) {
  const row = resting.get(key);
  if (row) navigator.sendBeacon(addressOf("ratings"), new Blob([JSON.stringify(bodyOf(row))], { type: "application/json" }));
}

/**
 * Null when the service answered, yes or no; else why it must be asked again.
 * @param {() => Promise<unknown>} call
 * @returns {Promise<Problem | Unreachable | null>}
 */
async function failureOf(call) {
  try {
    await call();
    return null;
  } catch (error) {
    if (!isCallError(error)) throw error;
    return error instanceof Problem && error.status < 500 && error.status !== 429 ? null : error;
  }
}
