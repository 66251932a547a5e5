// The clerk's screen: what it knows, the sensible next step, what a tap does, and what is wrong with the equipment.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { holdTimers } from "./clock.js";

import { openBrowser, settle } from "./browser.js";
import { given, ticket } from "./office.js";

holdTimers(); // what the screen does again later, it does not do here
const { document, service } = openBrowser({ page: "counter", search: "?counter=1", given: { ...given(), page: "counter" } });
const { keepToken } = await import("../../kiosk/web/static/lib/device.js");
const { load, now, state, undoable } = await import("../../kiosk/web/static/console/model.js");
const { act, hold, linkDossier, nextStep, others, step, transfer, undo, waited } = await import("../../kiosk/web/static/console/actions.js");
const { ticks, trouble } = await import("../../kiosk/web/static/console/equipment.js");

const COUNTER = "/api/v1/counters/1";
const counter = (more = {}) => ({ code: "1", name: "Quầy 1", state: "OPEN", services: ["HT"], clerk: null, officer: "", ticket: null, to_rate: null, last_served: null, waiting: 0, undo_ticket: null, undo_until: null, ...more });
const queue = (...tickets) => ({ waiting: tickets.map((one) => ({ ticket: one, why: "arrival" })), held: [], absent: [], waiting_by_service: {}, help: [] });
const printer = (more = {}) => ({ state: "ok", reason: null, near_end: false, mute: false, ...more });
const equipment = (more = {}) => ({ now: new Date().toISOString(), last_seq: 1, followers: [], devices: [], printers: {}, ...more });
const dialogs = { transfer: () => {}, hold: () => {} };

function knows(more = {}) {
  Object.assign(state, { isRead: true, counter: counter(), queue: queue(), equipment: equipment(), fresh: true, skew: 0, origins: new Map(), notice: null, wasNext: null }, more);
}

/** The service answers with what a counter, its queue and its equipment are now. */
function serves({ of = counter(), line = queue(), things = equipment() } = {}) {
  service.answer("GET", COUNTER, 200, of);
  service.answer("GET", `${COUNTER}/queue`, 200, line);
  service.answer("GET", "/api/v1/equipment", 200, things);
}

const posted = () => service.calls.filter((call) => call.method === "POST").map((call) => [call.path, call.body]);
const toast = () => document.body.querySelector(".toasts").textContent;

beforeEach(() => {
  service.forget();
  keepToken("good");
  knows();
});

describe("what the screen knows", () => {
  it("is read whole, and fresh", async () => {
    serves({ of: counter({ state: "PAUSED" }), line: queue(ticket()) });
    knows({ fresh: false });
    await load();
    assert.deepEqual([state.fresh, state.counter.state, state.queue.waiting.length], [true, "PAUSED", 1]);
  });

  it("without its equipment is still good", async () => {
    service.answer("GET", COUNTER, 200, counter());
    service.answer("GET", `${COUNTER}/queue`, 200, queue());
    await load();
    assert.deepEqual([state.fresh, state.equipment], [true, null]);
  });

  it("is stale when the service does not answer, and stays to be seen", async () => {
    knows({ counter: counter({ ticket: ticket() }) });
    await load();
    assert.equal(state.fresh, false);
    assert.equal(state.counter.ticket.number, "A012");
  });

  it("who asks while it is read gets what is newest afterwards", async () => {
    serves();
    await Promise.all([load(), load(), load()]);
    assert.equal(service.calls.filter((call) => call.path === COUNTER).length, 2);
  });

  it("follows the service's clock", async () => {
    serves({ things: equipment({ now: new Date(Date.now() + 3600_000).toISOString() }) });
    await load();
    assert.ok(Math.abs(now() - Date.now() - 3600_000) < 2000);
  });

  it("an action may be taken back while its minute lasts", () => {
    const until = (ms) => new Date(Date.now() + ms).toISOString();
    knows({ counter: counter({ undo_ticket: "t1", undo_until: until(5000) }) });
    assert.equal(undoable(), true);
    knows({ counter: counter({ undo_ticket: "t1", undo_until: until(-1) }) });
    assert.equal(undoable(), false);
    knows({ counter: counter({ undo_until: until(5000) }) });
    assert.equal(undoable(), false);
  });
});

