// Sentences in the citizen's language, numbers and names of the office.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, describe, it } from "node:test";

import { openBrowser } from "./browser.js";
import { given } from "./office.js";

const { document } = openBrowser({ given: given() });
const words = await import("../../kiosk/web/static/lib/words.js");
const { listed, spelled } = await import("../../kiosk/web/static/lib/voice.js");
const { capital, counterOf, counterRuns, countersFor, currentLanguage, figures, letterOf, minutes, plural, serviceNamed, serviceOf, speak, t } = words;

afterEach(() => speak("vi"));

describe("a sentence", () => {
  it("is Vietnamese from the first moment", () => {
    assert.equal(currentLanguage(), "vi");
    assert.equal(t("Take a number"), "Lấy số");
  });

  it("is its own English key in English", () => {
    speak("en");
    assert.equal(t("Take a number"), "Take a number");
  });

  it("stays Vietnamese in a language without a catalogue", () => {
    speak("hre");
    assert.equal(t("Take a number"), "Lấy số");
  });

  it("that no catalogue knows is shown as it stands in the code", () => assert.equal(t("Something new"), "Something new"));

  it("addresses people as the office does, with a capital where it begins", () => {
    assert.equal(t("Welcome!"), "Kính chào bà con!");
    assert.equal(t("{Folk}, please wait"), "Bà con xin chờ");
  });

  it("is filled with values; an unknown brace stays", () => {
    assert.equal(t("to {counter} of {all}", { counter: 3 }), "to 3 of {all}");
    assert.equal(t("{count} left", { count: 0 }), "0 left");
  });

  it("does not fill a brace that came in with a value", () => assert.equal(t("{a} and {b}", { a: "{b}", b: "x" }), "{b} and x"));
});

describe("so many of something", () => {
  it("has a form for one in English only", () => {
    assert.equal(plural("*{count}* person", "*{count}* people", 1), "*1* người");
    assert.equal(plural("*{count}* person", "*{count}* people", 2), "*2* người");
    speak("en");
    assert.equal(plural("*{count}* person", "*{count}* people", 1), "*1* person");
    assert.equal(plural("*{count}* person", "*{count}* people", 0), "*0* people");
    assert.equal(plural("*{count}* person", "*{count}* people", 2), "*2* people");
  });
});

describe("the language of the page", () => {
  it("is told to the browser: Vietnamese, also where Hrê is chosen and its sentences are Vietnamese", () => {
    assert.equal(document.documentElement.lang, "vi");
    speak("en");
    assert.equal(document.documentElement.lang, "en");
    speak("hre");
    assert.equal(document.documentElement.lang, "vi");
  });
});

describe("a number", () => {
  for (const [number, letter, rest] of [["A012", "A", "012"], ["A1000", "A", "1000"], ["Đ007", "Đ", "007"]]) {
    it(`${number} is the letter ${letter} and the figures ${rest}`, () => {
      assert.equal(letterOf(number), letter);
      assert.equal(figures(number), rest);
    });
  }

  it("is spelled figure by figure", () => {
    assert.equal(spelled("A012"), "A, không, một, hai");
  });
});

describe("the office", () => {
  it("knows services and counters by their code", () => {
    assert.equal(serviceOf("DD").name, "Đất đai");
    assert.equal(serviceOf("XX"), null);
    assert.equal(counterOf("2").name, "Quầy 2");
    assert.equal(counterOf("9"), null);
    assert.equal(counterOf(null), null);
  });

  it("refuses a service that it does not have", () => {
    assert.equal(serviceNamed("HT").letter, "A");
    assert.throws(() => serviceNamed("XX"), /no service "XX"/);
  });

  it("names all counters that serve a service", () => {
    assert.deepEqual(countersFor("HT").map((one) => one.code), ["1", "2"]);
    assert.deepEqual(countersFor("VX"), []);
  });

  it("says counters one after another", () => {
    assert.equal(listed(["1"]), "1");
    assert.equal(listed(["1", "2"]), "1 hoặc 2");
  });
});

describe("waiting time", () => {
  for (const [seconds, shown] of [[0, 1], [29, 1], [89, 1], [90, 2], [600, 10]]) {
    it(`${seconds} s are ${shown} min: never none`, () => assert.equal(minutes(seconds), shown));
  }
});

describe("a capital", () => {
  it("stands at the beginning only, with its marks", () => {
    assert.equal(capital("đồng bào"), "Đồng bào");
    assert.equal(capital("ông bà"), "Ông bà");
    assert.equal(capital(""), "");
  });
});

describe("counters in a short line, by the examples of the slip", () => {
  for (const [codes, named] of JSON.parse(readFileSync(new URL("../contract/counter_runs.json", import.meta.url), "utf8"))) {
    it(codes.join(" ") || "none", () => assert.deepEqual(counterRuns(codes), named));
  }
});
