// "Thống kê": the figures of a period, each with what it was counted from.

import { fill, h } from "../lib/dom.js";
import { shown, t } from "../lib/words.js";
import { count, minutesText, rate } from "./charts.js";
import { showCounted } from "./counted.js";
import { longDateText } from "../lib/dates.js";
import { dayField, dayText } from "./day_field.js";
import { answersCard, countsCard, figure as figureLink, opinionCard, timesCard } from "./statistics_tables.js";
import { ask, askFile } from "../lib/session.js";

const DAY_MS = 86400000;
/** @type {{ name: "today" | "week" | "month" | "own", from: string, to: string, compare: "none" | "before" | "year" }} */
const chosen = { name: "today", from: "", to: "", compare: "before" };
const sampleDay = shown.office.sample_until;
let sampleShown = false;
const QUICK_DAYS = 7;
const REST_MS = 60000;
/** @type {{ key: string, at: number, answers: Promise<any> }} */
const NEVER = { key: "", at: 0, answers: Promise.resolve() };
let last = NEVER;
const narrow = window.matchMedia("(max-width: 700px)");

/** @param {Date} date */
const iso = (date) => date.toISOString().slice(0, 10);
/**
 * @param {string} day
 * @param {number} days
 */
const back = (day, days) => iso(new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS));

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
  narrow.onchange = () => { if (root.querySelector(".drawn")) void again(); };
  const days = `from=${chosen.from}&to=${chosen.to}`;
  const [figures, drawn] = await counted(days, today);
  const isEmpty = !drawn.figures.issued && !drawn.figures.ratings && !drawn.figures.resolved;
  if (isEmpty && sampleDay && !sampleShown && chosen.name === "today") {
    sampleShown = true;
    Object.assign(chosen, { name: "own", from: sampleDay, to: sampleDay });
    return void await again();
  }
  fill(root, head(again), sampleDay && chosen.from <= sampleDay && h("p.sample", { role: "note" }, t("Sample figures of the demonstration until {day}: nobody was served.", { day: dayText(sampleDay) })), isEmpty ? nothing(again, today, drawn.nearest) : body(figures, drawn));
}

/**
 * The page is drawn again by itself; what many days or past ones count to is asked for seldom, since a process counts it.
 * @param {string} days
 * @param {string} today
 * @returns {Promise<[Api.DailyReport, Api.Dashboard]>}
 */
async function counted(days, today) {
  const key = `${days}&compare=${chosen.compare}`;
  const span = (Date.parse(chosen.to) - Date.parse(chosen.from)) / DAY_MS + 1;
  const rest = span > QUICK_DAYS || chosen.to < today ? REST_MS : 0;
  if (last.key !== key || Date.now() - last.at > rest) {
    const answers = Promise.all([ask("GET", `reports/daily?${days}&format=json`), ask("GET", `statistics?${key}`)]);
    last = { key, at: Date.now(), answers };
    answers.catch(() => { last = NEVER; });
  }
  return last.answers;
}

/**
 * A field for the first or the last day of a period of one's own; the other day moves along.
 * @param {"from" | "to"} end
 * @param {string} words
 * @param {() => void} again
 */
function dateField(end, words, again) {
  return dayField(chosen[end], words, (day) => {
    chosen[end] = day;
    if (chosen.from > chosen.to) chosen[end === "from" ? "to" : "from"] = day;
    chosen.name = "own";
    again();
  });
}

/** @param {string} day */
const inWords = (day) => longDateText(new Date(`${day}T00:00:00Z`), "UTC");

/**
 * The days of the period in words.
 * @param {string} from
 * @param {string} to
 */
