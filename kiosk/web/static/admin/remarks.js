// The office's own remarks in the narrative report, kept from one report to the next. The card lives through redraws.

import { fill, h } from "../lib/dom.js";
import { isCallError, Problem } from "../lib/http.js";
import { t } from "../lib/words.js";
import { ask } from "../lib/session.js";

const card = h("section.card.remarks");
const reply = h("span.reply", { role: "status" });
/** @type {Map<string, HTMLTextAreaElement>} */
const fields = new Map();

/** The card; its texts are asked for once, so that nothing typed is lost by a redraw. */
export async function remarksCard() {
  if (!fields.size) {
    try {
      draw((await ask("GET", "report-remarks")).headings);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fill(card, h("h2", {}, t("The office's own remarks")), h("p.mark.broken", {}, h("i"), error.detail || error.title));
    }
  }
  return card;
}

/** @param {Api.RemarksHeading[]} headings */
function draw(headings) {
  for (const { key, lines } of headings) fields.set(key, h("textarea", { id: `remarks-${key}`, rows: Math.max(3, lines.length + 1), oninput: () => fill(reply) }, lines.join("\n")));
  fill(card, h("div.cardhead", {}, h("h2", {}, t("The office's own remarks")), h("span.soft", {}, t("In the narrative report; one remark a line. They are kept for the next report."))),
    h("div.remarkfields", {}, headings.map(({ key, title }) => h("div", {}, h("label", { for: `remarks-${key}` }, title), fields.get(key)))),
    h("div.choose", {}, h("button.button.primary", { type: "button", onclick: keep }, t("Keep the remarks")), reply));
}

async function keep() {
  const remarks = Object.fromEntries([...fields].map(([key, field]) => [key, field.value.split("\n").map((line) => line.trim()).filter(Boolean)]));
  try {
    await ask("PUT", "report-remarks", { remarks });
    fill(reply, t("Kept."));
  } catch (error) {
    if (!isCallError(error)) throw error;
    fill(reply, (error instanceof Problem && (error.detail || error.title)) || t("Lost the service, connecting again"));
  }
}
