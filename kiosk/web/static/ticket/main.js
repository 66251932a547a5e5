// A citizen's own ticket on a phone: number, place and state, how old these figures are, and at the end the faces.

import { local } from "../lib/dates.js";
import { AT_COUNTER, ENDED } from "../lib/contract.js";
import { watchConfiguration } from "../lib/configuration.js";
import { contrastKey } from "../lib/contrast.js";
import { $, byId, fill, h } from "../lib/dom.js";
import { Finger } from "../lib/finger.js";
import { keepForOffline } from "../lib/offline.js";
import { deep, picto, sign } from "../lib/signs.js";
import { textKey } from "../lib/text_size.js";
import { canSpeak, say, spelled, touched, watchVoices } from "../lib/voice.js";
import { counterRuns, countersFor, figures, letterOf, minutes, nameOf, serviceNamed, shown, speak, t } from "../lib/words.js";
import { Bell } from "./bell.js";
import { forgetTicket, keepTicket, keptTicket } from "./kept.js";
import { TicketLine } from "./line.js";
import { PhoneRating } from "./rating.js";

const [OLD_MS, NEW_S, PEOPLE, ROUND_S] = [30000, 5, 3, 300];
const SPEAK_MS = 1300; // behind the first chime
const TOUCHED_MS = 3000;
const NOTICED = ["WAITING", "ON_HOLD", "CALLED"];
const root = byId("ticket");
const token = location.pathname.split("/")[2] || "";
const zone = shown.office.timezone;
const finger = new Finger(document);
const bell = new Bell();
const rating = new PhoneRating(token, draw);
const phone = { ticket: /** @type {Api.PublicTicket | null} */ (null), at: 0, gone: false, isLive: false, isCut: false, touchedAt: 0 };
const configuration = watchConfiguration(isCalm);

const line = new TicketLine(token, {
  number: "", service: "",
  onTicket: take,
  onGone() {
    phone.gone = true;
    forgetTicket(token);
    draw();
  },
  onLine(isLive) {
    phone.isLive = isLive;
    phone.isCut = !isLive;
    if (phone.ticket) age();
    else draw();
  },
  onOpen: () => configuration.check(),
});

document.addEventListener("pointerdown", () => {
  phone.touchedAt = Date.now();
  bell.hush();
  touched();
}, true);
document.addEventListener("visibilitychange", () => { if (!document.hidden) bell.keepLit(); });
setInterval(age, 1000);
Object.assign(phone, keptTicket(token) || {});
if (phone.ticket) speak(phone.ticket.language);
draw();
line.start();
watchVoices(draw);
keepForOffline();

/**
 * @param {Api.PublicTicket} ticket
 * @param {boolean} isCalled called, or called again, since it was looked at last
 */
function take(ticket, isCalled) {
  const was = phone.ticket?.state;
  Object.assign(phone, { ticket, at: Date.now() });
  Object.assign(line.listener, { number: ticket.number, service: ticket.service });
  keepTicket(token, ticket);
  speak(ticket.language);
  draw();
  if (ticket.state === "CALLED" && (isCalled || (was && was !== "CALLED"))) ring();
  else if (ticket.state !== "CALLED") bell.hush();
}

/** Nobody is touching it or rating, and no chime is promised, for which the browser would want a touch again. */
function isCalm() {
  const isOver = !phone.ticket || ENDED.has(phone.ticket.state);
  return Date.now() - phone.touchedAt > TOUCHED_MS && !rating.isBusy && (!bell.isOn || isOver);
}

/** The chime, and behind it the words; without a touch before the browser lets neither sound. */
function ring() {
  bell.ring();
  if (bell.isOn) setTimeout(() => say(spokenWords()), SPEAK_MS);
}

/** What the page shows, as it is said. */
function spokenWords() {
  const { ticket } = phone;
  if (!ticket) return [];
  const ahead = ticket.people_ahead ?? 0;
  const words = ticket.state !== "WAITING" ? [stateWords(ticket)] : ahead ? [`${ahead} ${t("people before you")}`, wait(ticket)] : [t("You are next. Please be ready.")];
  return [`${t("Your ticket")}: ${spelled(ticket.number)}`, ...words];
}

/** There as soon as the first drawing, which comes before the module has run through. */
function listenKey() {
  return canSpeak() && h("button.bell.listen", { type: "button", onclick: () => say(spokenWords(), { isAsked: true }) }, picto("speaker"), t("Listen"));
}

/** Of what is news too, but never under a finger. */
function draw() {
  finger.spares(drawNow);
}

function drawNow() {
  const { ticket, gone } = phone;
  if (rating.words === "writing" && $("#remark", root)) return age();
  if (gone) return fill(root, h("div.band"), h("main", {}, top(), h("section.notice", {}, h("h1", {}, t("This ticket was of another day")), h("p", {}, t("Please take a new number at the machine.")))));
  if (!ticket) return fill(root, h("div.band"), h("main", {}, top(), h("p.age", { role: "status" }, phone.isCut ? t("The line is down, connecting again.") : t("Looking up your ticket…"))));
  const faces = rating.view(ticket);
  fill(root, h("div.band"), h("main", {}, top(), faces, slip(ticket), place(ticket), NOTICED.includes(ticket.state) && bellKey(), listenKey(),
    h("p.foot", {}, h("b.age", {}), " ", !ENDED.has(ticket.state) && [t("If the line fails, please watch the common screen and listen to the call."), " "], t("This page does not write down your name."))));
  return age();
}

