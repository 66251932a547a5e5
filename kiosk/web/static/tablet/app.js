// The tablet of a counter: which screen is shown, from what the service says of the counter.

import { api } from "../lib/api.js";
import { byId, fill, h } from "../lib/dom.js";
import { isCallError } from "../lib/http.js";
import { shrink } from "../lib/shrink.js";
import { say } from "../lib/voice.js";
import { addTo, deliver, give } from "../lib/ratings.js";
import { shown } from "../lib/words.js";
import { idle, rate, reason, serving, thanks } from "./screens.js";

/** @typedef {"idle" | "serving" | "rate" | "reason" | "thanks"} ScreenName */

/** @type {Record<ScreenName, (app: Tablet, data: any) => { node: HTMLElement, say: string[] }>} */
const SCREENS = { idle, serving, rate, reason, thanks };
const THANKS_MS = 4000;
const AGAIN_MS = 8000;
const LEAVE_MS = 45000;
const REFRESH_MS = 150;
const ASKING = ["rate", "reason", "thanks"];

export const stage = byId("stage");
export const screen = h("div.screen");

export class Tablet {
  officer = "";
  waiting = 0;
  /** @type {Api.Counter | null} */
  now = null;
  /** @type {ScreenName | ""} */
  name = "";
  /** @type {any} */
  data = {};
  /** @type {string[]} */
  words = [];
  /** Tickets that were asked about. @type {Set<string>} */
  asked = new Set();
  changedAt = -1000;
  /** @type {number[]} */
  timers = [];
  /** The key of the rating that was given last. */
  rating = Promise.resolve("");
  refreshTimer = 0;

  /** @param {Api.CounterPlace} place */
  constructor(place) {
    this.place = place;
  }

  /**
   * @param {ScreenName} name
   * @param {object} [data]
   */
  show(name, data = {}) {
    this.timers.forEach(clearTimeout);
    Object.assign(this, { name, data, timers: [], changedAt: performance.now() });
    const view = SCREENS[name](this, data);
    this.words = view.say;
    fill(screen, view.node);
    shrink(screen);
    stage.dataset.screen = name;
    if (ASKING.includes(name)) this.speakAgain();
    if (name === "rate") this.after(AGAIN_MS, () => this.speakAgain());
    if (name === "rate" || name === "reason") this.after(LEAVE_MS, () => this.settle());
    if (name === "thanks") this.after(THANKS_MS, () => this.settle());
  }

  /**
   * @param {number} ms
   * @param {() => void} act
   */
  after(ms, act) {
    this.timers.push(setTimeout(act, ms));
  }

  /** Somebody is asked, or thanked, right now. */
  get asks() {
    return ASKING.includes(this.name);
  }

  speakAgain() {
    say(this.words);
  }

  /** What the counter does now: somebody is called or served, or it waits. */
  settle() {
    const ticket = this.now?.ticket;
    if (ticket) this.show("serving", { ticket });
    else this.show("idle");
  }

  /**
   * Fold a fresh answer about the counter into what is shown.
   * @param {Api.Counter} counter
   */
  take(counter) {
    const before = this.now;
    this.now = counter;
    this.waiting = counter.waiting;
    this.officer = counter.clerk || counter.officer || this.place.officer;
    const called = counter.ticket && counter.ticket.id !== before?.ticket?.id;
    const served = counter.to_rate;
    const left = this.data?.ticket && ASKING.includes(this.name) && counter.last_served !== this.data.ticket.number;
    if (served && !this.asked.has(served.id)) {
      this.asked.add(served.id);
      this.show("rate", { ticket: served });
    } else if (!ASKING.includes(this.name)) {
      this.settle();
    } else if (this.name !== "thanks" && called && before && before.last_served === counter.last_served) {
      this.settle();
    } else if (left) {
      this.settle();
    }
  }

  async refresh() {
    try {
      this.take(await api("GET", `counters/${encodeURIComponent(this.place.code)}`));
      await deliver();
    } catch (error) {
      if (!isCallError(error)) throw error;
      if (!this.name) this.show("idle");
    }
  }

  refreshSoon() {
    this.refreshTimer = this.refreshTimer || setTimeout(() => {
      this.refreshTimer = 0;
      this.refresh();
    }, REFRESH_MS);
  }

  /**
   * @param {Api.Ticket} ticket
   * @param {Api.Level} level
   */
  rated(ticket, level) {
    if (this.name !== "rate") return;
    this.rating = give({ ticket: ticket.id, answers: { [shown.survey.code]: level.code } });
    say(level.name);
    if (level.asks_reason && shown.survey.reasons.length) this.show("reason", { ticket, level });
    else this.show("thanks", { ticket });
  }

  /** @param {Api.Choice} chosen */
  async reasoned(chosen) {
    if (this.name !== "reason") return;
    const { ticket } = this.data;
    this.show("thanks", { ticket });
    await addTo(await this.rating, { reasons: [chosen.code] });
  }

  thank() {
    this.show("thanks", this.data);
  }

  skip() {
    this.settle();
  }
}
