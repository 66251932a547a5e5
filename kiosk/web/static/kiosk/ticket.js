// The ticket: its number, the way to the counter, people before it, and what the printer says.

import { bold, fill, h } from "../lib/dom.js";
import { crowd } from "./crowd.js";
import { doneKey, helpKey, key, listenKey } from "./frame.js";
import { faultText } from "./fault_words.js";
import { ring } from "./ring.js";
import { cancelTicket } from "./tickets.js";
import { deep, picto, sign } from "../lib/signs.js";
import { listed, spelled } from "../lib/voice.js";
import { counterRuns, countersFor, figures, letterOf, minutes, nameOf, plural, serviceNamed, t } from "../lib/words.js";

const DONE_S = 10;
const NO_PAPER_S = 60;
const BEHIND_S = 40; // longer than a slip waits for the one before it to be taken
const PEOPLE = 12; // as figures; of more the count says it
const UNPRINTED = ["NOT_PRINTED", "UNKNOWN"];
const PASSING = ["overheat", "not_taken"];
/** @param {Api.Print} print */
const unproven = (print) => print.state === "UNKNOWN" && print.reason === "no_proof"; // sent whole; this printer proves nothing
/** @param {string | null} fault */
const standsStill = (fault) => fault !== null && !PASSING.includes(fault); // the others pass, and the slip comes then

/**
 * @param {Api.IssuedTicket} ticket
 * @param {Api.Service} service
 */
function numberBand(ticket, service) {
  const digits = figures(ticket.number);
  return h("div.number", { class: digits.length > 3 ? "long" : "", "data-announced": `${t("Your number")}: ${ticket.number}` }, sign(service, { letter: letterOf(ticket.number) || service.letter }), h("b", {}, digits));
}

/** @param {Api.CounterPlace[]} places */
function toCounters(places) {
  const runs = counterRuns(places.map((place) => place.code));
  const boxes = runs.flatMap((run, index) => [index > 0 && runs.length === 2 && h("span.or", {}, t("or")), h("span.box", {}, run)]);
  return h("div.counters", {}, picto("desk"), h("b", {}, t("Go to counter")), h("span.boxes", { "data-fit": "tight" }, boxes));
}

/** @param {number} ahead */
function cord(ahead) {
  return h("div.cord", {},
    h("div.stand", {}, picto("desk"), h("span.others", {}, crowd(ahead, PEOPLE)), h("span.you", {}, picto("person"), h("span", {}, t("You")))), h("div.line"));
}

/**
 * @param {number} ahead
 * @param {number | null} wait
 */
function footRow(ahead, wait) {
  return h("div.facts", {}, h("span", {}, bold(ahead ? plural("*{count} person* before you", "*{count} people* before you", ahead) : t("*Nobody* before you"))),
    wait !== null && h("span.wait", {}, picto("clock"), h("span", {}, bold(t("about *{count} min*", { count: minutes(wait) })))));
}

/** @param {Api.Service} service */
function head(service) {
  return h("div.head", {}, h("div", {}, h("h2", { "data-fit": true }, t("Your number")), h("p", { "data-fit": "tight" }, nameOf(service))), picto(service.pictogram));
}

/**
 * What became of this ticket's slip in a presenter's mouth; null when that is not known.
 * @param {import("./app.js").Kiosk} app
 * @param {Api.IssuedTicket} ticket
 */
function heldState(app, ticket) {
  const held = app.printer.held;
  return held && held.number === ticket.number && held.since >= Date.parse(ticket.issued_at) ? held.state : null;
}

/**
 * Whether this slip waits until the one before it is taken.
 * @param {import("./app.js").Kiosk} app
 * @param {Api.IssuedTicket} ticket
 */
const waitsBehind = (app, ticket) => ticket.print.state === "QUEUED" && app.printer.behind;

/**
 * @param {string} kind
 * @param {string | null} sheet
 * @param {string} title
 * @param {...Dom.Child} below
 */
const floor = (kind, sheet, title, ...below) => h("div.floor", { class: kind },
  h("span.slot", {}, h("i.mouth"), sheet === null ? h("i.gone", {}, picto("check")) : [h("i.sheet", {}, sheet), h("i.arrow", {}, picto("down"))]),
  h("div", {}, h("h1", {}, title), h("p", {}, below)));

/**
 * @param {import("./app.js").Kiosk} app
 * @param {Api.IssuedTicket} ticket
 */
