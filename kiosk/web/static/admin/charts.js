// Charts drawn as SVG by hand: bars with a whisker, one stacked bar, small horizontal bars.

import { h } from "../lib/dom.js";
import { t } from "../lib/words.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [580, 250, 38, 206, 16];
const TARGET = 15;
/** @param {number | null | undefined} ms */
export const minutes = (ms) => (ms === null || ms === undefined ? null : Math.round(ms / 60000));

/**
 * Minutes in words: to a tenth below ten, so that a short wait is not told as none.
 * @param {number | null | undefined} ms
 */
export const minutesText = (ms) => (ms === null || ms === undefined ? "–" : (ms / 60000).toLocaleString("vi", { maximumFractionDigits: ms < 600000 ? 1 : 0 }));

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
 * Waiting by hour of issue: bar = median, whisker = nine of ten, dashed line = the office's target.
 * @param {Api.Figures[]} hours
 */
export function waitingByHour(hours) {
  const chart = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "aria-label": t("Waiting time by hour (minutes)") });
  const most = Math.max(TARGET + 3, ...hours.map((one) => minutes(one.waiting_ms.p90) || 0));
  const unit = [5, 10, 20, 30, 60, 120, 240].find((step) => most / step <= 4) || 480;
  /** @param {number} value */
  const y = (value) => BOTTOM - ((BOTTOM - TOP) * value) / (Math.ceil(most / unit) * unit);
  for (let value = 0; value <= most; value += unit) {
    chart.append(s("line", { x1: LEFT, x2: WIDTH, y1: y(value), y2: y(value), class: value ? "grid" : "axis" }), s("text", { x: LEFT - 8, y: y(value) + 5, class: "scale" }, String(value)));
  }
  const slot = (WIDTH - LEFT) / Math.max(hours.length, 6);
  hours.forEach((one, index) => bar(chart, one, LEFT + slot * (index + 0.5), Math.min(30, slot * 0.6), y));
  chart.append(s("line", { x1: LEFT, x2: WIDTH, y1: y(TARGET), y2: y(TARGET), class: "target" }));
  return chart;
}

/**
 * @param {SVGElement} chart
 * @param {Api.Figures} one
 * @param {number} x
 * @param {number} width
 * @param {(value: number) => number} y
 */
function bar(chart, one, x, width, y) {
  const [median, most] = [minutes(one.waiting_ms.median), minutes(one.waiting_ms.p90)];
  if (median !== null && most !== null) {
    chart.append(s("line", { x1: x, x2: x, y1: y(most), y2: y(median), class: "whisker" }), s("line", { x1: x - 9, x2: x + 9, y1: y(most), y2: y(most), class: "whisker" }));
    chart.append(s("rect", { x: x - width / 2, width, y: Math.min(y(median), BOTTOM - 3), height: Math.max(3, BOTTOM - y(median)), rx: 4, class: "bar" }));
    const inside = BOTTOM - y(median) > 22;
    const place = inside ? { x, y: y(median) + 17, class: "in" } : { x: x - 5, y: y(median) - 7, class: "over" };
    chart.append(s("text", place, minutesText(one.waiting_ms.median)));
  }
  chart.append(s("text", { x, y: BOTTOM + 20, class: "hour" }, `${Number(one.key)}h`), s("text", { x, y: BOTTOM + 38, class: "scale middle" }, t("{count} tickets", { count: one.issued })));
}

/**
 * Shares of the levels in one bar; a share below 8 % has no words in it.
 * @param {Api.Level[]} levels
 * @param {Record<string, number>} counts
 * @param {{ ground: string, ink: string }[]} tones
 */
export function shares(levels, counts, tones) {
  const total = levels.reduce((sum, level) => sum + (counts[level.code] || 0), 0);
  if (!total) return h("div.shares.none", {}, "–");
  return h("div.shares", {}, levels.map((level, index) => {
    const share = (100 * (counts[level.code] || 0)) / total;
    return share > 0 && h("span", { style: { "flex-grow": String(share), background: tones[index].ground, color: tones[index].ink } }, share >= 12 ? percent(share) : "");
  }));
}

/** @param {number} share */
const percent = (share) => `${share.toLocaleString("vi", { maximumFractionDigits: 1 })} %`;
/** @param {number | null | undefined} bp */
export const rate = (bp) => (bp === null || bp === undefined ? "–" : (bp / 100).toLocaleString("vi", { maximumFractionDigits: 1 }));
/** @param {number} value */
export const count = (value) => value.toLocaleString("vi");
