// The board's fold: the examples that it shares with the TV, and rules told by hand.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { apply, callOf, fromSnapshot, undoneBy } from "../../kiosk/web/static/board/fold.js";
import { SERVICES } from "./office.js";

const EXAMPLES = JSON.parse(readFileSync(new URL("../display_board/vectors.json", import.meta.url), "utf8"));

const held = (one) => one && [one.id, one.number, one.service, one.state];
const plain = (state) => ({
  seq: state.seq, epoch: state.epoch, day: state.day, doubtful: state.doubtful, rows: state.rows.map((row) => [row.code, row.state, held(row.ticket)]), waiting: state.waiting, full: [...state.full].sort(),
  calls: state.calls.map((one) => [one.number, one.service, one.counter, one.time, one.recall, one.ticket]), progress: state.progress.map((one) => [one.code, one.field, one.step, one.due, one.sensitive, one.name]),
  notices: state.notices.map((one) => [one.id, one.text, one.language]),
});

describe("the examples that the page shares with the TV", () => {
  for (const example of EXAMPLES.fold) {
    it(example.name, () => {
      const services = (example.shown || example.snapshot.display)?.services || [];
      assert.deepEqual(plain(example.events.reduce(apply, fromSnapshot(example.snapshot, services))), example.expected);
    });
  }
});

const SNAPSHOT = {
  seq: 10, epoch: "e1", business_date: "2024-04-15", open: true, next_opening: null,
  counters: [
    { code: "1", services: ["HT"], state: "OPEN", ticket: { id: "t1", number: "A001", service: "HT", state: "CALLED" } },
    { code: "2", services: ["HT"], state: "OPEN", ticket: null }, { code: "3", services: ["DD"], state: "CLOSED", ticket: null },
  ],
  queues: [{ service: "HT", waiting: 2, full: false }, { service: "DD", waiting: 0, full: false }],
  recent_calls: [{ number: "A001", service: "HT", counter: "1", time: "2024-04-15T01:00:00.000Z", recall: false }],
  progress: [{ code_masked: "•••240411-0001", field: "Đất đai", step: "processing", due_at: "2024-04-20T10:00:00.000Z", sensitive: false }],
  notices: [],
};
const AT = Date.parse("2024-04-15T01:00:00.000Z");
const start = () => fromSnapshot(structuredClone(SNAPSHOT), SERVICES);
const event = (type, data = {}, more = {}) => ({ seq: 11, epoch: "e1", business_date: "2024-04-15", type, subject: "t2", time: "2024-04-15T01:10:00.000Z", data: { number: "A002", service: "HT", state: "WAITING", counter: null, ...data }, ...more });
const row = (state, code) => state.rows.find((one) => one.code === code);

describe("a snapshot", () => {
  it("keeps of a ticket what the screen shows and nothing else", () => {
    assert.deepEqual(row(start(), "1").ticket, { id: "t1", number: "A001", service: "HT", state: "CALLED" });
  });

  it("tells times in milliseconds and knows whose call it was", () => {
    assert.deepEqual(start().calls, [{ number: "A001", service: "HT", counter: "1", time: AT, recall: false, ticket: "t1" }]);
  });

  it("has no name under a code where the office shows none", () => {
    assert.equal(start().progress[0].name, "");
  });
});

describe("order of events", () => {
  it("an event that the snapshot holds already changes nothing", () => {
    const state = start();
    assert.equal(apply(state, event("ticket.issued", {}, { seq: 10 })), state);
  });

  it("a hole makes the board doubtful, the next number does not", () => {
    assert.equal(apply(start(), event("ticket.issued")).doubtful, false);
    assert.equal(apply(start(), event("ticket.issued", {}, { seq: 13 })).doubtful, true);
  });

  it("another epoch makes the board doubtful and is not folded", () => {
    const next = apply(start(), event("ticket.issued", {}, { epoch: "e2" }));
    assert.equal(next.doubtful, true);
    assert.equal(next.seq, 10);
    assert.equal(next.waiting.HT, 2);
  });

  it("doubt stays until the next snapshot", () => {
    const doubtful = apply(start(), event("ticket.issued", {}, { seq: 13 }));
    assert.equal(apply(doubtful, event("ticket.issued", {}, { seq: 14, subject: "t3" })).doubtful, true);
  });
});

