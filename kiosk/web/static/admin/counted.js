// From a figure or a part of a chart to what it was counted from: a list in a window.

import { fill, h } from "../lib/dom.js";
import { isCallError, Problem } from "../lib/http.js";
import { serviceOf, shown, t } from "../lib/words.js";
import { local } from "../lib/dates.js";
import { count, minutesText } from "./charts.js";
import { dayText } from "./day_field.js";
import { ask } from "../lib/session.js";

const PAGE = 500; // rows of an answer
/** @type {Record<string, string>} */
const OUTCOMES = { served: "Served", no_show: "Absent", cancelled: "Cancelled", abandoned: "Left waiting", open: "Still open" };
//t: Served | Absent | Cancelled | Left waiting | Still open

/** What was read off a ticket, in a list by time. @type {Record<string, string>} */
const MARKS = { median: "half at most this", p90: "9 of 10 at most this", most: "longest", beyond: "beyond the promise" };
//t: half at most this | 9 of 10 at most this | longest | beyond the promise

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
  await showPage(body, kind, parameters);
}

/**
 * A page of the list; keys lead to the one before and the one behind it.
 * @param {HTMLElement} body
 * @param {string} kind
 * @param {URLSearchParams} parameters
 */
async function showPage(body, kind, parameters) {
  try {
    const answer = await ask("GET", `statistics/${kind}?${parameters}`);
    const { head, rows } = LISTS[kind](answer);
    /** @param {number} offset */
    const turn = (offset) => () => {
      parameters.delete("begin");
      parameters.set("offset", String(offset));
      return showPage(body, kind, parameters);
    };
    fill(body, pager(answer, rows.length, turn), rows.length > 0 && h("div.scroll", { tabindex: "0" }, h("table.grid", {}, h("thead", {}, h("tr", {}, head.map((words) => h("th", {}, words)))), h("tbody", {}, rows))));
    const begin = parameters.get("begin");
    if (begin) body.querySelector(`tr.read.${begin}`)?.scrollIntoView({ block: "center" });
  } catch (error) {
    if (!isCallError(error)) throw error;
    fill(body, h("p.mark.broken", {}, h("i"), (error instanceof Problem && (error.detail || error.title)) || t("Lost the service, connecting again")));
  }
}

/**
 * Which rows are shown, and keys to turn the page where there are more.
 * @param {{ count: number, offset: number }} answer
 * @param {number} listed
 * @param {(offset: number) => () => void} turn
 */
function pager({ count: all, offset }, listed, turn) {
  if (listed >= all) return h("p.soft", {}, t("{all} in all.", { all: count(all) }));
  return h("div.pager", {}, h("p.soft", {}, t("{first} to {last} of {all}.", { first: count(offset + 1), last: count(offset + listed), all: count(all) })),
    h("button.button", { type: "button", disabled: offset === 0, onclick: turn(Math.max(0, offset - PAGE)) }, "← ", t("Page before")),
    h("button.button", { type: "button", disabled: offset + listed >= all, onclick: turn(offset + PAGE) }, t("Page behind"), " →"));
}

/** @param {string[]} cells */
const row = (cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell)));

/** @type {Record<string, (answer: any) => { head: string[], rows: HTMLElement[] }>} */
const LISTS = {
  tickets: (/** @type {Api.CountedTickets} */ { tickets }) => ({
    head: [t("Number"), t("Day"), t("Taken at"), t("Service"), t("Counter"), t("Clerk"), t("Waited (minutes)"), t("Served (minutes)"), t("Outcome")],
    rows: tickets.map((one) => {
      const made = row([one.number, dayText(one.day), local(new Date(one.issued_at), shown.office.timezone).time, one.service, one.counter || "–", one.clerk || "–", minutesText(one.waited_ms), minutesText(one.served_ms), [t(OUTCOMES[one.outcome] || one.outcome), ...one.marks.map((mark) => t(MARKS[mark]))].join(" · ")]);
      if (one.marks.some((mark) => mark !== "beyond")) made.classList.add("read", ...one.marks);
      return made;
    }),
  }),
  ratings: (/** @type {Api.CountedRatings} */ { ratings }) => ({
    head: [t("Day"), t("Counter"), t("Clerk"), t("Service"), t("Rating")],
    rows: ratings.map((one) => row([dayText(one.day), one.counter || "–", one.clerk || "–", serviceOf(one.service)?.name || one.service, one.level])),
  }),
  dossiers: (/** @type {Api.CountedDossiers} */ { dossiers }) => ({
    head: [t("Dossier code"), t("Field"), t("Received on"), t("Due"), t("Ended"), t("Counted as")],
    rows: dossiers.map((one) => row([one.code, one.field, dayText(one.received), one.due ? dayText(one.due) : "–", one.ended ? dayText(one.ended) : "–", one.standing_text])),
  }),
};
