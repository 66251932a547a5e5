// "Máy và dữ liệu": the backups on this machine, one more now, and what the doctor finds with what to do.

import { local } from "../lib/dates.js";
import { fill, h } from "../lib/dom.js";
import { ask } from "../lib/session.js";
import { currentLanguage, shown, t } from "../lib/words.js";
import { tryTo } from "./ask_window.js";
import { checkLine } from "./storage.js";
import { WAIT_MS } from "./table_parts.js";

/** What was found last, kept through redraws. @type {{ at: string, findings: Api.Finding[] } | null} */
let looked = null;
/** What is being done now, and why the last thing was not. */
let [busy, refused] = ["", ""];
const RANK = { broken: 0, look: 1, well: 2 };
const MIB = 1024 * 1024;
const NEWEST = 5;

/** @param {string} moment */
const when = (moment) => { const at = local(new Date(moment), shown.office.timezone); return `${at.day}/${at.month} ${at.time}`; };

/** @param {HTMLElement} root */
export async function machine(root) {
  const backups = /** @type {Api.Backups} */ (await ask("GET", "admin/backups"));
  root.dataset.section = "machine";
  draw(root, backups);
}

/** Where the section stands now: it may have been drawn anew while something was done. @param {HTMLElement} root */
const placeOf = (root) => /** @type {HTMLElement} */ (root.isConnected ? root : document.querySelector("[data-section=machine]") || root);

/**
 * @param {HTMLElement} root
 * @param {Api.Backups} backups
 */
function draw(root, backups) {
  /**
   * @param {string} words said meanwhile
   * @param {() => Promise<unknown>} work
   */
  const run = (words, work) => async () => {
    if (busy) return;
    busy = words;
    draw(root, backups);
    refused = (await tryTo(work)) || "";
    busy = "";
    await machine(placeOf(root));
  };
  const backUp = run(t("A backup is being made"), () => ask("POST", "admin/backups", {}, WAIT_MS));
  const look = run(t("Everything is being looked at"), async () => {
    const { findings } = await ask("GET", `admin/findings?language=${currentLanguage() === "en" ? "en" : "vi"}`, undefined, WAIT_MS);
    looked = { at: new Date().toISOString(), findings };
  });
  fill(root, h("header.head", {}, h("h1", {}, t("Machine and data"))),
    busy && h("p.working", { role: "status" }, h("progress"), busy), refused && h("p.said.broken", { role: "alert" }, refused),
    backupsCard(backups, backUp), findingsCard(look));
}

/**
 * @param {Api.Backups} options
 * @param {() => void} backUp
 */
function backupsCard({ backups, last, verified }, backUp) {
  return h("section.card.backups", {}, h("div.cardhead", {}, h("h2", {}, t("Backups on this machine")), h("button.button.primary", { type: "button", onclick: backUp, disabled: Boolean(busy) }, t("Make one now"))),
    checkLine(t("Last backup:"), t("none yet"), last), checkLine(t("Checked as a whole:"), t("not yet"), verified),
    h("table.plain", {}, backups.slice(0, NEWEST).map((one) => h("tr", {}, h("td", {}, h("b", {}, when(one.made_at))), h("td.num", {}, t("{size} MB", { size: (one.size / MIB).toFixed(1).replace(".", ",") })),
      h("td", {}, h(`span.mark.${one.whole ? "well" : "look"}`, {}, h("i", { "aria-hidden": "true" }), one.whole ? t("signed") : t("without signature"))), h("td.soft", {}, one.name)))),
    h("p.soft", {}, t("{count} are here; each was read back when it was made. Take one to another place now and then: a machine that burns takes its backups along. To take one back: motcua restore.", { count: backups.length })));
}

/** @param {() => void} look */
function findingsCard(look) {
  const found = looked && [...looked.findings].sort((a, b) => RANK[a.mark] - RANK[b.mark]);
  return h("section.card.findings", {}, h("div.cardhead", {}, h("h2", {}, t("What is to be seen to")), h("button.button.primary", { type: "button", onclick: look, disabled: Boolean(busy) }, t("Look at everything"))),
    !found && h("p.soft", {}, t("Machine, data, printers, lines and screens are looked at; it takes up to a minute.")),
    found && looked && h("p.soft", {}, t("Looked at {time}.", { time: when(looked.at) })),
    found && h("ul.plainlist", {}, found.map((one) => h("li", {}, h(`span.mark.${one.mark}`, {}, h("i", { "aria-hidden": "true" })), h("div", {}, h("span", {}, h("b", {}, `${one.part}: `), one.text), one.todo && h("span.soft", {}, `→ ${one.todo}`))))));
}
