// The ticket as it was last known, for a page that is opened while the service is dead, and the key by which the service
// tells this phone from another one that opens the same ticket. Nothing of it outlives a day.

import { newKey } from "../lib/http.js";

const PREFIX = "motcua.ticket.";
const KEYS = "motcua.phone.";
const DAY_MS = 24 * 3600 * 1000;

/**
 * @param {string} token of the ticket's address
 * @param {Api.PublicTicket} ticket
 */
export function keepTicket(token, ticket) {
  try {
    localStorage.setItem(PREFIX + token, JSON.stringify({ ticket, at: Date.now() }));
  } catch {
    // no store: nothing is shown until the service answers
  }
}

/** @param {string} token */
export function forgetTicket(token) {
  try {
    localStorage.removeItem(PREFIX + token);
  } catch {
    // nothing was kept
  }
}

/**
 * As it was last known and when (ms since 1970); null without one. Tickets of other days are forgotten.
 * @param {string} token
 * @returns {{ ticket: Api.PublicTicket, at: number } | null}
 */
export function keptTicket(token) {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX) || one.startsWith(KEYS))) {
      if (Date.now() - JSON.parse(localStorage.getItem(key) || "{}").at > DAY_MS) localStorage.removeItem(key);
    }
    return JSON.parse(localStorage.getItem(PREFIX + token) || "null");
  } catch {
    return null;
  }
}

/**
 * What this phone shows with each question about its ticket, since the rating is taken of the first one alone. A phone that can
 * keep nothing shows none: opened anew it would be another one.
 * @param {string} token
 * @returns {Record<string, string>}
 */
export function phoneHeaders(token) {
  try {
    const kept = JSON.parse(localStorage.getItem(KEYS + token) || "null") || { key: newKey(), at: Date.now() };
    localStorage.setItem(KEYS + token, JSON.stringify(kept));
    return { "Phone-Key": kept.key };
  } catch {
    return {};
  }
}
