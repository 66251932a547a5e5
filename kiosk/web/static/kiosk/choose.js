// Screens of choice: the first one, the services, who may go first; and the closed office.

import { local } from "../lib/dates.js";
import { bold, h } from "../lib/dom.js";
import { crowd } from "./crowd.js";
import { left, when } from "./days.js";
import { bar, heading } from "./frame.js";
import { callOfficer } from "./help.js";
import { lostWords } from "./lost_numbers.js";
import { spokenWarning, warned } from "./printer.js";
import { takeTicket } from "./tickets.js";
import { deep, picto, sign, SHAPE_NAMES } from "../lib/signs.js";
import { speaksByItself } from "../lib/voice.js";
import { minutes, nameOf, ours, plural, serviceNamed, shown, t } from "../lib/words.js";

const [CHOICES, LONG] = [6, 70];
const NAMED = 22; // signs of a name that fills a tile of a lying kiosk: its second line stays away

/** @param {Api.Service} service */
const spokenSign = (service) => `${t(SHAPE_NAMES[service.shape])}, ${service.letter}, ${nameOf(service)}`;

/**
 * @param {string} kind
 * @param {string} letter
 * @param {string} icon
 * @param {string} name
 * @param {string} below
 * @param {() => void} onclick
 */
function tile(kind, letter, icon, name, below, onclick) {
  return h(`button.tile.${kind}`, { onclick },
    h("span.letter", {}, letter), picto(icon), h("b", { "data-fit": "tight" }, name), h("small", { "data-fit": "tight" }, below));
}

/**
 * @param {string} label
 * @param {Dom.Child} rows
 * @param {() => void} onclick
 * @param {string} letter
 */
function ticketTile(label, rows, onclick, letter = "") {
  return h("button.take", { onclick },
    h("span.paper", {}, picto("ticket")), h("span.cut"),
    h("span.words", {}, letter && h("span.letter", {}, letter), h("b", { "data-fit": true }, label), rows));
}

/** @param {import("./app.js").Kiosk} app */
export function home(app) {
  const { informs } = app.printer;
  const waiting = app.board.queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const badge = h("span.badge", { "data-fit": true }, waiting ? crowd(waiting) : picto("check"), waiting ? plural("Waiting: {count} person", "Waiting: {count} people", waiting) : t("No waiting"));
  const node = h("main.home", { class: informs ? "informs" : "" },
    heading(t("Welcome!"), warned(app) || lostWords(app) || t(speaksByItself() ? "Touch a picture. The machine will speak to you." : "Touch a picture.")),
    !informs && ticketTile(t("Take a number"), [h("small", {}, t("to meet an officer")), badge], () => app.show("service"), "L"),
    h("div.row", {},
      tile("folder", "T", "search", t("Look up a dossier"), t("Where is my dossier?"), () => app.show("code")),
      tile("page", "G", "list", t("Papers, procedures"), t("Which papers do I bring?"), () => app.show("papers")),
      tile("speech", "Đ", "happy", t("Rate"), t("How did the officer serve you?"), () => app.show("rate"))));
  const say = [t("Welcome!"), ...spokenWarning(app), !informs && t("Take a number"), t("Look up a dossier"), t("Papers, procedures"), t("Rate")];
  return { node, bar: bar(app, false), say, live: true, quiet: true };
}

/**
 * @param {Api.BoardQueue | undefined} queue
 * @param {boolean} full
 */
function foot(queue, full) {
  if (full) return [h("span", {}, t("No more numbers today"))];
  if (!queue || queue.waiting === 0) return [h("span.none", {}, picto("check"), t("No waiting"))];
  const wait = queue.estimated_wait_s;
  return [
    h("span.count", {}, crowd(queue.waiting), h("span", {}, bold(plural("*{count}* person", "*{count}* people", queue.waiting)))),
    wait !== null && h("span.wait", {}, picto("clock"), h("span", {}, bold(t("*{count}* min", { count: minutes(wait) })))),
  ];
}

/**
 * The services of one page: six fill a screen; of more, five stand beside the tile that leads to the next ones.
 * @param {Api.Service[]} all
 * @param {number} page
 */
export function servicesOn(all, page) {
  const each = all.length > CHOICES ? CHOICES - 1 : CHOICES;
  return { services: all.slice(page * each, (page + 1) * each), pages: Math.max(1, Math.ceil(all.length / each)) };
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {Api.Service} one
 */
function serviceTile(app, one) {
  const queue = app.board.queues.find((row) => row.service === one.code);
  const full = app.full.has(one.code);
  const style = { "--colour": deep(one), "--tint": one.tint, "--hole": one.tint };
  const below = nameOf(one) === one.name ? one.hint : one.name; // the sign over the counter says it so
  const long = nameOf(one).length + below.length > LONG;
  return h("button.service", { style, class: `${full ? "full" : ""} ${long ? "long" : ""} ${nameOf(one).length > NAMED ? "named" : ""}`, "data-service": one.code,
    onclick: () => (full ? app.note(t("No more numbers today")) : app.show("priority", { service: one.code })) },
  h("span.face", {}, h("span.signs", {}, sign(one), picto(one.pictogram)), h("b", { "data-fit": "tight" }, nameOf(one)), below && h("small", { "data-fit": "tight" }, below)),
  h("span.foot", { "data-fit": true }, foot(queue, full)));
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ page?: number }} [options]
 */
