// "Máy in": how each printer is and since when, its paper, its last slips as pictures, its faults by day.

import { local } from "../lib/dates.js";
import { fill, h } from "../lib/dom.js";
import { faultOf, faultWords, kindOf, toDo, printsElsewhere } from "../lib/printer.js";
import { picto } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { count } from "./charts.js";
import { faultsByDay, faultList } from "./faults.js";
import { slipsCard } from "./slips.js";
import { ask, may } from "../lib/session.js";

const TRIAL_MS = 800;
const MOUTH_MS = 3000;
let chosen = "";
let next = 0;

/** @param {string | number} moment */
const time = (moment) => local(new Date(moment), shown.office.timezone).time;

/** @param {HTMLElement} root */
export async function printers(root) {
  /** @type {{ printers: Record<string, Api.Printer> }} */
  const { printers: states } = await ask("GET", "printers");
  const names = Object.keys(states);
  if (!names.length) return fill(root, h("header.head", {}, h("h1", {}, t("Printers"))), none());
  chosen = names.includes(chosen) ? chosen : names[0];
  /** @type {Api.PrinterHistory} */
  const history = await ask("GET", `printers/${chosen}/history`);
  const again = () => printers(root);
  lookAgain(root, again, history.trial?.state === "WAITING" ? TRIAL_MS : states[chosen].mouth ? MOUTH_MS : 0);
  return fill(root, head(names, again), status(states[chosen], history), doubts(history.doubtful, again),
    h("div.three", {}, paperCard(states[chosen], again), todayCard(history.days[0]), trialCard(history.trial)),
    may("GET /api/v1/printers/<printer>/slips/<job>.png") && slipsCard(chosen, history.slips),
    h("div.two", {}, faultsByDay(history.days), faultList(history.faults)));
}

/**
 * Soon, while something is on its way of which no event tells.
 * @param {HTMLElement} root
 * @param {() => void} again
 * @param {number} ms
 */
function lookAgain(root, again, ms) {
  clearTimeout(next);
  const still = chosen;
  if (ms) next = setTimeout(() => root.isConnected && chosen === still && !document.querySelector("dialog[open]") && again(), ms);
}

function none() {
  return h("section.card.nothing", {}, h("h2", {}, t("No printer is set up")), h("p", {}, t("Name one in the office's file: [[printer]] name, url, profile.")));
}

/**
 * @param {string[]} names
 * @param {() => void} again
 */
function head(names, again) {
  /** @param {string} name */
  const choose = (name) => () => { chosen = name; again(); };
  return h("header.head", {}, h("h1", {}, t("Printers")),
    names.length > 1 && h("div.period", {}, names.map((name) => h(`button${name === chosen ? ".now" : ""}`, { type: "button", onclick: choose(name) }, name))),
    h("div.downloads", {}, h("button.button.trial", { type: "button", onclick: async () => { await ask("POST", `printers/${chosen}/trial`, {}); again(); } }, t("Print a trial slip"))));
}

/**
 * One sentence on how the printer is, since when, and what to do.
 * @param {Api.Printer} printer
 * @param {Api.PrinterHistory} options
 */
function status(printer, { faults }) {
  const fault = faultOf(printer);
  if (printer.mouth && !fault) return inMouth(printer);
  if (printsElsewhere(printer)) return elsewhere();
  const kind = kindOf(printer);
  const since = printer.since || (faults[0] && faults[0].to === null ? faults[0].from : null);
  const words = { broken: () => faultWords(fault || ""), look: () => t("The printer's paper is nearly used up"), well: () => t("The printer is well"), unknown: () => t("The printer says nothing of itself") }[kind]();
  const below = { broken: () => toDo(fault || ""), look: () => t("Please put in a new roll when nobody is waiting at the machine."), well: () => [printer.checked_at && t("asked at {time}", { time: time(printer.checked_at) }), gone(printer.held_out)], unknown: () => t("Its slips end as “not sure”; look at the paper.") }[kind]();
  return h(`section.headline.${kind === "well" ? "well" : kind}`, { "data-state": kind }, picto(kind === "well" ? "check" : fault === "paper_out" ? "no-paper" : "printer"),
    h("div", {}, h("b", {}, words, fault && since && ` ${t("since {time}", { time: when(since) })}`), h("p", {}, below, fault && h("span.soft", {}, " · ", t("Numbers are still given and shown on the machine.")))));
}

/** Another service of this office prints; this one waits for it to end. */
function elsewhere() {
  return h("section.headline.look", { "data-state": "elsewhere" }, picto("printer"), h("div", {}, h("b", {}, t("Another running service prints here")),
    h("p", {}, t("Slips come out as usual. This service prints once the other has ended; call the technician if nobody means to run two."))));
}

/**
 * A slip that a presenter holds out, for whoever can take it.
 * @param {Api.Printer} options
 */
function inMouth({ held_out: held, behind }) {
  const words = held?.number ? t("Slip {number} lies in the printer's mouth since {time}", { number: held.number, time: when(held.since) }) : t("A slip lies in the printer's mouth");
  return h("section.headline.look", { "data-state": "mouth" }, picto("ticket"), h("div", {}, h("b", {}, words),
    h("p", {}, behind ? t("Please take it out: the next slips wait for that.") : t("It waits to be taken; the next slip comes after it."))));
}

