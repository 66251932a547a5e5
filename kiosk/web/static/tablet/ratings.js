// Ratings of a tablet: sent at once, or kept in the tablet with the time of the tap until the line is back.

import { api } from "../lib/api.js";
import { isCallError, newKey, Problem, Unreachable } from "../lib/http.js";

const KEY = "motcua.tablet.kept";
const DAY_MS = 24 * 3600 * 1000;

/**
 * A rating as it waits in the tablet; `at`: the tap, in ms since 1970.
 * @typedef {{ key: string, ticket: string, answers: Record<string, string>, reasons: string[], at: number }} KeptRating
 */

/** @returns {KeptRating[]} */
function kept() {
  const rows = JSON.parse(localStorage.getItem(KEY) || "[]");
  return Array.isArray(rows) ? rows : [];
}

/** True when ratings wait in this tablet. */
export const waiting = () => kept().length > 0;

/** @param {KeptRating[]} rows */
const keep = (rows) => localStorage.setItem(KEY, JSON.stringify(rows));

/**
 * Rate a ticket. Answers the rating's id; null when it waits in the tablet or had been rated before.
 * @param {string} ticket
 * @param {Record<string, string>} answers
 */
export async function rate(ticket, answers) {
  const row = { key: newKey(), ticket, answers, reasons: [], at: Date.now() };
  try {
    return (await send(row)).id;
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return null;
    if (!isCallError(error)) throw error;
    keep([...kept(), row]);
    return null;
  }
}

/**
 * The reason after a rating: sent behind it, or put beside the one that waits here.
 * @param {string | null} id
 * @param {string} ticket
 * @param {string} reason
 */
export async function giveReason(id, ticket, reason) {
  if (id === null) {
    keep(kept().map((row) => (row.ticket === ticket ? { ...row, reasons: [reason] } : row)));
    return;
  }
  await quietly(() => api("PUT", `ratings/${id}/reasons`, { reasons: [reason] }));
}

/** Send what waits in the tablet; what the service refuses for good or is older than a day is let go. */
export async function sendKept() {
  for (const row of kept()) {
    if (Date.now() - row.at < DAY_MS && !(await quietly(() => send(row)))) return;
    keep(kept().filter((other) => other.key !== row.key));
  }
}

/** @param {KeptRating} row */
const send = (row) => api("POST", "ratings", { ticket: row.ticket, answers: row.answers, reasons: row.reasons,
  tapped_ms_ago: Math.min(DAY_MS, Math.max(0, Date.now() - row.at)) });

/**
 * True when the service answered, yes or no; false when it must be asked again.
 * @param {() => Promise<unknown>} call
 */
async function quietly(call) {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof Problem) return error.status < 500 && error.status !== 429;
    if (error instanceof Unreachable) return false;
    throw error;
  }
}
