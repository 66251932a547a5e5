// "Nhập từ tệp": a table of the one-stop software is looked at first, then taken whole. The card lives through redraws.

import { add, fill, h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { ask } from "../lib/session.js";
import { grid, MOST_BYTES, problemList, WAIT_MS } from "./table_parts.js";

const said = h("div.said", { role: "status" });
const file = h("input", { type: "file", id: "table", accept: ".csv,.xlsx,.xls,.ods,.html", onchange: look });
const card = h("section.card.taking", {});
let taken = () => {};

/**
 * The card; `onTaken` is called after a table came in.
 * @param {() => void} onTaken
 */
export function tableCard(onTaken) {
  taken = onTaken;
  if (!card.childElementCount) {
    add(card, [h("div.cardhead", {}, h("h2", {}, t("Take a file of the one-stop software"))),
      h("div.choose", {}, h("label.button", { for: "table" }, picto("papers"), t("Choose a file…")), file,
        h("span.soft", {}, t("Excel, ODS or CSV, up to 20 MB. You will see what changes before anything does."))), said]);
  }
  return card;
}

async function look() {
  const chosen = file.files?.[0];
  file.value = "";
  if (!chosen) return;
  if (chosen.size > MOST_BYTES) return refuse(t("The file is too large for this page; use: motcua dossiers import"));
  fill(said, h("p.soft", {}, t("Reading {name} …", { name: chosen.name })));
  await hand(chosen, "yes");
}

/**
 * @param {File} chosen
 * @param {string} trial
 */
async function hand(chosen, trial) {
  try {
    const answer = await ask("POST", `dossiers/table?trial=${trial}`, chosen, WAIT_MS);
    if (answer.problems.length) showProblems(chosen.name, answer);
    else if (answer.taken) done(answer);
    else showChanges(chosen, answer);
  } catch (error) {
    refuse((error instanceof Problem && (error.detail || error.title)) || t("Lost the service, connecting again"));
  }
}

/** @param {string} words */
function refuse(words) {
  fill(said, h("p.mark.broken", {}, h("i"), words));
}

/** @param {Api.TableAnswer} options */
function done({ counted, notes }) {
  fill(said, h("p.mark", {}, h("i"), `${t("Taken.")} ${counted[0]}`), noted(notes));
  taken();
}

/**
 * @param {string} name
 * @param {Api.TableAnswer} options
 */
function showProblems(name, { problem_count: total, problems }) {
  fill(said, problemList(name, total, problems));
}

/**
 * @param {File} chosen
 * @param {Api.TableAnswer} options
 */
function showChanges(chosen, { counted, changes, notes }) {
  const [sentence, warning] = counted;
  const take = h("button.button.primary", { type: "button", onclick: () => { take.disabled = true; hand(chosen, "no"); } }, t("Take it"));
  fill(said, h("p", {}, h("b", {}, chosen.name), ": ", sentence), warning && h("p.mark.look", {}, h("i"), warning), noted(notes),
    changes.length > 0 && grid([t("Dossier code"), t("What happens"), t("Field, channel"), t("Status"), t("Received on"), t("Due"), t("Ended"), t("What changes")], changes.map(cellsOf)),
    h("div.choose", {}, changes.length > 0 && take, h("button.button", { type: "button", onclick: () => fill(said) }, changes.length ? t("Leave it") : t("All right"))));
}

/**
 * A row of the trial: where the dossier will stand, and of one that is known what changes.
 * @param {Api.TableChange} one
 */
function cellsOf(one) {
  return { cells: [one.code, one.happens, `${one.field_text}, ${one.channel_text}`, one.status_text, one.received_text, one.due_text, one.finished_text, one.kind === "created" ? "" : one.told], goesBack: one.goes_back };
}

/**
 * Which sheets were read and what was supplied.
 * @param {string[]} notes
 */
function noted(notes) {
  return notes.length > 0 && h("ul.soft", {}, notes.map((note) => h("li", {}, note)));
}
