// The service worker: one version is kept whole or not at all, and never mixed with another.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, describe, it } from "node:test";
import { runInNewContext } from "node:vm";

const SOURCE = readFileSync(new URL("../../kiosk/web/static/offline/worker.js", import.meta.url), "utf8");
const OFFER = { version: "v2", code: "c2", pages: { "/kiosk": "kiosk", "/t/-": "ticket" }, files: ["/static/h2/kiosk/main.js", "/fonts/a.ttf"] };
const HOME = "http://office";

/** Caches as a browser has them, by name and path. */
function fakeCaches() {
  /** @type {Record<string, Record<string, Response>>} */
  const stores = {};
  const path = (/** @type {string} */ address) => new URL(address, HOME).pathname;
  return {
    stores,
    open: async (/** @type {string} */ name) => {
      const store = (stores[name] ||= {});
      return { put: async (/** @type {string} */ at, /** @type {Response} */ response) => { store[path(at)] = response; }, match: async (/** @type {string} */ at) => store[path(at)]?.clone() };
    },
    keys: async () => Object.keys(stores),
    delete: async (/** @type {string} */ name) => delete stores[name],
  };
}

const fixed = (/** @type {string} */ text) => new Response(text, { headers: { "Cache-Control": "public, immutable" } });
const good = () => ({
  "/static/h2/kiosk/main.js": fixed("code 2"), "/fonts/a.ttf": new Response("font"),
  "/kiosk": new Response('<body data-version="c2">'), "/t/-": new Response('<body data-version="c2">'),
  "/api/v1/page/kiosk": Response.json({ version: "c2" }), "/api/v1/page/ticket": Response.json({ version: "c2" }),
});

/** @type {{ caches: ReturnType<typeof fakeCaches>, fire: (kind: string, request?: object) => Promise<any>, service: Record<string, any> }} */
let browser;

beforeEach(() => {
  const caches = fakeCaches();
  caches.stores["motcua-v1"] = {};
  caches.stores.other = {};
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const service = /** @type {Record<string, any>} */ (good());
  const self = { addEventListener: (/** @type {string} */ kind, /** @type {any} */ run) => { listeners[kind] = run; }, skipWaiting: async () => {}, clients: { claim: async () => {} }, location: { origin: HOME } };
  const fetched = async (/** @type {any} */ what) => {
    const answer = service[new URL(typeof what === "string" ? what : what.url, HOME).pathname];
    if (!answer) throw new TypeError("the line is broken");
    return answer.clone();
  };
  runInNewContext(SOURCE, { OFFER, self, caches, fetch: fetched, Response, URL, AbortSignal, Error, Set, Object });
  const fire = async (/** @type {string} */ kind, request = {}) => {
    /** @type {any} */
    let answer = null;
    listeners[kind]({ waitUntil: (/** @type {any} */ work) => { answer = work; }, respondWith: (/** @type {any} */ work) => { answer = work; }, request: { method: "GET", mode: "cors", ...request } });
    return answer;
  };
  browser = { caches, fire, service };
});

const navigate = (/** @type {string} */ path) => browser.fire("fetch", { url: `${HOME}${path}`, mode: "navigate" });
const load = (/** @type {string} */ path) => browser.fire("fetch", { url: `${HOME}${path}` });

describe("installing a version", () => {
  it("keeps all of it, and drops the version before only then", async () => {
    await browser.fire("install");
    assert.deepEqual(Object.keys(browser.caches.stores["motcua-v2"]).sort(), [...Object.keys(good())].sort());
    assert.ok("motcua-v1" in browser.caches.stores);
    await browser.fire("activate");
    assert.deepEqual(Object.keys(browser.caches.stores).sort(), ["motcua-v2", "other"]);
  });

  for (const [name, path, answer] of /** @type {[string, string, any][]} */ ([
    ["a file of another version", "/static/h2/kiosk/main.js", new Response("code 3", { headers: { "Cache-Control": "no-cache" } })],
    ["a page of another version", "/kiosk", new Response('<body data-version="c3">')],
    ["sentences of another version", "/api/v1/page/kiosk", Response.json({ version: "c3" })],
    ["a service that is ill", "/t/-", new Response("", { status: 503 })],
    ["a line that breaks", "/fonts/a.ttf", null],
  ])) {
    it(`keeps nothing at all of it after ${name}`, async () => {
      browser.service[path] = answer;
      await assert.rejects(browser.fire("install"));
      assert.deepEqual(Object.keys(browser.caches.stores).sort(), ["motcua-v1", "other"]);
    });
  }
});

describe("an installed version", () => {
  beforeEach(async () => {
    await browser.fire("install");
  });

  it("opens its pages, tickets of any address too, while the service is dead", async () => {
    for (const path of Object.keys(browser.service)) browser.service[path] = null;
    assert.match(await (await navigate("/kiosk?x=1")).text(), /c2/);
    assert.match(await (await navigate("/t/8Zd9xQw7Yz2b")).text(), /c2/);
    assert.equal((await (await load("/api/v1/page/kiosk")).json()).version, "c2");
    assert.equal(await (await load("/static/h2/kiosk/main.js")).text(), "code 2");
  });

  it("opens them while a proxy says that the service is away", async () => {
    browser.service["/kiosk"] = new Response("away", { status: 502 });
    assert.match(await (await navigate("/kiosk")).text(), /c2/);
  });

  it("gives way to what the service says now", async () => {
    browser.service["/kiosk"] = new Response("new");
    assert.equal(await (await navigate("/kiosk")).text(), "new");
  });

  it("leaves other pages, other calls and other versions' files alone", async () => {
    assert.equal(await navigate("/admin"), null);
    assert.equal(await load("/api/v1/board"), null);
    assert.equal(await load("/static/h3/kiosk/main.js"), null);
    assert.equal(await browser.fire("fetch", { url: `${HOME}/kiosk`, mode: "navigate", method: "POST" }), null);
    assert.equal(await browser.fire("fetch", { url: "http://elsewhere/kiosk", mode: "navigate" }), null);
  });
});
