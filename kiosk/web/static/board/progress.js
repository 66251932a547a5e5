// Three dossiers at a time: code, sign of the field, four knots on a cord, the day they are due.

import { local } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { serviceOfField } from "./fields.js";
import { picto, sign } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { withNamesFirst } from "./paging.js";

const SVG = "http://www.w3.org/2000/svg";
const [KNOTS, AT_ONCE] = [4, 3];
const [APART, RADIUS] = [66, 14];
/** How many knots are tied. @type {Partial<Record<Api.Step, number>>} */
export const KNOTS_DONE = { received: 0, processing: 2, papers_asked: 1, payment_asked: 2, ready: 3, returned: 3 };
/** @type {Partial<Record<Api.Step, string>>} */
const WORDS = { papers_asked: "Papers needed", payment_asked: "Fee to pay", ready: "Result ready", returned: "Result ready" };
/** @type {Partial<Record<Api.Step, string>>} */
const STEPS = { received: "Received", processing: "Being handled", ...WORDS };
//t: Papers needed | Fee to pay | Result ready | Received | Being handled

/** @param {Api.Step} step */
export const stepWords = (step) => t(STEPS[step] || "Being handled");

/**
 * The strip of dossiers; `turn` chooses which three. `late`: codes behind their date.
 * @param {Board.Progress[]} all
 * @param {number} turn
 * @param {Set<string>} late
 */
export function progress(all, turn, late) {
  const rows = withNamesFirst(all, AT_ONCE);
  const pages = Math.max(1, Math.ceil(rows.length / AT_ONCE));
  const some = rows.slice((turn % pages) * AT_ONCE, (turn % pages + 1) * AT_ONCE);
  return h("section.panel.progress", {}, h("h2", {}, t("Progress of dossiers")), some.map((one) => row(one, late)), !some.length && h("span.none", {}, t("Nothing to show today")));
}

/**
 * @param {Board.Progress} one
 * @param {Set<string>} late
 */
function row(one, late) {
  const service = serviceOfField(shown.services, one.field);
  const sentence = WORDS[one.step];
  const words = sentence ? t(sentence) : due(one, late);
  const done = KNOTS_DONE[one.step] === 3;
  return h(`div.one${one.sensitive ? ".veiled" : ""}`, {}, h("p", {}, service && sign(service, { edge: "#FFFFFF" }), !one.sensitive && h("b", { "data-fit": true }, one.code)),
    h("p", {}, cord(KNOTS_DONE[one.step] ?? 0), h(`span${done ? ".now" : ""}`, { "data-fit": true }, one.sensitive ? "" : words)));
}

/**
 * "Hẹn 17/4", or a mark and "Chậm hẹn 12/4" for one that is late.
 * @param {Board.Progress} one
 * @param {Set<string>} late
 */
export function due(one, late) {
  if (!one.due) return "";
  const at = local(new Date(one.due), shown.office.timezone);
  const date = `${at.day}/${at.month}`;
  return late.has(one.code) ? [picto("warning"), t("Late, due {date}", { date })] : t("Due {date}", { date });
}

/**
 * A knot is a step: tied, then one in gold, then open loops.
 * @param {number} done
 */
export function cord(done) {
  const svg = document.createElementNS(SVG, "svg");
  const width = (KNOTS - 1) * APART + 2 * RADIUS + 8;
  svg.setAttribute("class", "cord");
  svg.setAttribute("viewBox", `0 0 ${width} 44`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", "44");
  /** @param {number} index */
  const x = (index) => RADIUS + 4 + index * APART;
  const lines = [...Array(KNOTS - 1).keys()].map((index) => `<path d="M${x(index)} 22H${x(index + 1)}" stroke="${index < done ? "#7FC79B" : "#A9B5AD"}" stroke-width="6" stroke-linecap="round" ${index < done ? "" : 'stroke-dasharray="1 12"'}/>`);
  const knots = [...Array(KNOTS).keys()].map((index) => {
    if (index < done) return `<circle cx="${x(index)}" cy="22" r="${RADIUS}" fill="#7FC79B"/>`;
    if (index === done) return `<circle cx="${x(index)}" cy="22" r="${RADIUS + 2}" fill="#F4B81B"/><circle cx="${x(index)}" cy="22" r="6" fill="#101814"/>`;
    return `<circle cx="${x(index)}" cy="22" r="${RADIUS - 2}" fill="#1A2620" stroke="#A9B5AD" stroke-width="4"/>`;
  });
  svg.innerHTML = lines.join("") + knots.join("");
  return svg;
}
