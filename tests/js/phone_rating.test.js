// Whether a phone may open its page anew: not while its citizen answers, nor while the answer waits, but behind that.

import assert from "node:assert/strict";
import { it } from "node:test";

import { setTime } from "./clock.js";

import { openBrowser } from "./browser.js";
import { given } from "./office.js";

const start = given();
const shown = { ...start.shown, survey: { ...start.shown.survey, further: [], remark: true } };
const { service } = openBrowser({ page: "ticket", given: { ...start, page: "ticket", shown } });
globalThis.setInterval = () => 0;
const { PhoneRating } = await import("../../kiosk/web/static/ticket/rating.js");
const TEN_MINUTES = 600000;
const BAD = shown.survey.levels[1];

/** @param {number} status of the service's answer; 0: the line is down */
async function rated(status) {
  setTime(0);
  service.forget();
  service.answer("POST", "/api/v1/public/tickets/t/rating-token", 201, { ticket: "t1", rating_token: "r" });
  service.answer("POST", "/api/v1/ratings", status, { id: "r1" });
  const rating = new PhoneRating("t", () => {});
  assert.equal(rating.isBusy, false);
  await rating.rate(BAD);
  assert.equal(rating.isBusy, true, "a reason may follow");
  return rating;
}

it("a phone that has rated is free again, and still shows its thanks", async () => {
  const rating = await rated(201);
  setTime(TEN_MINUTES);
  assert.deepEqual([rating.isGiven, rating.isBusy], [true, false]);
});

it("words that are being written keep the page", async () => {
  const rating = await rated(201);
  rating.write();
  setTime(TEN_MINUTES);
  assert.equal(rating.isBusy, true);
});

it("an answer that waits for the line keeps the page until it has gone", async () => {
  const rating = await rated(0);
  setTime(TEN_MINUTES);
  assert.equal(rating.isBusy, true);
  service.forget();
  service.answer("POST", "/api/v1/ratings", 201, { id: "r1" });
  await rating.send(); // delivers
  await rating.send(); // sees that nothing waits
  assert.equal(rating.isBusy, false);
});
