// How soon kiosk, tablet and phone are live again once a dead service is back: by a clock that the test moves, whenever it
// comes back, with the longest rest that chance gives.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openBrowser } from "./browser.js";
import { holdTimers, release, setTime, tick } from "./clock.js";
import { given } from "./office.js";

const WITHIN_MS = 2000;
const STEP_MS = 50;
const RETURNS_MS = Array.from({ length: 31 }, (_, n) => 7000 + 100 * n); // after so long without a service

openBrowser({ given: given() });
const { followLive } = await import("../../kiosk/web/static/lib/liveness.js");
const { TicketLine } = await import("../../kiosk/web/static/ticket/line.js");

const real = { random: Math.random, setInterval: globalThis.setInterval, fetch: globalThis.fetch };
let isThere = true;
/** @type {ReadableStreamDefaultController<Uint8Array>[]} */
let open = [];

const beat = () => new TextEncoder().encode(": beat\n\n");

/** A stream that speaks, or an answer; nothing at all while the service is dead. */
async function fetched(address) {
  if (!isThere) throw new TypeError("Failed to fetch");
  if (!String(address).includes("stream")) return new Response(JSON.stringify({ number: "A001", service: "HT" }));
  return new Response(new ReadableStream({ start(controller) { open.push(controller); controller.enqueue(beat()); } }));
}

function dies() {
  isThere = false;
  for (const one of open) one.error(new TypeError("network error"));
  open = [];
}

/** Whatever waits for an answer has it; no time passes. */
async function settled() {
  for (let n = 0; n < 8; n += 1) await new Promise((resolve) => { setImmediate(resolve); });
}

/** @param {number} ms */
async function passes(ms) {
  for (let gone = 0; gone < ms; gone += STEP_MS) {
    tick(STEP_MS);
    await settled();
  }
}

before(() => {
  holdTimers();
  setTime(1_700_000_000_000);
  Math.random = () => 0.999;
  globalThis.setInterval = /** @type {any} */ (() => 0);
  globalThis.fetch = /** @type {any} */ (fetched);
});

after(() => {
  release();
  Object.assign(globalThis, { setInterval: real.setInterval, fetch: real.fetch });
  Math.random = real.random;
});

/** @param {(told: (isLive: boolean) => void) => void} follow */
async function isBackInTime(follow) {
  let isLive = false;
  follow((is) => { isLive = is; });
  await settled();
  assert.equal(isLive, true);
  for (const ms of RETURNS_MS) {
    dies();
    await settled();
    assert.equal(isLive, false, "a dead service is known at once");
    await passes(ms);
    assert.equal(isLive, false);
    isThere = true;
    await passes(WITHIN_MS);
    assert.equal(isLive, true, `back after ${ms} ms, and the page is not`);
  }
}

test("kiosk and tablet are live within two seconds of the service's return", () => isBackInTime((told) => {
  followLive({ load: async () => isThere, onLive: told });
}));

test("a phone is live within two seconds of the service's return", () => isBackInTime((told) => {
  const line = new TicketLine("7Qm3xKp2vR9s", { number: "", service: "", onTicket() {}, onGone() {}, onOpen() {}, onLine: told });
  line.start();
}));