function top() {
  return h("header", {}, h("b", {}, shown.office.name), h("span", {}, `${t("Your ticket")} · ${day()}`), h("div.eases", {}, contrastKey(), textKey()));
}

function day() {
  const at = local(new Date(), zone);
  return `${at.day}/${at.month}/${at.year}`;
}

/** @param {Api.PublicTicket} ticket */
function slip(ticket) {
  const service = serviceNamed(ticket.service);
  const own = shown.services.find((one) => one.letter === letterOf(ticket.number)) || service;
  const called = AT_COUNTER.has(ticket.state);
  const counters = called && ticket.counter ? [ticket.counter] : counterRuns(countersFor(ticket.service).map((one) => one.code));
  return h(`section.slip${ticket.state === "CALLED" ? ".called" : ""}`, { style: { "--tone": deep(service) } },
    h("div.kind", {}, h("b", {}, nameOf(service)), picto(service.pictogram)),
    h("p.number", {}, sign(own), h("b", { class: figures(ticket.number).length > 3 ? "long" : "", "aria-label": ticket.number }, figures(ticket.number))),
    !ENDED.has(ticket.state) && h("div.counters", {}, picto("desk"), h("b", {}, t("Counter")), h("span", {}, counters.flatMap((code, index) => [index > 0 && counters.length === 2 && h("small", {}, t("or")), h("i", {}, code)]))));
}

/** @param {Api.PublicTicket} ticket */
function place(ticket) {
  if (ticket.state === "WAITING") return queue(ticket);
  return h(`section.notice.${ticket.state.toLowerCase()}`, { role: "status" }, h("h1", {}, stateWords(ticket)));
}

/** @param {Api.PublicTicket} ticket */
function stateWords(ticket) {
  return {
    WAITING: "",
    CALLED: t("It is your turn. Please go to counter {counter}.", { counter: ticket.counter }), SERVING: t("You are being served at counter {counter}.", { counter: ticket.counter }),
    ON_HOLD: t("Your number is held. Please tell the officer when you are ready."), COMPLETED: t("Done. Thank you!"), NO_SHOW: t("You were called and not there. Please speak to the officer."),
    CANCELLED: t("This number was cancelled."), ABANDONED: t("The day ended. Please take a new number tomorrow."),
  }[ticket.state];
}

/**
 * "about 10 to 20 minutes", in steps of five; a short wait in minutes.
 * @param {Api.PublicTicket} ticket
 */
function wait({ wait_span_s: span, estimated_wait_s: middle }) {
  if (!span || middle === null) return null;
  const [least, most] = span;
  if (most < 2 * ROUND_S) return t("about {minutes} minutes", { minutes: minutes(middle) });
  const [from, to] = [Math.floor(least / ROUND_S) * 5, Math.ceil(most / ROUND_S) * 5];
  return from === to ? t("about {minutes} minutes", { minutes: from }) : t("about {from} to {to} minutes", { from, to });
}

/** @param {Api.PublicTicket} ticket */
function queue(ticket) {
  const ahead = ticket.people_ahead ?? 0;
  const people = ahead > PEOPLE ? 1 : ahead;
  const words = ahead ? t("people before you") : t("You are next. Please be ready.");
  return h("section.queue", { role: "status" }, h("div.ahead", {}, h("b", {}, String(ahead)), h("p", {}, h("strong", {}, words), ahead > 0 && h("span", {}, wait(ticket)))),
    h("div.cord", { "aria-hidden": "true" }, picto("desk"), [...Array(people).keys()].map(() => h("i", {}, picto("person"))), ahead > people && h("small", {}, `× ${ahead}`), h("u", {}, h("b", {}, t("You")), picto("person"))));
}

function bellKey() {
  if (bell.isOn) return h("p.bell.on", {}, picto("check"), bell.isLit ? t("The sound is on. Leave this page open.") : t("The sound is on. Leave this page open and the screen lit."));
  return h("button.bell", { type: "button", onclick: allow }, picto("speaker"), t("Sound when it is your turn"));
}

async function allow() {
  await bell.allow();
  draw();
}

/** Live, or how old the figures are; older than half a minute they turn grey. */
function age() {
  const words = $(".age", root);
  if (!words || !phone.at) return;
  if (phone.isLive) phone.at = Date.now();
  const seconds = Math.round((Date.now() - phone.at) / 1000);
  const old = Date.now() - phone.at > OLD_MS;
  words.textContent = phone.isLive ? t("Shown as it happens.") : old ? t("Not updated for {seconds} seconds.", { seconds }) : seconds < NEW_S ? t("The line is down, connecting again.") : t("The line is down, connecting again. As of {seconds} seconds ago.", { seconds });
  root.classList.toggle("old", old);
  root.classList.toggle("live", phone.isLive);
}
