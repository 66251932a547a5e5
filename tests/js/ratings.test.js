// Ratings on their way, on a device whose line may be down: none is lost, none counts twice, and one older than a day says so.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { release as releaseTime, setTime } from "./clock.js";

import { openBrowser } from "./browser.js";
import { given } from "./office.js";

const { service } = openBrowser({ page: "tablet", given: { ...given(), page: "tablet" } });
localStorage.setItem("motcua.tablet.kept", JSON.stringify([{ key: "k0", ticket: "t0", answers: { attitude: "satisfied" }, reasons: [], at: Date.now() }]));
const { addTo, answer, deliver, give, hold, release, takeBack, waiting } = await import("../../kiosk/web/static/lib/ratings.js");
const { keepToken } = await import("../../kiosk/web/static/lib/device.js");

const RATINGS = "/api/v1/ratings";
const KEPT = "motcua.ratings"; // this browser in miniature has no IndexedDB: the page's store is the next best
const DAY_MS = 86400000;
const GOOD = { attitude: "satisfied" };
const sent = () => service.calls.filter((call) => call.path === RATINGS).map((call) => call.body);
const isDown = () => service.answer("POST", RATINGS, 0);

/** The line is back: the service takes whatever comes. */
function isBack() {
  service.forget();
  service.answer("POST", RATINGS, 201, { id: "r1" });
}

describe("a tablet of an earlier version", () => {
  it("leaves what it kept, and that is sent", async () => {
    isBack();
    keepToken("good");
    await deliver();
    assert.deepEqual(sent().map((row) => row.ticket), ["t0"]);
    assert.equal(localStorage.getItem("motcua.tablet.kept"), null);
  });
});

