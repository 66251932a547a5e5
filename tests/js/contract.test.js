// The words of the contract as the pages have them: by tables written from docs, not from the code.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { AT_COUNTER, DECIDED, ENDED, maskCode, OPEN, PUBLIC_STEPS } from "../../kiosk/web/static/lib/contract.js";

describe("states of a ticket", () => {
  it("somebody called or served stands at a counter", () => assert.deepEqual([...AT_COUNTER].sort(), ["CALLED", "SERVING"]));
  it("a visit is over or it is not", () => {
    assert.deepEqual([...ENDED].sort(), ["ABANDONED", "CANCELLED", "COMPLETED", "NO_SHOW"]);
    assert.deepEqual([...OPEN].sort(), ["CALLED", "ON_HOLD", "SERVING", "WAITING"]);
  });
});

describe("dossiers in public", () => {
  it("have these steps, and no other status is shown", () => {
    assert.deepEqual(PUBLIC_STEPS, { 2: "received", 4: "processing", 5: "papers_asked", 6: "payment_asked", 9: "ready", 10: "returned" });
  });
  it("are decided when the result is ready or was handed over", () => assert.deepEqual([...DECIDED].sort(), ["ready", "returned"]));

  for (const [code, masked] of [["000.00.53.H48-240414-0001", "•••240414-0001"], ["H48.53-240414-123456", "•••240414-3456"], ["000.00.53.H48-240414-12345678", "•••240414-5678"]]) {
    it(`of ${code} day and last four digits are shown`, () => assert.equal(maskCode(code), masked));
  }
});
