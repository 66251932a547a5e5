// Looking for a procedure in one's own words: big letters without marks, and what the service finds for them.

import { api } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { isCallError, pause } from "../lib/http.js";
import { shrink } from "../lib/shrink.js";
import { picto } from "../lib/signs.js";
import { currentLanguage, t } from "../lib/words.js";
import { bar, heading } from "./frame.js";
import { lay } from "./parts.js";
import { procedureKey } from "./procedures.js";

const LETTERS = [..."ABCDEGHIKLMNOPQRSTUVXY"]; // Vietnamese has no others; marks come by themselves
const LATIN = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const [SHOWN, MOST_LETTERS, QUIET_MS] = [4, 40, 250];

/**
 * What stands typed after a key: a letter, " " (one at a time) or "←".
 * @param {string} typed
 * @param {string} sign
 */
export function afterSign(typed, sign) {
  if (sign === "←") return typed.slice(0, -1);
  if (typed.length >= MOST_LETTERS || (sign === " " && (typed === "" || typed.endsWith(" ")))) return typed;
  return typed + sign;
}

/**
 * What the service finds; null without an answer.
 * @param {string} words
 * @returns {Promise<Api.Procedure[] | null>}
 */
async function lookFor(words) {
  if (!words.trim()) return [];
  try {
    return (await api("GET", `procedures?query=${encodeURIComponent(words)}`)).procedures;
  } catch (error) {
    if (!isCallError(error)) throw error;
    return null;
  }
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {Api.Procedure[] | null} rows
 * @param {string} typed
 */
function results(app, rows, typed) {
  if (rows?.length) return rows.slice(0, SHOWN).map((row) => procedureKey(app, row, { screen: "search", data: { typed } }));
  if (!typed.trim()) return null;
  return h("p.nothing", {}, rows ? t("Nothing found. Please ask an officer, or use other words.") : t("No answer just now. Please touch a letter again."));
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ typed?: string }} [options] what was typed before, when somebody comes back to it
 */
export function search(app, { typed = "" } = {}) {
  const field = h("div.code.asked", { role: "status" });
  const found = h("div.list.found", { "aria-live": "polite" });
  const undo = h("button.undo", { onclick: () => press("←"), "aria-label": t("Delete the last sign") }, picto("left"));
  const { turn } = app;
  let words = typed;

  function draw() {
    fill(field, h("span.pattern", { "data-fit": true }, words ? h("b", {}, words) : h("span", {}, t("for example: birth certificate lost"))), undo);
    undo.disabled = words === "";
    shrink(field);
  }
  /** @param {string} sign */
  function press(sign) {
    words = afterSign(words, sign);
    app.data = { typed: words };
    draw();
    ask();
  }
  async function ask() {
    const asked = words;
    await pause(QUIET_MS);
    if (asked !== words || app.turn !== turn) return;
    const rows = await lookFor(asked);
    if (asked !== words || app.turn !== turn) return;
    fill(found, results(app, rows, words));
    lay();
  }

  const isVietnamese = currentLanguage() === "vi";
  const letters = (isVietnamese ? LETTERS : LATIN).map((sign) => h("button", { onclick: () => press(sign) }, sign));
  const space = h("button.space", { onclick: () => press(" "), "aria-label": t("space") }, "␣");
  const node = h("main.entry.search", { class: isVietnamese ? "" : "latin" }, heading(t("What do you need?"), t("Touch the letters; no marks are needed.")), field, found, h("div.letters", {}, letters, space));
  return {
    node, bar: bar(app, true), back: "papers", say: [t("What do you need?"), t("Touch the letters; no marks are needed.")],
    start: () => { draw(); ask(); },
  };
}
