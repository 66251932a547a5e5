// Ratings of a tablet whose line may be down: nothing is lost, nothing counts twice, nothing is older than a day.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { release, setTime } from "./clock.js";

import { openBrowser } from "./browser.js";
import { given } from "./office.js";

const { service } = openBrowser({ page: "tablet", given: { ...given(), page: "tablet" } });
const { giveReason, rate, sendKept, waiting } = await import("../../kiosk/web/static/tablet/ratings.js");
const { keepToken } = await import("../../kiosk/web/static/lib/device.js");

const RATINGS = "/api/v1/ratings";
const DAY_MS = 86400000;
const sent = () => service.calls.filter((call) => call.path === RATINGS).map((call) => call.body);

beforeEach(() => {
  localStorage.removeItem("motcua.tablet.kept");
  service.forget();
  keepToken("good");
});

describe("a rating while the line works", () => {
  it("is sent at once and answers its id", async () => {
    service.answer("POST", RATINGS, 201, { id: "r1" });
    assert.equal(await rate("t1", { attitude: "satisfied" }), "r1");
    assert.deepEqual([sent()[0].ticket, sent()[0].answers, sent()[0].reasons], ["t1", { attitude: "satisfied" }, []]);
    assert.ok(sent()[0].tapped_ms_ago < 1000);
    assert.equal(waiting(), false);
  });

  it("that the service refuses is let go", async () => {
    service.answer("POST", RATINGS, 409, { code: "already-rated" });
    assert.equal(await rate("t1", { attitude: "satisfied" }), null);
    assert.equal(waiting(), false);
  });

  it("its reason follows behind it", async () => {
    service.answer("PUT", `${RATINGS}/r1/reasons`, 200, {});
    await giveReason("r1", "t1", "long_wait");
    assert.deepEqual(service.calls[0].body, { reasons: ["long_wait"] });
  });
});

describe("a rating while the line is down", () => {
  for (const [name, status] of [["nobody answers", 0], ["the service is ill", 503]]) {
    it(`waits in the tablet when ${name}`, async () => {
      service.answer("POST", RATINGS, status, { code: "unavailable" });
      assert.equal(await rate("t1", { attitude: "satisfied" }), null);
      assert.equal(waiting(), true);
    });
  }

  it("goes with its reason once the line is back, with the time of the tap", async () => {
    setTime(1_000_000);
    await rate("t1", { attitude: "not_satisfied" });
    await giveReason(null, "t1", "long_wait");
    setTime(1_000_000 + 90_000);
    service.forget();
    service.answer("POST", RATINGS, 201, { id: "r1" });
    await sendKept();
    release();
    assert.deepEqual(sent(), [{ ticket: "t1", answers: { attitude: "not_satisfied" }, reasons: ["long_wait"], tapped_ms_ago: 90_000 }]);
    assert.equal(waiting(), false);
  });

  it("a reason belongs to its own ticket", async () => {
    await rate("t1", { attitude: "satisfied" });
    await rate("t2", { attitude: "not_satisfied" });
    await giveReason(null, "t2", "long_wait");
    service.forget();
    service.answer("POST", RATINGS, 201, { id: "r" });
    await sendKept();
    assert.deepEqual(sent().map((row) => [row.ticket, row.reasons]), [["t1", []], ["t2", ["long_wait"]]]);
  });

  it("all wait in order while the first cannot be sent", async () => {
    await rate("t1", { attitude: "satisfied" });
    await rate("t2", { attitude: "satisfied" });
    service.forget();
    service.answer("POST", RATINGS, 0);
    await sendKept();
    assert.equal(sent().length, 1);
    assert.equal(JSON.parse(localStorage.getItem("motcua.tablet.kept")).length, 2);
  });

  it("one that is refused for good does not hold up the next", async () => {
    await rate("t1", { attitude: "satisfied" });
    await rate("t2", { attitude: "satisfied" });
    service.forget();
    service.answer("POST", RATINGS, 409, { code: "too-late" });
    service.answer("POST", RATINGS, 201, { id: "r2" });
    await sendKept();
    assert.deepEqual(sent().map((row) => row.ticket), ["t1", "t2"]);
    assert.equal(waiting(), false);
  });

  it("one that came too fast is sent again later", async () => {
    await rate("t1", { attitude: "satisfied" });
    service.forget();
    service.answer("POST", RATINGS, 429, { code: "too-many" });
    await sendKept();
    assert.equal(waiting(), true);
  });

  it("after a day it is let go unsent", async () => {
    setTime(1_000_000);
    await rate("t1", { attitude: "satisfied" });
    service.forget();
    setTime(1_000_000 + DAY_MS);
    await sendKept();
    release();
    assert.deepEqual(sent(), []);
    assert.equal(waiting(), false);
  });

  it("a store that somebody spoiled counts as empty", () => {
    localStorage.setItem("motcua.tablet.kept", '{"a": 1}');
    assert.equal(waiting(), false);
  });
});
