// Procedures at the kiosk: which hold today, and what is typed to find one.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { openBrowser } from "./browser.js";
import { given } from "./office.js";

openBrowser({ given: given() });
const { validOn } = await import("../../kiosk/web/static/kiosk/procedures.js");
const { afterSign } = await import("../../kiosk/web/static/kiosk/search.js");

describe("procedures that hold on a day", () => {
  const row = (code, valid_from, valid_until) => ({ code, valid_from, valid_until });
  const rows = [row("always", null, null), row("ended", null, "2024-04-14"), row("begins", "2024-04-15", null), row("later", "2024-04-16", "2024-04-17")];
  for (const [day, codes] of [["2024-04-14", ["always", "ended"]], ["2024-04-15", ["always", "begins"]], ["2024-04-17", ["always", "begins", "later"]], ["2024-04-18", ["always", "begins"]]]) {
    it(day, () => assert.deepEqual(validOn(rows, day).map((one) => one.code), codes));
  }
});

describe("letters that are touched", () => {
  const typed = (...signs) => signs.reduce(afterSign, "");
  it("stand one behind the other", () => assert.equal(typed("M", "A", "T"), "MAT"));
  it("are parted by one blank, never at the beginning", () => assert.equal(typed(" ", "A", " ", " ", "B"), "A B"));
  it("go one by one, and nothing goes where nothing is", () => assert.equal(typed("A", "B", "←", "←", "←"), ""));
  it("are forty at most", () => assert.equal(typed(..."A".repeat(60)).length, 40));
});
