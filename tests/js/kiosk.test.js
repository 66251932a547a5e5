// The kiosk's rules: one ticket for one tap, codes as they are typed, what the printer's state means.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { holdTimers, release, tick } from "./clock.js";

import { openBrowser } from "./browser.js";
import { given, ticket } from "./office.js";

const { service } = openBrowser({ given: given() });
const { keepToken } = await import("../../kiosk/web/static/lib/device.js");
const { cancelTicket, restBefore, takeTicket } = await import("../../kiosk/web/static/kiosk/tickets.js");
const { afterKey, laid, scanReader } = await import("../../kiosk/web/static/kiosk/code_typing.js");
const { Kiosk } = await import("../../kiosk/web/static/kiosk/app.js");
const { down } = await import("../../kiosk/web/static/kiosk/more.js");
const { Problem } = await import("../../kiosk/web/static/lib/http.js");
const { faultText } = await import("../../kiosk/web/static/kiosk/fault_words.js");
const { faultOf, faultWords, kindOf, toDo } = await import("../../kiosk/web/static/lib/printer.js");

const TICKETS = "/api/v1/tickets";

/** A kiosk that notes what it is told to show. */
function kiosk() {
  return {
    busy: false, taken: [], turn: 1, full: new Set(), shown: [], notes: [], failures: [], printingLate: false, view: {},
    show(name, data) { this.shown.push([name, data]); this.turn += 1; },
    note(text) { this.notes.push(text); },
    failed(error) { this.failures.push(error); },
    async refresh() { this.shown.push(["refreshed"]); return true; },
  };
}

beforeEach(() => {
  service.forget();
  keepToken("good");
});

describe("when the next number may be taken", () => {
  const rows = [
    // taken before (ms), now, rest
    [[], 0, 0], [[], 50_000, 0], [[10_000], 10_000, 3000], [[10_000], 12_000, 1000], [[10_000], 13_000, 0], [[10_000], 90_000, 0],
    [Array.from({ length: 19 }, (_, n) => n * 1000), 30_000, 0], [Array.from({ length: 20 }, (_, n) => n * 1000), 30_000, null], [Array.from({ length: 20 }, (_, n) => n * 1000), 60_000, 0],
  ];
  for (const [taken, now, rest] of rows) {
    it(`${taken.length} were taken, at ${now}: ${rest === null ? "not in this minute" : `after ${rest} ms`}`, () => assert.equal(restBefore(taken, now), rest));
  }
});

describe("taking a number", () => {
  it("shows the ticket that the service gave", async () => {
    service.answer("POST", TICKETS, 201, ticket());
    const app = kiosk();
    await takeTicket(app, "HT", "elderly");
    assert.deepEqual(service.calls[0].body, { service: "HT", priority: "elderly", language: "vi" });
    assert.equal(app.shown[0][0], "ticket");
    assert.equal(app.shown[0][1].ticket.number, "A012");
    assert.equal(app.busy, false);
  });

  it("a second tap meanwhile takes no second number", async () => {
    service.answer("POST", TICKETS, 201, ticket());
    const app = kiosk();
    await Promise.all([takeTicket(app, "HT", null), takeTicket(app, "HT", null), takeTicket(app, "DD", null)]);
    assert.equal(service.calls.length, 1);
  });

  it("is asked for again under the same key when the line breaks", async () => {
    holdTimers();
    service.answer("POST", TICKETS, 0);
    service.answer("POST", TICKETS, 201, ticket());
    const app = kiosk();
    const taking = takeTicket(app, "HT", null);
    for (let n = 0; n < 20 && !app.shown.length; n += 1) {
      await new Promise((resolve) => { setImmediate(resolve); });
      tick(500);
    }
    await taking;
    release();
    const keys = service.calls.map((call) => call.headers["Idempotency-Key"]);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    assert.equal(app.shown[0][0], "ticket");
  });

  it("tells a service without numbers, and marks it", async () => {
    service.answer("POST", TICKETS, 409, { code: "limit-reached" });
    const app = kiosk();
    await takeTicket(app, "DD", null);
    assert.deepEqual([...app.full], ["DD"]);
    assert.equal(app.shown[0][0], "service");
    assert.deepEqual(app.notes, ["Hết số hôm nay"]);
  });

  it("goes to the first screen when the office has closed", async () => {
    service.answer("POST", TICKETS, 409, { code: "closed" });
    const app = kiosk();
    await takeTicket(app, "HT", null);
    assert.deepEqual(app.shown.map(([name]) => name), ["refreshed", "home"]);
  });

  it("asks for patience when taps come too fast", async () => {
    service.answer("POST", TICKETS, 429, { code: "too-many" });
    const app = kiosk();
    await takeTicket(app, "HT", null);
    assert.deepEqual(app.notes, ["Xin chờ một lát rồi chạm lại."]);
    const busy = { ...kiosk(), taken: Array.from({ length: 20 }, () => Date.now()) };
    await takeTicket(busy, "HT", null);
    assert.deepEqual(busy.notes, ["Xin chờ một lát rồi chạm lại."]);
    assert.equal(service.calls.length, 1, "the twenty-first of a minute is not even sent");
  });

  it("hands any other refusal on", async () => {
    service.answer("POST", TICKETS, 422, { code: "unknown-service", title: "?" });
    const app = kiosk();
    await takeTicket(app, "HT", null);
    assert.equal(app.failures[0].code, "unknown-service");
    assert.equal(app.busy, false);
  });
});

