// "Đính chính": lines of the journal that one person calls wrong, until another agrees; and those of lately.

import { local } from "../lib/dates.js";
import { fill, h } from "../lib/dom.js";
import { ask } from "../lib/session.js";
import { shown, t } from "../lib/words.js";
import { askWindow } from "./ask_window.js";
import { reasonWords } from "./call_wrong.js";
import { sentence } from "./journal.js";

/** @param {string} moment */
const when = (moment) => { const at = local(new Date(moment), shown.office.timezone); return `${at.day}/${at.month} ${at.time}`; };

/** @param {HTMLElement} root */
export async function corrections(root) {
  const again = () => corrections(root);
  /** @type {[Api.Corrections, { clerks: Api.StaffMember[] }]} */
  const [{ waiting, done }, { clerks }] = await Promise.all([ask("GET", "admin/corrections"), ask("GET", "staff")]);
  const names = new Map(clerks.map((one) => [one.id, one.name]));
  fill(root, h("header.head", {}, h("h1", {}, t("Corrections"))),
    h("section.card.corrections", {}, h("h2", {}, t("Waiting for a second person")), waiting.length > 0
      ? table([t("Line no."), t("What happened"), t("Why it is wrong"), t("Called wrong by"), ""], waiting.map((one) => [String(one.seq), told(one.event, names), reasonWords(one.reason), [h("b", {}, one.asked_by), h("small.soft", {}, when(one.asked_at))], decide(one, again)]))
      : h("p.soft", {}, t("Nothing waits. Whoever finds a wrong line in the journal calls it wrong there; another person decides here."))),
    h("section.card.corrections", {}, h("h2", {}, t("Noted as wrong by two persons")), done.length > 0
      ? table([t("Line no."), t("What happened"), t("Why it is wrong"), t("Both persons"), t("Time")], done.map((one) => [String(one.seq), told(one.event, names), reasonWords(one.reason), one.confirmed_by.join(", "), when(one.at)]))
      : h("p.soft", {}, t("None yet."))),
    h("p.soft", {}, t("Nothing is deleted, and no figure changes: the journal says of its own line that it is wrong.")));
}

/**
 * @param {Api.Event | null} event
 * @param {Map<string, string>} names
 */
const told = (event, names) => (event ? [h("b", {}, sentence(event, names)), h("small.soft", {}, when(event.time))] : h("span.soft", {}, t("no longer there: a backup was taken back")));

/**
 * Whoever called it wrong takes it back; another agrees or not.
 * @param {Api.WaitingCorrection} one
 * @param {() => void} again
 */
function decide(one, again) {
  const path = `admin/corrections/${encodeURIComponent(one.id)}`;
  const title = t("Line {seq}, {name}", { seq: one.seq, name: one.asked_by });
  const drop = () => askWindow(title, [], () => ask("DELETE", path), again, one.own ? t("Take it back?") : t("The line is right and stays so?"));
  const agree = () => askWindow(title, [], () => ask("POST", `${path}/approve`, {}), again, t("You agree that this line is wrong? It is noted with both names."));
  if (one.own) return [h("span.soft", {}, t("another person decides")), " ", button(t("Take back"), drop)];
  return [one.event && button(t("Agree"), agree), " ", button(t("Decline"), drop)];
}

/**
 * @param {string} words
 * @param {() => void} run
 */
const button = (words, run) => h("button.button.small", { type: "button", onclick: run }, words);

/**
 * @param {string[]} heads
 * @param {Dom.Child[][]} rows
 */
const table = (heads, rows) => h("div.scroll", { tabindex: "0" }, h("table.persons", {}, h("thead", {}, h("tr", {}, heads.map((words) => h("th", {}, words)))),
  h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell)))))));
