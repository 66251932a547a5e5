// Too many wrong codes came from this machine: the next citizen is asked to wait, and answered without another touch.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { openBrowser } from "./browser.js";
import { given } from "./office.js";

const { service } = openBrowser({ given: given() });
const { keepToken } = await import("../../kiosk/web/static/lib/device.js");
const { Problem, Unreachable } = await import("../../kiosk/web/static/lib/http.js");
const { lookUp } = await import("../../kiosk/web/static/kiosk/code_entry.js");
const { waitAfter } = await import("../../kiosk/web/static/kiosk/waiting.js");

const CODE = "000.00.53.H48-240414-0001";
const DOSSIER = "/api/v1/dossiers/000.00.53.H48-240414-0001";

function kiosk() {
  return { busy: false, turn: 1, typed: CODE, shown: [], show(name, data) { this.turn += 1; this.shown.push([name, data]); } };
}

beforeEach(() => {
  service.forget();
  keepToken("good");
});

describe("what is asked again by itself", () => {
  const rows = [
    [new Problem(429, { code: "too-many", wait_s: 1 }), true], [new Problem(429, { code: "too-many", wait_s: 60 }), true],
    [new Problem(429, { code: "too-many", wait_s: 61 }), false], [new Problem(429, { code: "too-many" }), false],
    [new Problem(429, { code: "too-many", wait_s: 0 }), false], [new Problem(429, { code: "too-many", wait_s: "soon" }), false],
    [new Problem(404, { code: "unknown-dossier", wait_s: 5 }), false], [new Unreachable("no line"), false],
  ];
  for (const [error, isAsked] of rows) {
    it(`${error.code || error.message}, ${error.facts?.wait_s} s: ${isAsked}`, () => assert.equal(waitAfter(error, false, () => {}) !== null, isAsked));
  }

  for (const [seconds, isAsked] of [[1, true], [2, true], [3, false], [60, false]]) {
    it(`a second time, ${seconds} s: ${isAsked}`, () => assert.equal(waitAfter(new Problem(429, { code: "too-many", wait_s: seconds }), true, () => {}) !== null, isAsked));
  }
});

describe("the citizen after somebody who guessed", () => {
  it("waits for the time that the service named, then his dossier is shown", async () => {
    service.answer("GET", DOSSIER, 429, { code: "too-many", wait_s: 34 });
    service.answer("GET", DOSSIER, 200, { step: "ready" });
    const app = kiosk();
    const before = Date.now();
    await lookUp(app, CODE);
    const [screen, { wait }] = app.shown[0];
    assert.equal(screen, "code");
    assert.ok(wait.until >= before + 34_000 && wait.until <= Date.now() + 34_000);
    assert.equal(app.typed, CODE, "what was typed stays");
    await wait.again();
    assert.deepEqual(app.shown[1], ["dossier", { dossier: { step: "ready" } }]);
  });

  it("is sent to an officer when somebody used up the tries again meanwhile", async () => {
    for (const seconds of [34, 20]) service.answer("GET", DOSSIER, 429, { code: "too-many", wait_s: seconds });
    const app = kiosk();
    await lookUp(app, CODE);
    await app.shown[0][1].wait.again();
    assert.deepEqual(app.shown[1], ["code", { message: "Please call an officer." }]);
  });

  it("is sent to an officer when the wait is longer than a minute", async () => {
    service.answer("GET", DOSSIER, 429, { code: "too-many", wait_s: 300 });
    const app = kiosk();
    await lookUp(app, CODE);
    assert.deepEqual(app.shown, [["code", { message: "Please call an officer." }]]);
  });
});
