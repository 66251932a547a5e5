// What the page shows in turn: three dossiers at a time, and whole pages while nobody waits. No document, no clock.

import { DECIDED } from "../lib/contract.js";
import { withNamesFirst } from "./paging.js";

export const [CALM_S, QR_S, ROW_S, TABLE_LEAST_S, TURN_S] = [20, 15, 3, 10, 12];
const ROWS = { lying: 6, standing: 8 };
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/**
 * @param {Board.Progress} row
 * @param {number} now
 */
export const isLate = (row, now) => row.due !== null && row.due < now && !DECIDED.has(row.step);

/**
 * Those behind their date first, or last, as the office configured it.
 * @param {Board.Progress[]} progress
 * @param {boolean} overdueFirst
 * @param {number} now
 */
export function inOrder(progress, overdueFirst, now) {
  const [late, others] = [progress.filter((row) => isLate(row, now)), progress.filter((row) => !isLate(row, now))];
  return overdueFirst ? [...late, ...others] : [...others, ...late];
}

/** @param {Board.State} state */
export const anybodyWaits = (state) => Object.values(state.waiting).some((count) => count > 0);
/** @param {Board.State} state */
export const isCalm = (state) => !anybodyWaits(state) && !state.rows.some((row) => row.ticket?.state === "CALLED");
/** @param {Board.State} state */
export const isFull = (state) => state.services.length > 0 && state.services.every((one) => state.full.has(one.code));

/**
 * The page after so many seconds of calm; the counters come first and again after each turn.
 * @param {Board.Progress[]} progress
 * @param {{ procedures?: string, pictures?: Api.Picture[], today?: string }} options
 * @param {number} idle
 * @param {boolean} stands
 * @returns {Board.Page}
 */
export function pageAt(progress, { procedures = "", pictures = [], today = "" }, idle, stands) {
  const atOnce = ROWS[stands ? "standing" : "lying"];
  /** @type {Board.Page[]} */
  const pages = [{ kind: "board", seconds: CALM_S }];
  const placed = withNamesFirst(progress, atOnce);
  const count = Math.ceil(placed.length / atOnce);
  for (let i = 0; i < count; i += 1) {
    const rows = placed.slice(i * atOnce, (i + 1) * atOnce);
    pages.push({ kind: "dossiers", seconds: Math.max(TABLE_LEAST_S, ROW_S * rows.length), rows, place: [i + 1, count], atOnce });
  }
  if (procedures) pages.push({ kind: "procedures", seconds: QR_S });
  for (const one of pictures) {
    if ((one.from || today) <= today && today <= (one.until || today)) pages.push({ kind: "picture", seconds: one.seconds, file: one.file });
  }
  let left = idle % pages.reduce((sum, page) => sum + page.seconds, 0);
  for (const page of pages) {
    if (left < page.seconds) return page;
    left -= page.seconds;
  }
  return pages[0];
}

/**
 * Why the office is closed: "closed", "lunch", "holiday", "full", or null while numbers are given or somebody is inside.
 * @param {Board.State} state
 * @param {Pick<Api.Office, "hours" | "holidays">} office
 * @param {ReturnType<typeof import("../lib/dates.js").local>} at
 * @param {boolean} opensToday
 * @returns {Board.ClosedKind | null}
 */
export function closedFor(state, office, at, opensToday) {
  const empty = !anybodyWaits(state) && !state.rows.some((row) => row.ticket);
  if (!empty || (state.open && !isFull(state))) return null;
  /** @param {number} number */
  const pad = (number) => String(number).padStart(2, "0");
  if ((office.holidays || []).includes(`${at.year}-${pad(at.month)}-${pad(at.day)}`)) return "holiday";
  if (state.open) return "full";
  const began = office.hours.some((row) => row.days.includes(WEEKDAYS[at.weekday]) && row.to <= at.time);
  return began && opensToday ? "lunch" : "closed";
}

/**
 * The sessions of a weekday in order: [{from, to}].
 * @param {Pick<Api.Office, "hours" | "holidays">} office
 * @param {number} weekday
 */
export function sessionsOn(office, weekday) {
  return office.hours.filter((row) => row.days.includes(WEEKDAYS[weekday])).sort((a, b) => (a.from < b.from ? -1 : 1));
}

/**
 * [hours, minutes] until a moment, rounded up to minutes; null from a day on.
 * @param {number} ms
 */
export function timeLeft(ms) {
  const minutes = Math.ceil(ms / 60000);
  return minutes > 0 && minutes < 1440 ? [Math.floor(minutes / 60), minutes % 60] : null;
}
