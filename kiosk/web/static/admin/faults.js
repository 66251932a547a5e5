// A printer's fortnight: slips that did not come out by day, and each fault with how long it lasted.

import { local } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { faultWords } from "../lib/printer.js";
import { shown, t } from "../lib/words.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, TOP, BOTTOM, HEIGHT] = [560, 34, 128, 164];
const LISTED = 7;

/**
 * @param {string} kind
 * @param {Record<string, string | number>} attributes
 * @param {string} [words]
 */
function s(kind, attributes, words) {
  const element = document.createElementNS(SVG, kind);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (words !== undefined) element.textContent = words;
  return element;
}

/**
 * Column: slips not printed or not sure. Number in a brick square above it: faults. Oldest day on the left.
 * @param {Api.PrinterDay[]} days
 */
export function faultsByDay(days) {
  const chart = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "aria-label": t("Faults by day") });
  /** @param {Api.PrinterDay} day */
  const lost = (day) => day.not_printed + day.unknown;
  const most = Math.max(4, ...days.map(lost));
  const slot = WIDTH / days.length;
  chart.append(s("line", { x1: 0, x2: WIDTH, y1: BOTTOM, y2: BOTTOM, class: "axis" }));
  [...days].reverse().forEach((day, index) => column(chart, day, lost(day), most, slot * (index + 0.5), slot * 0.5));
  return h("section.card.fortnight", {}, h("div.cardhead", {}, h("h2", {}, t("Faults by day")),
    h("span.legend", {}, h("i.box.gold"), t("slips that did not come out"), h("i.box.brick"), t("faults"))), chart, h("p.soft.under", {}, t("below each day: slips printed")));
}

/**
 * @param {SVGElement} chart
 * @param {Api.PrinterDay} day
 * @param {number} lost
 * @param {number} most
 * @param {number} x
 * @param {number} width
 */
function column(chart, day, lost, most, x, width) {
  const height = lost ? Math.max(3, ((BOTTOM - TOP) * lost) / most) : 0;
  if (lost) {
    chart.append(s("rect", { x: x - width / 2, width, y: BOTTOM - height, height, rx: 3, class: "lost" }));
    chart.append(s("text", { x, y: height > 22 ? BOTTOM - height + 17 : BOTTOM - height - 5, class: "hour" }, String(lost)));
  }
  if (day.faults) {
    const y = BOTTOM - height - (lost && height <= 22 ? 42 : 26);
    chart.append(s("rect", { x: x - 11, width: 22, y, height: 22, rx: 4, class: "fault" }), s("text", { x, y: y + 16, class: "in" }, String(day.faults)));
  }
  const [, month, date] = day.day.split("-").map(Number);
  chart.append(s("text", { x, y: BOTTOM + 18, class: "middle" }, `${date}/${month}`), s("text", { x, y: BOTTOM + 34, class: "middle soft" }, day.printed ? String(day.printed) : "–"));
}

/** @param {string} text */
const moment = (text) => {
  const at = local(new Date(text), shown.office.timezone);
  return `${at.day}/${at.month} ${at.time}`;
};

/** @param {Api.PrinterFault} fault */
function lasted(fault) {
  if (fault.to === null) return t("still so");
  const minutes = Math.round((Date.parse(fault.to) - Date.parse(fault.from)) / 60000);
  return minutes < 1 ? t("less than a minute") : minutes < 120 ? t("{minutes} minutes", { minutes }) : t("{hours} hours", { hours: Math.round(minutes / 60) });
}

/** @param {Api.PrinterFault[]} faults */
export function faultList(faults) {
  return h("section.card.faults", {}, h("h2", {}, t("The last faults")), faults.length
    ? h("table.plain", {}, faults.slice(0, LISTED).map((fault) => h("tr", {}, h("td.soft", {}, moment(fault.from)), h("td", {}, h("b", {}, faultWords(fault.reason))), h("td.num", {}, lasted(fault)))))
    : h("p.soft", {}, t("None in the last fortnight.")));
}
