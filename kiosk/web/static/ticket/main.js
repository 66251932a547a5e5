// A citizen's own ticket on a phone: number, place and state, and how old these figures are.

import { local } from "../lib/dates.js";
import { AT_COUNTER, ENDED } from "../lib/contract.js";
import { $, byId, fill, h } from "../lib/dom.js";
import { json, newKey, Problem, request } from "../lib/http.js";
import { deep, face, faceRim, picto, sign } from "../lib/signs.js";
import { counterRuns, countersFor, figures, letterOf, minutes, serviceNamed, shown, t } from "../lib/words.js";

const [EVERY_MS, OLD_MS, WAIT_MS, PEOPLE] = [10000, 30000, 8000, 3];
const root = byId("ticket");
const address = `public/tickets/${location.pathname.split("/")[2]}`;
const zone = shown.office.timezone;
const phone = {
  ticket: /** @type {Api.PublicTicket | null} */ (null), at: 0, gone: false, sound: /** @type {AudioContext | null} */ (null), rated: "", asked: "",
};

load();
setInterval(load, EVERY_MS);
setInterval(age, 1000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) load(); });

async function load() {
  if (phone.gone) return;
  try {
    const response = await request("GET", address, null, { waitMs: WAIT_MS });
    if (response.status === 404) phone.gone = true;
    else if (response.ok) take(await response.json());
  } catch {
    age();
    return;
  }
  draw();
}

/** @param {Api.PublicTicket} ticket */
function take(ticket) {
  const was = phone.ticket?.state;
  Object.assign(phone, { ticket, at: Date.now() });
  if (ticket.state === "CALLED" && was && was !== "CALLED" && phone.sound) ring(phone.sound);
}

function draw() {
  const { ticket, gone } = phone;
  if (gone) return fill(root, h("div.band"), h("main", {}, top(), h("section.said", {}, h("h1", {}, t("This ticket was of another day")), h("p", {}, t("Please take a new number at the machine.")))));
  if (!ticket) return fill(root, h("div.band"), h("main", {}, top()));
  fill(root, h("div.band"), h("main", {}, top(), slip(ticket), place(ticket), ["WAITING", "ON_HOLD"].includes(ticket.state) && bell(), rating(ticket),
    h("p.foot", {}, h("b.age", {}), " ", t("If the line fails, please watch the common screen and listen to the call. This page does not write down your name."))));
  return age();
}

const top = () => h("header", {}, h("b", {}, shown.office.name), h("span", {}, `${t("Your ticket")} · ${day()}`));

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
    h("div.kind", {}, h("b", {}, service.name), picto(service.pictogram)),
    h("p.number", {}, sign(own), h("b", { class: figures(ticket.number).length > 3 ? "long" : "" }, figures(ticket.number))),
    !ENDED.has(ticket.state) && h("div.counters", {}, picto("desk"), h("b", {}, t("Counter")), h("span", {}, counters.flatMap((code, index) => [index > 0 && counters.length === 2 && h("small", {}, t("or")), h("i", {}, code)]))));
}

/** @param {Api.PublicTicket} ticket */
function place(ticket) {
  if (ticket.state === "WAITING") return queue(ticket);
  const words = {
    CALLED: t("It is your turn. Please go to counter {counter}.", { counter: ticket.counter }), SERVING: t("You are being served at counter {counter}.", { counter: ticket.counter }),
    ON_HOLD: t("Your number is held. Please tell the officer when you are ready."), COMPLETED: t("Done. Thank you!"), NO_SHOW: t("You were called and not there. Please speak to the officer."),
    CANCELLED: t("This number was cancelled."), ABANDONED: t("The day ended. Please take a new number tomorrow."),
  }[ticket.state];
  return h(`section.said.${ticket.state.toLowerCase()}`, {}, h("h1", {}, words));
}

/** @param {Api.PublicTicket} options */
function queue({ people_ahead: before, estimated_wait_s: wait }) {
  const ahead = before ?? 0;
  const people = ahead > PEOPLE ? 1 : ahead;
  return h("section.queue", {}, h("div.ahead", {}, h("b", {}, String(ahead)), h("p", {}, h("strong", {}, t("people before you")), wait !== null && ahead > 0 && h("span", {}, t("about {minutes} minutes", { minutes: minutes(wait) })))),
    h("div.cord", { "aria-hidden": "true" }, picto("desk"), [...Array(people).keys()].map(() => h("i", {}, picto("person"))), ahead > people && h("small", {}, `× ${ahead}`), h("u", {}, picto("person")), h("b", {}, t("You"))));
}

function bell() {
  if (phone.sound) return h("p.bell.on", {}, picto("check"), t("The sound is on. Leave this page open."));
  return h("button.bell", { type: "button", onclick: allow }, picto("speaker"), t("Sound when it is your turn"));
}

function allow() {
  phone.sound = new AudioContext();
  beep(phone.sound, 0);
  draw();
}

/** @param {AudioContext} sound */
function ring(sound) {
  for (const after of [0, 0.35, 0.7]) beep(sound, after);
  navigator.vibrate?.([300, 150, 300, 150, 600]);
}

/**
 * @param {AudioContext} sound
 * @param {number} after seconds from now
 */
function beep(sound, after) {
  const [source, volume] = [sound.createOscillator(), sound.createGain()];
  const at = sound.currentTime + after;
  source.frequency.value = 784;
  volume.gain.setValueAtTime(0.3, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
  source.connect(volume).connect(sound.destination);
  source.start(at);
  source.stop(at + 0.3);
}

/** @param {Api.PublicTicket} ticket */
function rating(ticket) {
  if (phone.rated) return h("section.rate", {}, h("h2", {}, phone.rated));
  if (ticket.state !== "COMPLETED") return null;
  const { levels, heading } = shown.survey;
  return h("section.rate", {}, h("h2", {}, heading), h("div.faces", {}, levels.map((level, index) =>
    h("button", { type: "button", onclick: () => rate(level.code), "data-level": level.code, style: { "--rim": faceRim(index, levels.length) } }, face(index, levels.length), level.name))), h("p", {}, phone.asked || t("No name is written down.")));
}

/**
 * @param {string} path
 * @param {unknown} body
 */
const post = async (path, body) => json(await request("POST", path, body, { headers: { "Idempotency-Key": newKey() }, waitMs: WAIT_MS }));

/** @param {string} level */
async function rate(level) {
  try {
    const pass = await post(`${address}/rating-token`, {});
    await post("ratings", { ...pass, answers: { [shown.survey.code]: level } });
    phone.rated = t("Thank you! Your answer is kept, without a name.");
  } catch (error) {
    if (!(error instanceof Problem)) phone.asked = t("The line failed. Please touch once more.");
    else phone.rated = error.code === "already-rated" ? t("Thank you! Your answer is kept, without a name.") : error.title;
  }
  draw();
}

/** The age of the figures; older than half a minute they turn grey. */
function age() {
  const words = $(".age", root);
  if (!words || !phone.at) return;
  const old = Date.now() - phone.at > OLD_MS;
  const seconds = Math.round((Date.now() - phone.at) / 1000);
  words.textContent = old ? t("Not updated for {seconds} seconds.", { seconds }) : t("Updated {seconds} seconds ago.", { seconds });
  root.classList.toggle("old", old);
}