describe("the next step", () => {
  const [called, serving, next] = [ticket({ state: "CALLED" }), ticket({ state: "SERVING" }), ticket({ id: "t2", number: "A013" })];
  const rows = [
    // name, counter, queue, words, what is sent
    ["a paused counter opens", { state: "PAUSED" }, [next], "Open the counter again", [`${COUNTER}/open`, {}]],
    ["who was called begins", { ticket: called }, [next], "Start", ["/api/v1/tickets/t1/start", {}]],
    ["who is served makes room for the next", { ticket: serving }, [next], "Done, call the next number", [`${COUNTER}/call-next`, { finish_current: "complete" }]],
    ["the last one ends", { ticket: serving }, [], "Finish", ["/api/v1/tickets/t1/complete", {}]],
    ["somebody waits", {}, [next], "Call the next number", [`${COUNTER}/call-next`, {}]],
  ];
  for (const [name, of, line, words, call] of rows) {
    it(`${name}: ${words}`, async () => {
      knows({ counter: counter(of), queue: queue(...line) });
      serves();
      assert.equal(nextStep().words, words);
      service.answer("POST", call[0], 200, {});
      assert.equal(await nextStep().run(), true);
      assert.deepEqual(posted(), [call]);
    });
  }

  it("does what was said, whatever came before the click", async () => {
    knows({ counter: counter({ ticket: serving }) });
    serves();
    const [said, calls] = [nextStep(), others(dialogs)];
    knows({ counter: counter({ ticket: next }), queue: queue(ticket({ id: "t3", number: "A014" })) });
    service.answer("POST", "/api/v1/tickets/t1/complete", 200, {});
    step(() => {}, said);
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    assert.deepEqual(posted(), [["/api/v1/tickets/t1/complete", {}]]);
    service.answer("POST", "/api/v1/tickets/t1/recall", 200, {});
    await calls[0].run();
    assert.deepEqual(posted()[1], ["/api/v1/tickets/t1/recall", {}]);
  });

  it("there is none when nobody waits", () => {
    assert.equal(nextStep().run, null);
    assert.equal(nextStep().words, "Nobody is waiting yet");
  });
});

describe("an action", () => {
  it("is sent once more under the same key when the line broke", async () => {
    serves();
    service.answer("POST", "/api/v1/tickets/t1/recall", 0);
    service.answer("POST", "/api/v1/tickets/t1/recall", 200, {});
    assert.equal(await act("tickets/t1/recall"), true);
    const keys = service.calls.filter((call) => call.method === "POST").map((call) => call.headers["Idempotency-Key"]);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });

  it("that is refused is told in the service's words and not sent again", async () => {
    serves();
    service.answer("POST", "/api/v1/tickets/t1/recall", 409, { code: "illegal-transition", title: "Số này đã xong" });
    assert.equal(await act("tickets/t1/recall"), false);
    assert.equal(posted().length, 1);
    assert.equal(toast(), "Số này đã xong");
  });

  it("that finds nobody says so", async () => {
    serves();
    service.answer("POST", `${COUNTER}/call-next`, 204);
    assert.equal(await act("counters/1/call-next"), "nobody");
  });

  it("a second tap meanwhile does nothing", async () => {
    serves();
    service.answer("POST", "/api/v1/tickets/t1/recall", 200, {});
    assert.deepEqual(await Promise.all([act("tickets/t1/recall"), act("tickets/t1/recall")]), [true, false]);
    assert.equal(posted().length, 1);
  });

  it("rests while the screen is stale", async () => {
    knows({ fresh: false });
    assert.equal(await act("tickets/t1/recall"), false);
    assert.equal(service.calls.length, 0);
  });

  it("each needs its state", () => {
    const can = () => others(dialogs).filter((one) => one.can).map((one) => one.key).join("");
    assert.equal(can(), "");
    knows({ counter: counter({ ticket: ticket({ state: "CALLED" }) }) });
    assert.equal(can(), "RVCGX");
    knows({ counter: counter({ ticket: ticket({ state: "SERVING" }) }) });
    assert.equal(can(), "CGX");
  });

  const sent = { service: "DD", keep: true };

  it("a transfer goes where it was told", async () => {
    knows({ counter: counter({ ticket: ticket({ state: "SERVING" }) }) });
    serves();
    service.answer("POST", "/api/v1/tickets/t1/transfer", 200, {});
    await transfer(ticket(), sent, () => assert.fail("asked"));
    assert.deepEqual(posted(), [["/api/v1/tickets/t1/transfer", { ...sent, confirmed: false }]]);
  });

  it("a transfer to where nobody is open is asked about first, and goes on when told to", async () => {
    serves();
    service.answer("POST", "/api/v1/tickets/t1/transfer", 409, { code: "counter-closed", title: "Quầy 3 đang không mở" });
    service.answer("POST", "/api/v1/tickets/t1/transfer", 200, {});
    const asked = [];
    await transfer(ticket(), sent, (words, go) => asked.push(words, go));
    assert.deepEqual([asked[0], posted().length], ["Quầy 3 đang không mở", 1]);
    await asked[1]();
    assert.deepEqual(posted()[1][1], { ...sent, confirmed: true });
  });

  it("is of the citizen whom the clerk meant, whoever stands there now", async () => {
    knows({ counter: counter({ ticket: ticket({ id: "t2" }) }) });
    serves();
    service.answer("POST", "/api/v1/tickets/t1/hold", 200, {});
    await hold(ticket(), "papers");
    assert.deepEqual(posted(), [["/api/v1/tickets/t1/hold", { reason: "papers" }]]);
  });

  it("a visit that ends with a rest is one call", async () => {
    knows({ counter: counter({ ticket: ticket({ state: "CALLED" }) }) });
    serves();
    service.answer("POST", `${COUNTER}/finish`, 200, {});
    await others(dialogs).find((one) => one.key === "X").run();
    assert.deepEqual(posted(), [[`${COUNTER}/finish`, { then: "pause" }]]);
  });

  it("an undo is of the ticket that the service names", async () => {
    knows({ counter: counter({ undo_ticket: "t9" }) });
    serves();
    service.answer("POST", "/api/v1/tickets/t9/undo", 200, {});
    await undo();
    assert.deepEqual(posted()[0][0], "/api/v1/tickets/t9/undo");
    service.forget();
    knows();
    await undo();
    assert.equal(service.calls.length, 0);
  });

  it("a dossier needs somebody at the counter", async () => {
    await linkDossier("H48.53-240414-0001");
    assert.equal(service.calls.length, 0);
    assert.equal(toast(), "No number is at this counter yet");
    await settle();
  });

  it("a wait is counted in whole minutes from the taking of the number", () => {
    assert.equal(waited(ticket({ issued_at: new Date(Date.now() - 5 * 60000 - 2000).toISOString() })), 5);
  });
});

