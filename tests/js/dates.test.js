// Dates as the office's wall clock and calendar show them; the office is seven hours ahead of UTC.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { dateText, dayName, daysBetween, local, longDateText } from "../../kiosk/web/static/lib/dates.js";

const ZONE = "Asia/Ho_Chi_Minh";
const at = (text) => new Date(text);

describe("a moment on the wall", () => {
  const rows = [
    // UTC, date, weekday (0 Sunday), time
    ["2024-04-15T01:05:10.123Z", [2024, 4, 15], 1, "08:05"], ["2024-04-14T16:59:59.999Z", [2024, 4, 14], 0, "23:59"], ["2024-04-14T17:00:00.000Z", [2024, 4, 15], 1, "00:00"],
    ["2024-02-28T18:00:00.000Z", [2024, 2, 29], 4, "01:00"], ["2023-12-31T17:00:00.000Z", [2024, 1, 1], 1, "00:00"],
  ];
  for (const [text, [year, month, day], weekday, time] of rows) {
    it(`${text} is ${time} on ${day}/${month}/${year}`, () => {
      const found = local(at(text), ZONE);
      assert.deepEqual([found.year, found.month, found.day, found.weekday, found.time], [year, month, day, weekday, time]);
      assert.deepEqual([found.hour, found.minute], time.split(":").map(Number));
    });
  }

  it("is that of the office, not of this machine", () => assert.equal(local(at("2024-04-15T01:05:00Z"), "UTC").time, "01:05"));
});

describe("dates in words", () => {
  it("short, with and without the year", () => {
    assert.equal(dateText(at("2024-04-15T01:00:00Z"), ZONE), "Thứ Hai, 15/4/2024");
    assert.equal(dateText(at("2024-04-15T01:00:00Z"), ZONE, false), "Thứ Hai, 15/4");
  });

  it("long", () => assert.equal(longDateText(at("2024-04-14T01:00:00Z"), ZONE), "Chủ Nhật, 14 tháng 4 năm 2024"));

  it("names of all days", () => {
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6].map(dayName), ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"]);
  });
});

describe("days between", () => {
  const rows = [["2024-04-15T01:00:00Z", "2024-04-15T16:59:00Z", 0], ["2024-04-15T01:00:00Z", "2024-04-15T17:00:00Z", 1], ["2024-04-15T16:59:00Z", "2024-04-15T17:01:00Z", 1], ["2024-02-28T01:00:00Z", "2024-03-01T01:00:00Z", 2], ["2024-04-16T01:00:00Z", "2024-04-15T01:00:00Z", -1]];
  for (const [from, to, days] of rows) it(`from ${from} to ${to}: ${days}`, () => assert.equal(daysBetween(at(from), at(to), ZONE), days));
});
