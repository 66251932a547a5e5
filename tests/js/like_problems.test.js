// What is wrong in the same way in many rows of a table is one line with all the rows.

import assert from "node:assert/strict";
import { it } from "node:test";

import { likeProblems, spans } from "../../kiosk/web/static/admin/like_problems.js";

const problem = (row, column = "I", message = "unknown word", sheet = "") => ({ sheet, row, column, header: `header ${column}`, message });

it("puts what is alike together, in the order in which it was met", () => {
  const told = likeProblems([problem(4), problem(4, "E"), problem(5), problem(5, "E"), problem(9), problem(7, "I", "empty")]);
  assert.deepEqual(told.map(({ column, message, rows }) => [column, message, rows]), [
    ["I", "unknown word", [4, 5, 9]], ["E", "unknown word", [4, 5]], ["I", "empty", [7]],
  ]);
});

it("keeps sheets apart", () => {
  assert.equal(likeProblems([problem(4, "I", "x", "Hộ tịch"), problem(5, "I", "x", "Đất đai")]).length, 2);
  assert.deepEqual(likeProblems([]), []);
});

it("writes rows as people do", () => {
  assert.equal(spans([3, 5, 6, 7, 9, 10]), "3, 5–7, 9–10");
  assert.equal(spans([12]), "12");
});
