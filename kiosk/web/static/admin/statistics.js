// "Thống kê": the figures of a period, each with what it was counted from.

import { fill, h } from "../lib/dom.js";
import { face, sign } from "../lib/signs.js";
import { serviceOf, shown, t } from "../lib/words.js";
import { count, minutesText, rate, shares, waitingByHour } from "./charts.js";
import { ask, askFile } from "../lib/session.js";

const DAY_MS = 86400000;
const TONES = [{ ground: "#0F4F3A", ink: "#FFFFFF" }, { ground: "#F4B81B", ink: "#1D1A16" }, { ground: "#A8261B", ink: "#FFFFFF" }];
/** @type {{ name: "today" | "week" | "month" | "own", from: string, to: string }} */
const chosen = { name: "today", from: "", to: "" };
const sampleDay = shown.office.sample_until;
let sampleShown = false;

/** @param {Date} date */
const iso = (date) => date.toISOString().slice(0, 10);
/**
 * @param {string} day
 * @param {number} days
 */
const back = (day, days) => iso(new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS));
/** @param {string} day */
export const dayText = (day) => day.split("-").reverse().map((part, index) => (index < 2 ? String(Number(part)) : part)).join("/");

/** @param {string} day */
function weekStart(day) {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return back(day, (weekday + 6) % 7);
}

/** The first day of a period that ends today. @type {Record<"today" | "week" | "month", (day: string) => string>} */
const starts = { today: (day) => day, week: weekStart, month: (day) => `${day.slice(0, 8)}01` };

/**
 * Draw the page into `root`.
 * @param {HTMLElement} root
 * @param {{ today: string }} options
 */
export async function statistics(root, { today }) {
  if (chosen.name !== "own") Object.assign(chosen, { from: starts[chosen.name](today), to: today });
  const again = () => statistics(root, { today });
  /** @type {Api.DailyReport} */
  const figures = await ask("GET", `reports/daily?from=${chosen.from}&to=${chosen.to}&format=json`);
  const isEmpty = !figures.total.issued && !figures.ratings.total.count;
  if (isEmpty && sampleDay && !sampleShown && chosen.name === "today") {
    sampleShown = true;
    Object.assign(chosen, { name: "own", from: sampleDay, to: sampleDay });
    return void await again();
  }
  fill(root, head(again), sampleDay && chosen.from <= sampleDay && h("p.sample", { role: "note" }, t("Sample figures of the demonstration until {day}: nobody was served.", { day: dayText(sampleDay) })), figures.total.issued || figures.ratings.total.count ? body(figures) : nothing(again, today));
}

/**
 * A field for the first or the last day of a period of one's own; the other day moves along.
 * @param {"from" | "to"} end
 * @param {string} words
 * @param {() => void} again
 */
function dateField(end, words, again) {
  const field = h("input", { type: "date", value: chosen[end], "aria-label": words, onchange: () => {
    if (!field.value) return;
    chosen[end] = field.value;
    if (chosen.from > chosen.to) chosen[end === "from" ? "to" : "from"] = field.value;
    chosen.name = "own";
    again();
  } });
  return field;
}

/** @param {() => void} again */
function head(again) {
  /** @param {"today" | "week" | "month"} name */
  const choose = (name) => () => {
    chosen.name = name;
    again();
  };
  /**
   * @param {"today" | "week" | "month"} name
   * @param {string} words
   */
  const one = (name, words) => h(`button${chosen.name === name ? ".now" : ""}`, { type: "button", onclick: choose(name) }, words);
  const [from, to] = [dateField("from", t("From"), again), dateField("to", t("To"), again)];
  return h("header.head", {}, h("h1", {}, t("Statistics")),
    h("div.period", {}, one("today", t("Today")), one("week", t("Week")), one("month", t("Month")), h(`span${chosen.name === "own" ? ".now" : ""}`, {}, from, "–", to)),
    h("div.downloads", {}, ["html", "csv", "json"].map((kind) => h("button.button", { type: "button", onclick: () => download(kind) }, { html: t("Print page"), csv: "CSV", json: "JSON" }[kind]))));
}

/**
 * The report as a file; the page for printing opens beside.
 * @param {string} kind
 */
