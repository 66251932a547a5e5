// From a figure or a part of a chart to what it was counted from: a list in a window.

import { fill, h } from "../lib/dom.js";
import { isCallError, Problem } from "../lib/http.js";
import { serviceOf, shown, t } from "../lib/words.js";
import { local } from "../lib/dates.js";
import { count, minutesText } from "./charts.js";
import { dayText } from "./day_field.js";
import { ask } from "../lib/session.js";

/** @type {Record<string, string>} */
const OUTCOMES = { served: "Served", no_show: "Absent", cancelled: "Cancelled", abandoned: "Left waiting", open: "Still open" };
//t: Served | Absent | Cancelled | Left waiting | Still open

/**
 * Open the list that a pick names: "tickets?hour=09", "dossiers?field=Hộ tịch", "ratings".
 * @param {string} pick
 * @param {{ from: string, to: string }} days
 * @param {string} title
 */
export async function showCounted(pick, days, title) {
  const [kind, query = ""] = pick.split("?");
  const parameters = new URLSearchParams({ from: days.from, to: days.to });
  for (const [name, value] of new URLSearchParams(query.replaceAll("+", "%2B"))) parameters.set(name, value);
  const body = h("div", {}, h("p.soft", {}, "…"));
  const close = h("button.button", { type: "button", onclick: () => { dialog.close(); } }, t("Close"));
  const dialog = h("dialog.counted", { "aria-label": title, onclose: () => { dialog.remove(); } }, h("div.cardhead", {}, h("h2", {}, title), close), body);
  document.body.append(dialog);
  dialog.showModal();
  try {
    const answer = await ask("GET", `statistics/${kind}?${parameters}`);
    fill(body, LISTS[kind](answer));
  } catch (error) {
    if (!isCallError(error)) throw error;
    fill(body, h("p.mark.broken", {}, h("i"), (error instanceof Problem && (error.detail || error.title)) || t("Lost the service, connecting again")));
  }
}

/** @type {Record<string, (answer: any) => HTMLElement>} */
const LISTS = {
  tickets: (/** @type {Api.CountedTickets} */ { count: all, tickets }) => table(all, tickets.length,
    [t("Number"), t("Day"), t("Taken at"), t("Service"), t("Counter"), t("Waited (minutes)"), t("Served (minutes)"), t("Outcome")],
    tickets.map((one) => [one.number, dayText(one.day), local(new Date(one.issued_at), shown.office.timezone).time, one.service, one.counter || "–", minutesText(one.waited_ms), minutesText(one.served_ms), t(OUTCOMES[one.outcome] || one.outcome)])),
  ratings: (/** @type {Api.CountedRatings} */ { count: all, ratings }) => table(all, ratings.length,
    [t("Day"), t("Counter"), t("Service"), t("Rating")],
    ratings.map((one) => [dayText(one.day), one.counter || "–", serviceOf(one.service)?.name || one.service, one.level])),
  dossiers: (/** @type {Api.CountedDossiers} */ { count: all, dossiers }) => table(all, dossiers.length,
    [t("Dossier code"), t("Field"), t("Received on"), t("Due"), t("Ended"), t("Counted as")],
    dossiers.map((one) => [one.code, one.field, dayText(one.received), one.due ? dayText(one.due) : "–", one.ended ? dayText(one.ended) : "–", one.standing_text])),
};

/**
 * @param {number} all
 * @param {number} listed
 * @param {string[]} head
 * @param {string[][]} rows
 */
function table(all, listed, head, rows) {
  return h("div", {}, h("p.soft", {}, listed < all ? t("The first {listed} of {all}.", { listed: count(listed), all: count(all) }) : t("{all} in all.", { all: count(all) })),
    rows.length > 0 && h("div.scroll", {}, h("table.grid", {}, h("thead", {}, h("tr", {}, head.map((words) => h("th", {}, words)))), h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell))))))));
}
