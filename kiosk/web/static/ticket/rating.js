// Rating on the citizen's own phone: the one-time token is fetched while the line is there, so that a touch counts even
// when the line drops; the answer is kept until it is delivered.

import { h } from "../lib/dom.js";
import { isCallError, json, newKey, Problem, request } from "../lib/http.js";
import { addTo, answer, CHOOSE_AGAIN_MS, deliver, give, hold, release, sendLeaving, waiting } from "../lib/ratings.js";
import { face, faceRim, picto } from "../lib/signs.js";
import { nameOf, shown, t } from "../lib/words.js";
import { phoneHeaders } from "./kept.js";

const WAIT_MS = 8000;
const EVERY_MS = 4000;
const LONGEST_REMARK = 500;
const FURTHER_MS = 4 * 60000; // longer than a citizen is waited for at four questions
/** What the service refuses, in the language of the ticket. @type {Record<string, string>} */
const REFUSALS = {
  "already-rated": "This visit has been rated already.",
  "too-late": "This visit ended too long ago to be rated here.",
  "another-phone": "Another phone or browser follows this number. Please open it where it was opened first, or rate at the tablet or at the kiosk.",
};

export class PhoneRating {
  /** @type {{ ticket: string, rating_token: string } | null} */
  pass = null;
  key = "";
  refused = "";
  /** The service will not take it: too late, or this door takes no answers. No faces are shown then. */
  isRefused = false;
  /** @type {Api.Level | null} */
  level = null;
  isExplained = false;
  /** An answer waits on this phone: from now, or from before the page was opened anew. */
  isKept = false;
  /** The line is to blame for that, not the second page that may still be answered. */
  isHeldUp = false;
  /** Until when the rating rests here for the second page (ms since 1970); 0 where it has gone, or nothing more is asked. */
  restsUntil = 0;
  /** Until when reasons and words may still follow the face (ms since 1970). */
  answersUntil = 0;
  /** A few words: not asked for, being written, or sent. @type {"" | "writing" | "written"} */
  words = "";
  /** The question of the second page that is asked; -1 for none. */
  at = -1;

  /**
   * @param {string} token of the ticket's address
   * @param {() => void} draw
   */
  constructor(token, draw) {
    this.token = token;
    this.draw = draw;
    setInterval(() => this.send(), EVERY_MS);
    addEventListener("visibilitychange", () => { if (document.hidden) this.leave(); });
    addEventListener("pagehide", () => this.leave());
    this.send();
  }

  get isGiven() {
    return this.level !== null || this.isKept;
  }

  /** Somebody may still be answering, or the answer is not delivered: the page stays as it is. */
  get isBusy() {
    return this.isKept || this.words === "writing" || this.at >= 0 || Date.now() < this.answersUntil;
  }

  /** Fetch the token as soon as the service ended. */
  async prepare() {
    if (this.pass || this.isGiven || this.isRefused) return;
    try {
      const path = `public/tickets/${this.token}/rating-token`;
      this.pass = await json(await request("POST", path, {}, { headers: { ...phoneHeaders(this.token), "Idempotency-Key": newKey() }, waitMs: WAIT_MS }));
      this.refused = "";
    } catch (error) {
      if (!isCallError(error)) throw error;
      const known = error instanceof Problem ? REFUSALS[error.facts.because || error.code] : "";
      this.refused = known ? t(known) : error instanceof Problem ? error.title : "";
      this.isRefused = error instanceof Problem && error.status < 500 && error.status !== 429;
      if (this.isRefused) this.draw();
    }
  }

  async send() {
    const isKept = (await waiting(this.token)) > 0;
    if (isKept) await deliver();
    const isHeldUp = isKept && Date.now() > this.restsUntil && (await waiting(this.token)) > 0;
    if (isKept === this.isKept && isHeldUp === this.isHeldUp) return;
    Object.assign(this, { isKept, isHeldUp });
    this.draw();
  }

  /** Nothing rests on a phone that is put away: its page may never be opened again. */
  leave() {
    if (this.restsUntil > Date.now()) sendLeaving(this.key);
    this.finish();
  }

  finish() {
    if (!this.restsUntil) return;
    Object.assign(this, { at: -1, restsUntil: 0 });
    release(this.key);
    this.draw();
  }

  /** @param {Api.Level} level */
  async rate(level) {
    if (this.isGiven) return;
    if (!this.pass) await this.prepare();
    if (!this.pass) {
      this.refused = this.refused || t("That did not work. Please touch again in a moment.");
      this.draw();
      return;
    }
    this.level = level;
    this.answersUntil = Date.now() + FURTHER_MS;
    const { ticket, rating_token: token } = this.pass;
    const restMs = shown.survey.further.length ? CHOOSE_AGAIN_MS : 0;
    this.restsUntil = restMs && Date.now() + restMs;
    this.key = await give({ ticket, token, about: this.token, answers: { [shown.survey.code]: level.code }, restMs });
    this.isKept = (await waiting(this.token)) > 0;
    this.isHeldUp = this.isKept && !restMs;
    this.draw();
    if (restMs) setTimeout(() => { if (this.at < 0) this.finish(); }, restMs);
  }

