// Numbers on paper that the machine lost: their holders get back in line at a counter, the kiosk says where to go.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { holdTimers } from "./clock.js";

import { openBrowser, settle } from "./browser.js";
import { given, ticket } from "./office.js";

holdTimers();
const { document, service } = openBrowser({ page: "counter", search: "?counter=1", given: { ...given(), page: "counter" } });
const { keepToken } = await import("../../kiosk/web/static/lib/device.js");
const { state } = await import("../../kiosk/web/static/console/model.js");
const { lostCard } = await import("../../kiosk/web/static/console/lost_numbers.js");
const { lostWords } = await import("../../kiosk/web/static/kiosk/lost_numbers.js");

const counter = { code: "1", name: "Quầy 1", state: "OPEN", services: ["HT"], clerk: null, officer: "", ticket: null, to_rate: null, last_served: null, waiting: 0, undo_ticket: null, undo_until: null };
const queue = { waiting: [], held: [], absent: [], waiting_by_service: {}, help: [] };
const equipment = (lost_numbers = []) => ({ now: new Date().toISOString(), last_seq: 1, followers: [], devices: [], printers: {}, lost_numbers });
const posted = () => service.calls.filter((call) => call.method === "POST").map((call) => [call.path, call.body]);
const toast = () => document.body.querySelector(".toasts").textContent;

/** @param {object[]} lost_numbers */
function knows(lost_numbers) {
  Object.assign(state, { isRead: true, counter, queue, equipment: equipment(lost_numbers), fresh: true, skew: 0 });
  service.answer("GET", "/api/v1/counters/1", 200, counter);
  service.answer("GET", "/api/v1/counters/1/queue", 200, queue);
  service.answer("GET", "/api/v1/equipment", 200, equipment());
}

beforeEach(() => {
  service.forget();
  keepToken("good");
});

describe("numbers that the machine lost", () => {
  const range = (letter, first, last) => ({ letter, first, last });
  const lost = (ranges, count) => [{ epoch: "01a2", reason: "damaged", since: new Date().toISOString(), business_date: "2024-04-15", ranges, count }];

  it("a few have a key each, and one touch lets their holder back in line", async () => {
    knows(lost([range("A", "A051", "A053"), range("C", "C004", "C004")], 4));
    const card = lostCard();
    assert.match(card.textContent, /A051–A053, C004/);
    const keys = [...card.querySelector(".lost-keys").querySelectorAll("button")];
    assert.deepEqual(keys.map((key) => key.textContent), ["A051", "A052", "A053", "C004"]);
    service.answer("POST", "/api/v1/tickets/paper", 201, ticket());
    keys[1].click();
    await settle();
    assert.deepEqual(posted(), [["/api/v1/tickets/paper", { number: "A052" }]]);
    assert.match(toast(), /A052/);
  });

  it("of many the number is typed", () => {
    knows(lost([range("A", "A051", "A200")], 150));
    const card = lostCard();
    assert.equal(card.querySelector(".lost-keys"), null);
    assert.equal(card.querySelector("input").getAttribute("placeholder"), "A051");
  });

  it("the notice stays until it is put away", async () => {
    knows([]);
    assert.equal(lostCard(), null);
    knows(lost([], 0));
    service.answer("POST", "/api/v1/lost-numbers/01a2/dismiss", 204, null);
    lostCard().querySelector("button").click();
    await settle();
    assert.deepEqual(posted(), [["/api/v1/lost-numbers/01a2/dismiss", {}]]);
  });
});

it("the kiosk names them to whoever holds one", () => {
  const words = lostWords({ board: { lost_numbers: [{ letter: "A", first: "A051", last: "A057" }] } });
  assert.match(words.textContent, /A051–A057/);
  assert.equal(lostWords({ board: { lost_numbers: [] } }), null);
  assert.equal(lostWords({ board: {} }), null);
});
