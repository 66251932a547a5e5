// What the tablet at a counter shows: waiting, the number being served, the faces, the reason, thanks.

import { bold, h } from "../lib/dom.js";
import { deep, face, faceRim, picto, sign } from "../lib/signs.js";
import { figures, letterOf, serviceNamed, shown, t } from "../lib/words.js";

/** @param {import("./app.js").Tablet} app */
const sound = (app) => h("button.sound", { onclick: () => app.speakAgain(), "aria-label": t("Listen again") }, picto("speaker"));

const NAMED = 3; // services whose names a card has room for; of more it shows the signs

/** @param {string} name */
const initials = (name) => name.split(/\s+/).filter(Boolean).slice(-2).map((word) => word[0]).join("");

/**
 * @param {import("./app.js").Tablet} app
 * @param {Api.Service} service
 */
function side(app, service) {
  const officer = shown.officers.find((one) => one.name === app.officer);
  return h("aside", { style: { "--colour": deep(service), "--tint": service.tint } },
    h("div.where", {}, sign(service), h("b", { "data-fit": "tight" }, app.place.name)),
    h("div.photo", {}, app.officer ? initials(app.officer) : picto("person")),
    app.officer && h("b.name", {}, app.officer), officer && h("p", {}, officer.position, h("br"), officer.field));
}

/**
 * @param {import("./app.js").Tablet} app
 * @param {Api.Service} service
 * @param {HTMLElement} card
 * @param {HTMLElement} below
 */
function welcome(app, service, card, below) {
  return h("div.two", {}, side(app, service), h("main", {},
    h("div.greeting", {}, h("div", {}, h("p", { "data-fit": "tight" }, shown.office.name), h("h1", { "data-fit": true }, t("Welcome to the counter, {folk}"))), sound(app)), card, below));
}

/** @param {import("./app.js").Tablet} app */
export function idle(app) {
  const services = app.place.services.map(serviceNamed);
  const row = (/** @type {Api.Service} */ one) => h("div.work", { style: { color: deep(one), "--hole": "#fff" } }, picto(one.pictogram),
    h("div", {}, h("b", { "data-fit": "tight" }, one.name), h("p", { "data-fit": "tight" }, one.hint)));
  const rows = services.length > NAMED ? [h("div.signs", {}, services.map((one) => sign(one)))] : services.map(row);
  const waiting = app.waiting;
  const text = waiting ? t("The counter has *{count} people* waiting.", { count: waiting }) : t("Nobody is waiting.");
  const below = h("div.below", {}, picto("clock"), h("p", {}, t("Please sit down until your number is called."), h("br"), bold(text)));
  return { node: welcome(app, services[0], h("div.box", { class: services.length > 1 ? "many" : "" }, rows), below), say: [t("Welcome to the counter, {folk}")] };
}

/**
 * @param {import("./app.js").Tablet} app
 * @param {{ ticket: Api.Ticket }} options
 */
export function serving(app, { ticket }) {
  const one = serviceNamed(ticket.service);
  const card = h("div.box.called", { style: { "--colour": deep(one), color: deep(one) } },
    h("p", {}, ticket.state === "SERVING" ? t("Now serving") : t("Now calling")),
    h("div.number", {}, sign(one, { letter: letterOf(ticket.number) || one.letter }), h("b", {}, figures(ticket.number)), picto(one.pictogram)));
  const below = h("div.below", {}, picto("list"), h("p", {}, t("Please give your slip and papers to the officer."), h("br"), t("When the work is done, please rate here.")));
  return { node: welcome(app, one, card, below), say: [t("Please give your slip and papers to the officer.")] };
}

/**
 * @param {import("./app.js").Tablet} app
 * @param {{ ticket: Api.Ticket }} options
 */
export function rate(app, { ticket }) {
  const one = serviceNamed(ticket.service);
  const levels = shown.survey.levels;
  const cards = levels.map((level, index) => h("button.level", { "data-level": level.code, style: { "--rim": faceRim(index, levels.length) }, onclick: () => app.rated(ticket, level) },
    face(index, levels.length), h("b", {}, level.name)));
  const node = h("div.one", {},
    h("header", {}, h("div.photo.small", {}, app.officer ? initials(app.officer) : picto("person")),
      h("div", {}, h("b", {}, app.officer || app.place.name), h("p", {}, `${app.place.name} · ${t("just served")} `, sign(one, { letter: letterOf(ticket.number) || one.letter }), h("strong", {}, figures(ticket.number)))), sound(app)),
    h("h1.question", {}, shown.survey.heading), h(`div.levels.n${levels.length}`, {}, cards),
    h("footer", {}, h("p", {}, picto("check"), t("No name is written. One touch is enough.")), h("button.skip", { onclick: () => app.skip() }, t("Skip"))));
  return { node, say: [shown.survey.question, ...levels.map((level) => level.name)] };
}

/**
 * @param {import("./app.js").Tablet} app
 * @param {{ level: Api.Level }} options
 */
export function reason(app, { level }) {
  const cards = shown.survey.reasons.slice(0, 6).map((one) => h("button.reason", { "data-reason": one.code, onclick: () => app.reasoned(one) },
    picto(one.pictogram === "clock" ? "wait" : one.pictogram === "question" ? "speech" : one.pictogram), h("b", {}, one.name)));
  const count = shown.survey.levels.length;
  const node = h("div.one", {},
    h("header", {}, face(count - 1, count), h("div", {}, h("h1", {}, t("Why are you not satisfied?")), h("p", {}, t("Touch a picture. You need not answer."))), sound(app)),
    h("div.reasons", {}, cards),
    h("footer", {}, h("p.stored", {}, t("Stored: “{level}”. No name is written.", { level: level.name })), h("button.ready", { onclick: () => app.thank() }, t("Done"))));
  return { node, say: [t("Why are you not satisfied?"), ...shown.survey.reasons.map((one) => one.name)] };
}

export function thanks() {
  const knot = '<path d="M8 103q60-40 130-12t70 18M392 64q70-20 124 4t76 34" fill="none" stroke="#F4B81B" stroke-width="16" stroke-linecap="round"/><circle cx="298" cy="98" r="98" fill="#F4B81B"/><path d="m252 101 32 34 62-72" fill="none" stroke="#1D1A16" stroke-width="25" stroke-linecap="round" stroke-linejoin="round"/>';
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 596 200");
  drawing.innerHTML = knot;
  return { node: h("div.thanks", {}, drawing, h("h1", {}, t("Thank you, {folk}!")), h("p", {}, t("Your opinion is stored, without a name.")), h("small", {}, picto("speaker"), t("We wish you good health"))), say: [t("Thank you, {folk}!"), t("We wish you good health")] };
}
