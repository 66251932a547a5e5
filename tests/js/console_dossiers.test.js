// Dossiers on the clerk's screen: linked to the citizen who stood there, one behind the other, and removed.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { holdTimers } from "./clock.js";

import { openBrowser } from "./browser.js";
import { given, ticket } from "./office.js";

holdTimers(); // what the screen does again later, it does not do here
const { service } = openBrowser({ page: "counter", search: "?counter=1", given: { ...given(), page: "counter" } });
const { keepToken } = await import("../../kiosk/web/static/lib/device.js");
const { state } = await import("../../kiosk/web/static/console/model.js");
const { act, linkDossier, unlinkDossier } = await import("../../kiosk/web/static/console/actions.js");

const CODE = "000.00.53.H48-240414-0001";
const COUNTER = "/api/v1/counters/1";
const counter = (more = {}) => ({ code: "1", name: "Quầy 1", state: "OPEN", services: ["HT"], clerk: null, officer: "", ticket: null, to_rate: null, last_served: null, waiting: 0, undo_ticket: null, undo_until: null, ...more });
const queue = (...tickets) => ({ waiting: tickets.map((one) => ({ ticket: one, why: "arrival" })), held: [], absent: [], waiting_by_service: {}, help: [] });
const equipment = (more = {}) => ({ now: new Date().toISOString(), last_seq: 1, followers: [], devices: [], printers: {}, ...more });

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

describe("a dossier", () => {
  it("a dossier that is scanned while an action is under way is linked behind it", async () => {
    const served = counter({ ticket: ticket({ state: "SERVING" }) });
    knows({ counter: served });
    serves({ of: served });
    service.answer("POST", "/api/v1/tickets/t1/start", 200, {});
    service.answer("POST", "/api/v1/tickets/t1/dossiers", 200, { linked: CODE, is_known: true });
    const all = await Promise.all([act("tickets/t1/start"), linkDossier(CODE), linkDossier(CODE)]);
    assert.deepEqual([all, posted().map(([path]) => path.split("/").at(-1))], [[true, true, true], ["start", "dossiers", "dossiers"]]);
  });

  it("a dossier goes to nobody else than who stood there when it was scanned", async () => {
    knows({ counter: counter({ ticket: ticket({ state: "SERVING" }) }) });
    serves({ of: counter({ ticket: ticket({ id: "t2" }) }) });
    service.answer("POST", `${COUNTER}/call-next`, 200, {});
    const all = await Promise.all([act("counters/1/call-next"), linkDossier(CODE)]);
    assert.deepEqual([all, posted().length], [[true, false], 1]);
    assert.equal(toast(), "Another number came to the counter: please scan the code again");
  });

  it("a dossier that the one-stop system does not know yet is noted, and said so", async () => {
    const served = counter({ ticket: ticket() });
    knows({ counter: served });
    serves({ of: served });
    service.answer("POST", "/api/v1/tickets/t1/dossiers", 200, { linked: CODE, is_known: false });
    assert.equal(await linkDossier(CODE.toLowerCase()), true);
    assert.match(toast(), /has not told of 000\.00\.53\.H48-240414-0001 yet/);
  });

  it("is not lost without a word while the service does not answer", async () => {
    knows({ counter: counter({ ticket: ticket() }), fresh: false });
    assert.equal(await linkDossier(CODE), false);
    assert.equal(toast(), "Lost the service, connecting again");
  });

  it("a dossier linked by mistake is removed", async () => {
    serves();
    service.answer("DELETE", `/api/v1/tickets/t1/dossiers/${CODE}`, 200, {});
    assert.equal(await unlinkDossier(ticket(), CODE), true);
  });
});