describe("people who wait", () => {
  it("who takes a number waits for that service", () => {
    assert.deepEqual(apply(start(), event("ticket.issued")).waiting, { HT: 3, DD: 0 });
  });

  it("who is called from the queue waits no longer and stands at the counter", () => {
    const next = apply(start(), event("ticket.called", { state: "CALLED", counter: "2", why: "arrival", calls: 1 }));
    assert.equal(next.waiting.HT, 1);
    assert.deepEqual(row(next, "2").ticket, { id: "t2", number: "A002", service: "HT", state: "CALLED" });
    assert.equal(next.doubtful, false);
  });

  it("who is called back after being absent was not waiting", () => {
    const next = apply(start(), event("ticket.called", { state: "CALLED", counter: "2", why: "back", calls: 2 }));
    assert.equal(next.waiting.HT, 2);
  });

  it("a call for a reason that nobody knows leaves a doubt", () => {
    assert.equal(apply(start(), event("ticket.called", { state: "CALLED", counter: "2", why: "else", calls: 1 })).doubtful, true);
  });

  it("the number of waiting people is never below nobody", () => {
    const next = apply({ ...start(), waiting: { HT: 0, DD: 0 } }, event("ticket.called", { state: "CALLED", counter: "2", why: "arrival", calls: 1 }));
    assert.equal(next.waiting.HT, 0);
  });

  it("a transfer moves a person from one queue to the other", () => {
    const issued = apply(start(), event("ticket.issued"));
    const moved = apply(issued, event("ticket.transferred", { service: "DD", from: null }, { seq: 12 }));
    assert.deepEqual(moved.waiting, { HT: 2, DD: 1 });
  });

  it("a note or a dossier of a ticket moves nobody", () => {
    for (const type of ["ticket.noted", "ticket.dossier_linked"]) {
      const next = apply(start(), event(type, { state: "SERVING", counter: "2" }));
      assert.deepEqual(next.waiting, { HT: 2, DD: 0 });
      assert.equal(row(next, "2").ticket, null);
      assert.equal(next.doubtful, false);
    }
  });

  it("at the day's close nobody waits", () => {
    assert.deepEqual(apply(start(), event("office.day_closed")).waiting, { HT: 0, DD: 0 });
  });

  for (const type of ["office.day_reopened", "office.clock_corrected", "office.clock_jumped"]) {
    it(`after ${type} the whole is asked for anew`, () => assert.ok(apply(start(), event(type)).doubtful));
  }
});

describe("counters", () => {
  for (const [type, state] of [["counter.opened", "OPEN"], ["counter.paused", "PAUSED"], ["counter.closed", "CLOSED"]]) {
    it(`${type} makes the counter ${state} and leaves the others`, () => {
      const next = apply(start(), event(type, {}, { subject: "3" }));
      assert.equal(row(next, "3").state, state);
      assert.equal(row(next, "1").state, "OPEN");
    });
  }

  it("a ticket that was served leaves its counter", () => {
    const next = apply(start(), event("ticket.completed", { number: "A001", state: "COMPLETED", counter: "1" }, { subject: "t1" }));
    assert.equal(row(next, "1").ticket, null);
  });

  it("a ticket that is served stands where it was called", () => {
    const next = apply(start(), event("ticket.serving_started", { number: "A001", state: "SERVING", counter: "1" }, { subject: "t1" }));
    assert.equal(row(next, "1").ticket.state, "SERVING");
  });
});

