// The tablet of a counter: which screen is shown, from what the service says of the counter.

import { announce, keepFocus } from "../lib/announce.js";
import { api } from "../lib/api.js";
import { endContrast } from "../lib/contrast.js";
import { fill } from "../lib/dom.js";
import { Finger } from "../lib/finger.js";
import { isCallError } from "../lib/http.js";
import { addTo, answer, CHOOSE_AGAIN_MS, deliver, give, hold, release, takeBack } from "../lib/ratings.js";
import { endLarge } from "../lib/text_size.js";
import { say } from "../lib/voice.js";
import { nameOf, shown, speak } from "../lib/words.js";
import { idle, looks, serving } from "./counter.js";
import { lay, screen, stage } from "./parts.js";
import { further, rate, reason, remark, spoken, thanks } from "./screens.js";
import { Slides } from "./slides.js";
import { asText } from "./spoken.js";

/** @typedef {"idle" | "serving" | "rate" | "reason" | "further" | "remark" | "spoken" | "thanks"} ScreenName */

/** @type {Record<ScreenName, (app: Tablet, data: any) => { node: HTMLElement, say: string[] }>} */
const SCREENS = { idle, serving, rate, reason, further, remark, spoken, thanks };
const THANKS_MS = 4000;
const AGAIN_MS = 8000;
const LEAVE_MS = 45000;
const REMARK_MS = 90000;
const REFRESH_MS = 150;
const FURTHER_MS = 4 * 60000; // longer than a citizen is waited for at four questions
const EASED_MS = 60000; // who asked for more contrast while nobody is served, and touches nothing, is gone by then
const ASKING = ["rate", "reason", "further", "remark", "spoken", "thanks"];
const OFFICE_LANGUAGE = shown.office.languages[0] || "vi";

export class Tablet {
  officer = "";
  waiting = 0;
  /** @type {Api.Counter | null} */
  now = null;
  /** What is shown is as it is now. */
  isLive = false;
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
  /** The key of the rating in the citizen's hand, and until when it may be chosen again (ms since 1970). */
  rating = Promise.resolve("");
  againUntil = 0;
  /** Open while its screen is shown. @type {import("./spoken.js").SpokenWords | null} */
  microphone = null;
  shownAs = "";
  finger = new Finger(document);
  refreshTimer = 0;
  easedTimer = 0;
  /** Whose tablet it is: the id of the ticket, "" while nobody is served. */
  whose = "";
  keypad = { isUsed: false, arrived() {}, words: () => /** @type {string[]} */ ([]), end() {} };

  /** @param {Api.CounterPlace} place */
  constructor(place) {
    this.place = place;
    this.slides = new Slides(screen);
  }

  /**
   * @param {ScreenName} name
   * @param {{ ticket?: any, [more: string]: any }} [data]
   */
  show(name, data = {}) {
    const isSame = !this.asks && !this.slides.isOn && name === this.name && data.ticket?.id === this.data.ticket?.id;
    this.timers.forEach(clearTimeout);
    this.slides.stop();
    this.microphone?.leave();
    this.microphone = null;
    Object.assign(this, { name, data, timers: [], changedAt: isSame ? this.changedAt : performance.now() });
    if (this.whose !== (this.data.ticket?.id || "")) this.endEase();
    this.whose = this.data.ticket?.id || "";
    speak(this.data.ticket?.language || OFFICE_LANGUAGE);
    const view = SCREENS[name](this, data);
    this.words = view.say;
    if (isSame) keepFocus(screen, () => fill(screen, view.node));
    else fill(screen, view.node);
    announce(screen);
    lay(true);
    stage.dataset.screen = name;
    if (!isSame) this.keypad.arrived();
    if (ASKING.includes(name)) this.speakAgain(1, this.keypad.isUsed);
    if (name === "idle") this.slides.start(() => this.show("idle"));
    if (name === "rate") this.after(AGAIN_MS, () => this.speakAgain(0.85, this.keypad.isUsed));
    if (["rate", "reason", "further"].includes(name)) this.after(LEAVE_MS, () => this.settle());
    if (["remark", "spoken"].includes(name)) this.after(REMARK_MS, () => this.settle());
    if (name === "thanks") this.after(Math.max(THANKS_MS, this.againUntil - Date.now()), () => this.settle());
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

  speakAgain(speed = 0.85, isAsked = true) {
    say([this.words, this.keypad.words()].flat(), { rate: speed, isAsked });
  }

  /** Somebody is here; whoever only passed by leaves no contrast and no letters to the next. */
  touched() {
    clearTimeout(this.easedTimer);
    this.easedTimer = setTimeout(() => {
      if (this.name !== "idle") return;
      this.endEase();
      this.show("idle");
    }, EASED_MS);
  }

  /** Contrast, letters and keys are those of a new day. */
  endEase() {
    endContrast();
    endLarge();
    this.keypad.end();
  }

  sendRating() {
    this.rating.then((key) => { if (key) release(key); });
    this.rating = Promise.resolve("");
  }

  /** What the counter does now: somebody is called or served, or it waits. What was answered goes out. */
  settle() {
    this.sendRating();
    this.shownAs = looks(this);
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
      this.sendRating();
      this.asked.add(served.id);
      this.show("rate", { ticket: served });
    } else if (!ASKING.includes(this.name)) {
      this.redraw();
    } else if (left || (called && before && before.last_served === counter.last_served)) {
      this.settle();
    }
  }

