// A scanner's burst: what code is in it, how long it goes on, and that half a code is never taken for a whole one.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Burst, codeIn, SETTLE_MS } from "../../kiosk/web/static/console/scanner.js";

const CODE = "000.00.53.H48-240415-0003";

describe("the code in what was scanned", () => {
  const found = [
    CODE, CODE.toLowerCase(), `]C1${CODE}`, `]Q3${CODE}`, `~${CODE}`, `@${CODE}#`, `MHS: ${CODE}`,
    `HTTPS://DICHVUCONG.GOV.VN/TRA-CUU?MA=${CODE}&X=1`, `${CODE} ${CODE}`,
  ];
  for (const text of found) it(`${text}`, () => assert.equal(codeIn(text), CODE));

  for (const code of ["H48.53-240415-0003", "H48.123.45-260125-0112345", "H48.53.00.000-240415-000003"]) {
    it(`${code} is one of the newer order`, () => assert.equal(codeIn(code), code));
  }

  const none = [
    "00.00.53.H48-240415-0003", "0.00.53.H48-240415-0003", "00.53.H48-240415-0003", "53.H48-240415-0003", "H48-240415-0003",
    "000.00.53.H48-24041-0003", "000.00.53.H48-240415-003", `C1${CODE}`, `S${CODE}`, `2${CODE}`, `${CODE}-1`, `${CODE}X`,
    `${CODE} 000.00.53.H48-240415-0004`, "0912345678", "",
  ];
  for (const text of none) it(`is none in "${text}"`, () => assert.equal(codeIn(text), null));
});

describe("a burst", () => {
  /** Signs at these gaps; the first comes at 10 000 ms. */
  function burst(text, gaps) {
    const made = new Burst();
    let at = 10_000;
    [...text].forEach((sign, index) => {
      at += index ? gaps[(index - 1) % gaps.length] : 0;
      made.add(sign, sign, at);
    });
    return { made, at };
  }

  it("keeps signs that come within the time in which a single key settles", () => {
    const { made } = burst("0003", [SETTLE_MS]);
    assert.deepEqual([made.text, made.keys.length, made.spoilt], ["0003", 4, false]);
  });

  it("begins anew after a pause, and what was cut so is spoilt", () => {
    assert.deepEqual([burst("AB", [SETTLE_MS + 1]).made.text, burst("AB", [SETTLE_MS + 1]).made.spoilt], ["B", true]);
    assert.equal(burst("AB", [400]).made.spoilt, false);
  });

  it("waits longer for a scanner that is slow", () => {
    const { made, at } = burst(CODE, [100]);
    assert.equal(made.patience, 300);
    assert.deepEqual([made.goesOn(at + 300), made.goesOn(at + 301)], [true, false]);
  });

  it("that broke off spoils what follows within two seconds", () => {
    const { made, at } = burst("000.00", [20]);
    made.breakOff(at);
    made.add("H", "H", at + 1999);
    assert.equal(made.spoilt, true);
    made.breakOff(at);
    made.add("H", "H", at + 2500);
    assert.equal(made.spoilt, false);
  });

  it("that was taken spoils nothing", () => {
    const { made, at } = burst(CODE, [20]);
    made.end();
    made.add("0", "0", at + 50);
    assert.deepEqual([made.text, made.spoilt], ["0", false]);
  });
});
