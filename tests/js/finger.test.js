// What would be drawn anew under a finger waits until the finger has gone, but not for ever.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { FakeNode } from "./browser.js";
import { holdTimers, release, tick } from "./clock.js";
import { Finger } from "../../kiosk/web/static/lib/finger.js";

/** A glass, a finger, and what was done in which order; `at` moves the clock that a finger is timed by. */
function glass() {
  const place = new FakeNode("body");
  const done = [];
  let now = 10_000;
  mock.method(performance, "now", () => now);
  const finger = new Finger(place);
  return { finger, done, touch: (kind) => place.fire(kind), at: (ms) => { now = ms; }, does: (what) => () => done.push(what) };
}

test("nothing waits while nobody touches", () => {
  const { finger, done, does } = glass();
  finger.spares(does("draw"));
  assert.deepEqual(done, ["draw"]);
});

for (const end of ["pointerup", "pointercancel"]) {
  test(`under a finger it waits, and comes behind the click of ${end}`, () => {
    holdTimers();
    const { finger, done, touch, does } = glass();
    touch("pointerdown");
    assert.equal(finger.isDown, true);
    finger.spares(does("first"));
    finger.spares(does("last"));
    touch(end);
    assert.equal(finger.isDown, false);
    tick(49);
    done.push("click");
    tick(1);
    assert.deepEqual(done, ["click", "last"], "of several that wait the last one acts");
    touch("pointerdown");
    touch(end);
    tick(10_000);
    assert.deepEqual(done, ["click", "last"], "and once");
    release();
  });
}

test("a finger that never goes holds up nothing after three seconds", () => {
  holdTimers();
  const { finger, done, touch, at, does } = glass();
  touch("pointerdown");
  at(12_000);
  finger.spares(does("waited"));
  at(13_000);
  tick(999);
  assert.deepEqual(done, []);
  tick(1);
  assert.deepEqual(done, ["waited"], "though no other news comes");
  finger.spares(does("now"));
  touch("pointerup");
  tick(10_000);
  assert.deepEqual(done, ["waited", "now"], "and once");
  release();
});

test("what waited is forgotten when something newer acts, and waits on for the next finger", () => {
  holdTimers();
  const { finger, done, touch, does } = glass();
  touch("pointerdown");
  finger.spares(does("old"));
  touch("pointerup");
  finger.spares(does("new"));
  tick(100);
  assert.deepEqual(done, ["new"]);
  touch("pointerdown");
  finger.spares(does("again"));
  touch("pointerup");
  touch("pointerdown");
  tick(100);
  assert.deepEqual(done, ["new"], "the next finger is there");
  touch("pointerup");
  tick(50);
  assert.deepEqual(done, ["new", "again"]);
  release();
});
