// After too many wrong codes at this machine the next citizen is not sent away: the machine waits for him and asks again.

import { h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { t } from "../lib/words.js";
import { ring } from "./ring.js";

const LONGEST_S = 60; // who would wait longer is helped sooner by an officer
const REST_S = 2; // of a clock that goes a little slower than the service's

/** @typedef {{ until: number, again: () => void, isRepeated: boolean, isOver: boolean }} Wait */

/**
 * How long a refused look-up is waited for until `again` is called; null when an officer helps sooner. It is asked again
 * once: whoever uses up the tries of this machine keeps it from nobody for long.
 * @param {unknown} error
 * @param {boolean} isRepeated this was asked again by itself already
 * @param {() => void} again
 * @returns {Wait | null}
 */
export function waitAfter(error, isRepeated, again) {
  if (!(error instanceof Problem) || error.code !== "too-many") return null;
  const seconds = Number(error.facts.wait_s);
  if (!(seconds > 0 && seconds <= (isRepeated ? REST_S : LONGEST_S))) return null;
  return { until: Date.now() + seconds * 1000, again, isRepeated, isOver: false };
}

/**
 * Stands in the place of a screen's key until the wait is over or `end()` puts the key back. Who waits is not asked
 * whether he is still there.
 * @param {import("./app.js").Kiosk} app
 * @param {Wait | undefined} wait
 * @param {HTMLElement} key
 */
export function whileWaiting(app, wait, key) {
  if (!wait || wait.isOver) return { node: key, sentence: "", end() {}, stop() {} };
  if (!wait.isRepeated) app.lastTouch = Math.max(app.lastTouch, wait.until);
  const counting = ring(Math.max(1, Math.ceil((wait.until - Date.now()) / 1000)), () => {
    wait.isOver = true;
    wait.again();
  });
  const node = h("div.key.go.waiting", {}, counting.node, h("span", {}, t("Please wait")));
  return {
    node,
    sentence: t("Please wait: the machine goes on by itself. Or call an officer."),
    end() {
      wait.isOver = true;
      counting.stop();
      node.replaceWith(key);
    },
    stop: counting.stop,
  };
}
