// What the service gives this page when it opens: its part of the configuration, and its sentences.

import { takeFromAddress } from "./device.js";
import { addressOf, pause } from "./http.js";
import { page } from "./page_name.js";

export { page };

const RETRY_MS = 1000;
const WAIT_MS = 10000;
/** @type {RequestInit} */
const KEPT = { cache: "only-if-cached", mode: "same-origin" };

/** @param {RequestInit} how */
async function read(how) {
  const response = await fetch(addressOf(`page/${page}`), { ...how, signal: AbortSignal.timeout(WAIT_MS) });
  if (!response.ok) throw new TypeError(`the page is not given: ${response.status}`);
  return response.json();
}

/**
 * As the service gives it now, or else as it gave it last; without either it is asked again until it answers.
 * @returns {Promise<Api.Page>}
 */
async function load() {
  const waiting = document.getElementById("waiting");
  for (;;) {
    const answer = await read({}).catch(() => read(KEPT)).catch(() => null);
    if (answer) {
      waiting?.remove();
      return answer;
    }
    if (waiting) waiting.hidden = false;
    await pause(RETRY_MS);
  }
}

const RELOADED = "motcua.version";

/**
 * A page that was kept while the service was dead, and a service that came back as another version, are never mixed: the
 * page is opened anew, once.
 * @param {Api.Page} answer
 * @returns {Promise<Api.Page>}
 */
async function matched(answer) {
  const { version } = document.body.dataset;
  if (!version || !answer.version || answer.version === version) return answer;
  try {
    if (sessionStorage.getItem(RELOADED) !== answer.version) {
      sessionStorage.setItem(RELOADED, answer.version);
      location.reload();
      return new Promise(() => {});
    }
  } catch {
    // no store: the page goes on
  }
  return answer;
}

takeFromAddress(); // before anything is waited for: a token does not stay in sight
export const given = await matched(await load());
