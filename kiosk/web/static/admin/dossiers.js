// "Hồ sơ": how many dossiers the office follows, by field and by step.

import { fill, h } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { count } from "./charts.js";
import { tableCard } from "./dossier_table.js";
import { wordsCard } from "./dossier_words.js";
import { procedureCard } from "./procedure_table.js";
import { ask } from "../lib/session.js";

/** @type {Record<string, string>} */
const STEPS = { registered: "Registered", received: "Received", processing: "In progress", papers_asked: "Papers are missing", payment_asked: "Payment is asked", ready: "Result is ready", returned: "Result handed over", withdrawn: "Withdrawn", stopped: "Stopped", refused: "Refused" };
//t: Registered | Received | In progress | Papers are missing | Payment is asked | Result is ready | Result handed over | Withdrawn | Stopped | Refused

/** @param {HTMLElement} root */
export async function dossiers(root) {
  const { dossiers: found } = await ask("GET", "admin/summary");
  const open = Object.entries(found.by_step).filter(([step]) => ["received", "processing", "papers_asked", "payment_asked"].includes(step)).reduce((sum, [, number]) => sum + number, 0);
  /**
   * @param {number} value
   * @param {string} words
   * @param {string} more
   */
  const figure = (value, words, more) => h("section.card.figure", {}, h("p", {}, h("b", {}, count(value))), h("strong", {}, words), h("span.soft", {}, more));
  fill(root, h("header.head", {}, h("h1", {}, t("Dossiers"))),
    found.total === 0
      ? h("section.card.nothing", {}, h("h2", {}, t("No dossier has come in yet")), h("p", {}, t("They come from the one-stop system, or from a file of its software.")))
      : [h("div.figures.three", {}, figure(found.total, t("dossiers in all"), t("known to this office")), figure(open, t("being worked on"), t("not decided yet")), figure(found.overdue, t("past their date"), t("not decided yet"))),
        h("div.two", {}, bars(t("By field"), found.by_field, (name) => name), bars(t("By step"), found.by_step, (name) => t(STEPS[name] || name)))],
    tableCard(() => dossiers(root)), procedureCard(), await wordsCard());
}

/**
 * @param {string} title
 * @param {Record<string, number>} counts
 * @param {(key: string) => string} named
 */
function bars(title, counts, named) {
  const most = Math.max(...Object.values(counts), 1);
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, title)), h("div.bars", {}, Object.entries(counts).map(([name, number]) =>
    h("div", {}, h("span", {}, named(name)), h("i", {}, h("u", { style: { width: `${(100 * number) / most}%` } })), h("b", {}, count(number))))));
}