describe("a rating", () => {
  beforeEach(() => {
    localStorage.removeItem(KEPT);
    service.forget();
    keepToken("good");
  });

  it("is sent at once while the line works, and forgotten", async () => {
    isBack();
    await give({ ticket: "t1", answers: GOOD });
    assert.deepEqual([sent()[0].ticket, sent()[0].answers, sent()[0].reasons], ["t1", GOOD, []]);
    assert.ok(sent()[0].tapped_ms_ago < 1000);
    assert.equal(await waiting(), 0);
  });

  it("that the service refuses for good is let go, and does not hold up the next", async () => {
    isDown();
    await give({ ticket: "t1", answers: GOOD });
    await give({ ticket: "t2", answers: GOOD });
    service.forget();
    service.answer("POST", RATINGS, 409, { code: "already-rated" });
    service.answer("POST", RATINGS, 201, { id: "r2" });
    await deliver();
    assert.deepEqual(sent().map((row) => row.ticket), ["t1", "t2"]);
    assert.equal(await waiting(), 0);
  });

  for (const [name, status] of [["nobody answers", 0], ["the service is ill", 503], ["it came too fast", 429]]) {
    it(`waits on the device when ${name}`, async () => {
      service.answer("POST", RATINGS, status, { code: "unavailable" });
      await give({ ticket: "t1", answers: GOOD });
      assert.equal(await waiting(), 1);
    });
  }

  it("goes with reason and remark once the line is back, with the age of the touch", async () => {
    setTime(1_000_000);
    isDown();
    const key = await give({ ticket: "t1", answers: { attitude: "not_satisfied" }, token: "once" });
    await addTo(key, { reasons: ["long_wait"] });
    await addTo(key, { remark: "đợi lâu" });
    setTime(1_000_000 + 90_000);
    isBack();
    await deliver();
    releaseTime();
    assert.deepEqual(sent(), [{ ticket: "t1", answers: { attitude: "not_satisfied" }, reasons: ["long_wait"], comment: "đợi lâu", rating_token: "once", tapped_ms_ago: 90_000 }]);
  });

  it("that was taken has its reason and remark sent behind it, with the token that rated", async () => {
    isBack();
    service.answer("PUT", `${RATINGS}/r1/reasons`, 200, {});
    service.answer("PUT", `${RATINGS}/r1/remark`, 204);
    const key = await give({ ticket: "t1", answers: GOOD, token: "once" });
    await addTo(key, { reasons: ["long_wait"] });
    await addTo(key, { remark: "đợi lâu" });
    assert.deepEqual(service.calls.slice(1).map(({ body: { given_ms_ago: waited, ...body } }) => [body, waited < 1000]), [
      [{ reasons: ["long_wait"], rating_token: "once" }, true], [{ text: "đợi lâu", rating_token: "once" }, true],
    ]);
    assert.equal(await waiting(), 0);
  });

  it("that was taken before the line dropped has its reason and words kept, and sent once with how long they lay here", async () => {
    setTime(1_000_000);
    isBack();
    const key = await give({ ticket: "t1", answers: GOOD, token: "once" });
    await addTo(key, { reasons: ["long_wait"] });
    await addTo(key, { remark: "đợi lâu" });
    assert.equal(await waiting(), 1, "one row, and nobody answered");
    setTime(1_000_000 + 3 * DAY_MS);
    isBack();
    service.answer("PUT", `${RATINGS}/r1/reasons`, 200, {});
    service.answer("PUT", `${RATINGS}/r1/remark`, 204);
    await deliver();
    await deliver();
    releaseTime();
    assert.deepEqual(service.calls.map((call) => [call.path, call.body]), [
      [`${RATINGS}/r1/reasons`, { reasons: ["long_wait"], given_ms_ago: 3 * DAY_MS, rating_token: "once" }],
      [`${RATINGS}/r1/remark`, { text: "đợi lâu", given_ms_ago: 3 * DAY_MS, rating_token: "once" }],
    ]);
    assert.equal(await waiting(), 0);
  });

  it("whose reason is refused for good has its words taken all the same", async () => {
    isBack();
    const key = await give({ ticket: "t1", answers: GOOD });
    await addTo(key, { reasons: ["long_wait"] });
    await addTo(key, { remark: "đợi lâu" });
    isBack();
    service.answer("PUT", `${RATINGS}/r1/reasons`, 409, { code: "too-late" });
    service.answer("PUT", `${RATINGS}/r1/remark`, 204);
    await deliver();
    assert.deepEqual(service.calls.map((call) => call.path), [`${RATINGS}/r1/reasons`, `${RATINGS}/r1/remark`]);
    assert.equal(await waiting(), 0);
  });

  for (const status of [429, 503]) {
    it(`whose sound is put off with ${status} holds up no later citizen's, and goes when it is taken`, async () => {
      setTime(1_000_000);
      isDown();
      const key = await give({ ticket: "t1", answers: GOOD });
      await addTo(key, { spoken: btoa("a sound") });
      setTime(1_001_000);
      await give({ ticket: "t2", answers: GOOD });
      const sound = `${RATINGS}/r1/spoken-remark?given_ms_ago=1000`;
      isBack();
      service.answer("PUT", sound, status, { code: "too-many" });
      await deliver();
      assert.deepEqual([sent().map((row) => row.ticket), await waiting()], [["t1", "t2"], 1]);
      await give({ ticket: "t3", answers: GOOD });
      assert.deepEqual([sent().map((row) => row.ticket), await waiting()], [["t1", "t2", "t3"], 1], "now that it is known to the service, too");
      isBack();
      service.answer("PUT", sound, 204);
      await deliver();
      releaseTime();
      assert.deepEqual([sent(), await waiting()], [[], 0]);
    });

    it(`whose reason is put off with ${status} has its words sent all the same, and both again`, async () => {
      isBack();
      const key = await give({ ticket: "t1", answers: GOOD });
      await addTo(key, { reasons: ["long_wait"] });
      await addTo(key, { remark: "đợi lâu" });
      isBack();
      service.answer("PUT", `${RATINGS}/r1/reasons`, status, { code: "too-many" });
      service.answer("PUT", `${RATINGS}/r1/remark`, 204);
      await deliver();
      assert.deepEqual([service.calls.map((call) => call.path), await waiting()], [[`${RATINGS}/r1/reasons`, `${RATINGS}/r1/remark`], 1]);
    });
  }

  it("may be taken back while it rests, and then nothing was ever sent", async () => {
    isBack();
    const key = await give({ ticket: "t1", answers: GOOD, restMs: 10_000 });
    assert.deepEqual([await waiting(), sent()], [1, []]);
    await deliver();
    assert.deepEqual(sent(), []);
    assert.equal(await takeBack(key), true);
    await release(key);
    assert.deepEqual([await waiting(), sent()], [0, []]);
  });

  it("that is held waits for further answers and goes with them, once", async () => {
    setTime(1_000_000);
    isBack();
    const key = await give({ ticket: "t1", answers: GOOD, restMs: 10_000 });
    assert.equal(await hold(key, 60_000), true);
    await answer(key, "contacts", "none");
    setTime(1_050_000);
    await deliver();
    assert.deepEqual(sent(), []);
    await answer(key, "offices", "here");
    await release(key);
    releaseTime();
    assert.deepEqual(sent().map((row) => row.answers), [{ ...GOOD, contacts: "none", offices: "here" }]);
    assert.equal(await hold(key, 60_000), false);
  });

  it("that was held and left behind goes by itself with what was answered", async () => {
    setTime(1_000_000);
    isBack();
    const key = await give({ ticket: "t1", answers: GOOD, restMs: 10_000 });
    await hold(key, 60_000);
    await answer(key, "contacts", "none");
    setTime(1_060_000);
    await deliver();
    releaseTime();
    assert.deepEqual(sent().map((row) => [row.answers, row.tapped_ms_ago]), [[{ ...GOOD, contacts: "none" }, 60_000]]);
  });

  it("that was sent cannot be taken back", async () => {
    isBack();
    const key = await give({ ticket: "t1", answers: GOOD, restMs: 10_000 });
    await release(key);
    assert.deepEqual([await takeBack(key), sent().length], [false, 1]);
  });

  it("that rested is sent by itself when its time has come", async () => {
    setTime(1_000_000);
    await give({ ticket: "t1", answers: GOOD, restMs: 10_000 });
    isBack();
    setTime(1_010_000);
    await deliver();
    releaseTime();
    assert.deepEqual(sent().map((row) => row.tapped_ms_ago), [10_000]);
  });

  it("waits in its turn behind one that cannot be sent", async () => {
    isDown();
    await give({ ticket: "t1", answers: GOOD });
    await give({ ticket: "t2", answers: GOOD });
    service.forget();
    isDown();
    await deliver();
    assert.deepEqual([sent().map((row) => row.ticket), await waiting()], [["t1"], 2]);
  });

  it("is sent once though two deliveries are asked for at the same time", async () => {
    isDown();
    await give({ ticket: "t1", answers: GOOD });
    isBack();
    await Promise.all([deliver(), deliver()]);
    assert.equal(sent().length, 1);
  });

  it("older than a day comes late, and says so", async () => {
    setTime(1_000_000);
    isDown();
    await give({ ticket: "t1", answers: GOOD });
    isBack();
    setTime(1_000_000 + DAY_MS + 1);
    await deliver();
    releaseTime();
    assert.deepEqual([sent().map((row) => [row.late, row.tapped_ms_ago]), await waiting()], [[[true, DAY_MS + 1]], 0]);
  });

  it("of one ticket is counted apart from those of others on the same phone", async () => {
    isDown();
    await give({ ticket: "t1", answers: GOOD, about: "abc" });
    assert.deepEqual([await waiting("abc"), await waiting("xyz")], [1, 0]);
  });

  it("is not waited for in a store that somebody spoiled", async () => {
    localStorage.setItem(KEPT, '{"a": 1}');
    assert.equal(await waiting(), 0);
  });
});
