// What the tablet shows between two ratings: the counter waiting, the number being served, the choice of a counter.

import { contrastKey } from "../lib/contrast.js";
import { bold, h } from "../lib/dom.js";
import { deep, picto, sign } from "../lib/signs.js";
import { machineTextKey } from "../lib/text_size.js";
import { canSpeak } from "../lib/voice.js";
import { figures, letterOf, nameOf, ours, placeName, serviceNamed, shown, t } from "../lib/words.js";

/**
 * The keys that stand at the right of every head: larger, clearer, and once more aloud where there is a voice.
 * @param {import("./app.js").Tablet} app
 */
export const sound = (app) => h("div.ease", {}, machineTextKey(), contrastKey(), canSpeak() && h("button.sound", { onclick: () => app.speakAgain(), "aria-label": t("Listen again") }, picto("speaker")));

const NAMED = 3; // services whose names a card has room for; of more it shows the signs

/** @param {string} name */
const initials = (name) => name.split(/\s+/).filter(Boolean).slice(-2).map((word) => word[0]).join("");

/** @param {string} name */
const officerNamed = (name) => shown.officers.find((one) => one.name === name);

/**
 * The officer's photo; without one the initials, without a name the sign of a person.
 * @param {import("./app.js").Tablet} app
 */
export function portrait(app, kind = "div.photo") {
  const photo = officerNamed(app.officer)?.photo;
  if (photo) return h(kind, {}, h("img", { src: `/pictures/${encodeURIComponent(photo)}`, alt: app.officer }));
  return h(kind, {}, app.officer ? initials(app.officer) : picto("person"));
}

/**
 * @param {import("./app.js").Tablet} app
 * @param {Api.Service} service
 */
function side(app, service) {
  const officer = officerNamed(app.officer);
  return h("aside", { style: { "--colour": deep(service), "--tint": service.tint } },
    h("div.where", {}, sign(service), h("b", { "data-fit": "tight" }, placeName(app.place))),
    portrait(app),
    app.officer && h("b.name", { "data-fit": "tight" }, app.officer), officer && h("p", { "data-fit": "tight" }, ours(officer.position), h("br"), ours(officer.field)));
}

/**
 * @param {import("./app.js").Tablet} app
 * @param {Api.Service} service
 * @param {HTMLElement} card
 * @param {HTMLElement} below
 */
function welcome(app, service, card, below) {
  return h("div.two", {}, side(app, service), h("main", {},
    h("div.greeting", {}, h("div", {}, h("p", { "data-fit": "tight" }, shown.office.name), h("h1", { "data-fit": true }, t("Welcome to the counter"))), sound(app)), card, below));
}

/** Where the line is down nothing that may be old is shown as if it were so now. */
const cut = () => h("div.below.cut", { role: "status" }, picto("wifi"), h("p", {}, t("The line is down, connecting again."), h("br"), h("b", {}, t("Please listen to the officer calling."))));

/** @param {import("./app.js").Tablet} app */
export function idle(app) {
  const services = app.place.services.map(serviceNamed);
  const row = (/** @type {Api.Service} */ one) => h("div.work", { style: { color: deep(one), "--hole": "#fff" } }, picto(one.pictogram),
    h("div", {}, h("b", { "data-fit": "tight" }, nameOf(one)), h("p", { "data-fit": "tight" }, ours(one.hint))));
  const rows = services.length > NAMED ? [h("div.signs", {}, services.map((one) => sign(one)))] : services.map(row);
  const text = app.waiting ? t("The counter has *{count} people* waiting.", { count: app.waiting }) : t("Nobody is waiting.");
  const below = app.isLive ? h("div.below", {}, picto("clock"), h("p", {}, t("Please sit down until your number is called."), h("br"), bold(text))) : cut();
  return { node: welcome(app, services[0], h("div.box", { class: services.length > 1 ? "many" : "" }, rows), below), say: [t("Welcome to the counter")] };
}

/**
 * @param {import("./app.js").Tablet} app
 * @param {{ ticket: Api.Ticket }} options
 */
export function serving(app, { ticket }) {
  const one = serviceNamed(ticket.service);
  const words = !app.isLive ? t("As it was last known") : ticket.state === "SERVING" ? t("Now serving") : t("Now calling");
  const digits = figures(ticket.number);
  const card = h("div.box.called", { style: { "--colour": deep(one), color: deep(one) } },
    h("p", {}, words),
    h("div.number", { "data-announced": ticket.number }, sign(one, { letter: letterOf(ticket.number) || one.letter }), h("b", { class: digits.length > 3 ? "long" : "", "aria-label": ticket.number }, digits), picto(one.pictogram)));
  const below = h("div.below", {}, picto("list"), h("p", {}, t("Please give your slip and papers to the officer."), h("br"), t("When the work is done, please rate here.")));
  return { node: welcome(app, one, card, app.isLive ? below : cut()), say: [t("Please give your slip and papers to the officer.")] };
}

/**
 * What the counter's card shows: drawn anew, and the slides begun anew, only when it changes.
 * @param {import("./app.js").Tablet} app
 */
export function looks(app) {
  const { ticket } = app.now || {};
  return [ticket?.id, ticket?.state, ticket?.service, app.waiting, app.officer, app.isLive].join("|");
}

/** A tablet whose address names no counter offers those of the office. */
export function counters() {
  const cards = shown.counters.map((place) => h("a.place", { href: `/tablet?counter=${encodeURIComponent(place.code)}`, "data-counter": place.code },
    h("b", { "data-fit": "tight" }, placeName(place)), h("span", {}, place.services.slice(0, 6).map((code) => sign(serviceNamed(code))))));
  const ease = h("div.ease", {}, machineTextKey(), contrastKey());
  return h("div.places", {}, h("header", {}, h("h1", {}, t("At which counter does this tablet stand?")), ease), h("div.grid", {}, cards));
}
