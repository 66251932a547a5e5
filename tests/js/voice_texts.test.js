// From the words of a page to the clips that say them.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { numberKeys, spelledKeys } from "../../kiosk/web/static/lib/voice_numbers.js";
import { sentencesOf, SpokenTexts } from "../../kiosk/web/static/lib/voice_texts.js";

const VI = {
  "start.number": "Số của bà con", "start.go0": "Đến quầy", "start.ahead0": "Trước bà con có", "start.ahead1": "người", "start.or": "hoặc", "start.take": "Lấy số", "dossier.come1": "Lấy số ở ô",
  "service.x": "Tư pháp – Hộ tịch", "shape.circle": "hình tròn", "trouble.again": "Mời bà con quay lại lúc", "number.hour": "giờ", "number.month": "tháng", "number.to": "đến", "other.due": "Hẹn", "digit.0": "không", "digit.1": "một", "digit.2": "hai",
};
const EN = { "start.number": "Your number", "start.go0": "Go to counter", "start.or": "or", "start.ahead0": "Before you", "start.ahead1": "people", "number.person": "person" };
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"].map((figure) => `digit.${figure}`);
const WORDS = ["word.ten", "word.tens", "word.one", "word.four", "word.five", "word.hundred", "word.thousand", "word.odd"];

/** Clips that are named by language and phrase. */
const clips = (language, keys) => Object.fromEntries(keys.map((key) => [key, `${language}:${key}`]));
const whole = clips("vi", [...Object.keys(VI), ...DIGITS, ...WORDS, "letter.a", "letter.dd"]);

function spoken(more = {}) {
  return new SpokenTexts({ texts: { vi: VI, en: EN }, clips: { vi: whole, ...more } });
}

const keysOf = (row) => row && row.map((clip) => clip.replace("vi:", ""));

describe("a sentence", () => {
  const one = (text) => keysOf(spoken().sentenceClips(text, "vi"));

  it("is the phrases that it is made of", () => assert.deepEqual(one("hình tròn, A, Tư pháp – Hộ tịch"), ["shape.circle", "letter.a", "service.x"]));
  it("takes the longest phrase that fits", () => assert.deepEqual(one("Lấy số ở ô Tư pháp – Hộ tịch"), ["dossier.come1", "service.x"]));
  it("has its numbers between the phrases", () => assert.deepEqual(one("Trước bà con có 21 người"), ["start.ahead0", "digit.2", "word.tens", "word.one", "start.ahead1"]));
  it("spells the number of a ticket, however it is written", () => {
    assert.deepEqual(one("Số của bà con: A, không, một, hai"), ["start.number", "letter.a", "digit.0", "digit.1", "digit.2"]);
    assert.deepEqual(one("Số của bà con: A012"), ["start.number", "letter.a", "digit.0", "digit.1", "digit.2"]);
  });
  it("names several counters, and a row of them", () => {
    assert.deepEqual(one("Đến quầy 1 hoặc 12"), ["start.go0", "digit.1", "start.or", "word.ten", "digit.2"]);
    assert.deepEqual(one("Đến quầy 1–5"), ["start.go0", "digit.1", "number.to", "digit.5"]);
  });
  it("reads a time and a date", () => {
    assert.deepEqual(one("Mời bà con quay lại lúc 13:30"), ["trouble.again", "word.ten", "digit.3", "number.hour", "digit.3", "word.tens"]);
    assert.deepEqual(one("Mời bà con quay lại lúc 07:00"), ["trouble.again", "digit.7", "number.hour"]);
    assert.deepEqual(one("Hẹn 15/4"), ["other.due", "word.ten", "word.five", "number.month", "digit.4"]);
  });
  it("is not said when one of its words is in no phrase", () => assert.equal(one("Lấy số ở bưu điện"), null));
  it("is not said when a clip is missing: half a sentence misleads", () => {
    const some = { ...whole };
    delete some["start.ahead1"];
    assert.equal(new SpokenTexts({ texts: { vi: VI }, clips: { vi: some } }).sentenceClips("Trước bà con có 3 người", "vi"), null);
  });
});

