// A page whose part of the configuration changed is opened anew, once nobody is in the middle of something.

import { given } from "./page.js";
import { isCallError, json, request } from "./http.js";
import { page } from "./page_name.js";

const CALM_MS = 500;

/** Whether the service shows something else now than when this page opened. */
async function isOutdated() {
  // The browser keeps what it was told, and its ETag: asking again costs nothing.
  const now = await json(await request("GET", `page/${page}`, undefined, { cache: "no-cache" }));
  return JSON.stringify(now) !== JSON.stringify(given);
}

/**
 * `hear` takes each event, `check` asks when a line was opened anew; `isCalm`: the page may be opened anew now.
 * @param {() => boolean} isCalm
 */
export function watchConfiguration(isCalm) {
  let waiting = false;

  const reopen = () => {
    if (isCalm()) location.reload();
    else setTimeout(reopen, CALM_MS);
  };

  const check = async () => {
    if (waiting) return;
    try {
      if (!(await isOutdated())) return;
    } catch (error) {
      if (!isCallError(error)) throw error;
      return; // asked again when the line opens
    }
    waiting = true;
    reopen();
  };

  return {
    check,
    /** @param {Api.Event} event */
    hear(event) {
      if (event.type === "office.configured") check();
    },
  };
}
