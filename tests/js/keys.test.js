// The clerk's keyboard: keys by their place, and a scanner at any pace, wherever the cursor is.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";

import { holdTimers, release, tick } from "./clock.js";

import { openBrowser } from "./browser.js";

const { document } = openBrowser({ page: "counter" });
const { inField, listen, signOf } = await import("../../kiosk/web/static/console/keys.js");

const heard = { keys: [], scans: [], halves: [], refused: [], busy: false, opens: false };
listen({
  onKey: (code) => { heard.keys.push(code); heard.busy ||= heard.opens; }, onScan: (code) => heard.scans.push(code), onHalf: (text) => heard.halves.push(text),
  onRefused: (why) => heard.refused.push(why), busy: () => heard.busy,
});

let now = 0;
const body = { matches: () => false };
const CODE = "000.00.53.H48-240415-0003";
const KEYS = { ".": "Period", "-": "Minus", "]": "BracketRight", "/": "Slash", "=": "Equal", " ": "Space" };
const keyOf = (sign) => KEYS[sign] || (/\d/.test(sign) ? `Digit${sign}` : `Key${sign.toUpperCase()}`);

/** One key, `after` ms behind the one before; answers whether the page kept it from the browser. */
function press(code, after, more = {}) {
  tick(after);
  now += after;
  let kept = false;
  const event = { code, key: code, target: body, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, repeat: false, timeStamp: now, preventDefault() { kept = true; }, stopPropagation() {}, ...more };
  document.fire("keydown", event);
  return kept;
}

/** A text at such gaps (a number, or a function of the place), then the ending key; then silence. */
function scan(text, gaps, { end = "Enter", more = {} } = {}) {
  const gap = typeof gaps === "function" ? gaps : () => gaps;
  [...text].forEach((sign, index) => press(keyOf(sign), index ? gap(index) : 0, more));
  if (end) press(end, gap(text.length), more);
  rest(600);
}

function rest(ms) {
  tick(ms);
  now += ms;
}

/** A field with the cursor; what is typed stands in it. */
function field(id, value) {
  const made = document.createElement("input");
  Object.assign(made, { matches: () => true, value, id });
  return made;
}

beforeEach(() => {
  Object.assign(heard, { keys: [], scans: [], halves: [], refused: [], busy: false, opens: false });
  holdTimers();
  now += 10_000;
  mock.method(performance, "now", () => now);
});

afterEach(() => {
  release();
  mock.restoreAll();
});

describe("the sign of a key", () => {
  const signs = [["KeyR", "R"], ["Digit7", "7"], ["Numpad7", "7"], ["Period", "."], ["NumpadDecimal", "."], ["Minus", "-"], ["NumpadSubtract", "-"], ["Slash", "/"], ["Space", " "], ["BracketRight", "]"], ["F5", ""], ["KeyRR", ""]];
  for (const [code, sign] of signs) it(`${code} is "${sign}", whatever layout is chosen`, () => assert.equal(signOf(code), sign));

  it("with Shift is that of a scanner's own layout, letters stay letters", () => {
    assert.deepEqual(["Digit2", "Slash", "KeyH"].map((code) => signOf(code, true)), ["@", "?", "H"]);
  });
});

describe("single keys", () => {
  it("are heard one by one", () => {
    press("KeyR", 0);
    press("KeyV", 500);
    rest(200);
    assert.deepEqual(heard.keys, ["KeyR", "KeyV"]);
  });

  it("pressed quickly are heard in their order", () => {
    press("Digit1", 0);
    press("Digit2", 48);
    rest(200);
    assert.deepEqual(heard.keys, ["Digit1", "Digit2"]);
  });

  it("wait a moment: the first sign of a scanner is no key", () => {
    press("KeyR", 0);
    tick(179);
    assert.deepEqual(heard.keys, []);
    tick(1);
    assert.deepEqual(heard.keys, ["KeyR"]);
  });

  it("the space bar waits for nothing", () => {
    assert.equal(press("Space", 0), true);
    assert.deepEqual(heard.keys, ["Space"]);
  });

  it("Enter acts behind what was typed just before, in the window that this opened", () => {
    press("Digit3", 0);
    heard.opens = true;
    assert.equal(press("Enter", 60), true);
    assert.deepEqual(heard.keys, ["Digit3", "Enter"]);
  });

  for (const held of ["ctrlKey", "altKey", "metaKey", "repeat"]) {
    it(`with ${held} belong to the browser`, () => {
      assert.equal(press("KeyR", 0, { [held]: true }), false);
      rest(300);
      assert.deepEqual(heard.keys, []);
    });
  }

  it("that the page sends on itself are not heard again", () => {
    press("KeyR", 0, { isTrusted: false });
    rest(300);
    assert.deepEqual(heard.keys, []);
  });

  it("reach an open window by the same way, so that a scanner cannot choose in it", () => {
    heard.busy = true;
    press("KeyR", 0);
    rest(600);
    assert.deepEqual(heard.keys, ["KeyR"]);
    scan(CODE, 20);
    assert.deepEqual([heard.keys, heard.scans], [["KeyR"], [CODE]]);
  });

  it("in a field are typed there", () => {
    const there = field("reason", "");
    assert.equal(press("KeyR", 0, { target: there }), false);
    rest(300);
    assert.deepEqual(heard.keys, []);
    assert.deepEqual([inField(there), inField(body), inField(null)], [true, false, false]);
  });
});

