// Figures as text, and one stacked bar of shares. Other charts are drawn by the service.

import { h } from "../lib/dom.js";

/**
 * Minutes in words: to a tenth below ten, so that a short wait is not told as none.
 * @param {number | null | undefined} ms
 */
export const minutesText = (ms) => (ms === null || ms === undefined ? "–" : (ms / 60000).toLocaleString("vi", { maximumFractionDigits: ms < 600000 ? 1 : 0 }));

const LEAST_PX = 24; // what is narrower is no stop for keys: the same ratings are opened by the count below the bar

/** @param {ResizeObserverEntry[]} entries */
const stops = (entries) => entries.forEach(({ target }) => { if (target instanceof HTMLElement) target.tabIndex = target.offsetWidth < LEAST_PX ? -1 : 0; });

/**
 * Shares of the levels in one bar; a share below 12 % has no words in it.
 * @param {Api.Level[]} levels
 * @param {Record<string, number>} counts
 * @param {{ ground: string, ink: string }[]} tones
 * @param {(level: Api.Level) => void} open shows the ratings of a level
 */
export function shares(levels, counts, tones, open) {
  const total = levels.reduce((sum, level) => sum + (counts[level.code] || 0), 0);
  if (!total) return h("div.shares.none", {}, "–");
  const widths = new ResizeObserver(stops);
  const bar = h("div.shares", {}, levels.map((level, index) => {
    const share = (100 * (counts[level.code] || 0)) / total;
    return share > 0 && h("button", { type: "button", title: `${level.name}: ${percent(share)}`, "aria-label": `${level.name}: ${percent(share)}`, onclick: () => { open(level); }, style: { "flex-grow": String(share), background: tones[index].ground, color: tones[index].ink } }, share >= 12 ? percent(share) : "");
  }));
  for (const one of bar.children) widths.observe(one);
  return bar;
}

/** @param {number} share */
const percent = (share) => `${share.toLocaleString("vi", { maximumFractionDigits: 1 })} %`;
/** @param {number | null | undefined} bp */
export const rate = (bp) => (bp === null || bp === undefined ? "–" : (bp / 100).toLocaleString("vi", { maximumFractionDigits: 1 }));
/** @param {number} value */
export const count = (value) => value.toLocaleString("vi");
