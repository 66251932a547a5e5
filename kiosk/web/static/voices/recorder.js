// The card of one phrase: what to say, record, hear, record again, next.

import { fill, h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { may } from "../lib/session.js";
import { carry, clipBytes } from "./line.js";
import { obstacle, record } from "./microphone.js";
import { hush, play, wavOf } from "./sound.js";

/** @type {Record<string, string>} */
const ADVICE = {
  "silent": "Nothing was heard. Please speak closer to the microphone.", "too-short": "That was too short. Please say the whole phrase.",
  "too-long": "That was too long. Please say only this phrase.", "too-loud": "That was too loud. Please move a little away from the microphone.",
  "noisy": "The room is too noisy. Please close doors, turn off fans, and try again.", "not-wav": "This file cannot be read as sound.",
  "uneven": "Too uneven to be made as loud as the others. Please say it again calmly.", "cut-start": "The beginning is missing. Please start to speak a moment after the touch.",
  "cut-end": "The end is missing. Please stop a moment after the last word.", "incomplete": "A part of the phrase is missing. Please say all of it.", "another": "This sounds like “{other}”. Please say: “{words}”.",
  "unclear": "The words were not understood; heard was “{other}”. Please say it once more, clearly.",
  "no-speaker": "Please fill in first who speaks and who may use the voice.",
};
//t: Nothing was heard. Please speak closer to the microphone. | That was too short. Please say the whole phrase. | That was too long. Please say only this phrase.
//t: That was too loud. Please move a little away from the microphone. | The room is too noisy. Please close doors, turn off fans, and try again.
//t: Too uneven to be made as loud as the others. Please say it again calmly. | The beginning is missing. Please start to speak a moment after the touch.
//t: A part of the phrase is missing. Please say all of it. | The end is missing. Please stop a moment after the last word. | This sounds like “{other}”. Please say: “{words}”. | The words were not understood; heard was “{other}”. Please say it once more, clearly.
//t: This file cannot be read as sound. | Please fill in first who speaks and who may use the voice.
/** Of refusals these are a comparison, which an ear may overrule; the others are measured on the sound itself. */
const COMPARED = new Set(["incomplete", "another", "unclear"]);
const BY_EAR = "PUT /api/v1/admin/voices/<language>/phrases/<key>/by-ear";
const HINDRANCES = {
  insecure: "The microphone works only on the server itself ({address}) or over https. A recording from a telephone can be chosen below.",
  none: "This browser cannot record. A recording from a telephone can be chosen below.",
};
//t: The microphone works only on the server itself ({address}) or over https. A recording from a telephone can be chosen below.
//t: This browser cannot record. A recording from a telephone can be chosen below.

/** @typedef {Awaited<ReturnType<typeof record>>} Recording */
/** @type {Recording | null} */
let running = null; // what is recorded for a phrase ends with its card

/**
 * The card of `phrase`; `place` is "4 / 17"; `onDone()` after each change, `onNext()` for the phrase behind it.
 * @param {CardOptions} phrase
 */
export function recorder(phrase) {
  running?.cancel();
  running = null;
  return new PhraseCard(phrase).element;
}

/** @typedef {"rest" | "starting" | "recording" | "working"} CardState */

/**
 * @typedef {object} CardOptions
 * @property {string} language
 * @property {boolean} foreign the phrase is shown in Vietnamese
 * @property {Api.Phrase} phrase
 * @property {string} place "4 / 17"
 * @property {boolean} signed it is known who speaks
 * @property {() => unknown} onDone
 * @property {() => void} onNext
 */

class PhraseCard {
  /** @type {CardState} */
  state = "rest";
  /** @type {Recording | null} */
  recording = null;
  /** A take that was refused, to be heard. @type {ArrayBuffer | null} */
  refused = null;
  /** Somebody with the right to it may put the refused take on air, once it was heard to its end. */
  overrule = { possible: false, heard: false };
  message = h("p.said", { role: "alert" });
  level = h("u");
  file = h("input", { type: "file", accept: "audio/*", hidden: true, onchange: () => this.sendFile() });

  /** @param {CardOptions} given */
  constructor(given) {
    this.given = given;
    this.path = `admin/voices/${given.language}/phrases/${given.phrase.key}`;
    this.element = h("section.card.recorder", { "data-phrase": given.phrase.key });
    this.draw();
  }

  /** @param {ArrayBuffer} bytes */
  async send(bytes, path = this.path) {
    this.refused = null;
    this.overrule = { possible: false, heard: false };
    this.become("working");
    try {
      const { sha256 } = await (await carry("PUT", path, bytes, "audio/wav")).json();
      fill(this.message);
      await this.given.onDone();
      await play([await clipBytes(sha256)]);
    } catch (error) {
      this.refused = bytes;
      this.overrule.possible = error instanceof Problem && COMPARED.has(error.facts.reason) && may(BY_EAR);
      this.warn(error instanceof Problem ? t(ADVICE[error.facts.reason] || "", { other: error.facts.other, words: this.given.phrase.text }) || error.title : t("The service does not answer. Please try again."));
    }
    this.state = "rest";
    if (this.element.isConnected) this.draw();
  }

  async hearRefused() {
    if (!this.refused || !(await play([this.refused])) || !this.overrule.possible) return;
    this.overrule.heard = true;
    this.draw();
    this.element.querySelector(".byear")?.scrollIntoView({ block: "nearest" });
  }

  async sendFile() {
    const [chosen] = this.file.files || [];
    if (!chosen) return;
    try {
      await this.send(await wavOf(chosen));
    } catch {
      this.warn(t(ADVICE["not-wav"]));
    }
  }

  async start() {
    if (this.state !== "rest") return; // a second touch while the browser asks for the microphone
    this.state = "starting";
    hush();
    fill(this.message);
    try {
      this.recording = await record((loud) => this.level.style.setProperty("width", `${Math.round(loud * 100)}%`));
    } catch {
      this.state = "rest";
      this.warn(t("The microphone was refused. Allow it beside the address of this page."));
      return;
    }
    running = this.recording;
    this.become("recording");
    const sound = await this.recording.done;
    if (sound) await this.send(sound);
  }

  /** @param {string} words */
  warn(words) {
    fill(this.message, picto("warning"), words);
  }

  /** @param {CardState} state */
  become(state) {
    this.state = state;
    this.draw();
  }

  mainButton() {
    const { phrase, signed } = this.given;
    if (this.state === "recording") return h("button.big.stop", { type: "button", onclick: () => this.recording?.stop() }, picto("stop"), t("Stop"));
    if (this.state === "working") return h("button.big", { type: "button", disabled: true }, picto("wait"), t("Working on it"));
    const own = phrase.clip?.origin === "recorded";
    return h(`button.big${own ? ".again" : ""}`, { type: "button", onclick: () => this.start(), disabled: Boolean(obstacle()) || !signed }, picto("microphone"), own ? t("Record again") : t("Record"));
  }

  otherButtons() {
    const { phrase, signed, onNext } = this.given;
    const idle = this.state === "rest";
    const { refused } = this;
    return [
      refused && idle && h("button.button.refused", { type: "button", onclick: () => this.hearRefused() }, picto("speaker"), t("Hear the refused take")),
      refused && idle && this.overrule.heard && h("button.button.byear", { type: "button", onclick: () => this.send(refused, `${this.path}/by-ear`) }, picto("person"), t("Heard it, use it all the same")),
      h("button.button.hear", { type: "button", disabled: !phrase.clip || !idle, onclick: async () => phrase.clip && play([await clipBytes(phrase.clip.sha256)]) }, picto("speaker"), t("Hear it")),
      h("button.button.file", { type: "button", disabled: !idle || !signed, onclick: () => this.file.click() }, picto("phone"), t("Choose a recording")),
      h("button.button.next", { type: "button", disabled: !idle, onclick: onNext }, t("Next phrase"), picto("right")),
    ];
  }

  draw() {
    const { phrase, place, foreign, signed } = this.given;
    const hindrance = obstacle();
    fill(this.element, h("header.cardhead", {}, h("b.place", {}, place), mark(phrase.clip)),
      h("p.ask", {}, foreign ? t("Say in this language what means:") : t("Please say:")), h("p.phrase", {}, phrase.text),
      h("i.level", { "aria-hidden": "true" }, this.level), h("div.act", {}, this.mainButton()), this.message,
      hindrance && h("p.hindrance", {}, picto("warning"), t(HINDRANCES[hindrance], { address: `http://localhost:${location.port || 80}/admin/voices` })),
      !signed && h("p.hindrance", {}, picto("person"), t(ADVICE["no-speaker"])), h("div.others", {}, this.otherButtons()), this.file);
  }
}

/**
 * How a phrase stands: recorded, read by the machine, or nothing yet.
 * @param {Api.Clip | null} clip
 */
export function mark(clip) {
  if (!clip) return h("span.mark.unknown", {}, h("i"), t("Not recorded yet"));
  if (clip.origin === "synthetic") return h("span.mark.machine", {}, picto("speaker"), t("Read by the machine"));
  if (clip.by_ear) return h("span.mark.heard", {}, picto("person"), t("Recorded: {speaker}; put on air by ear", { speaker: clip.speaker }));
  return h("span.mark.well", {}, h("i"), t("Recorded: {speaker}", { speaker: clip.speaker }));
}
