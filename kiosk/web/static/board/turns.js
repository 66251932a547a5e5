// What the page shows in turn: three dossiers at a time, and whole pages while nobody waits. No document, no clock.

export const [CALM_S, QR_S, ROW_S, TABLE_LEAST_S, TURN_S] = [20, 15, 3, 10, 12];
const ROWS = { lying: 6, standing: 8 };
const DECIDED = new Set(["ready", "returned"]);
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

export const isLate = (row, now) => Boolean(row.due) && row.due < now && !DECIDED.has(row.step);

/** Those behind their date first, or last, as the office configured it. */
export function inOrder(progress, overdueFirst, now) {
  const [late, others] = [progress.filter((row) => isLate(row, now)), progress.filter((row) => !isLate(row, now))];
  return overdueFirst ? [...late, ...others] : [...others, ...late];
}

export const anybodyWaits = (state) => Object.values(state.waiting).some((count) => count > 0);
export const isCalm = (state) => !anybodyWaits(state) && !state.rows.some((row) => row.ticket?.state === "CALLED");
export const isFull = (state) => state.services.length > 0 && state.services.every((one) => state.full.has(one.code));

/** The page after so many seconds of calm; the counters come first and again after each turn. */
export function pageAt(progress, { procedures = "", pictures = [], today = "" }, idle, stands) {
  const atOnce = ROWS[stands ? "standing" : "lying"];
  const pages = [{ kind: "board", seconds: CALM_S }];
  const count = Math.ceil(progress.length / atOnce);
  for (let i = 0; i < count; i += 1) {
    const rows = progress.slice(i * atOnce, (i + 1) * atOnce);
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

/** Why the office is closed: "closed", "lunch", "holiday", "full", or null while numbers are given or somebody is inside. */
export function closedFor(state, office, at, opensToday) {
  const empty = !anybodyWaits(state) && !state.rows.some((row) => row.ticket);
  if (!empty || (state.open && !isFull(state))) return null;
  const pad = (number) => String(number).padStart(2, "0");
  if ((office.holidays || []).includes(`${at.year}-${pad(at.month)}-${pad(at.day)}`)) return "holiday";
  if (state.open) return "full";
  const began = office.hours.some((row) => row.days.includes(WEEKDAYS[at.weekday]) && row.to <= at.time);
  return began && opensToday ? "lunch" : "closed";
}

/** The sessions of a weekday in order: [{from, to}]. */
export function sessionsOn(office, weekday) {
  return office.hours.filter((row) => row.days.includes(WEEKDAYS[weekday])).sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** [hours, minutes] until a moment, rounded up to minutes; null from a day on. */
export function timeLeft(ms) {
  const minutes = Math.ceil(ms / 60000);
  return minutes > 0 && minutes < 1440 ? [Math.floor(minutes / 60), minutes % 60] : null;
}
