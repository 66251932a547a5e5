// An ID card's QR tells the kiosk an age, and nothing else.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { ageOnCard, isIdCard } from "../../kiosk/web/static/kiosk/id_card.js";

const CARD = "051000000000|200000000|PLANTED MARKER NAME|01021949|Nữ|Planted Hamlet|03042021";

describe("the QR of an ID card", () => {
  for (const [text, is] of [[CARD, true], [`${CARD}||||`, true], ["051000000000||A|01021949|Nam|B|", true], ["000.00.53.H48-240414-0001", false], ["a|b|c|d|e|f|g", false], ["051000000000|x", false], ["", false]]) {
    it(`"${text.slice(0, 30)}" is ${is ? "one" : "none"}`, () => assert.equal(isIdCard(text), is));
  }

  for (const [birth, age] of [["01021949", 75], ["31122024", 0], ["01012025", null], ["1949", null], ["", null], ["00000000", null]]) {
    it(`born ${birth || "unknown"} is ${age ?? "no age"} in 2024`, () => assert.equal(ageOnCard(CARD.replace("01021949", birth), 2024), age));
  }
});
