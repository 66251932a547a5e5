// The card of one phrase: what to say, record, hear, record again, next.

import { fill, h } from "../lib/dom.js";
import { Problem } from "../lib/api.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { carry, clipBytes } from "./line.js";
import { obstacle, record } from "./microphone.js";
import { hush, play, wavOf } from "./sound.js";

const ADVICE = {
  "silent": "Nothing was heard. Please speak closer to the microphone.", "too-short": "That was too short. Please say the whole phrase.",
  "too-long": "That was too long. Please say only this phrase.", "too-loud": "That was too loud. Please move a little away from the microphone.",
  "noisy": "The room is too noisy. Please close doors, turn off fans, and try again.", "not-wav": "This file cannot be read as sound.",
  "no-speaker": "Please fill in first who speaks and who may use the voice.",
};
//t: Nothing was heard. Please speak closer to the microphone. | That was too short. Please say the whole phrase. | That was too long. Please say only this phrase.
//t: That was too loud. Please move a little away from the microphone. | The room is too noisy. Please close doors, turn off fans, and try again.
//t: This file cannot be read as sound. | Please fill in first who speaks and who may use the voice.
const HINDRANCES = {
  insecure: "The microphone works only on the server itself ({address}) or over https. A recording from a telephone can be chosen below.",
  none: "This browser cannot record. A recording from a telephone can be chosen below.",
};
//t: The microphone works only on the server itself ({address}) or over https. A recording from a telephone can be chosen below.
//t: This browser cannot record. A recording from a telephone can be chosen below.

let running = null; // what is recorded for a phrase ends with its card

/** The card of `phrase`; `place` is "4 / 17"; `onDone()` after each change, `onNext()` for the phrase behind it. */
export function recorder({ language, foreign, phrase, place, signed, onDone, onNext }) {
  running?.cancel();
  running = null;
  const card = h("section.card.recorder", { "data-phrase": phrase.key });
  const said = h("p.said", { role: "alert" });
  const level = h("i.level", { "aria-hidden": "true" }, h("u"));
  const view = { state: "rest", running: null };
  const path = `admin/voices/${language}/phrases/${phrase.key}`;

  async function send(bytes) {
    view.state = "working";
    draw();
    try {
      const { sha256 } = await (await carry("PUT", path, bytes, "audio/wav")).json();
      fill(said);
      await onDone();
      await play([await clipBytes(sha256)]);
    } catch (error) {
      refuse(error);
    }
    view.state = "rest";
    if (card.isConnected) draw();
  }

  function refuse(error) {
    const words = error instanceof Problem ? t(ADVICE[error.facts.reason] || "") || error.title : t("The service does not answer. Please try again.");
    fill(said, picto("warning"), words);
  }

  async function start() {
    if (view.state !== "rest") return null; // a second touch while the browser asks for the microphone
    view.state = "starting";
    hush();
    fill(said);
    try {
      view.running = await record((loud) => level.firstChild.style.setProperty("width", `${Math.round(loud * 100)}%`));
    } catch {
      view.state = "rest";
      return fill(said, picto("warning"), t("The microphone was refused. Allow it beside the address of this page."));
    }
    running = view.running;
    view.state = "recording";
    draw();
    const heard = await running.done;
    return heard && send(heard);
  }

  const pick = h("input", { type: "file", accept: "audio/*", hidden: true, onchange: async () => {
    try {
      await send(await wavOf(pick.files[0]));
    } catch {
      fill(said, picto("warning"), t(ADVICE["not-wav"]));
    }
  } });

  function main() {
    if (view.state === "recording") return h("button.big.stop", { type: "button", onclick: () => view.running.stop() }, picto("stop"), t("Stop"));
    if (view.state === "working") return h("button.big", { type: "button", disabled: true }, picto("wait"), t("Working on it"));
    const own = phrase.clip?.origin === "recorded";
    return h(`button.big${own ? ".again" : ""}`, { type: "button", onclick: start, disabled: Boolean(obstacle()) || !signed }, picto("microphone"), own ? t("Record again") : t("Record"));
  }

  function others() {
    const idle = view.state === "rest";
    return [
      h("button.button.hear", { type: "button", disabled: !phrase.clip || !idle, onclick: async () => play([await clipBytes(phrase.clip.sha256)]) }, picto("speaker"), t("Hear it")),
      h("button.button.file", { type: "button", disabled: !idle || !signed, onclick: () => pick.click() }, picto("phone"), t("Choose a recording")),
      h("button.button.next", { type: "button", disabled: !idle, onclick: onNext }, t("Next phrase"), picto("right")),
    ];
  }

  function draw() {
    fill(card, h("header.cardhead", {}, h("b.place", {}, place), mark(phrase.clip)),
      h("p.ask", {}, foreign ? t("Say in this language what means:") : t("Please say:")), h("p.phrase", {}, phrase.text),
      level, h("div.act", {}, main()), said, obstacle() && h("p.hindrance", {}, picto("warning"), t(HINDRANCES[obstacle()], { address: `http://localhost:${location.port || 80}/admin/voices` })),
      !signed && h("p.hindrance", {}, picto("person"), t(ADVICE["no-speaker"])), h("div.others", {}, others()), pick);
  }
  draw();
  return card;
}

/** How a phrase stands: recorded, read by the machine, or nothing yet. */
export function mark(clip) {
  if (!clip) return h("span.mark.unknown", {}, h("i"), t("Not recorded yet"));
  if (clip.origin === "synthetic") return h("span.mark.machine", {}, picto("speaker"), t("Read by the machine"));
  return h("span.mark.well", {}, h("i"), t("Recorded: {speaker}", { speaker: clip.speaker }));
}
