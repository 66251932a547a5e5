// Calls of the service: how they fail, what they carry, and how a page gets its token and its sentences.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { openBrowser, settle } from "./browser.js";
import { given } from "./office.js";

const { document, location, service, replaced } = openBrowser({ given: given(), search: "?counter=2", hash: "#token=first" });
const { addressOf, checked, isCallError, json, newKey, Problem, request, Unreachable } = await import("../../kiosk/web/static/lib/http.js");
const { counterCode, dropToken, keepToken, role, takeFromAddress, token } = await import("../../kiosk/web/static/lib/device.js");
const { api, bearer, beat, ready } = await import("../../kiosk/web/static/lib/api.js");

beforeEach(() => {
  service.forget();
  keepToken("good");
});

describe("an address", () => {
  it("is below the API unless it is whole", () => {
    assert.equal(addressOf("tickets"), "/api/v1/tickets");
    assert.equal(addressOf("/healthz"), "/healthz");
  });
});

describe("a request", () => {
  it("carries an object as JSON", async () => {
    service.answer("POST", "/api/v1/help", 201, { id: "h" });
    await request("POST", "help", { where: "kiosk" });
    assert.deepEqual(service.calls[0].body, { where: "kiosk" });
    assert.equal(service.calls[0].headers["Content-Type"], "application/json");
  });

  it("carries a file as it is", async () => {
    service.answer("POST", "/api/v1/dossiers/table", 200, {});
    const file = new Blob(["a;b"]);
    await request("POST", "dossiers/table", file, { headers: { "Content-Type": "application/octet-stream" } });
    assert.equal(service.calls[0].body, file);
    assert.equal(service.calls[0].headers["Content-Type"], "application/octet-stream");
  });

  it("that finds nobody says so", async () => {
    await assert.rejects(request("GET", "board"), Unreachable);
  });

  it("whose answer breaks off found nobody either", async (t) => {
    const broken = new ReadableStream({ start: (body) => body.error(new DOMException("signal timed out", "TimeoutError")) });
    t.mock.method(globalThis, "fetch", async () => new Response(broken));
    await assert.rejects(request("GET", "board"), Unreachable);
    await beat();
  });

  it("that something else answers found nobody", async (t) => {
    t.mock.method(globalThis, "fetch", async () => new Response("<html>Sign in to the Wi-Fi"));
    await assert.rejects(request("GET", "board").then(json), Unreachable);
    await beat();
  });

  it("answers a refusal as it came", async () => {
    service.answer("GET", "/api/v1/board", 503, {});
    assert.equal((await request("GET", "board")).status, 503);
  });
});

describe("an answer", () => {
  it("is its JSON, and nothing for 204", async () => {
    service.answer("GET", "/api/v1/board", 200, { seq: 1 });
    service.answer("POST", "/api/v1/x", 204);
    assert.deepEqual(await json(await request("GET", "board")), { seq: 1 });
    assert.equal(await json(await request("POST", "x", {})), null);
  });

  it("that refuses is a problem with its code and its words", async () => {
    service.answer("POST", "/api/v1/tickets", 409, { code: "closed", title: "Chưa đến giờ", detail: "opens at 13:30" });
    const problem = await json(await request("POST", "tickets", {})).catch((error) => error);
    assert.ok(problem instanceof Problem);
    assert.deepEqual([problem.status, problem.code, problem.title, problem.detail], [409, "closed", "Chưa đến giờ", "opens at 13:30"]);
    assert.equal(problem.facts.detail, "opens at 13:30");
  });

  it("that is no JSON is a problem all the same", async () => {
    const problem = await checked(new Response("<html>", { status: 502 })).catch((error) => error);
    assert.deepEqual([problem.status, problem.code, problem.title], [502, "internal", ""]);
  });

  it("only these two are failures that a page expects", () => {
    assert.ok(isCallError(new Unreachable("")) && isCallError(new Problem(409, {})));
    assert.equal(isCallError(new TypeError("a mistake")), false);
  });
});

describe("a key for one tap", () => {
  it("has 32 figures and never comes twice", () => {
    const keys = new Set(Array.from({ length: 200 }, newKey));
    assert.equal(keys.size, 200);
    for (const key of keys) assert.match(key, /^[0-9a-f]{32}$/);
  });
});

describe("a device", () => {
  it("has the role of its page and the counter of its address", () => assert.deepEqual([role, counterCode], ["kiosk", "2"]));

  it("takes a token from the address once and hides it", () => {
    dropToken();
    location.hash = "#token=secret";
    takeFromAddress();
    assert.equal(token(), "secret");
    assert.equal(replaced.at(-1), "/kiosk?counter=2");
  });

  it("keeps its token when the address has none", () => {
    location.hash = "#somewhere";
    takeFromAddress();
    assert.equal(token(), "good");
  });

  it("forgets a token only while it is still that one", () => {
    dropToken("old");
    assert.equal(token(), "good");
    dropToken("good");
    assert.equal(token(), null);
  });
});

describe("a call with the device's token", () => {
  it("carries it, and the key of a tap", async () => {
    service.answer("POST", "/api/v1/tickets", 201, { id: "t" });
    assert.deepEqual(await api("POST", "tickets", { service: "HT" }, { idempotencyKey: "k" }), { id: "t" });
    assert.equal(service.calls[0].headers.Authorization, "Bearer good");
    assert.equal(service.calls[0].headers["Idempotency-Key"], "k");
    assert.deepEqual(bearer(null), {});
  });

  it("a beat that fails disturbs nobody", async () => {
    await beat({ screen: "home" });
    assert.deepEqual(service.calls[0].body, { state: "online", screen: "home" });
  });
});

describe("pairing", () => {
  it("shows the code until it is accepted, then keeps the token and goes away", async () => {
    dropToken();
    service.answer("POST", "/api/v1/devices/pair", 201, { code: "12345678", device_code: "d-1", state: "waiting" });
    service.answer("POST", "/api/v1/devices/pair/token", 200, { state: "approved", token: "fresh" });
    const waiting = ready();
    await settle();
    await waiting;
    assert.equal(token(), "fresh");
    assert.equal(document.body.querySelector(".pairing"), null);
    assert.deepEqual(service.calls[0].body, { role: "kiosk", name: "kiosk-2", counter: "2" });
    assert.equal(service.calls[0].headers.Authorization, undefined);
    assert.deepEqual(service.calls[1].body, { device_code: "d-1" }, "the shown code collects nothing");
  });

  it("begins anew when the service no longer knows the token", async () => {
    service.answer("GET", "/api/v1/board", 401, { code: "unauthorized" });
    service.answer("POST", "/api/v1/devices/pair", 201, { code: "87654321", device_code: "d-2", state: "waiting" });
    service.answer("POST", "/api/v1/devices/pair/token", 200, { state: "approved", token: "newer" });
    await assert.rejects(api("GET", "board"), { code: "unauthorized" });
    assert.equal(token(), "newer");
  });
});
