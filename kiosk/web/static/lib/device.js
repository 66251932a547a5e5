// Who this device is: its page's role, the counter in the address, and its token.

import { page } from "./page_name.js";

/** @type {Record<string, string>} */
const ROLES = { voices: "admin", filing: "kiosk" };

/** What the device of this page is for the service. */
export const role = ROLES[page] ?? page;

const counter = new URLSearchParams(location.search).get("counter");
const KEY = `motcua.${page === "filing" ? page : role}${counter ? `.${counter}` : ""}`;

/** The counter in the address of this page (?counter=1), or null. */
export const counterCode = counter;

/** The token of this device; null without one, and where the browser denies the page its store. */
export function token() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {string} text */
export const keepToken = (text) => localStorage.setItem(KEY, text);

/** Forget the token; with `used` only while it is still the one that is kept. */
export function dropToken(used = token()) {
  if (used && token() === used) localStorage.removeItem(KEY);
}

/** Keep the token that stands behind the # of the address, and take it out of sight. */
export function takeFromAddress() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!given) return;
  keepToken(given);
  history.replaceState(null, "", location.pathname + location.search);
}