/** The same numbers in every run. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

describe("a scanner", () => {
  for (const gap of [2, 5, 10, 20, 50, 100]) {
    it(`at ${gap} ms, even and uneven: 84 of 84, and none of its signs is a key`, () => {
      const roll = dice(gap);
      for (let turn = 0; turn < 84; turn += 1) {
        const uneven = turn % 2 ? () => Math.max(1, Math.round(gap * (0.3 + 1.4 * roll()))) : gap;
        const text = `000.00.53.H48-240415-${String(turn).padStart(4, "0")}`;
        scan([text, `]C1${text}`, text.toLowerCase()][turn % 3], uneven, { end: ["Enter", "NumpadEnter", "Tab"][turn % 3] });
        assert.deepEqual([heard.scans.length, heard.scans[turn]], [turn + 1, text]);
      }
      assert.deepEqual([heard.keys, heard.refused, heard.halves], [[], [], []]);
    });
  }

  it("with a sign that comes late is still whole", () => {
    scan(CODE, (index) => (index === 12 ? 290 : 100));
    assert.deepEqual(heard.scans, [CODE]);
  });

  it("with Shift for its capitals and CR and LF behind is heard once", () => {
    for (const sign of CODE) {
      if (sign === "H") press("ShiftLeft", 5, { shiftKey: true });
      press(keyOf(sign), 20, { shiftKey: sign === "H" });
    }
    press("Enter", 20);
    assert.equal(press("KeyJ", 20, { ctrlKey: true }), true);
    rest(300);
    assert.deepEqual([heard.scans, heard.keys], [[CODE], []]);
  });

  it("is heard twice", () => {
    scan(CODE, 10);
    scan(CODE, 10);
    assert.equal(heard.scans.length, 2);
  });

  it("that stops in the middle, at any place, is refused with its rest, and nothing of it is stored", () => {
    for (let cut = 1; cut < CODE.length; cut += 1) {
      for (const pause of [350, 700, 1500]) {
        Object.assign(heard, { keys: [], scans: [], refused: [], halves: [] });
        scan(CODE.slice(0, cut), 20, { end: "" });
        rest(Math.max(0, pause - 600));
        scan(CODE.slice(cut), 20);
        assert.deepEqual(heard.scans, [], `cut behind ${CODE.slice(0, cut)}, ${pause} ms`);
        rest(5000);
      }
    }
  });

  it("that lost a sign is refused, whichever it was", () => {
    for (let lost = 0; lost < CODE.length - 4; lost += 1) {
      scan(CODE.slice(0, lost) + CODE.slice(lost + 1), 20);
      rest(5000);
    }
    assert.deepEqual(heard.scans, []);
  });

  it("that nothing ends is shown to the clerk and not stored", () => {
    scan(CODE, 20, { end: "" });
    assert.deepEqual([heard.scans, heard.halves, heard.keys], [[], [CODE], []]);
  });

  it("of something else is refused as such", () => {
    scan("8934588012228", 20);
    assert.deepEqual([heard.scans, heard.refused, heard.keys], [[], ["unread"], []]);
  });

  it("leaves a field as it was before", () => {
    const there = field("reason", `chờ giấy tờ ${CODE}`);
    scan(CODE, 20, { more: { target: there } });
    assert.deepEqual([heard.scans, there.value], [[CODE], "chờ giấy tờ "]);
  });

  it("behind something that stands in the dossier's field is refused: nobody knows which is meant", () => {
    const there = field("dossier", `000${CODE}`);
    scan(CODE, 20, { more: { target: there } });
    assert.deepEqual([heard.scans, heard.refused, there.value], [[], ["leftover"], "000"]);
  });

  it("a person who writes a sentence into a field ends it with Enter as ever", () => {
    const there = field("reason", "bo sung giay");
    for (const sign of "bosunggiayto") press(keyOf(sign), 120, { target: there });
    assert.equal(press("Enter", 120, { target: there }), false);
    assert.deepEqual([heard.scans, heard.refused], [[], []]);
  });
});
