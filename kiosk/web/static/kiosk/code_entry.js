// Looking up a dossier: its code by keypad or scanner.

import { api } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { isCallError, Problem } from "../lib/http.js";
import { shrink } from "../lib/shrink.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { cameraKey } from "./camera_key.js";
import { afterKey, laid } from "./code_typing.js";
import { bar, heading } from "./frame.js";
import { waitAfter, whileWaiting } from "./waiting.js";

const KEYS = [..."123456789", "H", "0", "."];

/** A code that is too long for its line goes on after one of its points. @param {string} text */
const parted = (text) => text.split(/(?<=[.-])/).flatMap((part) => [part, h("wbr")]);

/** @param {Problem} problem */
const refusal = (problem) => (problem.code === "too-many" ? t("Please call an officer.") : t("Not found. Please look at the code on the appointment slip again."));

/**
 * Show the dossier of a code, typed or scanned. What was typed stays until it was found: one wrong digit is mended by ←.
 * @param {import("./app.js").Kiosk} app
 * @param {string} text
 * @param {boolean} [isRepeated] the machine asks again by itself
 */
export async function lookUp(app, text, isRepeated = false) {
  if (app.busy) return;
  app.busy = true;
  const { turn } = app;
  try {
    const dossier = await api("GET", `dossiers/${encodeURIComponent(text)}`);
    if (app.turn !== turn) return;
    app.typed = "";
    app.show("dossier", { dossier });
  } catch (error) {
    if (!isCallError(error)) throw error;
    if (app.turn !== turn) return;
    const message = error instanceof Problem && error.status < 500 ? refusal(error) : t("No answer just now. Please touch “Show the dossier” again.");
    const wait = waitAfter(error, isRepeated, () => lookUp(app, text, true));
    app.show("code", wait ? { wait } : { message });
  } finally {
    app.busy = false;
  }
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ message?: string, wait?: import("./waiting.js").Wait }} [options] what came of the code that was tried
 */
export function code(app, { message = "", wait } = {}) {
  const field = h("div.code", { role: "status" });
  const go = h("button.key.go", { onclick: () => lookUp(app, laid(app.typed).text) }, picto("search"), h("span", {}, t("Show the dossier")));
  const waiting = whileWaiting(app, wait, go);
  const told = waiting.sentence || message;
  const below = h("p.message", { role: "alert", "data-fit": true }, told);
  const draw = () => {
    const { text, rest, whole } = laid(app.typed);
    fill(field, h("span.pattern", { "data-fit": true }, h("b", {}, parted(text)), h("span", {}, parted(rest))), undo);
    go.disabled = !whole;
    undo.disabled = app.typed === "";
    shrink(field);
  };
  /** @param {string} key */
  const press = (key) => {
    waiting.end();
    app.data = {}; // drawn anew, the screen says no more of what was tried before
    below.textContent = "";
    app.typed = afterKey(app.typed, key);
    draw();
  };
  const undo = h("button.undo", { onclick: () => press("←"), "aria-label": t("Delete the last sign") }, picto("left"));
  const words = [t("Look up a dossier"), t("Scan the appointment slip, or type the code printed on it.")];
  const pad = KEYS.map((key) => h("button", { onclick: () => press(key), "aria-label": key === "." ? t("point") : null }, key));
  return {
    node: h("main.entry", {}, heading(words[0], words[1], cameraKey(app)), field, below, h("div.pad", {}, pad), waiting.node),
    bar: bar(app, true), back: "home", say: told ? [told] : words, start: draw, stop: waiting.stop,
  };
}