function behindFloor(app, ticket) {
  const number = app.printer.held?.number;
  return floor("printed behind", number || "", number ? t("Please take slip {number} out of the machine", { number }) : faultText("not_taken"),
    t("Slip {number} comes after it.", { number: ticket.number }));
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {Api.IssuedTicket} ticket
 */
function slipFloor(app, ticket) {
  if (waitsBehind(app, ticket)) return behindFloor(app, ticket);
  const held = heldState(app, ticket);
  if (held === "taken") return floor("taken", null, t("Slip taken"), t("Please sit down until your number is called."));
  if (held === "thrown_out") return floor("printed", ticket.number, t("Slip fell out"), t("Look for it below the machine; then sit down until your number is called."));
  const printed = ticket.print.state === "PRINTED" || unproven(ticket.print);
  const late = unproven(ticket.print) || (!printed && app.printingLate);
  const title = printed ? t("Take your slip") : t("Printing the slip");
  const below = late ? [t("If you see no slip, please call an officer")]
    : [t("The slip comes out below."), h("br"), t("Please sit down until your number is called.")];
  return floor(printed ? "printed" : "printing", ticket.number, title, ...below);
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {Api.IssuedTicket} ticket
 */
function withoutPaper(app, ticket) {
  const address = ticket.follow_url;
  /**
   * @param {string} icon
   * @param {string} text
   */
  const row = (icon, text) => h("div", {}, picto(icon), h("p", { "data-fit": "tight" }, text));
  return h("div.trouble", {},
    h("div.what", {}, picto("no-paper"), h("div", {}, h("h2", { "data-fit": "tight" }, faultText(ticket.print.reason || app.printer.fault)), h("p", { "data-fit": "tight" }, t("Your number is still kept.")))),
    h("div.ways", { class: address ? "" : "alone" }, address && h("div.qr", {}, h("img", { src: `/t/${ticket.public_token}/qr.svg`, alt: address })),
      h("div.rows", {}, address && row("phone", t("Have a phone: scan this")),
        row("speaker", t("Remember the number, listen for “{number}”", { number: spelled(ticket.number) })),
        row("help", t("Or an officer writes a slip by hand")))));
}

/** @param {Api.IssuedTicket} ticket */
const tries = (ticket) => (ticket.position === null ? 0 : ticket.position - 1);

/**
 * The ticket on the screen; `update` draws it again when the printer spoke.
 * @param {import("./app.js").Kiosk} app
 * @param {{ ticket: Api.IssuedTicket }} options
 */
export function ticket(app, { ticket: given }) {
  const service = serviceNamed(given.service);
  const places = countersFor(given.service);
  const ahead = tries(given);
  const node = h("main.ticket");
  /** @type {Dom.Child[]} */
  const keys = [];
  let now = given;
  /** @type {ReturnType<typeof ring> | null} */
  let counting = null;
  const slipless = () => !unproven(now.print)
    && (UNPRINTED.includes(now.print.state) || (standsStill(app.printer.fault) && now.print.state !== "PRINTED"));
  const draw = () => {
    const failed = slipless();
    counting?.stop();
    counting = ring(failed ? NO_PAPER_S : waitsBehind(app, now) ? BEHIND_S : DONE_S, () => app.nextCitizen());
    const card = h("div.card1", { class: failed ? "short" : "", style: { "--colour": deep(service) } }, head(service), numberBand(now, service),
      !failed && h("div.tear"), toCounters(places), !failed && cord(ahead), footRow(ahead, given.estimated_wait_s));
    fill(node, card, failed ? withoutPaper(app, { ...given, ...now }) : slipFloor(app, now));
    node.dataset.print = now.print.state;
    keys.splice(0, keys.length, ...(failed ? failedKeys() : printedKeys()));
    app.drawBar(keys);
  };
  const printedKeys = () => [listenKey(app), key("wrong", "cross", t("Wrong choice"), () => cancelTicket(app, now)),
    helpKey(app, "call"), doneKey(t("Done"), counting, () => app.nextCitizen())];
  const failedKeys = () => [listenKey(app), helpKey(app, "call.dark"), doneKey(t("I remember my number"), null, () => app.nextCitizen(), "check")];
  const say = () => [`${t("Your number")}: ${spelled(given.number)}.`, t("Go to counter {names}.", { names: listed(counterRuns(places.map((place) => place.code))) }),
    plural("Before you: {count} person.", "Before you: {count} people.", ahead), slipless() ? `${faultText(now.print.reason || app.printer.fault)}. ${t("Your number is still kept.")}` : waitsBehind(app, now) ? faultText("not_taken") : t("Take your slip")];
  return {
    node, bar: keys, say, start: draw, touched: () => counting?.restart(), stop: () => counting?.stop(),
    update: (/** @type {Partial<Api.Ticket>} */ fresh) => {
      now = { ...now, ...fresh };
      app.data = { ticket: now }; // drawn anew, for other letters or another window, it is what it has become
      draw();
    },
  };
}
