// A check that finds the data well and a rule of the office unusable is no fault, and not well either.

import assert from "node:assert/strict";
import { it } from "node:test";

import { openBrowser } from "./browser.js";
import { given } from "./office.js";

openBrowser({ page: "counter", given: given() });
const { checkLine, storageCard, storageFaults } = await import("../../kiosk/web/static/admin/storage.js");

const WHY = "đã đếm lại theo quy định có sẵn của phần mềm: law.toml: sai";
const outcome = (changes) => ({ at: "2024-04-15T01:05:00.000Z", ok: true, late: false, detail: "7 events", unusable: [], ...changes });
const mark = (one) => checkLine("Check:", "never", one).querySelector("span.mark").className.split(" ").at(-1);

it("is to be looked at and says why", () => {
  const line = checkLine("Check:", "never", outcome({ unusable: [WHY] }));
  assert.equal(line.textContent.includes(WHY), true);
  assert.deepEqual([mark(outcome()), mark(outcome({ unusable: [WHY] })), mark(outcome({ ok: false, unusable: [WHY] }))], ["well", "look", "broken"]);
});

it("counts among what somebody should look at", () => {
  const faults = (verified) => storageFaults({ storage: [], checks: { verified, backup: outcome() } });
  assert.deepEqual([faults(outcome()), faults(outcome({ unusable: [WHY] })), faults(null)], [0, 1, 0]);
});

it("tells that reports cannot be kept, and nothing while they can", () => {
  const card = (reports) => storageCard({ storage: [], checks: { verified: outcome(), backup: outcome(), reports } });
  const lines = (reports) => card(reports).querySelectorAll("p").length;
  assert.deepEqual([lines(null), lines(outcome()), lines(outcome({ ok: false, detail: "the disk is full" }))], [2, 2, 3]);
  assert.equal(card(outcome({ ok: false, detail: "the disk is full" })).textContent.includes("the disk is full"), true);
  assert.equal(storageFaults({ storage: [], checks: { verified: null, backup: null, reports: outcome({ ok: false }) } }), 1);
});
