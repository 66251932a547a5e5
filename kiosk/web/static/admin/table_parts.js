// What cards share that take tables: rows in a grid, and what is wrong in which cell.

import { h } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { count } from "./charts.js";

export const MOST_BYTES = 20 * 1024 * 1024;
export const WAIT_MS = 150000;

/**
 * @param {string} name of the file
 * @param {number} total
 * @param {Api.TableProblem[]} problems the first ones
 */
export const problemList = (name, total, problems) => [
  h("p.mark.broken", {}, h("i"), t("{name}: {count} errors, nothing was changed. Mend them in the file and choose it again.", { name, count: count(total) })),
  grid([t("Row"), t("Column"), t("What is wrong")], problems.map((one) => ({ cells: [one.sheet ? `${one.sheet} · ${one.row}` : one.row, one.column ? `${one.column} · ${one.header}` : one.header, one.message] }))),
];

/**
 * @param {string[]} head
 * @param {{ cells: Dom.Child[], goesBack?: boolean }[]} rows
 */
export function grid(head, rows) {
  return h("div.scroll", { tabindex: "0" }, h("table.grid", {}, h("thead", {}, h("tr", {}, head.map((words) => h("th", {}, words)))),
    h("tbody", {}, rows.map(({ cells, goesBack }) => h(goesBack ? "tr.back" : "tr", {}, cells.map((cell) => h("td", {}, cell)))))));
}
