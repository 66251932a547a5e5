// When a number was written by hand.

import assert from "node:assert/strict";
import { it } from "node:test";

import { openBrowser } from "./browser.js";
import { given } from "./office.js";

openBrowser({ page: "counter", search: "?counter=1", given: { ...given(), page: "counter" } });
const { lastTime } = await import("../../kiosk/web/static/console/by_hand.js");

it("a number written by hand was written when the clock last showed that time", () => {
  const at = Date.parse("2024-04-15T01:05:30.000Z"); // 8:05:30 in the office
  const shown = (text) => new Date(lastTime(text, at, "Asia/Ho_Chi_Minh")).toISOString();
  assert.equal(shown("08:05"), "2024-04-15T01:05:00.000Z");
  assert.equal(shown("7:30"), "2024-04-15T00:30:00.000Z");
  assert.equal(shown("16:55"), "2024-04-14T09:55:00.000Z");
  assert.deepEqual(["", "25:00", "8"].map((text) => lastTime(text, at, "Asia/Ho_Chi_Minh")), [null, null, null]);
});
