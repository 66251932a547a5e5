// Small windows over the console: transfer, hold, a row of the queue, any number, all keys, sign-in.

import { fill, h } from "../lib/dom.js";
import { sign } from "../lib/signs.js";
import { counterCode } from "../lib/device.js";
import { figures, shown, t } from "../lib/words.js";
import { openByHand } from "./by_hand.js";
import { call, cancel, giveBack, hold, recall, reprint, transfer } from "./actions.js";
import { keyCap, signOfNumber } from "./citizen.js";
import { signOf } from "./keys.js";
import { state } from "./model.js";
import { reasonWords } from "./reasons.js";
import { choose, dialog, hasKey, openDialog } from "./windows.js";

/** A window about the citizen at the counter ends with him. */
export function closeOfOthers() {
  const box = openDialog();
  if (box?.dataset.ticket && box.dataset.ticket !== state.counter.ticket?.id) box.close();
}

/**
 * A question before something that may not be meant; `go` when it is.
 * @param {string} words
 * @param {() => void} go
 */
function ask(words, go) {
  const box = dialog(t("Transfer all the same?"), [
    h("p", {}, words),
    h("div.choices", {}, h("button.choice", { type: "button", onclick: choose(go) }, h("span", {}, t("Yes, transfer")))),
  ]);
  if (state.counter.ticket) box.dataset.ticket = state.counter.ticket.id;
}

function openTransfer() {
  const ticket = state.counter.ticket;
  if (!ticket) return;
  const keep = h("input", { type: "checkbox", id: "keep" });
  /** @param {{ service?: string, counter?: string }} target */
  const go = (target) => choose(() => transfer(ticket, { ...target, keep: keep.checked }, ask));
  const services = shown.services.filter((service) => service.code !== ticket.service);
  const counters = shown.counters.filter((counter) => counter.code !== counterCode);
  /** @type {Record<string, () => void>} */
  const keys = {};
  for (const service of services) keys[service.letter] = go({ service: service.code });
  for (const counter of counters.filter(hasKey)) keys[counter.code] = go({ counter: counter.code });
  const box = dialog(t("Where should {number} go?", { number: ticket.number }), [
    h("p.soft", {}, t("The number and the place by arrival are kept.")),
    h("div.choices", {}, services.map((service) => h("button.choice", { type: "button", onclick: keys[service.letter], "data-service": service.code }, sign(service), h("span", {}, service.name), keyCap(service.letter)))),
    h("div.choices.narrow", {}, counters.map((counter) => h("button.choice", { type: "button", onclick: go({ counter: counter.code }), "data-counter": counter.code }, h("b.plate", {}, counter.code), h("span", {}, counter.officer || counter.name), hasKey(counter) && keyCap(counter.code)))),
    h("label.check", {}, keep, t("Also note what was done here (a second matter of the same visit)")),
  ], keys);
  box.dataset.ticket = ticket.id;
}

function openHold() {
  const ticket = state.counter.ticket;
  if (!ticket) return;
  /** @param {string | null} reason */
  const go = (reason) => choose(() => hold(ticket, reason));
  const reasons = ["missing-papers", "relative", "copies"];
  const own = h("input", { type: "text", maxlength: "120", placeholder: t("Another reason, then Enter"), "aria-label": t("Another reason, then Enter") });
  own.addEventListener("keydown", (event) => { if (event.key === "Enter") go(own.value.trim() || null)(); });
  const box = dialog(t("Why is {number} held?", { number: ticket.number }),
    [h("div.choices", {}, reasons.map((reason, index) => h("button.choice", { type: "button", onclick: go(reason) }, h("span", {}, reasonWords(reason)), keyCap(String(index + 1))))), own],
    Object.fromEntries(reasons.map((reason, index) => [String(index + 1), go(reason)])));
  box.dataset.ticket = ticket.id;
}

/** @param {Api.Ticket} ticket */
function openRow(ticket) {
  /**
   * @param {string} words
   * @param {() => void} run
   */
  const one = (words, run) => h("button.choice", { type: "button", onclick: choose(run) }, h("span", {}, words));
  const waiting = ticket.state === "WAITING";
  dialog(h("span.headed", {}, signOfNumber(ticket.number), figures(ticket.number)), h("div.choices", {}, [
    waiting ? one(t("Call it to this counter now"), () => call(ticket.number)) : one(t("Call it to this counter now"), () => recall(ticket)),
    !waiting && one(t("Back into the queue, at its place by arrival"), () => giveBack(ticket)),
    Object.keys(state.equipment?.printers || {}).length > 0 && one(t("Print the slip again"), () => reprint(ticket)),
    ["WAITING", "ON_HOLD"].includes(ticket.state) && one(t("The citizen gives up: cancel the number"), () => cancel(ticket)),
  ]));
}

/** Any number: digits are typed, the letter is the one of this counter's first service until another is chosen. */
function openNumber(first = "") {
  let letter = letterFor(first);
  let chosen = false;
  let typed = first;
  const [number, letters] = [h("p.typed"), h("div.letters")];
  const box = dialog(t("Call any number"), [number, letters, h("p.soft", {}, t("Type the digits, a letter to change the service, then Enter."))]);
  const show = () => {
    const service = shown.services.find((one) => one.letter === letter);
    fill(number, service && sign(service), h("span", {}, typed.padStart(3, "0")));
    fill(letters, shown.services.map((one) => h(`button${one.letter === letter ? ".now" : ""}`, { type: "button", title: one.name, onclick: () => { letter = one.letter; chosen = true; show(); } }, sign(one))));
  };
  box.addEventListener("keydown", (event) => {
    const found = signOf(event.code);
    if (/^\d$/.test(found) && typed.length < 4) typed += found;
    else if (event.code === "Backspace") typed = typed.slice(0, -1);
    else if (shown.services.some((one) => one.letter === found)) [letter, chosen] = [found, true];
    else if (event.code === "Enter" || event.code === "NumpadEnter") {
      event.preventDefault();
      box.close();
      if (Number(typed)) call(`${letter}${typed.padStart(3, "0")}`);
      return;
    } else return;
    event.preventDefault();
    if (!chosen) letter = letterFor(typed);
    show();
  });
  show();
}

/** @param {string} typed */
function letterFor(typed) {
  const { waiting, held, absent } = state.queue;
  const known = [...waiting.map((item) => item.ticket), ...held, ...absent].find((ticket) => Number(figures(ticket.number)) === Number(typed));
  return known ? known.number[0] : shown.services.find((one) => one.code === state.counter.services[0])?.letter || "A";
}

//t: Next step | Pause or open | Dossier code | Hand the counter over
const KEYS = [
  ["Space bar", "0", "Next step"], ["R", "+", "Call again"], ["V", "−", "Absent"], ["C", "*", "Transfer"], ["G", "/", "Hold"],
  ["X", "", "Done, stop calling"], ["Z", ".", "Undo"], ["P", "", "Pause or open"], ["M", "", "Dossier code"], ["B", "", "Hand the counter over"], ["1 … 9", "1 … 9", "Call any number"],
];

function openKeys() {
  dialog(t("All keys"), h("table.keys", {}, h("tr", {}, h("th", {}, t("Key")), h("th", {}, t("Number pad")), h("th", {}, t("What it does"))),
    KEYS.map(([key, pad, words]) => h("tr", {}, h("td", {}, keyCap(t(key), key.length > 1)), h("td", {}, pad && keyCap(pad)), h("td", {}, t(words))))));
}

export const dialogs = { transfer: openTransfer, hold: openHold, row: openRow, number: () => openNumber(), startNumber: openNumber, byHand: openByHand, keys: openKeys };
