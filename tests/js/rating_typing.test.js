// The number of a ticket as citizens type it, and its address as a scanner reads it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

const { afterKey, numberOf, tokenIn } = await import("../../kiosk/web/static/kiosk/rating_typing.js");

describe("a number", () => {
  const rows = [["A012", "A012"], ["A12", "A012"], ["A0012", "A012"], ["A1000", "A1000"], ["Đ7", "Đ007"], ["A", ""], ["A0", ""], ["A000", ""], ["", ""], ["12", ""]];
  for (const [typed, number] of rows) {
    it(`typed as "${typed}" is ${number || "none"}`, () => assert.equal(numberOf(typed), number));
  }

  const keys = [["A012", "A012"], ["1A2", "A2"], ["A12C3", "C3"], ["A12←", "A1"], ["←", ""], ["A12345678", "A123456"]];
  for (const [pressed, typed] of keys) {
    it(`stands as "${typed}" after the keys ${pressed}`, () => assert.equal([...pressed].reduce(afterKey, ""), typed));
  }
});

describe("the address of a ticket", () => {
  const rows = [
    ["https://mc.bavi.gov.vn/t/7Kd2mPqR9xYz", "7Kd2mPqR9xYz"], ["http://192.168.1.2:8080/t/7Kd2mPqR9xYz?l=vi", "7Kd2mPqR9xYz"],
    ["000.00.53.H48-240414-0001", null], ["https://mc.bavi.gov.vn/t/short", null], ["https://mc.bavi.gov.vn/t/7Kd2mPqR9xYzz", null],
    ["https://mc.bavi.gov.vn/t/7Kd2mPqR9xY0", null],
  ];
  for (const [text, token] of rows) it(`${token ? "is read from" : "is not in"} ${text}`, () => assert.equal(tokenIn(text), token));
});
