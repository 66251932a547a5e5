// Looking up a dossier: its code by keypad or scanner.

import { api } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { afterKey, laid, scanReader } from "./code_typing.js";
import { bar, heading } from "./frame.js";

const KEYS = [..."123456789", "H", "0", "←"];

/** @param {Problem} problem */
const refusal = (problem) => (problem.code === "too-many" ? t("Please call an officer.") : t("Not found. Please look at the code on the appointment slip again."));

/** @param {import("./app.js").Kiosk} app */
export function code(app) {
  const entry = { typed: "", busy: false };
  const field = h("div.code", { "aria-live": "polite" });
  const message = h("p.message");
  const go = h("button.key.go", { onclick: () => search(laid(entry.typed).text) }, picto("search"), h("span", {}, t("Show the dossier")));
  const draw = () => {
    const { text, rest, whole } = laid(entry.typed);
    fill(field, h("b", {}, text), h("span", {}, rest));
    go.disabled = !whole || entry.busy;
  };
  /** @param {string} key */
  const press = (key) => {
    message.textContent = "";
    entry.typed = afterKey(entry.typed, key);
    draw();
  };
  /** @param {string} text */
  const search = async (text) => {
    if (entry.busy) return;
    entry.busy = true;
    draw();
    try {
      app.show("dossier", { dossier: await api("GET", `dossiers/${encodeURIComponent(text)}`) });
    } catch (error) {
      if (error instanceof Problem && error.status < 500) message.textContent = refusal(error);
      else app.failed(error);
    }
    Object.assign(entry, { busy: false, typed: "" });
    draw();
  };
  const scan = scanReader(search);
  const words = [t("Look up a dossier"), t("Scan the appointment slip, or type the code printed on it.")];
  const pad = KEYS.map((key) => h("button", { onclick: () => press(key) }, key === "←" ? picto("left") : key));
  return {
    node: h("main.entry", {}, heading(words[0], words[1]), field, message, h("div.pad", {}, pad), go),
    bar: bar(app, true), back: "home", say: words,
    start: () => { draw(); document.addEventListener("keydown", scan); }, stop: () => document.removeEventListener("keydown", scan),
  };
}
