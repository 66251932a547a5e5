// One idea of "the line is alive" for every page: what makes it so, what ends it, and what a page is told.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openBrowser } from "./browser.js";
import { given } from "./office.js";
import { holdTimers, release, tick } from "./clock.js";

openBrowser({ given: given() });
const { Liveness } = await import("../../kiosk/web/static/lib/liveness.js");

const settled = () => new Promise((resolve) => { setImmediate(resolve); });

/** A page that notes what it is told; each load is answered by `answers` in turn, then by true. */
function page(answers = []) {
  const told = [];
  const loads = [];
  const liveness = new Liveness({
    load: () => { loads.push(1); return Promise.resolve(answers.length ? answers.shift() : true); },
    onLive: (isLive) => told.push(isLive),
  });
  return { liveness, told, loads };
}

test("an open stream alone is not enough: the page must have been read since", async () => {
  let answer = () => {};
  const told = [];
  const liveness = new Liveness({ load: () => new Promise((resolve) => { answer = resolve; }), onLive: (isLive) => told.push(isLive) });
  liveness.opened();
  liveness.heard(true);
  assert.deepEqual(told, []);
  answer(true);
  await settled();
  assert.deepEqual(told, [true]);
});

test("a line that is lost is told at once, and the service is asked whether it is there", async () => {
  const { liveness, told, loads } = page();
  liveness.opened();
  await settled();
  liveness.heard(false);
  assert.deepEqual(told, [true, false]);
  assert.equal(loads.length, 2);
});

test("a line that comes back without a word of its opening is read anew as well", async () => {
  const { liveness, told, loads } = page();
  liveness.opened();
  await settled();
  liveness.heard(false);
  liveness.heard(true);
  await settled();
  assert.deepEqual(told, [true, false, true]);
  assert.equal(loads.length, 3);
});

test("a read that fails is tried again while the stream is open", async () => {
  const { liveness, told, loads } = page([false, false]);
  holdTimers();
  liveness.opened();
  for (let n = 0; n < 4; n += 1) { await settled(); tick(1000); }
  release();
  await settled();
  assert.deepEqual(told, [true]);
  assert.equal(loads.length, 3);
});

test("a read that was begun before the line broke makes nothing fresh", async () => {
  /** @type {((is: boolean) => void)[]} */
  const answers = [];
  const told = [];
  const liveness = new Liveness({ load: () => new Promise((resolve) => { answers.push(resolve); }), onLive: (isLive) => told.push(isLive) });
  liveness.opened();
  liveness.heard(false);
  liveness.opened();
  answers[0](true);
  await settled();
  assert.deepEqual(told, [false]);
  answers[2](true);
  await settled();
  assert.deepEqual(told, [false, true]);
});

test("a line that never opened is told as lost once", () => {
  const { liveness, told } = page([false, false]);
  liveness.heard(false);
  liveness.heard(false);
  assert.deepEqual(told, [false]);
});
