// The parts of the board: counters, the call, last calls, people waiting, the notice, the lost line.

import { local, longDateText } from "../lib/dates.js";
import { bold, h } from "../lib/dom.js";
import { picto, sign } from "../lib/signs.js";
import { counterOf, figures, serviceOf, shown, t } from "../lib/words.js";
import { spelled } from "../lib/voice.js";

const zone = shown.office.timezone;
const [ROWS_PX, PAGE_LINE_PX, GAP_PX, ROW_PX] = [676, 52, 9, 128];
/**
 * @param {string} number
 * @param {string} service
 */
const ofNumber = (number, service) => shown.services.find((one) => number.startsWith(one.letter)) || serviceOf(service);

/** @param {Api.Service | null} service */
function edged(service, { dead = false, edge = "#FFFFFF" } = {}) {
  return service && sign(dead ? { ...service, colour: "#3A4640", ink: "#DDE5DE" } : service, { edge: dead ? "#A9B5AD" : edge });
}

/**
 * A clock that is far from the service's is not shown.
 * @param {boolean} trusted
 */
export function header(trusted) {
  const now = new Date();
  const name = h("b.office", { "data-fit": true }, shown.office.name);
  return h("header", {}, name, h("span.date", {}, trusted && longDateText(now, zone)), h("b.clock", {}, trusted && local(now, zone).time));
}

/**
 * @param {{ page: Board.Row[], place: [number, number] }} shownRows
 * @param {boolean} fresh
 */
export function rows({ page, place: [number, count] }, fresh, far = false) {
  const many = page.length > 8;
  const lines = many ? Math.ceil(page.length / 2) : page.length;
  const height = ((count > 1 ? ROWS_PX - PAGE_LINE_PX : ROWS_PX) - GAP_PX * (lines - 1)) / Math.max(1, lines);
  return [h(`section.rows${many ? ".many" : ""}${count > 1 ? ".paged" : ""}${far ? ".far" : ""}`, { style: { "--lines": String(lines), "--k": far ? "1.35" : String(Math.min(1, height / ROW_PX)) } }, page.map((row) => counter(row, fresh))),
    count > 1 && h("p.page-line", {}, t("Page {page}/{count} · other counters follow", { page: number, count }))];
}

/**
 * @param {Board.Row} row
 * @param {boolean} fresh
 */
function counter(row, fresh) {
  const ticket = row.state === "PAUSED" ? null : row.ticket;
  const called = fresh && ticket?.state === "CALLED";
  const closed = row.state === "CLOSED" && !row.ticket;
  const dead = !fresh || closed;
  const service = ticket ? ofNumber(ticket.number, ticket.service) : serviceOf(row.services[0]);
  const number = ticket ? figures(ticket.number) : closed && fresh ? "" : h("i.dash");
  return h(`div.row${called ? ".called" : ""}${closed ? ".closed" : ""}`, { "data-counter": row.code }, h("b.plate", {}, row.code),
    edged(service, { dead, edge: called ? "#1D1A16" : "#FFFFFF" }), h("b.number", {}, number),
    h("span.state", {}, h("span", { "data-fit": true }, stateWords(row, ticket, fresh)), called && picto(counterOf(row.code)?.direction || "right")));
}

/**
 * @param {Board.Row} row
 * @param {Api.BoardTicket | null} ticket
 * @param {boolean} fresh
 */
function stateWords(row, ticket, fresh) {
  if (!fresh) return t("not known");
  if (row.state === "PAUSED") return t("Pause");
  if (!ticket) return row.state === "OPEN" ? t("Ready") : t("Counter closed");
  return ticket.state === "CALLED" ? t("Please come") : t("Serving");
}

/** @param {Board.Call} options */
export function callPanel({ number, counter: code, recall, service }) {
  const place = counterOf(code);
  const length = figures(number).length;
  return h("section.call", { "data-number": number, "data-long": length > 3 },
    h("div.gold", {}, h("h1", { "data-fit": true }, recall ? t("Once more, please come", { folk: shown.office.folk }) : t("Please come with number", { folk: shown.office.folk })),
      h("p", {}, edged(ofNumber(number, service), { edge: "#1D1A16" }), h("b", { style: { "font-size": `${length > 3 ? 300 : 392}px` } }, figures(number)))),
    h("div.where", {}, picto(place?.direction || "right"), picto("desk"), h("b.word", {}, t("Counter")), h("b.code", { "data-fit": true }, code)));
}

/** @param {Board.State} state */
export function lastCalls(state) {
  return h("section.panel.last", {}, h("h2", {}, t("Just called")), state.calls.slice(0, 4).map((one, index) =>
    h("div", {}, edged(ofNumber(one.number, one.service)), h("b", {}, figures(one.number)), h(`span.arrow${index ? "" : ".now"}`, {}, picto(counterOf(one.counter)?.direction || "right")), h("span", {}, t("Counter")), h("b.code", {}, one.counter))));
}

/**
 * @param {Board.State} state
 * @param {{ page: Api.Service[], place: [number, number] }} services
 */
export function waiting(state, { page, place: [number, count] }) {
  return h(`section.panel.waiting${page.length > 5 ? ".six" : ""}`, {}, h("h2", {}, t("Now waiting"), count > 1 && h("span", {}, `${number}/${count}`)), h("div.signs", {}, page.map((service) => {
    const [people, full] = [state.waiting[service.code] || 0, state.full.has(service.code)];
    return h(`span${full ? ".full" : ""}`, {}, edged(service), h(`b${people ? "" : ".zero"}`, { "data-fit": true }, String(people)), full && h("em", {}, t("Full")));
  })));
}

/**
 * What the officer says aloud, for those who hear badly.
 * @param {Board.Call} options
 */
export function spoken({ number, counter: code }) {
  return h("section.panel.quote", {}, h("p.spoken", {}, picto("speaker"), h("span", { "data-fit": true }, t("“Please come with number {number}, to counter {counter}”", { folk: shown.office.folk, number: spelled(number), counter: code }))));
}

/** @param {string} text */
export function notice(text) {
  return h(`footer.notice${text ? "" : ".empty"}`, {}, text && picto("speech"), h("span", { "data-fit": true }, text));
}

/** @param {number} heard */
export const sinceWords = (heard) => t("Not updated since {time}", { time: local(new Date(heard), zone).time });

/** @param {number} heard */
export function lost(heard) {
  const at = local(new Date(heard), zone).time;
  return [
    h("section.panel.lostline", {}, picto("wifi"), h("p", {}, bold(t("The numbers shown are those of *{time}*", { time: at }))), h("span", {}, t("The screen connects again by itself"))),
    h("footer.offline", {}, picto("warning"), h("div", {}, h("b", { "data-fit": true }, sinceWords(heard)), h("span", { "data-fit": true }, t("Please listen to the officer calling. Your slip stays valid.")))),
  ];
}
