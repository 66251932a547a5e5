// Points that the office gives itself for the nine criteria, for the days of the report that is chosen.

import { fill, h } from "../lib/dom.js";
import { isCallError, Problem } from "../lib/http.js";
import { t } from "../lib/words.js";
import { ask } from "../lib/session.js";
import { dayText } from "./day_field.js";

/** The card; it lives through redraws, so that nothing typed is lost. */
export const pointsCard = h("section.card.points", { hidden: true });
const reply = h("span.reply", { role: "status" });
let shownFor = "";

/**
 * Show the points for these days; without days the card is hidden.
 * @param {{ first: string, last: string }} [days]
 */
export async function showPoints(days) {
  pointsCard.hidden = !days;
  const query = days ? `from=${days.first}&to=${days.last}` : "";
  if (query === shownFor) return;
  shownFor = query;
  fill(reply);
  if (!days) return;
  try {
    const { criteria } = await ask("GET", `report-points?${query}`);
    if (query === shownFor) draw(days, criteria);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    fill(pointsCard, h("h2", {}, t("The office's own points")), h("p.mark.broken", {}, h("i"), error.detail || error.title));
  }
}

/**
 * @param {{ first: string, last: string }} days
 * @param {Api.OwnPoints[]} criteria
 */
function draw(days, criteria) {
  const fields = criteria.map((one) => ({
    criterion: one.criterion,
    points: h("input", { id: `points-${one.criterion}`, type: "number", inputmode: "decimal", min: "0", max: String(one.most), step: "0.1", placeholder: t("Points"), value: one.tenths === null ? "" : String(one.tenths / 10) }),
    why: h("input", { id: `why-${one.criterion}`, type: "text", maxlength: "300", value: one.why, placeholder: t("Why these points"), "aria-label": t("Why these points") }),
  }));
  const keep = async () => {
    const points = fields.map(({ criterion, points: { value }, why }) => ({ criterion, tenths: value === "" ? null : Math.round(10 * Number(value)), why: value === "" ? "" : why.value.trim() }));
    try {
      await ask("PUT", "report-points", { from: days.first, to: days.last, points });
      fill(reply, t("Kept."));
    } catch (error) {
      if (!isCallError(error)) throw error;
      fill(reply, (error instanceof Problem && (error.detail || error.title)) || t("Lost the service, connecting again"));
    }
  };
  const row = (/** @type {Api.OwnPoints} */ one, /** @type {number} */ place) => h("div", {}, h("label", { for: `points-${one.criterion}` }, `${one.criterion}. ${one.name}`, one.written_on && h("span.soft", {}, t("written on {day}", { day: dayText(one.written_on) }))), fields[place].points, fields[place].why);
  fill(pointsCard, h("div.cardhead", {}, h("h2", {}, t("The office's own points")), h("span.soft", {}, t("From {from} to {to}.", { from: dayText(days.first), to: dayText(days.last) }), " ", t("Left empty: what was computed counts, where there is any. 2, 5 and 8 are never computed."))),
    h("div.pointfields", {}, h("div.headings", {}, h("span"), h("span", {}, t("Points")), h("span", {}, t("Why these points"))), criteria.map(row)),
    h("div.choose", {}, h("button.button.primary", { type: "button", onclick: keep }, t("Keep the points")), reply));
}