describe("while the service can keep no number", () => {
  const board = (more) => ({ open: true, queues: [], next_opening: null, business_date: "2024-04-15", storage_fault: null, ...more });

  it("citizens are sent to the paper numbers, and back when there is room", async () => {
    const app = new Kiosk();
    for (const fault of [null, "full", null]) service.answer("GET", "/api/v1/board", 200, board({ storage_fault: fault }));
    assert.equal(await app.refresh(), true);
    app.show("home");
    assert.equal(await app.refresh(), false);
    app.goDown();
    assert.equal(app.name, "down");
    assert.deepEqual(down(app).say, ["The machine cannot give numbers now.", "Please take a paper number at counter 3."]);
    assert.equal(await app.refresh(), true);
    assert.deepEqual(down(app).say[0], "The machine is resting.");
  });

  it("an office that is closed stays closed", async () => {
    const app = new Kiosk();
    service.answer("GET", "/api/v1/board", 200, board({ open: false, storage_fault: "full" }));
    assert.equal(await app.refresh(), true);
  });

  it("a tap that found the disk full says so at once", () => {
    for (const code of ["storage-full", "storage-read-only"]) {
      const app = new Kiosk();
      app.board = board();
      app.failed(new Problem(503, { code, title: "" }));
      assert.equal(app.name, "down");
      assert.equal(down(app).say[0], "The machine cannot give numbers now.");
    }
  });
});

describe("the next citizen", () => {
  it("finds small letters, and the screen before is not drawn once more for them", () => {
    const app = new Kiosk();
    /** @type {string[]} */
    const drawn = [];
    Object.assign(app, { board: { ...app.board, open: true }, name: "camera", drawScreen() { if (this.name) drawn.push(this.name); } });
    document.documentElement.style.fontSize = "200%";
    Object.assign(globalThis, { dispatchEvent: () => app.draw() }); // a window that is resized draws
    app.nextCitizen();
    assert.deepEqual([drawn, document.documentElement.style.fontSize], [["home"], ""]);
  });
});

describe("a number that was chosen by mistake", () => {
  it("is cancelled, and the services are shown again", async () => {
    service.answer("POST", `${TICKETS}/t1/cancel`, 200, {});
    const app = kiosk();
    await cancelTicket(app, ticket());
    assert.equal(app.shown[0][0], "service");
  });

  it("that was called meanwhile stays", async () => {
    service.answer("POST", `${TICKETS}/t1/cancel`, 409, { code: "illegal-transition" });
    const app = kiosk();
    await cancelTicket(app, ticket());
    assert.deepEqual(app.shown, []);
    assert.equal(app.failures[0].code, "illegal-transition");
  });
});

describe("a code as it is typed", () => {
  const rows = [
    // what was typed, how it is laid, what is still to come, whether it may be a code
    ["", "", "NNN.NN.NN.HNN-NNNNNN-NNNN", false], ["0", "0", "NN.NN.NN.HNN-NNNNNN-NNNN", false], ["000", "000.", "NN.NN.HNN-NNNNNN-NNNN", false],
    ["0000053", "000.00.53.H", "NN-NNNNNN-NNNN", false], ["000005348240414000", "000.00.53.H48-240414-000", "N", false],
    ["0000053482404140001", "000.00.53.H48-240414-0001", "", true], ["00000534824041400011", "000.00.53.H48-240414-00011", "", true],
    ["H", "H", "NN.NNN.NN-NNNNNN-NNNN", false], ["H48", "H48.", "NNN.NN-NNNNNN-NNNN", false],
    ["H4812345260125010001", "H48.123.45-260125-010001", "", true], ["H48123452601250112345", "H48.123.45-260125-0112345", "", true],
    ["H4853.002404140001", "H48.53.00-240414-0001", "", true], ["H55242.2509010012", "H55.242-250901-0012", "", true],
  ];
  for (const [typed, text, rest, whole] of rows) {
    it(`"${typed}" is "${text}", then "${rest}"`, () => {
      assert.equal(laid(typed).text, text);
      assert.equal(laid(typed).rest, rest);
      assert.equal(laid(typed).whole, whole);
    });
  }

  it("takes H only as its first sign", () => {
    assert.equal(afterKey("", "H"), "H");
    assert.equal(afterKey("0", "H"), "0");
    assert.equal(afterKey("H", "H"), "H");
  });

  it("takes a point only where a group may be shorter", () => {
    assert.equal(afterKey("H4853", "."), "H4853.");
    assert.equal(afterKey("H55242", "."), "H55242.");
    for (const typed of ["", "0", "00000", "H", "H4", "H48", "H4853.0", "H4812345"]) assert.equal(afterKey(typed, "."), typed);
  });

  it("takes a running number as long as needed, and no digit more", () => {
    assert.equal(afterKey("0000053482404140001", "9"), "00000534824041400019");
    assert.equal(afterKey("000005348240414000112345678", "9"), "000005348240414000112345678");
  });

  it("loses its last sign, and nothing when it is empty", () => {
    assert.equal(afterKey("H4", "←"), "H");
    assert.equal(afterKey("H", "←"), "");
    assert.equal(afterKey("", "←"), "");
  });
});

