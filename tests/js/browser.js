// A browser in miniature: just as much of a document, a location and a store as the pages' modules touch.

import { webcrypto } from "node:crypto";

export class FakeNode {
  constructor(tag) {
    this.tag = tag;
    this.children = [];
    this.attributes = {};
    this.listeners = {};
    this.dataset = {};
    this.style = { values: {}, setProperty(name, value) { this.values[name] = value; } };
    this.className = "";
    this.hidden = false;
    this.value = "";
    this.classList = {
      add: (...names) => { this.className = [this.className, ...names].filter(Boolean).join(" "); },
      toggle: (name, on) => { this.className = [...this.className.split(" ").filter((one) => one && one !== name), ...(on ? [name] : [])].join(" "); },
    };
  }

  get textContent() {
    return this.children.map((child) => (child instanceof FakeNode ? child.textContent : child)).join("");
  }

  set textContent(text) {
    this.children = [text];
  }

  append(...nodes) {
    this.children.push(...nodes);
    for (const node of nodes) if (node instanceof FakeNode) node.parent = this;
  }

  replaceChildren(...nodes) {
    this.children = [];
    this.append(...nodes);
  }

  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((child) => child !== this);
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
    if (name === "class") this.className = value;
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  addEventListener(kind, run) {
    (this.listeners[kind] ||= []).push(run);
  }

  fire(kind, event = {}) {
    for (const run of this.listeners[kind] || []) run({ preventDefault() {}, stopPropagation() {}, target: this, ...event });
  }

  click() {
    this.fire("click");
  }

  /** Every element below, this one first, in the order of the page. */
  all() {
    return [this, ...this.children.flatMap((child) => (child instanceof FakeNode ? child.all() : []))];
  }

  /** By "tag.class" or ".class" or "#id" or "[name=value]", or several of them parted by commas. */
  querySelectorAll(selector) {
    return this.all().slice(1).filter((node) => node.matches(selector));
  }

  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  matches(selector) {
    return selector.split(", ").some((one) => this.isOne(one));
  }

  isOne(selector) {
    const [, tag, id, classes, name, value] = /^([a-z0-9]*)(?:#([\w-]+))?((?:\.[\w-]+)*)(?:\[([\w-]+)(?:=([\w-]+))?\])?$/.exec(selector);
    const own = this.className.split(" ");
    return (!tag || this.tag === tag) && (!id || this.attributes.id === id) && classes.split(".").filter(Boolean).every((one) => own.includes(one))
      && (!name || (name in this.attributes && (!value || String(this.attributes[name]) === value)));
  }
}

class FakeDocument extends FakeNode {
  constructor() {
    super("#document");
    this.body = new FakeNode("body");
    this.documentElement = new FakeNode("html");
    this.elements = {};
  }

  createElement(tag) { return new FakeNode(tag); }

  dispatchEvent(event) {
    this.fire(event.type, event);
    return true;
  }

  createElementNS(_, tag) { return new FakeNode(tag); }

  /** Any id of the page's HTML is there. */
  getElementById(id) { return (this.elements[id] ||= new FakeNode("div")); }
}

class FakeStorage {
  values = {};

  getItem(key) { return this.values[key] ?? null; }

  setItem(key, text) { this.values[key] = String(text); }

  removeItem(key) { delete this.values[key]; }
}

/** Makes the globals of a page; `page` is its name, `given` what the service gives it, `search` the query of its address. */
export function openBrowser({ page = "kiosk", given, search = "", hash = "" } = {}) {
  const document = new FakeDocument();
  document.body.dataset.page = page;
  const replaced = [];
  const location = { search, hash, pathname: `/${page}`, reload() { replaced.push("reload"); } };
  const history = { replaceState(_, __, address) { replaced.push(address); location.hash = ""; } };
  const values = { document, location, history, localStorage: new FakeStorage(), Node: FakeNode, HTMLElement: FakeNode, HTMLInputElement: class extends FakeNode {},
    HTMLTextAreaElement: class extends FakeNode {}, HTMLButtonElement: class extends FakeNode {}, window: globalThis, innerWidth: 1080, innerHeight: 1920, addEventListener() {} };
  for (const [name, value] of Object.entries(values)) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  if (!globalThis.crypto) globalThis.crypto = webcrypto; // before node 19, as the next
  if (!globalThis.CustomEvent) globalThis.CustomEvent = FakeCustomEvent;
  const service = new FakeService();
  globalThis.fetch = (address, options) => service.fetch(address, options);
  if (given) service.answer("GET", `/api/v1/page/${page}`, 200, given);
  return { document, location, replaced, service };
}

class FakeCustomEvent extends Event {
  constructor(kind, { detail = null } = {}) {
    super(kind);
    this.detail = detail;
  }
}

/** What the service answers: a queue of answers for each call; the last one stays. */
export class FakeService {
  calls = [];
  answers = {};

  /** `status` 0: the line is broken. */
  answer(method, path, status, body = null) {
    (this.answers[`${method} ${path}`] ||= []).push({ status, body });
  }

  /** Drops what was to be answered to a call, and forgets what was asked. */
  forget() {
    this.calls = [];
    this.answers = {};
  }

  async fetch(address, { method = "GET", headers = {}, body } = {}) {
    this.calls.push({ method, path: address, headers, body: typeof body === "string" ? JSON.parse(body) : body });
    const waiting = this.answers[`${method} ${address}`] || [];
    const next = waiting.length > 1 ? waiting.shift() : waiting[0];
    if (!next || next.status === 0) throw new TypeError("the line is broken");
    return new Response(next.status === 204 ? null : JSON.stringify(next.body), { status: next.status, headers: { "Content-Type": "application/json" } });
  }
}

/** Lets whatever waits for answers go on. */
export const settle = () => new Promise((resolve) => { setImmediate(() => setImmediate(resolve)); });
