// docs/dossier-answers.md row by row: what a citizen is told in each state of a dossier, and where to go.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { ADVICE, adviceFor, serviceToGo } from "../../kiosk/web/static/kiosk/dossier_advice.js";
import { SERVICES } from "./office.js";

const ROWS = readFileSync(new URL("../../docs/dossier-answers.md", import.meta.url), "utf8").split("\n")
  .filter((line) => /^\| \d/.test(line)).map((line) => line.slice(1, -1).split("|").map((cell) => cell.trim()));
const CATALOGUE = readFileSync(new URL("../../kiosk/translations/vi/LC_MESSAGES/touch.po", import.meta.url), "utf8");
const none = (text) => (text === null ? "–" : text);

describe("each state of a dossier", () => {
  it("has a row, and so has what is late", () => {
    assert.deepEqual(ROWS.map((row) => row[1]).sort(), Object.keys(ADVICE).sort());
    assert.equal(ROWS.length, 11);
  });

  for (const [status, step, heading, headingVi, advice, adviceVi, where, day] of ROWS) {
    it(`${status} ${step}: ${heading}`, () => {
      for (const one of step === "late" ? ["received", "processing"] : [step]) {
        const row = adviceFor({ step: one, late: step === "late" });
        assert.deepEqual([row.heading, row.advice, none(row.at), none(row.day)], [heading, advice, where, day]);
      }
      for (const [key, text] of [[heading, headingVi], [advice, adviceVi]]) {
        assert.ok(CATALOGUE.includes(`msgid "${key}"\nmsgstr "${text}"`), `the catalogue says otherwise: ${key}`);
      }
    });
  }

  it("sends to the counters that can help: of its field, or where results are given", () => {
    const at = (step, late = false, service = "HT") => serviceToGo({ step, late, service }, SERVICES)?.code ?? null;
    assert.deepEqual(["ready", "processing", "papers_asked", "payment_asked", "refused"].map((step) => at(step)), ["KQ", "KQ", "HT", "HT", "HT"]);
    assert.equal(at("processing", true), "HT");
    assert.equal(at("papers_asked", true), "HT", "a citizen who must bring papers is not told that the office is late");
    assert.equal(at("papers_asked", false, null), null);
    assert.equal(at("returned"), null);
  });
});
