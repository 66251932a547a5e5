// "Nhập từ tệp": a table of the one-stop software is looked at first, then taken whole. The card lives through redraws.

import { add, fill, h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { count } from "./charts.js";
import { ask } from "./session.js";

const MOST_BYTES = 2 * 1024 * 1024;
const said = h("div.said", { role: "status" });
const file = h("input", { type: "file", id: "table", accept: ".csv,.xlsx", onchange: look });
const card = h("section.card.taking", {});
let taken = () => {};

/** The card; `onTaken` is called after a table came in. */
export function tableCard(onTaken) {
  taken = onTaken;
  if (!card.childElementCount) {
    add(card, [h("div.cardhead", {}, h("h2", {}, t("Take a file of the one-stop software"))),
      h("div.choose", {}, h("label.button", { for: "table" }, picto("papers"), t("Choose a file…")), file,
        h("span.soft", {}, t("CSV or XLSX, up to 2 MB. You will see what changes before anything does."))), said]);
  }
  return card;
}

async function look() {
  const chosen = file.files[0];
  file.value = "";
  if (!chosen) return;
  if (chosen.size > MOST_BYTES) return refuse(t("The file is too large for this page; use: motcua dossiers import"));
  fill(said, h("p.soft", {}, t("Reading {name} …", { name: chosen.name })));
  await hand(chosen, "yes");
}

async function hand(chosen, trial) {
  try {
    const answer = await ask("POST", `dossiers/table?trial=${trial}`, chosen);
    if (answer.problems.length) showProblems(chosen.name, answer);
    else if (answer.taken) done(answer.counted);
    else showChanges(chosen, answer);
  } catch (error) {
    refuse(error.detail || error.title || t("Lost the service, connecting again"));
  }
}

function refuse(words) {
  fill(said, h("p.mark.broken", {}, h("i"), words));
}

function done(counted) {
  fill(said, h("p.mark", {}, h("i"), `${t("Taken.")} ${counted[0]}`));
  taken();
}

function showProblems(name, { problem_count: total, problems }) {
  fill(said, h("p.mark.broken", {}, h("i"), t("{name}: {count} errors, nothing was changed. Mend them in the file and choose it again.", { name, count: count(total) })),
    grid([t("Row"), t("Column"), t("What is wrong")], problems.map((one) => [one.row, one.column ? `${one.column} · ${one.header}` : one.header, one.message])));
}

function showChanges(chosen, { counted, changes }) {
  const [sentence, warning] = counted;
  const take = h("button.button.primary", { type: "button", onclick: () => { take.disabled = true; hand(chosen, "no"); } }, t("Take it"));
  fill(said, h("p", {}, h("b", {}, chosen.name), ": ", sentence), warning && h("p.mark.look", {}, h("i"), warning),
    changes.length > 0 && grid([t("Dossier code"), t("What happens"), t("What changes")], changes.map((one) => [one.code, one.happens, one.told, one.goes_back])),
    h("div.choose", {}, changes.length > 0 && take, h("button.button", { type: "button", onclick: () => fill(said) }, changes.length ? t("Leave it") : t("All right"))));
}

function grid(head, rows) {
  return h("div.scroll", {}, h("table.grid", {}, h("thead", {}, h("tr", {}, head.map((words) => h("th", {}, words)))),
    h("tbody", {}, rows.map(([first, second, third, back]) => h(back ? "tr.back" : "tr", {}, h("td", {}, first), h("td", {}, second), h("td", {}, third))))));
}
