// Points that the office gives itself for the nine criteria, for the days of the report that is chosen.

import { fill, h } from "../lib/dom.js";
import { isCallError, Problem } from "../lib/http.js";
import { t } from "../lib/words.js";
import { ask } from "../lib/session.js";
import { dayText } from "./day_field.js";

/** The card; it lives through redraws, so that nothing typed is lost. */
export const pointsCard = h("section.card.points", { hidden: true });
const NUMBER = /^\d{1,3}([.,]\d)?$/;
const reply = h("span.reply", { role: "status" });
let shownFor = "";

/**
 * Show the points for these days; without days the card is hidden, and whoever comes back sees them as they are then.
 * @param {{ first: string, last: string }} [days]
 */
export async function showPoints(days) {
  pointsCard.hidden = !days;
  const query = days ? `from=${days.first}&to=${days.last}` : "";
  if (query === shownFor) return;
  fill(reply);
  fill(pointsCard);
  shownFor = "";
  if (days) await drawFor(days, query);
}

/**
 * Ask for the points of these days and draw them, unless other days were chosen meanwhile.
 * @param {{ first: string, last: string }} days
 * @param {string} query
 */
async function drawFor(days, query) {
  shownFor = query;
  try {
    const { criteria } = await ask("GET", `report-points?${query}`);
    if (query === shownFor) draw(days, criteria);
  } catch (error) {
    if (!isCallError(error)) throw error;
    if (query !== shownFor) return;
    shownFor = "";
    fill(pointsCard, h("h2", {}, t("The office's own points")), h("p.mark.broken", {}, h("i"), whyNot(error)));
  }
}

/** @param {Error} error of a call */
const whyNot = (error) => (error instanceof Problem && (error.detail || error.title)) || t("Lost the service, connecting again");

/** @param {number | null} tenths */
const decimal = (tenths) => (tenths === null ? "" : (tenths / 10).toLocaleString("vi"));

/**
 * What was typed, in tenths: null for nothing, NaN for what is no number to a tenth.
 * @param {string} text
 */
const tenthsOf = (text) => (text === "" ? null : NUMBER.test(text) ? Math.round(10 * Number(text.replace(",", "."))) : NaN);

/**
 * A criterion as it was drawn, with its fields.
 * @typedef {{ one: Api.OwnPoints, points: HTMLInputElement, why: HTMLInputElement }} Row
 */

/** @param {Api.OwnPoints} one @returns {Row} */
const rowOf = (one) => ({
  one,
  points: h("input", { id: `points-${one.criterion}`, type: "text", inputmode: "decimal", maxlength: "10", autocomplete: "off", placeholder: t("Points"), value: decimal(one.tenths) }),
  why: h("input", { id: `why-${one.criterion}`, type: "text", maxlength: "300", value: one.why, placeholder: t("Why these points"), "aria-label": t("Why these points") }),
});

/**
 * Just the fields that say something else than when they were drawn: what a colleague kept meanwhile stays.
 * @param {Row[]} rows
 */
const changedOf = (rows) => rows.map(({ one, points, why }) => ({ one, points, tenths: tenthsOf(points.value.trim()), why: why.value.trim() }))
  .filter(({ one, tenths, why }) => tenths !== one.tenths || why !== one.why);

/** @param {ReturnType<typeof changedOf>[number]} field */
const isWrong = ({ one, tenths, why }) => (tenths === null ? one.tenths === null && why !== "" : !(tenths <= 10 * one.most));

/**
 * @param {{ first: string, last: string }} days
 * @param {Row[]} rows
 */
async function keep(days, rows) {
  const query = shownFor;
  const changed = changedOf(rows);
  const wrong = changed.find(isWrong);
  if (wrong) {
    fill(reply, t("Criterion {number}: write points from 0 to {most}, with one decimal at most, such as 1,5.", { number: wrong.one.criterion, most: wrong.one.most }));
    wrong.points.focus();
    return;
  }
  try {
    const points = changed.map(({ one, tenths, why }) => ({ criterion: one.criterion, tenths, why: tenths === null ? "" : why }));
    await ask("PUT", "report-points", { from: days.first, to: days.last, points });
  } catch (error) {
    if (!isCallError(error)) throw error;
    fill(reply, whyNot(error));
    return;
  }
  if (query !== shownFor) return;
  fill(reply, t("Kept."));
  await drawFor(days, query);
  pointsCard.querySelector("button")?.focus();
}

/**
 * @param {{ first: string, last: string }} days
 * @param {Api.OwnPoints[]} criteria
 */
function draw(days, criteria) {
  const rows = criteria.map(rowOf);
  const row = (/** @type {Row} */ { one, points, why }) => h("div", {}, h("label", { for: points.id }, `${one.criterion}. ${one.name}`, one.written_on && h("span.soft", {}, t("written on {day}", { day: dayText(one.written_on) }))), points, why);
  fill(pointsCard, h("div.cardhead", {}, h("h2", {}, t("The office's own points")), h("span.soft", {}, t("From {from} to {to}.", { from: dayText(days.first), to: dayText(days.last) }), " ", t("Left empty: what was computed counts, where there is any. 2, 5 and 8 are never computed."))),
    h("div.pointfields", {}, h("div.headings", {}, h("span"), h("span", {}, t("Points")), h("span", {}, t("Why these points"))), rows.map(row)),
    h("div.choose", {}, h("button.button.primary", { type: "button", onclick: () => keep(days, rows) }, t("Keep the points")), reply));
}