const spanText = (from, to) => (from === to ? inWords(from) : t("From {from} to {to}.", { from: inWords(from), to: inWords(to) }));

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
  /** @type {["none" | "before" | "year", string][]} */
  const beside = [["before", t("beside the days before")], ["year", t("beside a year before")], ["none", t("beside nothing")]];
  const compare = h("select.compare", { "aria-label": t("Compare"), onchange: () => {
    chosen.compare = /** @type {typeof chosen.compare} */ (compare.value);
    again();
  } }, beside.map(([name, words]) => h("option", { value: name, selected: name === chosen.compare }, words)));
  return h("header.head", {}, h("div.titled", {}, h("h1", {}, t("Statistics")), h("p.printed", {}, shown.office.name), h("p.days", {}, spanText(chosen.from, chosen.to))),
    h("div.period", {}, one("today", t("Today")), one("week", t("Week")), one("month", t("Month")), h(`span${chosen.name === "own" ? ".now" : ""}`, {}, from, "–", to)), compare,
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
 * @param {string | null} nearest
 */
function nothing(again, today, nearest) {
  /**
   * @param {string} from
   * @param {string} to
   */
  const show = (from, to) => () => {
    Object.assign(chosen, { name: "own", from, to });
    again();
  };
  return h("section.card.nothing", {}, h("h2", {}, t("No visit in this period yet")),
    h("p", {}, t("From {from} to {to}.", { from: dayText(chosen.from), to: dayText(chosen.to) })),
    nearest && h("button.button.primary", { type: "button", onclick: show(nearest, nearest) }, t("Show {day}, the nearest day with visits", { day: dayText(nearest) })),
    h("button.button", { type: "button", onclick: show(back(today, 365), today) }, t("Show the last 12 months")));
}

/**
 * @typedef {object} Box a figure with a list behind it, and a sentence whose figures have theirs
 * @property {string} pick
 * @property {string} value
 * @property {string} unit
 * @property {string} words
 * @property {string} more
 * @property {Record<string, [number | null, string, string]>} parts of `more` by name: figure, as it is shown, pick
 */

/**
 * A figure that opens what it was counted from.
 * @param {Box} one
 * @param {string} beside the same figure of the other period, "" without one
 * @param {{ from: string, to: string }} other that period
 */
function figure({ pick, value, unit, words, more, parts }, beside, other) {
  const part = (/** @type {string} */ name) => {
    const [bare, text, of] = parts[name];
    return figureLink(bare, text, of.includes("timed") ? ".time" : "", () => { showCounted(of, chosen, `${words}: ${text}`); }, words);
  };
  return h("div.figurebox", {},
    h("div.card.figure", {}, h("button.whole", { type: "button", onclick: () => showCounted(pick, chosen, words) }, h("span.value", {}, h("b", {}, value), unit && h("span", {}, ` ${unit}`)), h("strong", {}, words)),
      h("p.soft", {}, more.split(/\{(\w+)\}/).map((text, place) => (place % 2 ? part(text) : text)))),
    beside && h("button.beside", { type: "button", onclick: () => showCounted(pick, other, `${words}, ${beside}`) }, beside));
}

const percent = (/** @type {number | null} */ bp) => (bp === null ? "" : "%");

/**
 * The four figures over the page.
 * @param {Api.DashboardFigures} one
 * @returns {Box[]}
 */
function figuresOf(one) {
  /** @type {(bare: number, pick: string) => [number, string, string]} */
  const counts = (bare, pick) => [bare, count(bare), pick];
  const { served, waiting_median_ms: median, waiting_p90_ms: p90, satisfied_rate_bp: satisfied, of_resolved_bp: kept, of_received_bp: received } = one;
  return [
    { pick: "tickets?outcome=served", value: count(served), unit: "", words: t("visits served"), more: t("of {count} numbers given, {open} still open"),
      parts: { count: counts(one.issued, "tickets"), open: counts(one.open, "tickets?outcome=open") } },
    { pick: "tickets?timed=waiting&begin=median", value: minutesText(median), unit: median === null ? "" : t("minutes"), words: t("half waited at most this"),
      more: p90 === null ? t("nobody was called yet") : t("9 of 10 at most {minutes} minutes"), parts: { minutes: [p90, minutesText(p90), "tickets?timed=waiting&begin=p90"] } },
    { pick: "ratings?satisfied=yes", value: rate(satisfied), unit: percent(satisfied), words: t("satisfied or better"), more: t("of {count} ratings"), parts: { count: counts(one.ratings, "ratings") } },
    { pick: "dossiers?standing=kept", value: rate(kept), unit: percent(kept), words: t("dossiers resolved in time"), more: t("{kept} of {resolved} resolved; by Decision 766 {rate} %: {in_time} of {received}"),
      parts: { kept: counts(one.kept, "dossiers?standing=kept"), resolved: counts(one.resolved, "dossiers?standing=resolved"), rate: [received, rate(received), "dossiers?standing=in_time"], in_time: counts(one.in_time, "dossiers?standing=in_time"), received: counts(one.received, "dossiers?standing=received") } },
  ];
}

/**
 * @param {Api.DailyReport} figures
 * @param {Api.Dashboard} drawn
 */
function body(figures, drawn) {
  const other = drawn.compared && figuresOf(drawn.compared);
  /** @type {import("./statistics_tables.js").Open} */
  const open = (pick, words) => void showCounted(pick, chosen, words);
  const days = { from: drawn.compared?.first ?? "", to: drawn.compared?.last ?? "" };
  const span = drawn.compared ? `${dayText(drawn.compared.first)}${drawn.compared.first === drawn.compared.last ? "" : ` – ${dayText(drawn.compared.last)}`}` : "";
  const charts = narrow.matches ? drawn.narrow_charts : drawn.charts;
  return [
    h("div.figures", {}, figuresOf(drawn.figures).map((one, index) => figure(one, other ? t("{days}: {figure}", { days: span, figure: `${other[index].value} ${other[index].unit}`.trim() }) : "", days))),
    h("div.two", {},
      chartCard(charts.waiting, h("span.legend", {}, h("i.box"), t("half of the visits"), h("i.whisk"), t("9/10 visits"), h("i.dash"), t("promised: {minutes}", { minutes: drawn.promise_minutes }))),
      opinionCard(figures.ratings, open),
      chartCard(charts.queue, h("span.legend", {}, h("i.box"), t("mean of the days"), h("i.dots"), t("most on any day"))),
      chartCard(charts.ratings, null),
      chartCard(charts.load, null),
      chartCard(charts.on_time, h("span.legend", {}, t("in time / resolved")))),
    drawn.answers.length > 0 && answersCard(drawn.answers, open),
    countsCard(drawn.groups, open),
    timesCard(drawn, open),
  ];
}

/**
 * A chart that the service drew; a touch on a part of it opens what it was counted from.
 * @param {string} drawn
 * @param {HTMLElement | null} legend
 */
function chartCard(drawn, legend) {
  const chart = document.importNode(new DOMParser().parseFromString(drawn, "image/svg+xml").documentElement, true);
  const title = chart.getAttribute("aria-label") || "";
  const isEmpty = !chart.querySelector("rect, path[fill]");
  /** @param {Event} event */
  const open = (event) => {
    const part = event.target instanceof Element ? event.target.closest("[data-pick]") : null;
    if (part) showCounted(part.getAttribute("data-pick") || "", chosen, part.getAttribute("aria-label") || title);
  };
  chart.addEventListener("click", open);
  chart.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && ["Enter", " "].includes(event.key)) {
      event.preventDefault();
      open(event);
    }
  });
  chart.classList.add("drawn");
  chart.classList.toggle("narrow", narrow.matches);
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, title), legend), isEmpty ? h("p.soft", {}, t("Nothing to draw in this period.")) : chart);
}
