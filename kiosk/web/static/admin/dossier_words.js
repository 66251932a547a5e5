// "Chữ trong tệp": what the office's one-stop software calls columns, statuses and channels; taught once, remembered.

import { fill, h } from "../lib/dom.js";
import { isCallError, Problem } from "../lib/http.js";
import { t } from "../lib/words.js";
import { ask } from "../lib/session.js";

const SHOWN_WORDS = 4;
/** @type {[kind: Api.WordKind, title: string][]} */
const KINDS = [["columns", "Columns"], ["statuses", "Statuses"], ["channels", "How it came in"]];
//t: Columns | Statuses | How it came in
const card = h("section.card.wordscard");
const reply = h("span.reply", { role: "status" });
/** @type {{ kind: Api.WordKind, key: string, field: HTMLInputElement }[]} */
let fields = [];

/** The card; asked for once, so that nothing typed is lost by a redraw. */
export async function wordsCard() {
  if (!fields.length) {
    try {
      draw((await ask("GET", "dossiers/words")).meanings);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fill(card, h("p.mark.broken", {}, h("i"), error.detail || error.title));
    }
  }
  return card;
}

/** @param {Api.WordMeaning[]} meanings */
function draw(meanings) {
  fields = meanings.map(({ kind, key, taught }) => ({ kind, key, field: h("input", { type: "text", id: `words-${kind}-${key}`, value: taught.join("; "), oninput: () => fill(reply) }) }));
  fill(card, h("details", { open: fields.some(({ field }) => field.value) }, h("summary", {}, h("h2", {}, t("Words in the file: teach what your software calls them"))),
    h("p.soft", {}, t("Does a file name a column or a status otherwise? Write that word here, several parted by semicolons. It is remembered for every file.")),
    KINDS.map(([kind, title]) => table(t(title), meanings.filter((one) => one.kind === kind))),
    h("div.choose", {}, h("button.button.primary", { type: "button", onclick: keep }, t("Remember the words")), reply)));
}

/**
 * @param {string} title
 * @param {Api.WordMeaning[]} meanings
 */
function table(title, meanings) {
  return h("div.scroll", { tabindex: "0" }, h("table.grid.words", {}, h("thead", {}, h("tr", {}, h("th", {}, title), h("th", {}, t("Understood already")), h("th", {}, t("In your files")))),
    h("tbody", {}, meanings.map(({ kind, key, title: name, known }) => h("tr", {}, h("td", {}, h("label", { for: `words-${kind}-${key}` }, name)),
      h("td.soft", { title: known.join("; ") }, known.slice(0, SHOWN_WORDS).join("; "), known.length > SHOWN_WORDS && "; …"),
      h("td", {}, fields.find((one) => one.kind === kind && one.key === key)?.field))))));
}

async function keep() {
  /** @param {Api.WordKind} of */
  const taught = (of) => Object.fromEntries(fields.filter(({ kind }) => kind === of).map(({ key, field }) => [key, field.value.split(";").map((word) => word.trim()).filter(Boolean)]).filter(([, words]) => words.length));
  try {
    await ask("PUT", "dossiers/words", { columns: taught("columns"), statuses: taught("statuses"), channels: taught("channels") });
    fill(reply, t("Remembered. Choose the file again."));
  } catch (error) {
    if (!isCallError(error)) throw error;
    fill(reply, (error instanceof Problem && (error.detail || error.title)) || t("Lost the service, connecting again"));
  }
}
