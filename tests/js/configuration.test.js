// A page whose configuration changed opens anew: once, and at a calm moment.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { holdTimers, tick } from "./clock.js";

import { openBrowser, settle } from "./browser.js";
import { given } from "./office.js";

holdTimers();
const first = { ...given(), page: "counter" };
const { replaced, service } = openBrowser({ page: "counter", search: "?counter=1", given: first });
const { watchConfiguration } = await import("../../kiosk/web/static/lib/configuration.js");

const PAGE = "/api/v1/page/counter";
const other = { ...first, shown: { ...first.shown, counters: first.shown.counters.slice(1) } };
const asked = () => service.calls.filter((call) => call.path === PAGE).length;

beforeEach(() => {
  service.forget();
  replaced.length = 0;
});

describe("a page that is open", () => {
  it("asks when the office was configured, not at other events", async () => {
    service.answer("GET", PAGE, 200, first);
    const watch = watchConfiguration(() => true);
    watch.hear({ type: "ticket.issued" });
    assert.equal(asked(), 0);
    watch.hear({ type: "office.configured" });
    await settle();
    assert.deepEqual([asked(), replaced], [1, []]);
  });

  it("opens anew when it shows what is gone", async () => {
    service.answer("GET", PAGE, 200, other);
    await watchConfiguration(() => true).check();
    assert.deepEqual(replaced, ["reload"]);
  });

  it("waits until nobody is in the middle of something", async () => {
    service.answer("GET", PAGE, 200, other);
    let isCalm = false;
    const watch = watchConfiguration(() => isCalm);
    await watch.check();
    await watch.check();
    tick(5000);
    assert.deepEqual([asked(), replaced], [1, []]);
    isCalm = true;
    tick(500);
    assert.deepEqual(replaced, ["reload"]);
  });

  it("asks again with the next line when the service did not answer", async () => {
    const watch = watchConfiguration(() => true);
    await watch.check();
    assert.deepEqual(replaced, []);
    service.answer("GET", PAGE, 200, other);
    await watch.check();
    assert.deepEqual(replaced, ["reload"]);
  });
});
