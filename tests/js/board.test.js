// The board without a document: the spotlight, notices in parts, what is shown in turn, why the office is closed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { CallScheduler } from "../../kiosk/web/static/board/call_scheduler.js";
import { inParts } from "../../kiosk/web/static/board/notices.js";
import { rowsAt, withNamesFirst } from "../../kiosk/web/static/board/paging.js";
import { closedFor, inOrder, isCalm, isFull, isLate, pageAt, sessionsOn, timeLeft } from "../../kiosk/web/static/board/turns.js";
import { given } from "./office.js";

const EXAMPLES = JSON.parse(readFileSync(new URL("../display_board/vectors.json", import.meta.url), "utf8"));

describe("pages of counters, by the examples that the page shares with the TV", () => {
  for (const example of EXAMPLES.pages) {
    it(example.name, () => {
      const calling = example.calling || [];
      const rows = Array.from({ length: example.counters }, (_, index) => ({ code: String(index + 1), services: ["HT"], state: "OPEN", ticket: calling.includes(index + 1) ? { state: "CALLED" } : null }));
      const { page, place } = rowsAt(rows, calling.map((code) => ({ counter: String(code) })), example.now, Boolean(example.stands), Boolean(example.far));
      assert.deepEqual([page.map((row) => Number(row.code)), place], [example.shown, example.place]);
    });
  }
});

describe("dossiers without a name", () => {
  for (const { rows, at_once: atOnce, shown } of EXAMPLES.dossier_places) {
    it(`take only the places left over: ${rows || "none"}`, () => {
      assert.equal(withNamesFirst([...rows].map((code) => ({ code, sensitive: code === "s" })), atOnce).map((row) => row.code).join(""), shown);
    });
  }
});

describe("the spotlight, by the examples that the page shares with the TV", () => {
  for (const example of EXAMPLES.spotlight) {
    it(example.name, () => {
      const scheduler = new CallScheduler();
      const lit = [];
      for (const [name, ...values] of example.steps) {
        scheduler[name](...values);
        if (name === "tick") lit.push(scheduler.spotlight?.call.number ?? null);
      }
      assert.deepEqual(lit, example.lit);
    });
  }
});

const call = (number, time, more = {}) => ({ number, counter: "1", service: "HT", time, recall: false, ticket: `id ${number}`, ...more });

describe("the spotlight", () => {
  it("shows a call at least 8 seconds when another waits, and 20 when none does", () => {
    const scheduler = new CallScheduler();
    scheduler.hear(call("A001", 1000), 1000);
    assert.equal(scheduler.tick(0), true);
    assert.equal(scheduler.tick(19), false);
    scheduler.hear(call("A002", 2000), 2000);
    assert.equal(scheduler.tick(7.9), false);
    assert.equal(scheduler.tick(8), true);
    assert.equal(scheduler.spotlight.call.number, "A002");
    assert.equal(scheduler.tick(27.9), false);
    assert.equal(scheduler.tick(28), true);
    assert.equal(scheduler.spotlight, null);
  });

  it("does not show a call that is older than a minute", () => {
    const scheduler = new CallScheduler();
    scheduler.hear(call("A001", 0), 60001);
    assert.equal(scheduler.tick(0), false);
  });

  it("shows the same call once, and a recall of it again", () => {
    const scheduler = new CallScheduler();
    scheduler.hear(call("A001", 1000), 1000);
    scheduler.hear(call("A001", 1000), 1000);
    scheduler.hear(call("A001", 5000), 5000);
    scheduler.tick(0);
    scheduler.tick(8);
    assert.equal(scheduler.spotlight.call.time, 5000);
    scheduler.tick(28);
    assert.equal(scheduler.spotlight, null);
  });

  it("forgets a call that was undone before its turn, not the earlier one of that ticket", () => {
    const scheduler = new CallScheduler();
    scheduler.hear(call("A001", 1000), 1000);
    scheduler.hear(call("A001", 3000), 3000);
    scheduler.withdraw("id A001", 1000);
    scheduler.tick(0);
    assert.equal(scheduler.spotlight.call.time, 1000);
    scheduler.tick(20);
    assert.equal(scheduler.spotlight, null);
  });

  it("without a time every call of the ticket is forgotten, and no other ticket's", () => {
    const scheduler = new CallScheduler();
    scheduler.hear(call("A001", 1000), 1000);
    scheduler.hear(call("A002", 1000), 1000);
    scheduler.withdraw("id A001");
    scheduler.tick(0);
    assert.equal(scheduler.spotlight.call.number, "A002");
  });
});

describe("a long notice", () => {
  for (const example of EXAMPLES.notices) {
    it(`as on the TV: ${example.text.slice(0, 40)}`, () => assert.deepEqual(inParts(example.text), example.parts));
  }

  it("that is short stays whole", () => assert.deepEqual(inParts("Mời  bà con\nuống nước."), ["Mời bà con uống nước."]));

  it("that is empty has no part", () => assert.deepEqual(inParts("   "), []));

  it("ends a part at a sentence where one ends late enough", () => {
    const first = "Sáng nay bộ phận một cửa tiếp nhận hồ sơ đến mười một giờ.";
    const second = "Buổi chiều tiếp nhận từ một giờ rưỡi đến năm giờ tại quầy số ba.";
    assert.deepEqual(inParts(`${first} ${second}`), [first, second]);
  });
});

const dossier = (code, due, step = "processing") => ({ code, field: "Đất đai", step, due, sensitive: false, name: "" });
const state = (more = {}) => ({ waiting: { HT: 0 }, rows: [], services: [{ code: "HT" }], full: new Set(), open: true, ...more });