describe("the equipment at a glance", () => {
  const kinds = () => ticks().map((one) => one.state).join(" ");

  it("nothing is known before it was asked", () => {
    knows({ equipment: null });
    assert.equal(kinds(), "unknown unknown unknown unknown");
    assert.equal(trouble(), null);
  });

  it("a device's own tablet counts, another counter's does not", () => {
    const device = (role, code, is) => ({ name: role + code, role, counter: code, state: is });
    knows({ equipment: equipment({ devices: [device("board", null, "online"), device("board", null, "offline"), device("tablet", "2", "offline"), device("tablet", "1", "online")] }) });
    assert.equal(kinds(), "unknown well well unknown");
    assert.equal(trouble(), null);
    knows({ equipment: equipment({ devices: [device("tablet", "1", "offline")] }) });
    assert.equal(trouble().title, "The tablet is silent");
  });

  it("the worst printer is shown", () => {
    knows({ equipment: equipment({ printers: { hall: printer(), back: printer({ near_end: true }) } }) });
    assert.equal(kinds().split(" ")[0], "look");
    knows({ equipment: equipment({ printers: { hall: printer(), back: printer({ state: "fault", reason: "cover_open" }) } }) });
    assert.equal(kinds().split(" ")[0], "broken");
    assert.equal(trouble().title, "The printer's cover is open");
  });

  it("a line that is down is named before paper that runs low", () => {
    const line = { name: "tinh", line: true, state: "waiting", behind: 7, since: "2024-04-15T01:00:00.000Z", silent: false, refused: 0 };
    knows({ equipment: equipment({ followers: [line, { ...line, line: false, state: "blocked" }], printers: { hall: printer({ near_end: true }) } }) });
    assert.equal(ticks()[3].state, "look");
    assert.equal(trouble().title, "The line is down");
  });

  it("a fault of the storage comes before everything else, and says what still works", () => {
    const broken = { printers: { hall: printer({ state: "fault", reason: "cover_open" }) } };
    for (const [fault, title, words] of [
      ["full", "The disk of the main machine is full", /give numbers on paper.*still be called/],
      ["read_only", "The main machine cannot write to its disk", /give numbers on paper/],
      ["failed", "The main machine cannot write to its disk", /give numbers on paper/],
      ["log", "The disk of the main machine is slow to take what is written", /Work as usual/],
      ["damaged", "Some stored data is damaged", /Work as usual/],
    ]) {
      knows({ equipment: equipment({ ...broken, storage: [{ fault, detail: "" }] }) });
      assert.equal(trouble().title, title);
      assert.match(trouble().words, words);
    }
    knows({ equipment: equipment({ ...broken, storage: [] }) });
    assert.equal(trouble().title, "The printer's cover is open");
  });
});
