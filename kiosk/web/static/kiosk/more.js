// The question whether one more number is wanted, whether somebody is there, and the resting machine.

import { local } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { bar, helpKey } from "./frame.js";
import { ring } from "./ring.js";
import { takeTicket } from "./tickets.js";
import { picto } from "../lib/signs.js";
import { speaksByItself } from "../lib/voice.js";
import { shown, t } from "../lib/words.js";

const ASK_S = 20;

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
  speaksByItself() && h("p.saying", {}, picto("speaker"), t("The machine is saying this")));
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