describe("the last calls", () => {
  const called = (number, subject, seq, time) => event("ticket.called", { number, state: "CALLED", counter: "2", why: "arrival", calls: 1 }, { subject, seq, time });

  it("the newest call stands first, one a ticket", () => {
    let state = apply(start(), called("A002", "t2", 11, "2024-04-15T01:02:00.000Z"));
    state = apply(state, event("ticket.recalled", { state: "CALLED", counter: "2", calls: 2 }, { seq: 12, time: "2024-04-15T01:03:00.000Z" }));
    assert.deepEqual(state.calls.map((one) => [one.number, one.recall]), [["A002", true], ["A001", false]]);
  });

  it("an undo of the only call takes it away", () => {
    const state = apply(apply(start(), called("A002", "t2", 11, "2024-04-15T01:02:00.000Z")), event("ticket.undone", { called_at: null }, { seq: 12 }));
    assert.deepEqual(state.calls.map((one) => one.number), ["A001"]);
  });

  it("a new day begins without calls", () => {
    assert.deepEqual(apply(start(), event("office.day_opened", {}, { business_date: "2024-04-16" })).calls, []);
  });

  it("only a call and a recall are announced", () => {
    assert.equal(callOf(event("ticket.issued")), null);
    assert.deepEqual(callOf(event("ticket.called", { counter: "2", calls: 1 })), { number: "A002", service: "HT", counter: "2", time: AT + 600000, recall: false, ticket: "t2" });
    assert.equal(callOf(event("ticket.recalled", { counter: "2", calls: 3 })).recall, true);
  });

  it("an undo tells which calls it takes back", () => {
    assert.deepEqual(undoneBy(event("ticket.undone", { called_at: 5 })), { ticket: "t2", since: 5 });
    assert.deepEqual(undoneBy(event("ticket.undone", { called_at: null })), { ticket: "t2", since: -1 });
    assert.equal(undoneBy(event("ticket.called")), null);
  });
});

describe("numbers of the day", () => {
  it("the last number of the day's cap makes a service full, the one before does not", () => {
    assert.deepEqual([...apply(start(), event("ticket.issued", { number: "C002", service: "DD" })).full], []);
    assert.deepEqual([...apply(start(), event("ticket.issued", { number: "C003", service: "DD" })).full], ["DD"]);
  });

  it("the next day has numbers again", () => {
    const full = apply(start(), event("ticket.issued", { number: "C003", service: "DD" }));
    assert.deepEqual([...apply(full, event("office.day_opened", {}, { seq: 12, business_date: "2024-04-16" })).full], []);
  });
});

describe("dossiers", () => {
  const dossier = (status, more = {}) => event("dossier.updated", { code: "000.00.53.H48-240412-0007", field: "Đất đai", status, due_at: "2024-04-18T10:00:00.000Z", ...more }, { subject: "000.00.53.H48-240412-0007" });

  it("one in progress joins the others by the day it is due, its code masked", () => {
    const next = apply(start(), dossier(4));
    assert.deepEqual(next.progress.map((one) => one.code), ["•••240412-0007", "•••240411-0001"]);
    assert.equal(next.progress[0].step, "processing");
  });

  it("what is registered, refused, withdrawn or stopped is not shown", () => {
    for (const status of [1, 3, 7, 8]) assert.equal(apply(start(), dossier(status)).progress.length, 1);
  });

  it("one that is ready is looked up again: how long it stays is the service's word", () => {
    assert.equal(apply(start(), dossier(9)).doubtful, true);
    assert.equal(apply(start(), dossier(4)).doubtful, false);
  });

  it("a sensitive field is known from the configuration", () => {
    assert.equal(apply(start(), dossier(4, { field: "Hộ tịch" })).progress[0].sensitive, true);
    assert.equal(apply(start(), dossier(4, { field: "Chứng thực" })).progress[0].sensitive, false);
  });
});

describe("the rest", () => {
  it("a new notice is shown at once", () => {
    const notices = [{ id: "n", text: "Nghỉ chiều nay", language: "vi" }];
    assert.deepEqual(apply(start(), event("notice.changed", { notices })).notices, notices);
  });

  it("another configuration needs a new snapshot", () => {
    assert.equal(apply(start(), event("office.configured")).doubtful, true);
  });

  it("what the screen does not show moves only the position", () => {
    const next = apply(start(), event("slip.printed"));
    assert.deepEqual({ ...next, seq: 10 }, start());
    assert.equal(next.seq, 11);
  });
});

describe("a counter that is called like what every object has", () => {
  it("stays a counter, and no other object hears of it", () => {
    const code = "__proto__";
    const odd = { ...structuredClone(SNAPSHOT), counters: [{ code, services: ["HT"], state: "OPEN", ticket: null }] };
    const called = { seq: 11, epoch: "e1", type: "ticket.called", time: "2024-04-15T01:01:00.000Z", business_date: "2024-04-15", subject: "t9", data: { number: "A009", service: "HT", state: "CALLED", counter: code } };
    const state = apply(fromSnapshot(odd, SERVICES), called);
    assert.deepEqual(state.rows.map((one) => [one.code, one.ticket?.number]), [[code, "A009"]]);
    assert.equal({}.number, undefined);
    assert.equal({}.code, undefined);
  });
});
