// Papers and procedures, where to rate, the question whether somebody is there, and the resting machine.

import { local } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { bar, heading, helpKey } from "./frame.js";
import { ring } from "./ring.js";
import { takeTicket } from "./tickets.js";
import { deep, picto, sign } from "../lib/signs.js";
import { canSpeak } from "../lib/voice.js";
import { nameOf, shown, t } from "../lib/words.js";

const PAGE = 6;
const ASK_S = 20;

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ service?: string, from?: number }} options
 */
export function papers(app, { service, from = 0 }) {
  const known = shown.services.filter((one) => shown.procedures.some((row) => row.service === one.code));
  const chosen = known.find((one) => one.code === service) || known[0];
  const rows = chosen ? shown.procedures.filter((row) => row.service === chosen.code) : [];
  const tabs = known.map((one) => h("button", { style: { "--colour": deep(one), "--tint": one.tint }, class: one === chosen ? "on" : "", "aria-label": nameOf(one),
    onclick: () => app.show("papers", { service: one.code }) }, sign(one)));
  const list = rows.slice(from, from + PAGE).map((row) => h("button.procedure", { onclick: () => app.show("procedure", { row, service: chosen.code, from }) },
    h("span", {}, h("b", {}, row.name), h("small", {}, row.field)), picto("right")));
  /**
   * @param {number} to
   * @param {string} icon
   * @param {string} label
   */
  const turn = (to, icon, label) => h("button.key", { disabled: to < 0 || to >= rows.length, onclick: () => app.show("papers", { service: chosen.code, from: to }) }, picto(icon), h("span", {}, label));
  const node = h("main.papers", {}, heading(t("Which papers do I bring?"), chosen ? nameOf(chosen) : t("The list is empty. Please ask an officer.")),
    h("div.tabs", {}, tabs), h("div.list", {}, list),
    rows.length > PAGE && h("div.turn", {}, turn(from - PAGE, "left", t("Previous page")), h("span", {}, `${from / PAGE + 1}/${Math.ceil(rows.length / PAGE)}`), turn(from + PAGE, "right", t("Next page"))));
  return { node, bar: bar(app, true), back: "home", say: [t("Which papers do I bring?"), chosen && nameOf(chosen)] };
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ row: Api.Procedure, service: string, from: number }} options
 */
export function procedure(app, { row, service, from }) {
  /**
   * @param {string} icon
   * @param {string} name
   * @param {string} text
   */
  const fact = (icon, name, text) => h("div.fact", {}, picto(icon), h("div", {}, h("small", {}, name), h("b", {}, text || t("Please ask an officer."))));
  const needed = row.papers.length ? h("ul", {}, row.papers.map((paper) => h("li", {}, paper))) : h("b", {}, t("Please ask an officer."));
  const node = h("main.detail", {}, heading(row.name, `${row.field} · ${row.code}`), h("div.facts2", {},
    fact("clock", t("Time"), row.time), fact("ticket", t("Fee"), row.fee),
    h("div.fact", {}, picto("papers"), h("div", {}, h("small", {}, t("Papers to bring")), needed)),
    row.certainty !== "confirmed" && h("p.caution", {}, picto("warning"), t("For orientation. An officer confirms it at the counter."))));
  const view = { node, bar: bar(app, true), back: "papers", say: [row.name, row.time, row.fee] };
  view.bar[0] = h("button.key.back", { onclick: () => app.show("papers", { service, from }) }, picto("left"), h("span", {}, t("Back")));
  return view;
}

/**
 * A number was taken here just now: whoever wants one more says so.
 * @param {import("./app.js").Kiosk} app
 * @param {{ service: string, priority: string | null, last: { number: string, at: number } }} options
 */
export function another(app, { service, priority, last }) {
  const question = t("Number {number} was taken here at {time}. Take one more?", { number: last.number, time: local(new Date(last.at), shown.office.timezone).time });
  const node = h("main.resting.another", {}, picto("ticket"), h("h1", {}, question),
    h("button.stay", { onclick: () => takeTicket(app, service, priority, true) }, picto("ticket"), h("b", { "data-fit": true }, t("Take one more number"))),
    h("button.leave", { onclick: () => app.nextCitizen() }, picto("home"), h("b", { "data-fit": true }, t("No, one is enough"))));
  return { node, bar: bar(app, true), back: "service", say: [question] };
}

/**
 * The ring over a choice screen: any touch stays, silence goes home.
 * @param {import("./app.js").Kiosk} app
 */
export function stillThere(app) {
  const counting = ring(ASK_S, () => app.leave());
  const node = h("div.still", { onclick: () => app.stay() }, h("div.band"), h("div.panel", {}, counting.node,
    h("h1", {}, t("Are you still there?")), h("p", {}, t("Without a touch the machine returns to the first screen.")),
    h("button.stay", { onclick: () => app.stay() }, picto("person"), h("b", {}, t("I am still here"))),
    h("button.leave", { onclick: (event) => { event.stopPropagation(); app.leave(); } }, picto("home"), h("b", {}, t("To the first screen")))),
  canSpeak() && h("p.saying", {}, picto("speaker"), t("The machine is saying this")));
  return { node, stop: () => counting.stop() };
}

/**
 * Nothing can be taken here: the service is silent, or has no room to keep a number.
 * @param {import("./app.js").Kiosk} app
 */
export function down(app) {
  const { code } = shown.counters[shown.counters.length - 1];
  const words = app.board.storage_fault
    ? [t("The machine cannot give numbers now."), t("Please take a paper number at counter {counter}.", { counter: code })]
    : [t("The machine is resting."), t("Please take a paper slip at counter {counter}.", { counter: code })];
  const node = h("main.resting", {}, picto("desk"), h("h1", {}, words[0]), h("p", {}, words[1]), h("span.box", {}, code));
  return { node, bar: [helpKey(app, "call.dark")], say: words };
}
