// "Thủ tục": a table of procedures (the portal's export, the office's own) is looked at first, then taken whole.

import { add, fill, h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { ask } from "../lib/session.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { grid, MOST_BYTES, problemList, WAIT_MS } from "./table_parts.js";

const said = h("div.said", { role: "status" });
const checked = h("input", { type: "checkbox", id: "checked" });
const file = h("input", { type: "file", id: "procedures", accept: ".csv,.xlsx,.xls,.ods,.html", onchange: look });
const card = h("section.card.taking-procedures", {});

/** The card; it lives through redraws. */
export function procedureCard() {
  if (!card.childElementCount) {
    add(card, [h("div.cardhead", {}, h("h2", {}, t("Take a table of procedures"))),
      h("div.choose", {}, h("label.button", { for: "procedures" }, picto("papers"), t("Choose a file…")), file,
        h("label", {}, checked, " ", t("The office has checked every row"))),
      h("p.soft", {}, t("Columns: code, name, field, time, fee, papers, words of people, valid from, valid until. What the table does not say stays.")), said]);
  }
  return card;
}

async function look() {
  const chosen = file.files?.[0];
  file.value = "";
  if (!chosen) return;
  if (chosen.size > MOST_BYTES) refuse(t("The file is too large for this page; use: motcua procedures import"));
  else await hand(chosen, "yes");
}

/**
 * @param {File} chosen
 * @param {string} trial
 */
async function hand(chosen, trial) {
  fill(said, h("p.soft", {}, t("Reading {name} …", { name: chosen.name })));
  try {
    const answer = await ask("POST", `procedures/table?trial=${trial}&confirmed=${checked.checked ? "yes" : "no"}`, chosen, WAIT_MS);
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
 * @param {File} chosen
 * @param {Api.ProcedureTableAnswer} options
 */
function showChanges(chosen, { counted, changes }) {
  const take = h("button.button.primary", { type: "button", onclick: () => { take.disabled = true; hand(chosen, "no"); } }, t("Take it"));
  fill(said, h("p", {}, h("b", {}, chosen.name), ": ", counted.join(". ")),
    changes.length > 0 && grid([t("Code"), t("What happens"), t("Procedure"), t("Service"), t("What changes")], changes.map((one) => ({ cells: [one.code, one.happens, one.name, one.service, one.kind === "created" ? "" : one.told] }))),
    h("div.choose", {}, changes.length > 0 && take, h("button.button", { type: "button", onclick: () => fill(said) }, changes.length ? t("Leave it") : t("All right"))));
}