  /** To the second page, unless the answer has gone out just now. */
  async askFurther() {
    this.restsUntil = Date.now() + FURTHER_MS;
    if (await hold(this.key, FURTHER_MS)) this.at = 0;
    else this.restsUntil = 0;
    this.draw();
    setTimeout(() => this.finish(), FURTHER_MS);
  }

  /**
   * @param {string} question
   * @param {string} choice "" when it was left out
   */
  async answered(question, choice) {
    if (choice) await answer(this.key, question, choice);
    if (this.at < 0) return;
    this.at += 1;
    if (this.at < shown.survey.further.length) this.draw();
    else this.finish();
  }

  /** @param {Api.Reason} reason */
  async explain(reason) {
    this.isExplained = true;
    this.draw();
    await addTo(this.key, { reasons: [reason.code] });
  }

  /** @param {Api.PublicTicket} ticket */
  view(ticket) {
    if (this.isGiven) return this.thanks();
    if (ticket.state !== "COMPLETED") {
      this.isRefused = false;
      return null;
    }
    if (this.isRefused) return h("section.rate", {}, h("p", { role: "status" }, this.refused));
    if (ticket.rated) return h("section.rate", {}, h("h2", {}, t("Thank you!")), h("p", {}, t("This visit has been rated already.")));
    this.prepare();
    const { levels, heading, headings } = shown.survey;
    const faces = levels.map((level, index) => h("button", { type: "button", onclick: () => this.rate(level), "data-level": level.code,
      style: { "--rim": faceRim(index, levels.length) } }, face(index, levels.length), h("span", {}, nameOf(level))));
    return h("section.rate", {}, h("h2", {}, nameOf({ name: heading, names: headings })), h("div.faces", { class: `n${levels.length}` }, faces),
      h("p", { role: "status" }, this.refused || t("No name is written. One touch is enough.")));
  }

  thanks() {
    const { reasons, further } = shown.survey;
    if (this.at >= 0) return this.question(further[this.at]);
    const asks = this.level?.asks_reason && reasons.length > 0 && !this.isExplained;
    const more = this.restsUntil > Date.now() && !asks && h("button.bell.more", { type: "button", onclick: () => this.askFurther() }, picto("list"), t("More questions: {count}", { count: further.length }));
    if (this.words === "writing") return this.field();
    const write = shown.survey.remark && this.level && !asks && !this.words && h("button.bell.more.write", { type: "button", onclick: () => this.write() }, picto("speech"), t("Write a few words"));
    const kept = this.isHeldUp ? t("Your opinion is kept in this phone and will be sent when the line is back.") : t("Your opinion is stored, without a name.");
    return h("section.rate", {}, h("h2", {}, asks ? t("Why are you not satisfied?") : t("Thank you!")),
      asks && h("div.reasons", {}, reasons.map((one) => h("button", { type: "button", "data-reason": one.code, onclick: () => this.explain(one) },
        picto(one.pictogram === "clock" ? "wait" : one.pictogram === "question" ? "speech" : one.pictogram), h("span", {}, nameOf(one))))),
      h("p", { role: "status" }, asks ? t("Touch a picture. You need not answer.") : kept), more, write);
  }

  write() {
    this.words = "writing";
    this.draw();
  }

  /** While somebody writes the page is not drawn anew: the words and the keyboard would be gone. */
  field() {
    const text = h("textarea", { id: "remark", maxlength: String(LONGEST_REMARK), rows: "4", autocomplete: "off", "aria-label": t("Your words") });
    /** @param {string} said */
    const end = (said) => {
      this.words = said ? "written" : "";
      if (said) addTo(this.key, { remark: said });
      this.draw();
    };
    setTimeout(() => text.focus());
    return h("section.rate.words", {}, h("h2", {}, t("What would you like to tell us?")), h("p", {}, t("Please write no names and no numbers of papers.")), text,
      h("div.after", {}, h("button", { type: "button", onclick: () => end("") }, t("Skip")), h("button.done", { type: "button", onclick: () => end(text.value.trim()) }, t("Send"))));
  }

  /**
   * Of the second page: none need be answered.
   * @param {Api.Further} one
   */
  question(one) {
    const choices = one.choices.map((choice) => h("button", { type: "button", "data-choice": choice.code, onclick: () => this.answered(one.code, choice.code) }, picto(choice.pictogram), h("span", {}, nameOf(choice))));
    return h("section.rate", {}, h("h2", {}, nameOf(one)), h("p", { role: "status" }, t("Question {at} of {count}. You need not answer.", { at: this.at + 1, count: shown.survey.further.length })),
      h("div.reasons.choices", {}, choices), h("div.after", {}, h("button", { type: "button", onclick: () => this.answered(one.code, "") }, t("Skip")), h("button.done", { type: "button", onclick: () => this.finish() }, t("Done"))));
  }
}