  /** False when the service gave no answer. */
  async refresh() {
    try {
      this.take(await api("GET", `counters/${encodeURIComponent(this.place.code)}`));
    } catch (error) {
      if (!isCallError(error)) throw error;
      if (!this.name) this.show("idle");
      return false;
    }
    await deliver();
    return true;
  }

  /**
   * The line is alive from now on, or is not any more: old figures are not shown as new ones.
   * @param {boolean} isLive
   */
  setLive(isLive) {
    this.isLive = isLive;
    stage.classList.toggle("cut", !isLive);
    if (this.name) this.redraw();
  }

  /** Nothing is asked: the card that is shown becomes that of now, but never under a finger. */
  redraw() {
    this.finger.spares(() => { if (!this.asks && looks(this) !== this.shownAs) this.settle(); });
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
    this.rating = give({ ticket: ticket.id, answers: { [shown.survey.code]: level.code }, restMs: CHOOSE_AGAIN_MS });
    this.againUntil = Date.now() + CHOOSE_AGAIN_MS;
    say(nameOf(level));
    if (level.asks_reason && shown.survey.reasons.length) this.show("reason", { ticket, level });
    else this.show("thanks", { ticket, level });
  }

  /** A finger slipped: nothing was sent yet, the faces come back. */
  async chooseAgain() {
    const { ticket } = this.data;
    if (this.name === "rate" || !ticket) return;
    const [key, name] = [await this.rating, this.name];
    if (!key || !(await takeBack(key)) || this.name !== name) return;
    this.rating = Promise.resolve("");
    this.show("rate", { ticket });
  }

  /** @param {Api.Reason} chosen */
  async reasoned(chosen) {
    if (this.name !== "reason") return;
    const { ticket, level } = this.data;
    const { rating } = this;
    this.show("thanks", { ticket, level });
    await addTo(await rating, { reasons: [chosen.code] });
  }

  /** A rating that has not gone yet takes answers of the second page. */
  mayAnswerMore() {
    return shown.survey.further.length > 0 && this.againUntil > Date.now();
  }

  async answerMore() {
    const isHeld = await hold(await this.rating, FURTHER_MS);
    if (this.name !== "thanks") return;
    if (isHeld) this.show("further", { ...this.data, at: 0 });
    else this.thankDone();
  }

  /**
   * @param {string} question
   * @param {string} choice "" when it was left out
   */
  async answered(question, choice) {
    if (this.name !== "further") return;
    const { rating, data } = this;
    const at = data.at + 1;
    this.againUntil = 0;
    if (at < shown.survey.further.length) this.show("further", { ...data, at });
    else this.thankDone();
    if (choice) await answer(await rating, question, choice);
  }

  thankDone() {
    this.show("thanks", { ...this.data, isDone: true });
  }

  write() {
    this.show("remark", this.data);
  }

  speakUp() {
    this.show("spoken", this.data);
  }

  /** @param {Blob} sound */
  async spoke(sound) {
    const { ticket, level } = this.data;
    const { rating } = this;
    this.show("thanks", { ticket, level, isDone: true });
    await addTo(await rating, { spoken: await asText(sound) });
  }

  /** @param {string} text */
  async wrote(text) {
    const { ticket, level } = this.data;
    const { rating } = this;
    this.show("thanks", { ticket, level, isDone: true });
    if (text.trim()) await addTo(await rating, { remark: text.trim() });
  }

  thank() {
    this.show("thanks", this.data);
  }

  skip() {
    this.settle();
  }
}
