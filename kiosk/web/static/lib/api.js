// Calls of the service with the token of this device; a device without one asks to be paired.

import { fill, h } from "./dom.js";
import { page, t } from "./words.js";

const BASE = "/api/v1";
const POLL_MS = 2000;
const WAIT_MS = 10000;

/** A refusal of the service: `code` never changes, `title` is for people. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.title || body.code);
    Object.assign(this, { status, code: body.code || "internal", title: body.title || "", detail: body.detail || "", facts: body });
  }
}

/** The service could not be reached, or gave no answer in time. */
export class Unreachable extends Error {}

const counter = new URLSearchParams(location.search).get("counter");
const NAMES = { kiosk: "kiosk", tablet: "tablet", counter: "counter", board: "board" };
export const role = NAMES[page] || page;
const KEY = `motcua.${role}${counter ? `.${counter}` : ""}`;
let pairing = null;

/** The counter in the address of this page (?counter=1), or null. */
export const counterCode = counter;

export const token = () => localStorage.getItem(KEY);

function fromFragment() {
  const found = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!found) return;
  localStorage.setItem(KEY, found);
  history.replaceState(null, "", location.pathname + location.search);
}

/** A key for one tap: the same key again never makes a second ticket. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send(method, path, body, headers) {
  const options = { method, headers, signal: AbortSignal.timeout(WAIT_MS), cache: "no-store", credentials: "same-origin" };
  if (body !== undefined && body !== null) {
    options.body = JSON.stringify(body);
    headers["Content-Type"] = "application/json";
  }
  try {
    return await fetch(path.startsWith("/") ? path : `${BASE}/${path}`, options);
  } catch (error) {
    throw new Unreachable(error.message);
  }
}

async function answer(response) {
  if (response.status === 204) return null;
  const json = (response.headers.get("Content-Type") || "").includes("json");
  const body = json ? await response.json() : { code: "internal", title: "" };
  if (!response.ok) throw new Problem(response.status, body);
  return body;
}

/**
 * One call: `path` is "tickets" or "/api/v1/tickets". Answers the JSON body, null for 204.
 * Throws Problem (the service refused) or Unreachable. A token that counts no more is dropped and pairing begins.
 */
export async function api(method, path, body, { idempotencyKey, anonymous = false } = {}) {
  const headers = {};
  const used = token();
  if (used && !anonymous) headers.Authorization = `Bearer ${used}`;
  if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
  const response = await send(method, path, body, headers);
  if (response.status === 401 && !anonymous) await lost(used);
  return answer(response);
}

/** The token is no longer good: forget it and start the page afresh, which pairs again. */
export async function lost(used) {
  if (used && token() === used) localStorage.removeItem(KEY);
  await ready();
}

/** Resolves once this device holds a token; until then a calm screen shows the pairing code. */
export function ready() {
  fromFragment();
  if (token()) return Promise.resolve(token());
  pairing = pairing || pair().finally(() => { pairing = null; });
  return pairing;
}

async function pair() {
  const screen = h("div.pairing", {}, h("div.band"), h("main", {}));
  document.body.append(screen);
  try {
    for (;;) {
      const found = await collect(screen.lastChild, await ask(screen.lastChild));
      if (!found) continue;
      localStorage.setItem(KEY, found);
      return found;
    }
  } finally {
    screen.remove();
  }
}

async function ask(main) {
  const wanted = { role, name: counter ? `${role}-${counter}` : role, ...(counter ? { counter } : {}) };
  for (;;) {
    try {
      return await api("POST", "devices/pair", wanted, { anonymous: true });
    } catch (error) {
      showPairing(main, null, error instanceof Problem ? error.title : t("The service does not answer yet. This page keeps trying."));
      await pause(POLL_MS);
    }
  }
}

async function collect(main, asked) {
  if (asked.state === "waiting") showPairing(main, asked.code, "");
  for (;;) {
    try {
      const now = await api("GET", `devices/pair/${asked.code}`, null, { anonymous: true });
      if (now.token) return now.token;
      if (now.state !== "waiting") return null;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
    }
    await pause(POLL_MS);
  }
}

function showPairing(main, code, trouble) {
  fill(
    main,
    h("h1", {}, t("This device is not paired yet")),
    code && h("p.code", {}, `${code.slice(0, 4)}\u00a0${code.slice(4)}`),
    code && h("p", {}, t("Please ask the administrator to accept this code on the page Devices.")),
    trouble && h("p", {}, trouble),
  );
}

export const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
