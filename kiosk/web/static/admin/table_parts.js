// What cards share that take tables: rows in a grid, and what is wrong in which cell.

import { h } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { count } from "./charts.js";
import { likeProblems, spans } from "./like_problems.js";

export const MOST_BYTES = 20 * 1024 * 1024;
export const WAIT_MS = 150000;

/**
 * @param {string} name of the file
 * @param {number} total
 * @param {Api.TableProblem[]} problems the first ones
 */
export const problemList = (name, total, problems) => [
  h("p.mark.broken", {}, h("i"), t("{name}: {count} errors, nothing was changed. Mend them in the file and choose it again.", { name, count: count(total) })),
  grid([t("Row"), t("Column"), t("What is wrong")], likeProblems(problems).map(({ sheet, rows, column, header, message }) => ({ cells: [sheet ? `${sheet} · ${spans(rows)}` : spans(rows), column ? `${column} · ${header}` : header, message] })), "grid wrong"),
  total > problems.length && h("p.soft", {}, t("These are the first {count} errors; rows below may have more of them.", { count: count(problems.length) })),
];

/**
 * @param {string[]} head
 * @param {{ cells: Dom.Child[], goesBack?: boolean }[]} rows
 * @param {string} looks the classes of the table
 */
export function grid(head, rows, looks = "grid") {
  return h("div.scroll", { tabindex: "0" }, h(`table.${looks.replaceAll(" ", ".")}`, {}, h("thead", {}, h("tr", {}, head.map((words) => h("th", {}, words)))),
    h("tbody", {}, rows.map(({ cells, goesBack }) => h(goesBack ? "tr.back" : "tr", {}, cells.map((cell) => h("td", {}, cell)))))));
}
