// Codes before a kiosk's camera: cards of persons are passed over, and who holds one there keeps the service in peace.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { holdTimers, release, tick } from "./clock.js";

import { openBrowser, settle } from "./browser.js";
import { given } from "./office.js";

const { document, service } = openBrowser({ given: given() });
const { keepToken } = await import("../../kiosk/web/static/lib/device.js");
const { askForCamera, look } = await import("../../kiosk/web/static/kiosk/looking.js");

const PICTURES = "/api/v1/camera-pictures";
const CODE = "000.00.53.H48-240414-0001";
const CARD = "051234567890|212345678|Phạm Văn Thử|01021948|Nam|thôn Nước Như, Ba Vì, Ba Tơ, Quảng Ngãi|15042021";
const EVERY_MS = 300;
const asked = () => service.calls.filter((call) => call.path === PICTURES).length;

/** @param {string} name */
const define = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

/** A browser with a camera; it reads these texts in one picture after the other, or none by itself. */
async function browser(pictures) {
  define("isSecureContext", true);
  define("navigator", { mediaDevices: { enumerateDevices: async () => [{ kind: "videoinput" }], getUserMedia: async () => ({ getTracks: () => [] }) } });
  define("BarcodeDetector", pictures && class {
    static async getSupportedFormats() { return ["qr_code"]; }

    async detect() { return (pictures.shift() || []).map((rawValue) => ({ rawValue })); }
  });
  document.createElement = () => ({ getContext: () => ({ drawImage() {}, getImageData: () => ({ data: new Uint8ClampedArray(16) }) }) });
  await askForCamera();
}

/** What a camera that is looked through tells. */
function looking() {
  const told = [];
  look(/** @type {any} */ ({ play: async () => {}, videoWidth: 640, videoHeight: 480 }), (text) => told.push(text), () => told.push("broken"));
  return told;
}

/** Time passes, and whatever was asked for meanwhile is answered. */
async function pass(ms) {
  for (let n = 0; n < 20; n += 1) await settle();
  tick(ms);
  for (let n = 0; n < 20; n += 1) await settle();
}

describe("a camera", () => {
  before(() => {
    keepToken("good");
    holdTimers();
  });
  after(release);

  it("whose browser reads codes passes over cards of persons, and reads what is beside them", async () => {
    await browser([[CARD], [CARD.replace("051234567890", "A")], [CARD, CODE]]);
    const told = looking();
    await pass(EVERY_MS);
    assert.deepEqual(told, []);
    await pass(EVERY_MS);
    assert.deepEqual(told, [CODE]);
  });

  it("whose pictures the service reads rests behind a code that is not told", async () => {
    await browser(undefined);
    for (const [text, over] of [[null, false], [null, true], [CODE, true]]) service.answer("POST", PICTURES, 200, { text, over });
    const told = looking();
    await pass(EVERY_MS);
    assert.equal(asked(), 2, "nothing was seen: the next picture goes at once");
    await pass(EVERY_MS);
    await pass(1600);
    assert.deepEqual([asked(), told], [2, []]);
    await pass(100);
    await pass(EVERY_MS);
    assert.deepEqual([asked(), told], [3, [CODE]]);
  });
});