async function download(kind) {
  const blob = await askFile(`reports/daily?from=${chosen.from}&to=${chosen.to}&format=${kind}`);
  const address = URL.createObjectURL(blob);
  const name = `mot-cua-${chosen.from}-${chosen.to}.${kind}`;
  h("a", { href: address, ...(kind === "html" ? { target: "_blank", rel: "noopener" } : { download: name }) }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/**
 * @param {() => void} again
 * @param {string} today
 */
function nothing(again, today) {
  return h("section.card.nothing", {}, h("h2", {}, t("No visit in this period yet")),
    h("p", {}, t("From {from} to {to}.", { from: dayText(chosen.from), to: dayText(chosen.to) })),
    h("button.button", { type: "button", onclick: () => { Object.assign(chosen, { name: "own", from: back(today, 365), to: today }); again(); } }, t("Show the last 12 months")));
}

/**
 * @param {string} value
 * @param {string} unit
 * @param {string} words
 * @param {string} more
 */
const figure = (value, unit, words, more) => h("section.card.figure", {}, h("p", {}, h("b", {}, value), unit && h("span", {}, ` ${unit}`)), h("strong", {}, words), h("span.soft", {}, more));

/** @param {Api.DailyReport} figures */
function body(figures) {
  const { total, ratings } = figures;
  const wait = total.waiting_ms;
  return [
    h("div.figures", {},
      figure(count(total.served), "", t("visits served"), t("of {count} numbers given, {open} still open", { count: count(total.issued), open: count(total.open) })),
      figure(minutesText(wait.median), wait.median === null ? "" : t("minutes"), t("half waited at most this"), wait.p90 === null ? t("nobody was called yet") : t("9 of 10 at most {minutes} minutes", { minutes: minutesText(wait.p90) })),
      figure(rate(ratings.total.satisfied_rate_bp), ratings.total.count ? "%" : "", t("satisfied or better"), t("of {count} ratings", { count: count(ratings.total.count) })),
      figure(rate(total.no_show_rate_bp), total.no_show_rate_bp === null ? "" : "%", t("absent when called"), t("{count} of {all} called", { count: count(total.no_show), all: count(total.served + total.no_show) }))),
    h("div.two", {}, hoursCard(figures), opinionCard(ratings)),
    groupsCard(figures),
  ];
}

/** @param {Api.DailyReport} options */
function hoursCard({ by_hour: hours }) {
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, t("Waiting time by hour (minutes)")),
    h("span.legend", {}, h("i.box"), t("half of the visits"), h("i.whisk"), t("9/10 visits"), h("i.dash"), t("target 15"))),
  hours.length ? waitingByHour(hours) : h("p.soft", {}, "–"));
}

/** @param {Api.DailyReport["ratings"]} options */
function opinionCard({ total, by_counter: counters }) {
  const { levels } = shown.survey;
  const tones = levels.map((_, index) => TONES[index === levels.length - 1 ? 2 : Math.min(index, 1)]);
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, t("Satisfaction")), h("span.soft", {}, t("{count} ratings, no names", { count: count(total.count) }))),
    shares(levels, total.levels, tones),
    h("div.faces", {}, levels.map((level, index) => h("span", {}, face(index, levels.length), h("span", {}, h("b", {}, count(total.levels[level.code] || 0)), level.name)))),
    h("h2.by", {}, t("By counter")),
    counters.length ? h("table.plain", {}, counters.map((one) => h("tr", {}, h("td", {}, one.name), h("td.num.soft", {}, t("{count} ratings", { count: count(one.count) })), h("td.num", {}, h("b", {}, `${rate(one.satisfied_rate_bp)} %`))))) : h("p.soft", {}, "–"));
}

/** @param {Api.DailyReport} figures */
function groupsCard(figures) {
  /** @type {["issued" | "served" | "no_show" | "cancelled" | "abandoned" | "open", string][]} */
  const columns = [["issued", t("Given")], ["served", t("Served")], ["no_show", t("Absent")], ["cancelled", t("Cancelled")], ["abandoned", t("Left waiting")], ["open", t("Still open")]];
  /**
   * @param {Api.Figures} one
   * @param {Dom.Child} name
   * @param {string} kind
   */
  const row = (one, name, kind) => h(`tr${kind}`, {}, h("td", {}, name), columns.map(([key]) => h("td.num", {}, count(one[key]))),
    [one.waiting_ms.median, one.waiting_ms.p90, one.service_ms.median].map((ms) => h("td.num", {}, minutesText(ms))));
  /** @param {Api.Figures} one */
  const named = (one) => {
    const service = serviceOf(one.key);
    return [service && sign(service), one.name];
  };
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, t("By service and by counter")), h("span.legend", {}, check(figures))),
    h("div.scroll", {}, h("table.grid", {}, h("thead", {}, h("tr", {}, h("th", {}, ""), columns.map(([, words]) => h("th.num", {}, words)),
      h("th.num", {}, t("Wait, half")), h("th.num", {}, t("Wait, 9/10")), h("th.num", {}, t("Service, half")))),
    h("tbody", {}, figures.by_service.map((one) => row(one, named(one), "")), figures.by_counter.map((one) => row(one, one.name, ".second")), row(figures.total, t("Total"), ".sum")))));
}

/**
 * Every number given is served, absent, cancelled, left waiting or still open: the columns must add up.
 * @param {Api.DailyReport} options
 */
function check({ total, by_service: services }) {
  /** @param {Api.Figures} one */
  const adds = (one) => one.issued === one.served + one.no_show + one.cancelled + one.abandoned + one.open;
  const sums = services.reduce((sum, one) => sum + one.issued, 0) === total.issued;
  return [total, ...services].every(adds) && sums ? h("b.agrees", {}, "✓ ", t("The columns agree")) : h("b.differs", {}, "× ", t("The columns differ"));
}
