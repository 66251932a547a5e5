// One word that a table says otherwise is wrong in every row: such problems stand together, with all their rows.

/**
 * A cell that is wrong in the same way in these rows.
 * @typedef {{ sheet: string, column: string, header: string, message: string, rows: number[] }} LikeProblems
 */

/**
 * In the order in which each was met first.
 * @param {Api.TableProblem[]} problems
 * @returns {LikeProblems[]}
 */
export function likeProblems(problems) {
  /** @type {Map<string, LikeProblems>} */
  const met = new Map();
  for (const { sheet, row, column, header, message } of problems) {
    const key = JSON.stringify([sheet, column, header, message]);
    const like = met.get(key) ?? { sheet, column, header, message, rows: [] };
    like.rows.push(row);
    met.set(key, like);
  }
  return [...met.values()];
}

/**
 * "3, 5–9": rising numbers as people write them.
 * @param {number[]} numbers
 */
export function spans(numbers) {
  /** @type {[first: number, last: number][]} */
  const found = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}
