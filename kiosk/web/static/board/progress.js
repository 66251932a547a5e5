// Three dossiers at a time: code, sign of the field, four knots on a cord, the day they are due.

import { h, local } from "../lib/dom.js";
import { sign } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";

const SVG = "http://www.w3.org/2000/svg";
const KNOTS = 4;
const [APART, RADIUS] = [66, 14];
const DONE = { received: 0, processing: 2, papers_asked: 1, payment_asked: 2, ready: 3, returned: 3 };
const WORDS = { papers_asked: "Papers needed", payment_asked: "Fee to pay", ready: "Result ready", returned: "Result ready" };
//t: Papers needed | Fee to pay | Result ready

/** The strip of dossiers; `turn` chooses which three. */
export function progress(all, turn) {
  const known = all.filter((one) => one.step in DONE);
  const first = known.length ? (turn * 3) % known.length : 0;
  const some = known.length <= 3 ? known : [0, 1, 2].map((index) => known[(first + index) % known.length]);
  return h("section.panel.progress", {}, h("h2", {}, t("Progress of dossiers")), some.map(row), !some.length && h("span.none", {}, t("Nothing to show today")));
}

function row(one) {
  const service = shown.services.find((service) => service.fields.includes(one.field));
  const words = WORDS[one.step] ? t(WORDS[one.step]) : one.due_at ? t("Due {date}", { date: due(one.due_at) }) : "";
  return h(`div.one${one.sensitive ? ".veiled" : ""}`, {}, h("p", {}, service && sign(service, { edge: "#FFFFFF" }), !one.sensitive && h("b", {}, one.code_masked)),
    h("p", {}, cord(DONE[one.step]), h(`span${WORDS[one.step] ? ".now" : ""}`, {}, one.sensitive ? "" : words)));
}

function due(moment) {
  const at = local(new Date(moment), shown.office.timezone);
  return `${at.day}/${at.month}`;
}

/** A knot is a step: tied, then one in gold, then open loops. */
function cord(done) {
  const svg = document.createElementNS(SVG, "svg");
  const width = (KNOTS - 1) * APART + 2 * RADIUS + 8;
  svg.setAttribute("viewBox", `0 0 ${width} 44`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", "44");
  const x = (index) => RADIUS + 4 + index * APART;
  const lines = [...Array(KNOTS - 1).keys()].map((index) => `<path d="M${x(index)} 22H${x(index + 1)}" stroke="${index < done ? "#7FC79B" : "#93A098"}" stroke-width="6" stroke-linecap="round" ${index < done ? "" : 'stroke-dasharray="1 12"'}/>`);
  const knots = [...Array(KNOTS).keys()].map((index) => {
    if (index < done) return `<circle cx="${x(index)}" cy="22" r="${RADIUS}" fill="#7FC79B"/>`;
    if (index === done) return `<circle cx="${x(index)}" cy="22" r="${RADIUS + 2}" fill="#F4B81B"/><circle cx="${x(index)}" cy="22" r="6" fill="#101814"/>`;
    return `<circle cx="${x(index)}" cy="22" r="${RADIUS - 2}" fill="#1A2620" stroke="#93A098" stroke-width="4"/>`;
  });
  svg.innerHTML = lines.join("") + knots.join("");
  return svg;
}