describe("a scanner that types", () => {
  const read = (keys) => {
    const scanned = [];
    const listen = scanReader((text) => scanned.push(text));
    for (const key of keys) listen({ key });
    return scanned;
  };

  it("hands on what it read at Enter", () => assert.deepEqual(read([..."H48.53-240414-0001", "Enter"]), ["H48.53-240414-0001"]));
  it("reads one after another", () => assert.deepEqual(read([..."12345678", "Enter", ..."87654321", "Enter"]), ["12345678", "87654321"]));
  it("is not an Enter after a few keys", () => assert.deepEqual(read([..."1234567", "Enter", ..."1", "Enter"]), []));
  it("forgets after a second what no Enter ended: it may be somebody's card", () => {
    holdTimers();
    const scanned = [];
    const listen = scanReader((text) => scanned.push(text));
    for (const key of "12345678") listen({ key });
    tick(1000);
    for (const key of [..."87654321", "Enter"]) listen({ key });
    release();
    assert.deepEqual(scanned, ["87654321"]);
  });
  it("knows no Shift", () => assert.deepEqual(read(["Shift", ..."H4853000", "Enter"]), ["H4853000"]));
});

describe("what citizens are told of the printer", () => {
  for (const reason of ["paper_out", "paper_end", "no paper", "paper"]) it(`${reason}: out of paper`, () => assert.equal(faultText(reason), "Máy hết giấy"));
  for (const [reason, sentence] of [["cover_open", "The lid of the machine is open"], ["cutter", "The paper is stuck"], ["not_taken", "Please take the slip that hangs in the machine"], ["overheat", "The machine has to cool down"], ["unreachable", "The printer does not answer"], ["no_answer", "The printer does not answer"], ["offline", "The printer does not answer"]]) {
    it(`${reason}: ${sentence}`, () => assert.equal(faultText(reason), sentence));
  }
  for (const reason of ["gremlins", "", null]) it(`${reason}: a general sentence`, () => assert.equal(faultText(reason), "Máy chưa in được"));
});

describe("how a printer is", () => {
  const printer = (more) => ({ state: "ok", reason: null, near_end: false, mute: false, ...more });
  const rows = [
    // printer, fault, kind
    [{}, null, "well"], [{ near_end: true }, null, "look"], [{ state: "fault", reason: "paper_out" }, "paper_out", "broken"], [{ state: "fault" }, "offline", "broken"], [{ state: "unknown" }, null, "unknown"],
    [{ state: "unknown", reason: "unreachable" }, "unreachable", "broken"], [{ state: "unknown", reason: "unreachable", mute: true }, null, "unknown"], [{ state: "unknown", reason: "starting" }, null, "unknown"], [{ state: "fault", reason: "cutter", near_end: true }, "cutter", "broken"],
    [{ state: "unknown", reason: "other_service" }, null, "look"],
  ];
  for (const [more, fault, kind] of rows) {
    it(`${JSON.stringify(more)}: ${kind}`, () => {
      assert.equal(faultOf(printer(more)), fault);
      assert.equal(kindOf(printer(more)), kind);
    });
  }

  it("has words and something to do for each fault, and for one that nobody foresaw", () => {
    assert.equal(faultWords("cover_open"), "The printer's cover is open");
    assert.equal(toDo("cover_open"), "Close the cover until it clicks");
    assert.equal(faultWords("gremlins"), "The printer does not answer");
    assert.equal(toDo("gremlins"), "Look at its cable and its power");
  });
});
