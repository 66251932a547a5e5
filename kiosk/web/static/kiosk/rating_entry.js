// Who wants to rate at the kiosk shows the slip to the scanner, or types the number that stands on it.

import { api } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { isCallError, newKey, Problem } from "../lib/http.js";
import { picto, sign } from "../lib/signs.js";
import { currentLanguage, shown, speak, t } from "../lib/words.js";
import { cameraKey } from "./camera_key.js";
import { bar, heading } from "./frame.js";
import { afterKey, DIGITS, numberOf } from "./rating_typing.js";

/** What the service refuses, in words. @type {Record<string, string>} */
const REFUSALS = {
  "unknown-ticket": "There is no such number today. Please look at your slip again.",
  "not-served": "An officer still works on this number. Please rate when the work is done.",
  "already-rated": "This visit has been rated already.",
  "too-late": "This visit ended too long ago to be rated here.",
  "too-many": "Please call an officer.",
};

/**
 * Ask for the one-time token of a ticket, and show the faces; what the service refuses is said on the first screen of rating.
 * @param {import("./app.js").Kiosk} app
 * @param {string} path
 * @param {object} body
 */
async function open(app, path, body) {
  if (app.busy) return;
  app.busy = true;
  const { turn } = app;
  try {
    const pass = await api("POST", path, body, { idempotencyKey: newKey() });
    if (app.turn !== turn) return;
    app.typed = "";
    if (currentLanguage() === shown.office.languages[0]) speak(pass.language);
    app.show("faces", { pass });
  } catch (error) {
    if (!isCallError(error)) throw error;
    if (app.turn === turn) app.show("rate", { message: refusal(error) });
  } finally {
    app.busy = false;
  }
}

/** @param {unknown} error */
function refusal(error) {
  if (!(error instanceof Problem) || error.status >= 500) return t("No answer just now. Please touch “Rate” again.");
  return REFUSALS[error.code] ? t(REFUSALS[error.code]) : error.title;
}

/**
 * The slip was held to the scanner.
 * @param {import("./app.js").Kiosk} app
 * @param {string} token
 */
export const openByToken = (app, token) => open(app, `public/tickets/${token}/rating-token`, {});

/** A sign a letter: that of the first service which has it. */
const letters = () => shown.services.filter((one, place, all) => all.findIndex((other) => other.letter === one.letter) === place);

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ message?: string }} [options] what came of the number that was tried
 */
export function rate(app, { message = "" } = {}) {
  const field = h("div.code", { role: "status" });
  const below = h("p.message", { role: "alert", "data-fit": true }, message);
  const go = h("button.key.go", { onclick: () => open(app, "ratings/token", { number: numberOf(app.typed) }) }, picto("happy"), h("span", {}, t("Rate")));
  const draw = () => {
    fill(field, h("span.pattern", {}, h("b", {}, app.typed), h("span", {}, app.typed ? "" : "– – – –")), undo);
    go.disabled = !numberOf(app.typed);
    undo.disabled = app.typed === "";
  };
  /** @param {string} key */
  const press = (key) => {
    below.textContent = "";
    app.typed = afterKey(app.typed, key);
    draw();
  };
  const undo = h("button.undo", { onclick: () => press("←"), "aria-label": t("Delete the last sign") }, picto("left"));
  const keys = [...letters().map((one) => h("button.sign-key", { onclick: () => press(one.letter), "aria-label": one.letter }, sign(one))),
    ...[...DIGITS].map((digit) => h("button", { onclick: () => press(digit) }, digit))];
  const words = [t("How did the officer serve you?"), t("Hold the square of your slip to the scanner, or type your number.")];
  return {
    node: h("main.entry.rating", { class: keys.length > 20 ? "many" : "" }, heading(words[0], words[1], cameraKey(app)), field, below, h("div.pad", {}, keys), go),
    bar: bar(app, true), back: "home", say: message ? [message] : words, start: draw,
  };
}
