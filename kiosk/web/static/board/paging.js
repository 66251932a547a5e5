// More counters or services than fit the screen come in pages; the same rules as the TV's, held to the same examples.

export const [ROWS_AT_ONCE, SERVICES_AT_ONCE, PAGE_S] = [{ lying: 10, standing: 6, far: 3 }, 6, 10];

/**
 * The things of the page whose turn it is, and [its number, how many there are]; pages are equally long.
 * @template T
 * @param {T[]} things
 * @param {number} atOnce
 * @param {number} now seconds
 * @returns {{ page: T[], place: [number, number] }}
 */
export function pageOf(things, atOnce, now) {
  const count = Math.max(1, Math.ceil(things.length / atOnce));
  const each = Math.ceil(things.length / count);
  const turn = Math.floor(now / PAGE_S) % count;
  return { page: things.slice(turn * each, (turn + 1) * each), place: [turn + 1, count] };
}

/**
 * The counters of a page. Where there are several pages, counters that call stand on each of them, newest first:
 * at most half of the places, so that the others still come.
 * @param {Board.Row[]} rows
 * @param {{ counter: string }[]} calls newest first
 * @param {number} now seconds
 * @param {boolean} stands
 * @param {boolean} [far] the numbers are read from far away: only a few stand at once where the screen lies
 * @returns {{ page: Board.Row[], place: [number, number] }}
 */
export function rowsAt(rows, calls, now, stands, far = false) {
  const atOnce = ROWS_AT_ONCE[stands ? "standing" : far ? "far" : "lying"];
  if (rows.length <= atOnce) return { page: rows, place: [1, 1] };
  /** @param {Board.Row} row */
  const age = (row) => (calls.findIndex((call) => call.counter === row.code) + calls.length + 1) % (calls.length + 1);
  const calling = rows.filter((row) => row.ticket?.state === "CALLED").sort((one, other) => age(one) - age(other));
  const kept = calling.slice(0, Math.floor(atOnce / 2));
  const { page, place } = pageOf(rows.filter((row) => !kept.includes(row)), atOnce - kept.length, now);
  return { page: [...kept, ...page], place };
}

/**
 * Dossiers of which nothing can be read but a sign take only the places that the others leave on their last page,
 * and one page where there are no others: nobody finds an own dossier among them.
 * @template {{ sensitive: boolean }} T
 * @param {T[]} rows
 * @param {number} atOnce
 */
export function withNamesFirst(rows, atOnce) {
  const readable = rows.filter((row) => !row.sensitive);
  const left = readable.length ? (atOnce - (readable.length % atOnce)) % atOnce : atOnce;
  return [...readable, ...rows.filter((row) => row.sensitive).slice(0, left)];
}