export function service(app, { page = 0 } = {}) {
  const { services, pages } = servicesOn(shown.services, page);
  const more = pages > 1 && h("button.service.unsure.more", { onclick: () => app.show("service", { page: (page + 1) % pages }) },
    h("span.face", {}, picto("right"), h("b", {}, t("Other services"))), h("span.foot", {}, t("Page {page} of {pages}", { page: page + 1, pages })));
  const free = CHOICES - services.length - (more ? 1 : 0);
  const help = free > 0 && h("button.service.unsure", { onclick: () => callOfficer(app) },
    h("span.face", {}, picto("help"), h("b", { "data-fit": "tight" }, t("Not sure? Call an officer"))), h("span.foot", { "data-fit": true }, t("The machine tells an officer at once")));
  const node = h("main.services", {},
    heading(t("What do you need?"), warned(app) || t("Touch a picture. The counter shows it too.")), h("div.grid", {}, services.map((one) => serviceTile(app, one)), help, more));
  return { node, bar: bar(app, true), back: "home", live: true, say: [...spokenWarning(app), t("What do you need?"), ...services.map(spokenSign), more && t("Other services")] };
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ service: string }} options
 */
export function priority(app, { service: code }) {
  const one = serviceNamed(code);
  const queue = app.board.queues.find((row) => row.service === code);
  const cards = shown.priorities.map((group) => h("button.group", { "data-priority": group.code, onclick: () => takeTicket(app, code, group.code) },
    picto(group.pictogram), h("b", { "data-fit": true }, ours(group.name))));
  const chosen = h("div.chosen", { "data-announced": `${t("You chose")}: ${nameOf(one)}`, style: { "--tint": one.tint, "--hole": one.tint, "--colour": deep(one) } },
    sign(one), h("div", {}, h("small", {}, t("You chose")), h("b", { "data-fit": "tight" }, nameOf(one))), picto(one.pictogram));
  const node = h("main.priority", {}, chosen,
    ticketTile(t("Take a number"), [h("small", {}, ahead(queue)), warned(app)], () => takeTicket(app, code, null)),
    cards.length > 0 && [
      h("div.first", {}, h("h2", { "data-fit": true }, t("May you go first?")), h("p", { "data-fit": true }, t("If so, touch your picture."))),
      h("div.grid", {}, cards),
      h("div.promise", {}, picto("check"), h("p", { "data-fit": true }, t("No proof is needed here. Neither slip nor screen tells the reason."))),
    ]);
  const say = [`${t("You chose")} ${nameOf(one)}`, t("Take a number"), t("May you go first?"), ...shown.priorities.map((group) => ours(group.name))];
  return { node, bar: bar(app, true), back: "service", live: true, say };
}

/** @param {Api.BoardQueue | undefined} queue */
function ahead(queue) {
  if (!queue || queue.waiting === 0) return t("No waiting");
  if (queue.estimated_wait_s === null) return t("{count} people before you", { count: queue.waiting });
  return t("{count} people before you, about {minutes} min", { count: queue.waiting, minutes: minutes(queue.estimated_wait_s) });
}

/**
 * The sessions of today's table of hours, or of the day of the next opening.
 * @param {Date} next
 */
function sessions(next) {
  const day = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][local(next, shown.office.timezone).weekday];
  return shown.office.hours.filter((row) => row.days.includes(day)).sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** @param {import("./app.js").Kiosk} app */
export function closed(app) {
  const next = app.board.next_opening ? new Date(app.board.next_opening) : null;
  const time = next && local(next, shown.office.timezone).time;
  const rows = next ? sessions(next) : [];
  const boxes = rows.map((row) => h("div", { class: row.from === time ? "next" : "" }, picto("clock"),
    h("span", {}, h("small", {}, row.from < "12:00" ? t("Morning") : t("Afternoon")), h("b", {}, `${row.from.replace(/^0/, "")}–${row.to.replace(/^0/, "")}`))));
  const node = h("main.closed", {}, picto("clock"), h("h1", {}, t("Numbers are not given yet")),
    next && [h("p", {}, t("Please come back at")), h("div.opening", {}, time), h("p", {}, t("{when}, {left} left", { when: when(next), left: left(next) }))],
    h("div.sessions", {}, boxes), h("p.still", {}, t("Dossiers and papers can still be looked up.")),
    h("div.pair", {},
      h("button.orange", { onclick: () => app.show("code") }, picto("search"), t("Look up a dossier")),
      h("button.teal", { onclick: () => app.show("papers") }, picto("list"), t("Papers, procedures"))));
  const say = [t("Numbers are not given yet"), next && `${t("Please come back at")} ${time}`];
  return { node, bar: bar(app, false), say, live: true, quiet: true };
}
