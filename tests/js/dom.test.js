// Elements from short words, a stage that fits any screen, touches that belong to the screen before, signs and faces.

import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";

import { FakeNode, openBrowser } from "./browser.js";
import { given, SERVICES } from "./office.js";

openBrowser({ given: given() });
const { $, add, bold, byId, fill, h } = await import("../../kiosk/web/static/lib/dom.js");
const { fit, guard } = await import("../../kiosk/web/static/lib/fit.js");
const { deep, face, faceRim, picto, sign } = await import("../../kiosk/web/static/lib/signs.js");

describe("an element", () => {
  it("has a tag and classes", () => {
    const element = h("button.key.done");
    assert.deepEqual([element.tag, element.className], ["button", "key done"]);
    assert.equal(h(".plain").tag, "div");
  });

  it("has attributes; what is absent or false is left out, true stands alone", () => {
    const element = h("input", { type: "text", maxlength: 12, hidden: true, disabled: false, title: null, alt: undefined });
    assert.deepEqual(element.attributes, { type: "text", maxlength: 12, hidden: "" });
  });

  it("listens", () => {
    const pressed = [];
    h("button", { onclick: () => pressed.push("once") }).click();
    assert.deepEqual(pressed, ["once"]);
  });

  it("takes more classes and properties of style", () => {
    const element = h("div.a", { class: "b c", style: { "--tone": "#fff" } });
    assert.equal(element.className, "a b c");
    assert.deepEqual(element.style.values, { "--tone": "#fff" });
    assert.equal(h("div.a", { class: "" }).className, "a");
  });

  it("holds text, numbers and elements in order; nothing for null, undefined and false", () => {
    const element = h("p", {}, "a", 0, null, [h("b", {}, "c"), [false, undefined, "d"]]);
    assert.equal(element.textContent, "a0cd");
    assert.equal(element.children.length, 4);
  });

  it("shows what looks like HTML as it is", () => assert.deepEqual(h("p", {}, "<img src=x>").children, ["<img src=x>"]));
});

describe("filling", () => {
  it("puts the new in the place of the old", () => {
    const element = h("div", {}, "old");
    fill(element, "new", h("i"));
    assert.equal(element.children.length, 2);
    assert.equal(element.textContent, "new");
    assert.equal(add(element, ["er"]).textContent, "newer");
  });
});

describe("finding", () => {
  it("answers an element or null", () => {
    const box = h("div", {}, h("b.name", {}, "x"));
    assert.equal($(".name", box).textContent, "x");
    assert.equal($(".other", box), null);
    assert.ok(byId("stage") instanceof FakeNode);
  });
});

describe("bold words", () => {
  it("stand between stars", () => {
    const parts = bold("about *5 min* now");
    assert.deepEqual(parts.map((part) => (part instanceof FakeNode ? [part.tag, part.textContent] : part)), ["about ", ["b", "5 min"], " now"]);
    assert.deepEqual(bold("plain"), ["plain"]);
  });
});

describe("a stage drawn for one size", () => {
  const rows = [
    // window, drawing, transform
    [[1080, 1920], [1080, 1920], "translate(0px, 0px) scale(1)"], [[540, 960], [1080, 1920], "translate(0px, 0px) scale(0.5)"], [[1920, 1080], [1080, 1920], "translate(656.25px, 0px) scale(0.5625)"],
    [[1280, 1000], [1280, 800], "translate(0px, 100px) scale(1)"],
  ];
  for (const [[width, height], drawing, transform] of rows) {
    it(`${drawing.join("×")} in ${width}×${height}`, () => {
      Object.assign(globalThis, { innerWidth: width, innerHeight: height });
      const stage = h("div");
      fit(stage, ...drawing);
      assert.equal(stage.style.transform, transform);
    });
  }
});

describe("a touch right after a change of screen", () => {
  const touched = (isTrusted, now) => {
    const stage = h("div");
    guard(stage, () => 1000, 250);
    mock.method(performance, "now", () => now);
    const done = [];
    stage.fire("click", { isTrusted, stopPropagation: () => done.push("stopped"), preventDefault: () => done.push("prevented") });
    mock.restoreAll();
    return done;
  };

  it("belongs to the screen before", () => assert.deepEqual(touched(true, 1249), ["stopped", "prevented"]));
  it("counts a quarter of a second later", () => assert.deepEqual(touched(true, 1250), []));
  it("that a program makes counts at once", () => assert.deepEqual(touched(false, 1001), []));
});

describe("signs", () => {
  const [blue, , gold] = SERVICES;

  it("carry colour and shape of the service; a dark ink needs an edge", () => {
    assert.match(sign(blue).innerHTML, /fill="#0B4F8A" ><circle/);
    assert.match(sign(gold).innerHTML, /stroke="#1D1A16" stroke-width="4"/);
    assert.match(sign(blue, { edge: "#FFFFFF" }).innerHTML, /stroke="#FFFFFF" stroke-width="5"/);
  });

  it("words in a light colour become dark enough to read, in a dark one they stay", () => {
    assert.equal(deep(gold), "#685118");
    assert.equal(deep({ ...gold, colour: "#9BD35A" }), "#495B2E");
    assert.equal(deep(blue), "#0B4F8A");
  });

  it("a pictogram is drawn once in the page and used by name", () => assert.match(picto("clock").innerHTML, /#p-clock/));
});

describe("faces", () => {
  it("the best laughs and the worst is sad, however many there are", () => {
    for (const count of [3, 4, 5]) {
      assert.match(face(0, count).innerHTML, /fill="#0F4F3A"/);
      assert.match(face(count - 1, count).innerHTML, /fill="#A8261B"/);
    }
    assert.match(face(0, 2).innerHTML, /fill="#F4B81B"/);
  });

  it("no two of a row look alike", () => {
    for (const count of [2, 3, 4, 5]) assert.equal(new Set([...Array(count).keys()].map((n) => face(n, count).innerHTML)).size, count);
  });

  it("the pale face has a darker rim", () => {
    assert.equal(faceRim(1, 3), "#8A6500");
    assert.equal(faceRim(0, 3), "#0F4F3A");
  });
});