/**
 * How the last slip left a presenter's mouth.
 * @param {Api.HeldSlip | null} held
 */
function gone(held) {
  if (!held) return null;
  const said = { number: held.number || t("last"), time: when(held.since) };
  const words = held.state === "taken" ? t("slip {number} was taken at {time}", said) : t("nobody took slip {number}; it was thrown out at {time}", said);
  return h("span.soft", {}, " · ", words);
}

/** @param {string | number} text */
function when(text) {
  const at = local(new Date(text), shown.office.timezone);
  const today = local(new Date(), shown.office.timezone);
  return at.day === today.day && at.month === today.month && at.year === today.year ? at.time : `${at.time}, ${at.day}/${at.month}`;
}

/**
 * Slips of which nobody knows: the citizen knows.
 * @param {Api.DoubtfulSlip[]} found
 * @param {() => void} again
 */
function doubts(found, again) {
  if (!found.length) return null;
  /**
   * @param {Api.DoubtfulSlip} one
   * @param {boolean} cameOut
   */
  const decide = (one, cameOut) => async () => { await ask("POST", `tickets/${one.ticket}/slip`, { came_out: cameOut }); again(); };
  const mayDecide = may("POST /api/v1/tickets/<ticket_id>/slip");
  /** @param {Api.DoubtfulSlip} one */
  const reprint = (one) => async () => { await ask("POST", `tickets/${one.ticket}/reprint`, {}); again(); };
  return h("section.card.pairs.doubts", {}, h("h2", {}, t("Not sure whether these slips came out")), found.slice(0, 6).map((one) => h("div", {},
    picto("ticket"), h("b.code", {}, one.number), h("span", {}, t("taken at {time}", { time: time(one.issued_at) }), one.reason && h("small.soft", {}, reasonWords(one.reason))),
    mayDecide && h("button.button", { type: "button", onclick: decide(one, true) }, t("It came out")),
    mayDecide && h("button.button", { type: "button", onclick: reprint(one) }, t("Print again")))),
  found.length > 6 && h("p.soft", {}, t("and {count} more", { count: found.length - 6 })));
}

//t: The slip could not be drawn: look at the service's log
//t: The printer gave no proof | It took too long | The print queue refused the slip | The service was restarted | It waited too long | A clerk looked
/** @type {Record<string, string>} */
const SLIP_REASONS = { no_proof: "The printer gave no proof", deadline: "It took too long", refused: "The print queue refused the slip", interrupted: "The service was restarted", "waited too long": "It waited too long", seen_by_clerk: "A clerk looked", not_drawn: "The slip could not be drawn: look at the service's log" };

/**
 * Why a slip is in doubt or did not come out.
 * @param {string} reason
 */
export const reasonWords = (reason) => (SLIP_REASONS[reason] ? t(SLIP_REASONS[reason]) : faultWords(reason));

/**
 * @param {Api.Printer} printer
 * @param {() => void} again
 */
function paperCard(printer, again) {
  const out = faultOf(printer) === "paper_out";
  const counted = typeof printer.slips_left === "number" && !out;
  const renew = async () => { await ask("POST", `printers/${chosen}/roll`, {}); again(); };
  return h("section.card.paper", {}, h("h2", {}, t("Paper left")),
    h("p.big", {}, counted ? [t("about"), " ", h("b", {}, count(printer.slips_left ?? 0)), " ", t("slips")] : h("b.words", {}, out ? t("none") : printer.near_end ? t("nearly used up") : t("not counted"))),
    counted ? h("button.button", { type: "button", onclick: renew }, t("A new roll was put in")) : h("p.soft", {}, out ? t("A new roll is noticed by itself.") : t("The printer tells when the roll is nearly used up, if it has the sensor.")));
}

/** @param {Api.PrinterDay} day */
function todayCard(day) {
  const lost = day.not_printed + day.unknown;
  return h("section.card", {}, h("h2", {}, t("Today")), h("p.big", {}, h("b", {}, count(day.printed)), " ", t("slips printed")),
    h("p.soft", {}, lost ? t("{lost} not printed, {doubtful} not sure", { lost: day.not_printed, doubtful: day.unknown }) : t("Every slip came out.")));
}

//t: waits for the printer | came out | did not come out | not sure
const TRIAL = { WAITING: "waits for the printer", PRINTED: "came out", NOT_PRINTED: "did not come out", UNKNOWN: "not sure" };

/** @param {Api.PrinterTrial | null} trial */
function trialCard(trial) {
  const kind = trial ? { PRINTED: "well", WAITING: "unknown", UNKNOWN: "look", NOT_PRINTED: "broken" }[trial.state] : "broken";
  return h("section.card.tried", {}, h("h2", {}, t("Trial slip")),
    trial ? h("p.big", {}, h(`span.mark.${kind}`, {}, h("i", { "aria-hidden": "true" }), t(TRIAL[trial.state])))
      : h("p.soft", {}, t("None was printed since the service began.")),
    trial && h("p.soft", {}, t("asked for at {time}", { time: time(trial.asked_at) }), trial.reason && ` · ${reasonWords(trial.reason)}`));
}
