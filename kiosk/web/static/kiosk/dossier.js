// A dossier that was looked up: its steps as a knotted cord, and the day it is due.

import { daysBetween, local } from "../lib/dates.js";
import { bold, h } from "../lib/dom.js";
import { ADVICE, adviceFor, serviceToGo } from "./dossier_advice.js";
import { dayName, dayText } from "./days.js";
import { doneKey, heading, helpKey, listenKey } from "./frame.js";
import { ring } from "./ring.js";
import { picto, sign } from "../lib/signs.js";
import { counterRuns, countersFor, nameOf, ours, plural, shown, t } from "../lib/words.js";

const CLEAR_S = 20;
const PLACE = { registered: 0, received: 0, processing: 2, papers_asked: 2, payment_asked: 2, ready: 3, returned: 4, refused: 2, withdrawn: 2, stopped: 2 };
/** @type {Partial<Record<Api.Step, string>>} */
const THIRD = { papers_asked: "More papers needed", payment_asked: "Payment needed", refused: "Not accepted", withdrawn: "Withdrawn", stopped: "Stopped" };
/** @param {Api.Dossier} found */
function knots(found) {
  /**
   * @param {string | null} moment
   * @param {string} words
   */
  const day = (moment, words) => (moment ? t(words, { date: dayText(new Date(moment)) }) : "");
  const at = PLACE[found.step] ?? 2;
  const rows = [
    ["list", t("Dossier received"), day(found.received_at, "{date}")], ["check", t("Papers checked"), ""],
    ["person", t(THIRD[found.step] || "Being worked on"), ""],
    ["result", t("Result"), found.finished_at ? day(found.finished_at, "{date}") : adviceFor(found).day === "due" ? day(found.due_at, "Due {date}") : ""],
  ];
  return rows.map(([icon, title, text], index) => {
    const kind = index < at ? "done" : index === at ? "now" : "later";
    return h(`div.knot.${kind}`, {}, h("span.bead", {}, kind === "done" && picto("check")), h("div", {}, h("b", { "data-fit": "tight" }, title), text && h("small", {}, text)), picto(icon));
  });
}

/**
 * The date of the answer as a calendar leaf; null where no date is to come.
 * @param {Api.Dossier} found
 */
function leaf(found) {
  const { day } = adviceFor(found);
  const moment = day === "due" ? found.due_at : day === "finished" ? found.finished_at : null;
  if (!moment) return null;
  const at = local(new Date(moment), shown.office.timezone);
  return h("div.leaf", {}, h("i", {}, t("Month {month}", { month: at.month })), h("b", {}, at.day), h("span", { "data-fit": true }, dayName(at.weekday)));
}

/** @param {string} due */
function daysLeft(due) {
  const days = daysBetween(new Date(), new Date(due), shown.office.timezone);
  return days > 0 ? plural("Due in {count} day", "Due in {count} days", days) : t("Due today");
}

/**
 * What to do, and at whose counters.
 * @param {Api.Dossier} found
 */
function advice(found) {
  const row = adviceFor(found);
  const service = serviceToGo(found, shown.services);
  const title = row.day === "due" && found.due_at ? daysLeft(found.due_at) : "";
  const text = row.at && !service ? t("Please ask an officer.") : t(row.advice, { name: service ? nameOf(service) : "" });
  const counters = service ? counterRuns(countersFor(service.code).map((one) => one.code)) : [];
  const where = service && h("div.where", {}, sign(service), picto("desk"), h("span.boxes", {}, counters.map((one, index) => [index > 0 && counters.length === 2 && h("span.or", {}, t("or")), h("span.box", {}, one)])));
  return h("div.due", { class: row === ADVICE.late ? "late" : "" }, leaf(found), h("div", {}, title && h("h2", {}, title), h("p", { "data-fit": true }, bold(text)), where));
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ dossier: Api.Dossier }} options
 */
export function dossier(app, { dossier: found }) {
  const service = shown.services.find((one) => one.code === found.service);
  const title = t(adviceFor(found).heading);
  const counting = ring(CLEAR_S, () => app.nextCitizen());
  const below = h("span", {}, `${t("Dossier code")} `, h("b", {}, found.code_masked), found.field && ` · ${ours(found.field)}`);
  const advised = advice(found);
  const node = h("main.dossier", {}, heading(title, below, service && sign(service)), h("div.cordbox", {}, knots(found)), advised);
  return {
    node, bar: [listenKey(app), helpKey(app), doneKey(t("Done, clear the screen"), counting, () => app.nextCitizen())],
    say: [title, ...[...advised.querySelectorAll("h2, p")].map((one) => one.textContent)], touched: () => counting.restart(), stop: () => counting.stop(),
  };
}
