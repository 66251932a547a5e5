// A dossier that was looked up: its steps as a knotted cord, and the day it is due.

import { dateText, dayName, daysBetween, local } from "../lib/dates.js";
import { bold, h } from "../lib/dom.js";
import { serviceOfField } from "../lib/fields.js";
import { doneKey, heading, helpKey, listenKey } from "./frame.js";
import { ring } from "./ring.js";
import { picto, sign } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";

const CLEAR_S = 20;
const HEADINGS = {
  registered: "Your dossier has been received", received: "Your dossier has been received", processing: "Your dossier is being worked on",
  papers_asked: "Your dossier needs more papers", payment_asked: "Your dossier waits for a payment", ready: "Your result is ready",
  returned: "Your result has been handed over", refused: "Please ask an officer about this dossier",
  withdrawn: "This dossier was withdrawn", stopped: "Please ask an officer about this dossier",
};
const PLACE = { registered: 0, received: 0, processing: 2, papers_asked: 2, payment_asked: 2, ready: 3, returned: 4, refused: 2, withdrawn: 2, stopped: 2 };
/** @type {Partial<Record<Api.Step, string>>} */
const THIRD = { papers_asked: "More papers needed", payment_asked: "Payment needed", refused: "Stopped", withdrawn: "Withdrawn", stopped: "Stopped" };
/** @type {Partial<Record<Api.Step, string>>} */
const THIRD_BELOW = { processing: "An officer is working on it", papers_asked: "Please bring them to the counter", payment_asked: "Please pay at the counter" };

/** @param {Api.Dossier} found */
function knots(found) {
  const zone = shown.office.timezone;
  /**
   * @param {string | null} moment
   * @param {string} words
   */
  const day = (moment, words) => (moment ? t(words, { date: dateText(new Date(moment), zone, false) }) : "");
  const at = PLACE[found.step] ?? 2;
  const sentence = THIRD_BELOW[found.step];
  const below = sentence && at === 2 ? t(sentence) : "";
  const rows = [
    ["list", t("Dossier received"), day(found.received_at, "{date}")], ["check", t("Papers checked"), ""],
    ["person", t(THIRD[found.step] || "Being worked on"), below],
    ["result", t("Result"), found.finished_at ? day(found.finished_at, "{date}") : day(found.due_at, "Due {date}")],
  ];
  return rows.map(([icon, title, text], index) => {
    const kind = index < at ? "done" : index === at ? "now" : "later";
    return h(`div.knot.${kind}`, {}, h("span.bead", {}, kind === "done" && picto("check")), h("div", {}, h("b", {}, title), text && h("small", {}, text)), picto(icon));
  });
}

/** @param {Api.Dossier} found */
function dueBox(found) {
  if (["returned", "withdrawn", "refused", "stopped"].includes(found.step) || !found.due_at) return null;
  const zone = shown.office.timezone;
  const due = local(new Date(found.due_at), zone);
  const days = daysBetween(new Date(), new Date(found.due_at), zone);
  const title = found.step === "ready" ? t("Please come and take it") : days > 0 ? t("Due in {count} days", { count: days }) : t("Due on {date}", { date: `${due.day}/${due.month}` });
  const result = shown.services.find((service) => service.pictogram === "result");
  const text = found.late && found.step !== "ready" ? t("The dossier is late. We are sorry.")
    : t("On time. When you come, take a number at *{name}*.", { name: result ? result.name : t("Result") });
  return h("div.due", { class: found.late && found.step !== "ready" ? "late" : "" },
    h("div.leaf", {}, h("i", {}, t("Month {month}", { month: due.month })), h("b", {}, due.day), h("span", {}, dayName(due.weekday))),
    h("div", {}, h("h2", {}, title), h("p", {}, bold(text))));
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ dossier: Api.Dossier }} options
 */
export function dossier(app, { dossier: found }) {
  const service = serviceOfField(shown.services, found.field);
  const title = t(HEADINGS[found.step] || "Your dossier is being worked on");
  const counting = ring(CLEAR_S, () => app.show("home"));
  const below = h("span", {}, `${t("Dossier code")} `, h("b", {}, found.code_masked), found.field && ` · ${found.field}`);
  const node = h("main.dossier", {}, heading(title, below, service && sign(service)), h("div.cordbox", {}, knots(found)), dueBox(found));
  return {
    node, bar: [listenKey(app), helpKey(app), doneKey(t("Done, clear the screen"), counting, () => app.show("home"))],
    say: [title], touched: () => counting.restart(), stop: () => counting.stop(),
  };
}