describe("dossiers in order", () => {
  const [early, late, ready, undated] = [dossier("a", 50), dossier("b", 200), dossier("c", 10, "ready"), dossier("d", null)];

  it("is late when the day is past and nothing was decided", () => {
    assert.deepEqual([early, late, ready, undated].map((one) => isLate(one, 100)), [true, false, false, false]);
    assert.equal(isLate(dossier("e", 100), 100), false);
  });

  it("late ones stand first or last, as configured; the others keep their order", () => {
    const codes = (rows) => rows.map((one) => one.code).join("");
    assert.equal(codes(inOrder([late, early, ready], true, 100)), "abc");
    assert.equal(codes(inOrder([late, early, ready], false, 100)), "bca");
  });
});

describe("pages in turn while nobody waits", () => {
  const many = Array.from({ length: 8 }, (_, n) => dossier(String(n), null));
  const pictures = [{ file: "tet.png", seconds: 5, from: "2024-02-01", until: "2024-02-15" }, { file: "chao.png", seconds: 7, from: null, until: null }];
  const at = (seconds, more = {}) => pageAt(many, { procedures: "a.vn", pictures, today: "2024-04-15", ...more }, seconds, false);

  // counters 20 s, six dossiers 18 s, two dossiers 10 s at least, the code 15 s, the picture of today 7 s: 70 s in all
  for (const [seconds, kind] of [[0, "board"], [19.9, "board"], [20, "dossiers"], [37.9, "dossiers"], [38, "dossiers"], [48, "procedures"], [62.9, "procedures"], [63, "picture"], [69.9, "picture"], [70, "board"], [90, "dossiers"]]) {
    it(`after ${seconds} s: ${kind}`, () => assert.equal(at(seconds).kind, kind));
  }

  it("six dossiers lie on a page of a lying screen, eight on a standing one", () => {
    assert.equal(at(20).rows.length, 6);
    assert.deepEqual(at(20).place, [1, 2]);
    assert.equal(at(38).rows.length, 2);
    assert.equal(pageAt(many, {}, 20, true).rows.length, 8);
  });

  it("a picture is shown on its days only, the first and the last included", () => {
    const files = ["2024-01-31", "2024-02-01", "2024-02-15", "2024-02-16"].map((today) => pageAt([], { pictures: [pictures[0]], today }, 20, false).file);
    assert.deepEqual(files, [undefined, "tet.png", "tet.png", undefined]);
  });

  it("with nothing else to show the counters stay", () => {
    for (const seconds of [0, 20, 4000]) assert.equal(pageAt([], {}, seconds, false).kind, "board");
  });
});

describe("calm", () => {
  it("ends when somebody waits or is called, not while somebody is served", () => {
    assert.equal(isCalm(state()), true);
    assert.equal(isCalm(state({ waiting: { HT: 1 } })), false);
    assert.equal(isCalm(state({ rows: [{ ticket: { state: "CALLED" } }] })), false);
    assert.equal(isCalm(state({ rows: [{ ticket: { state: "SERVING" } }, { ticket: null }] })), true);
  });

  it("the office is full when every service is", () => {
    const two = { services: [{ code: "HT" }, { code: "DD" }] };
    assert.equal(isFull(state({ ...two, full: new Set(["HT"]) })), false);
    assert.equal(isFull(state({ ...two, full: new Set(["HT", "DD"]) })), true);
    assert.equal(isFull(state({ services: [] })), false);
  });
});

describe("why the office is closed", () => {
  const { office } = given().shown;
  const monday = (time, day = 15) => ({ year: 2024, month: 4, day, weekday: 1, time });
  const shut = (more = {}) => state({ open: false, ...more });

  it("not at all while it gives numbers or somebody is inside", () => {
    assert.equal(closedFor(state(), office, monday("09:00"), false), null);
    assert.equal(closedFor(shut({ waiting: { HT: 1 } }), office, monday("11:40"), true), null);
    assert.equal(closedFor(shut({ rows: [{ ticket: { state: "SERVING" } }] }), office, monday("11:40"), true), null);
  });

  it("lunch between the sessions of a day, closed before the first and after the last", () => {
    assert.equal(closedFor(shut(), office, monday("11:40"), true), "lunch");
    assert.equal(closedFor(shut(), office, monday("07:00"), true), "closed");
    assert.equal(closedFor(shut(), office, monday("17:30"), false), "closed");
  });

  it("a holiday is named", () => {
    assert.equal(closedFor(shut(), office, { ...monday("09:00"), day: 30 }, false), "holiday");
  });

  it("full when all numbers are given though it is open", () => {
    assert.equal(closedFor(state({ full: new Set(["HT"]) }), office, monday("09:00"), true), "full");
  });

  it("knows the sessions of a weekday, the morning first", () => {
    assert.deepEqual(sessionsOn(office, 1).map((row) => row.from), ["07:30", "13:30"]);
    assert.deepEqual(sessionsOn(office, 6).map((row) => row.from), ["08:00"]);
    assert.deepEqual(sessionsOn(office, 0), []);
  });
});

describe("time until the opening", () => {
  for (const [ms, left] of [[1, [0, 1]], [60000, [0, 1]], [60001, [0, 2]], [3600000, [1, 0]], [5400000, [1, 30]], [86340000, [23, 59]], [86400000, null], [0, null], [-5, null]]) {
    it(`${ms} ms: ${left}`, () => assert.deepEqual(timeLeft(ms), left));
  }
});
