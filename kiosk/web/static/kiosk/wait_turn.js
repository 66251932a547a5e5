// After too many wrong codes at this machine the next citizen is not sent away: the machine waits for him and asks again.

import { h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { t } from "../lib/words.js";
import { ring } from "./ring.js";

const LONGEST_S = 60; // who would wait longer is helped sooner by an officer

/** @typedef {{ at: number, again: () => void }} Turn */

/**
 * What a screen shows of a refusal that is asked again by itself: the sentence, and when; null when only an officer helps.
 * @param {unknown} error
 * @param {() => void} again
 */
export function turnAfter(error, again) {
  if (!(error instanceof Problem) || error.code !== "too-many") return null;
  const wait = Number(error.facts.wait_s);
  if (!(wait > 0 && wait <= LONGEST_S)) return null;
  return { message: t("Please wait: the machine goes on by itself. Or call an officer."), turn: { at: Date.now() + wait * 1000, again } };
}

/**
 * Stands in the place of a screen's key until the turn has come or `end()` puts the key back. Who waits is not asked
 * whether he is still there.
 * @param {import("./app.js").Kiosk} app
 * @param {Turn | undefined} turn
 * @param {HTMLElement} key
 */
export function untilTurn(app, turn, key) {
  if (!turn) return { node: key, end() {}, stop() {} };
  app.lastTouch = Math.max(app.lastTouch, turn.at);
  const counting = ring(Math.max(1, Math.ceil((turn.at - Date.now()) / 1000)), turn.again);
  const node = h("div.key.go.waiting", {}, counting.node, h("span", {}, t("Please wait")));
  return {
    node,
    end() {
      counting.stop();
      node.replaceWith(key);
    },
    stop: counting.stop,
  };
}
