// Left: the citizen in front of the clerk, the next step, the other actions.

import { local } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { picto, sign } from "../lib/signs.js";
import { figures, letterOf, serviceOf, shown, t } from "../lib/words.js";
import { counterCode } from "../lib/device.js";
import { linkDossier, nextStep, others, resting, step, unlinkDossier } from "./actions.js";
import { now, state } from "./model.js";
import { doubt } from "./slips.js";

const zone = shown.office.timezone;
/** @param {string} words */
export const keyCap = (words, wide = false) => h(`kbd.cap${wide ? ".wide" : ""}`, { "aria-hidden": "true" }, words);
/** @param {string} text */
export const hour = (text) => local(new Date(text), zone).time;

/**
 * The sign a number carries: of the service whose letter it has.
 * @param {string} number
 */
export const signOfNumber = (number) => {
  const service = shown.services.find((one) => one.letter === letterOf(number));
  return service ? sign(service) : h("span.sign", {}, letterOf(number));
};

/**
 * @param {() => void} redraw
 * @param {typeof import("./dialogs.js").dialogs} dialogs
 */
export function citizen(redraw, dialogs) {
  const ticket = state.counter.ticket;
  return [
    ticket ? served(ticket) : empty(),
    bigButton(redraw),
    h("div.others", {}, others(dialogs).map((one) => otherButton(one))),
    h("div.foot", {},
      h("button.link", { onclick: dialogs.byHand, type: "button" }, t("Numbers written by hand")),
      h("button.link", { onclick: dialogs.number, type: "button" }, t("Call any number: type it, then"), keyCap("Enter")),
      h("button.link", { onclick: dialogs.keys, type: "button" }, t("See all keys"), keyCap("?"))),
  ];
}

/** @param {Api.Ticket} ticket */
function served(ticket) {
  const service = serviceOf(ticket.service);
  const waited = Math.max(0, Math.round((Date.parse(ticket.called_at || ticket.issued_at) - Date.parse(ticket.issued_at)) / 60000));
  const facts = [
    t("number taken at {time}", { time: hour(ticket.issued_at) }), t("called {count} times", { count: ticket.calls }),
    t("waited {minutes} minutes", { minutes: waited }),
  ];
  return h("section.citizen", { style: { "--tone": service?.colour || "#1D1A16", "--tint": service?.tint || "#F1E8D3" } },
    h("div.facts", {},
      h("span.badge", {}, ticket.state === "CALLED" ? t("Inviting") : t("Serving")),
      h("span.soft", {}, facts.join(" · ")),
      h("span.timer", {}, picto("clock"), h("b", { id: "timer", "data-since": ticket.serving_at || ticket.called_at }))),
    h("div.who", {},
      signOfNumber(ticket.number), h("p.number", {}, figures(ticket.number)),
      h("div.what", {}, service && picto(service.pictogram), h("b", {}, service?.name || ticket.service), language(ticket))),
    doubt(ticket),
    h("div.dossiers", {}, h("div.linked", {}, ticket.dossiers.map((code) => dossier(ticket, code))), dossierField(ticket)));
}

/**
 * @param {Api.Ticket} ticket
 * @param {string} code
 */
const dossier = (ticket, code) => h("span.dossier", {}, h("b", {}, code), h("button.remove", {
  type: "button", disabled: !state.fresh, title: t("Remove dossier {code}", { code }), "aria-label": t("Remove dossier {code}", { code }), onclick: () => unlinkDossier(ticket, code),
}, "×"));

/** @param {Api.Ticket} ticket */
const language = (ticket) => {
  if (ticket.language === "hre") return h("span.soft", {}, t("Listens in Hrê"));
  return ticket.language !== "vi" && h("span.soft", {}, t("Language: {code}", { code: ticket.language }));
};

/**
 * A field that keeps what is typed in it while the rest is drawn anew, as long as the same citizen is there.
 * @param {Api.Ticket} ticket
 */
function dossierField(ticket) {
  const field = h("input", { id: "dossier", "data-ticket": ticket.id, type: "text", autocomplete: "off", spellcheck: "false", placeholder: t("Scan or type the dossier code"), "aria-label": t("Scan or type the dossier code"), maxlength: "60" });
  field.addEventListener("keydown", async (event) => {
    if (event.key === "Escape") field.blur();
    if (event.key !== "Enter" || !field.value.trim()) return;
    const typed = field.value.trim();
    field.blur();
    if (await linkDossier(typed)) field.value = "";
  });
  return h("label.field", {}, field, keyCap("M"));
}

function empty() {
  const paused = state.counter.state === "PAUSED";
  return h("section.citizen.empty", {},
    picto(paused ? "pause" : "desk"),
    h("h2", {}, paused ? t("The counter is paused") : t("Nobody is at counter {counter}", { counter: counterCode })),
    h("p.soft", {}, paused ? t("Numbers go to the other counters. Press the button below to open again.") : t("The next number is called with the space bar.")));
}

/** @param {() => void} redraw */
function bigButton(redraw) {
  const next = nextStep();
  const off = !next.run || !state.fresh;
  return h(`button.step${resting() ? ".rests" : ""}`, { id: "step", type: "button", disabled: off, onclick: () => step(redraw, next) },
    picto(next.picto), h("span.said", {}, h("b", {}, next.words), h("span", {}, next.more)), keyCap(t("Space bar"), true));
}

/** @param {ReturnType<typeof others>[number]} options */
function otherButton({ key, words, picto: name, can, run }) {
  return h("button.other", { type: "button", disabled: !can || !state.fresh, onclick: () => run(), "data-key": key }, picto(name), h("span", {}, words), keyCap(key));
}

/** Keep the running time of the service right, each second. */
export function tick() {
  const timer = document.getElementById("timer");
  if (!timer?.dataset.since) return;
  const seconds = Math.max(0, Math.floor((now() - Date.parse(timer.dataset.since)) / 1000));
  timer.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
