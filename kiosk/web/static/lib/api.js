// Calls of the service with the token of this device; a device without one asks to be paired.

import { dropToken, keepToken, takeFromAddress, token } from "./device.js";
import { isCallError, json, request } from "./http.js";
import { pair } from "./pairing.js";

/** @type {Promise<void> | null} */
let pairing = null;

/**
 * The headers that carry a token.
 * @param {string | null} used
 * @returns {Record<string, string>}
 */
export const bearer = (used) => (used ? { Authorization: `Bearer ${used}` } : {});

/**
 * One call: `path` is "tickets" or "/api/v1/tickets". Answers the JSON body, null for 204.
 * Throws Problem (the service refused) or Unreachable. A token that counts no more is dropped and pairing begins.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {{ idempotencyKey?: string, waitMs?: number }} [options] `waitMs`: longest wait for the answer
 */
export async function api(method, path, body, { idempotencyKey = "", waitMs } = {}) {
  const used = token();
  const headers = { ...bearer(used), ...(idempotencyKey ? { "Idempotency-Key": idempotencyKey } : {}) };
  const response = await request(method, path, body, { headers, waitMs });
  if (response.status === 401) await lost(used);
  return json(response);
}

/**
 * The token is no longer good: forget it and pair again.
 * @param {string | null} used
 */
export async function lost(used) {
  dropToken(used);
  await ready();
}

/** Resolves once this device holds a token; until then a calm screen shows the pairing code. */
export async function ready() {
  takeFromAddress();
  if (token()) return;
  pairing = pairing || pair().then(keepToken).finally(() => { pairing = null; });
  await pairing;
}

/**
 * Tell the service that this device is there, and what it shows.
 * @param {{ screen?: string }} [report]
 */
export async function beat(report = {}) {
  try {
    await api("POST", "devices/heartbeat", { state: "online", ...report });
  } catch (error) {
    if (!isCallError(error)) throw error;
  }
}