describe("a language", () => {
  it("falls back to Vietnamese sentence by sentence where it has no clips", () => {
    const page = spoken({ hre: clips("hre", ["start.number", ...DIGITS, "letter.a"]) });
    const { rows, silent } = page.clipsOf("Số của bà con: A012. Đến quầy 1", "hre");
    assert.deepEqual(rows[0].map((clip) => clip.slice(0, 4)), ["hre:", "hre:", "hre:", "hre:", "hre:"]);
    assert.deepEqual(rows[1], ["vi:start.go0", "vi:digit.1"]);
    assert.equal(silent, 0);
  });
  it("whose rules of counting nobody knows says numbers above nine in Vietnamese, with their sentence", () => {
    const page = spoken({ hre: clips("hre", ["start.ahead0", "start.ahead1", ...DIGITS]) });
    assert.equal(page.sentenceClips("Trước bà con có 3 người", "hre")[0], "hre:start.ahead0");
    assert.equal(page.sentenceClips("Trước bà con có 12 người", "hre")[0], "vi:start.ahead0");
  });
  it("that is written is found by its own words, and falls back to the Vietnamese ones", () => {
    const page = spoken({ en: clips("en", ["start.go0", ...DIGITS]) });
    assert.deepEqual(page.sentenceClips("Go to counter 2", "en"), ["en:start.go0", "en:digit.2"]);
    assert.deepEqual(page.sentenceClips("Your number: A012", "en").slice(0, 2), ["vi:start.number", "vi:letter.a"]);
  });
  it("is offered as far as it has sentences: numbers alone are no voice", () => {
    const page = spoken({ en: clips("en", DIGITS), hre: clips("hre", ["start.take"]) });
    assert.deepEqual(["vi", "en", "hre", "ba"].map((one) => page.speaks(one)), [true, false, true, false]);
  });
});

describe("numbers", () => {
  const vietnamese = { 0: "0", 10: "ten", 11: "ten 1", 15: "ten 5'", 21: "2 tens 1'", 24: "2 tens 4'", 25: "2 tens 5'", 100: "1 hundred", 105: "1 hundred odd 5", 115: "1 hundred ten 5'", 1005: "1 thousand 0 hundred odd 5", 2000: "2 thousand" };
  /** @param {string} short */
  const long = (short) => short.split(" ").map((one) => ({ "1'": "word.one", "4'": "word.four", "5'": "word.five" }[one] || (/^\d$/.test(one) ? `digit.${one}` : `word.${one}`)));
  for (const [number, words] of Object.entries(vietnamese)) {
    it(`${number} in Vietnamese`, () => assert.deepEqual(numberKeys(Number(number), "vi"), long(words)));
  }
  const english = { 7: "7", 12: "12", 20: "20", 45: "40 5", 100: "1 hundred", 342: "3 hundred and 40 2", 1000: "1 thousand", 1001: "1 thousand and 1" };
  for (const [number, words] of Object.entries(english)) {
    it(`${number} in English`, () => assert.deepEqual(numberKeys(Number(number), "en"), words.split(" ").map((one) => (/^\d$/.test(one) ? `digit.${one}` : `word.${one}`))));
  }
  it("of other languages are known up to nine", () => assert.deepEqual([numberKeys(9, "hre"), numberKeys(10, "hre")], [["digit.9"], null]));
  it("are spelled with the letters of a number", () => assert.deepEqual(spelledKeys("Đ07"), ["letter.dd", "digit.0", "digit.7"]));
});

it("a text is cut into its sentences, and never inside a time or a sum", () => assert.deepEqual(sentencesOf("Máy nghỉ. Quay lại lúc 7:30! Lệ phí 50.000 đồng."), ["Máy nghỉ", "Quay lại lúc 7:30", "Lệ phí 50.000 đồng"]));
