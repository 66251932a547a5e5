// "Thủ tục": a table of procedures (the portal's export, the office's own) is looked at first, then taken whole.

import { local } from "../lib/dates.js";
import { add, fill, h } from "../lib/dom.js";
import { isCallError, Problem } from "../lib/http.js";
import { ask } from "../lib/session.js";
import { picto } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { grid, MOST_BYTES, problemList, WAIT_MS } from "./table_parts.js";

const said = h("div.said", { role: "status" });
const checked = h("input", { type: "checkbox", id: "checked" });
const file = h("input", { type: "file", id: "procedures", accept: ".csv,.xlsx,.xls,.ods,.html", onchange: look });
const fromPortal = h("div.choose.from-portal", {});
const card = h("section.card.taking-procedures", {});

/** The card; it lives through redraws. */
export function procedureCard() {
  askPortal();
  if (!card.childElementCount) {
    add(card, [h("div.cardhead", {}, h("h2", {}, t("Take a table of procedures"))),
      h("div.choose", {}, h("label.button", { for: "procedures" }, picto("papers"), t("Choose a file…")), file,
        h("label", {}, checked, " ", t("The office has checked every row"))),
      h("p.soft", {}, t("Columns: code, name, field, time, fee, papers, words of people, valid from, valid until. What the table does not say stays.")), fromPortal, said]);
  }
  return card;
}

/** What `motcua sync` brought from the national portal: looked at like any other table, but it is a whole catalogue. */
async function askPortal() {
  try {
    const { table, received_at: at } = await ask("GET", "procedures/portal");
    if (!table || !at) return;
    const { day, month, year, time } = local(new Date(at), shown.office.timezone);
    const name = t("the national portal's catalogue of {date}", { date: `${time} ${day}/${month}/${year}` });
    fill(fromPortal, h("button.button.look-portal", { type: "button", onclick: () => hand({ name, data: new Blob([table], { type: "text/csv" }), isWhole: true }, "yes") },
      picto("online"), t("See what the national portal changes")), h("span.soft", {}, name));
  } catch (error) {
    if (!isCallError(error)) throw error;
  }
}

async function look() {
  const chosen = file.files?.[0];
  file.value = "";
  if (!chosen) return;
  if (chosen.size > MOST_BYTES) refuse(t("The file is too large for this page; use: motcua procedures import"));
  else await hand({ name: chosen.name, data: chosen, isWhole: false }, "yes");
}

/**
 * `isWhole`: what the table does not have ends.
 * @typedef {{ name: string, data: Blob, isWhole: boolean }} Chosen
 */

/**
 * @param {Chosen} chosen
 * @param {string} trial
 */
async function hand(chosen, trial) {
  fill(said, h("p.soft", {}, t("Reading {name} …", { name: chosen.name })));
  try {
    const answer = await ask("POST", `procedures/table?trial=${trial}&confirmed=${checked.checked ? "yes" : "no"}&whole=${chosen.isWhole ? "yes" : "no"}`, chosen.data, WAIT_MS);
    if (answer.problems.length) fill(said, problemList(chosen.name, answer.problem_count, answer.problems));
    else if (answer.taken) fill(said, h("p.mark", {}, h("i"), `${t("Taken.")} ${answer.counted[0]}`));
    else showChanges(chosen, answer);
  } catch (error) {
    refuse((error instanceof Problem && (error.detail || error.title)) || t("Lost the service, connecting again"));
  }
}

/** @param {string} words */
function refuse(words) {
  fill(said, h("p.mark.broken", {}, h("i"), words));
}

/**
 * @param {Chosen} chosen
 * @param {Api.ProcedureTableAnswer} options
 */
function showChanges(chosen, { counted, changes }) {
  const take = h("button.button.primary", { type: "button", onclick: () => { take.disabled = true; hand(chosen, "no"); } }, t("Take it"));
  fill(said, h("p", {}, h("b", {}, chosen.name), ": ", counted.join(". ")),
    changes.length > 0 && grid([t("Code"), t("What happens"), t("Procedure"), t("Service"), t("What changes")], changes.map((one) => ({ cells: [one.code, one.happens, one.name, one.service, one.kind === "created" ? "" : one.told] }))),
    h("div.choose", {}, changes.length > 0 && take, h("button.button", { type: "button", onclick: () => fill(said) }, changes.length ? t("Leave it") : t("All right"))));
}
