// A few spoken words: the microphone for at most half a minute, and only where this browser may record.

import { h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { hush } from "../lib/voice.js";
import { shown, t } from "../lib/words.js";

const MOST_S = 30;
const BITS_A_SECOND = 24000; // half a minute of speech in 90 kB
const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

/** @returns {string} what this browser records, "" where it cannot: no https, no microphone, an old browser */
const recordable = () => (window.isSecureContext && navigator.mediaDevices && window.MediaRecorder ? TYPES.find((type) => MediaRecorder.isTypeSupported(type)) || "" : "");

/** Whether words can be spoken here: the office wants them, and the browser can. */
export const mayBeSpoken = () => shown.survey.voice_remark && recordable() !== "";

/**
 * Record; answers {stop, cancel, done}: `done` is the sound when stopped or after half a minute, null when cancelled.
 * Rejects when the microphone is refused.
 */
async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const machine = new MediaRecorder(stream, { mimeType: recordable(), audioBitsPerSecond: BITS_A_SECOND });
  /** @type {Blob[]} */
  const pieces = [];
  let isWanted = true;
  machine.ondataavailable = ({ data }) => { pieces.push(data); };
  /** @type {Promise<Blob | null>} */
  const done = new Promise((resolve) => {
    machine.onstop = () => {
      stream.getTracks().forEach((track) => track.stop());
      resolve(isWanted ? new Blob(pieces, { type: machine.mimeType }) : null);
    };
  });
  const stop = () => { if (machine.state !== "inactive") machine.stop(); };
  const cancel = () => {
    isWanted = false;
    stop();
  };
  machine.start();
  return { stop, cancel, done };
}

/** The screen's own part: one large key that starts and stops, what is left, and the sound once there is one. */
export class SpokenWords {
  /** @type {Awaited<ReturnType<typeof record>> | null} */
  recording = null;
  /** @type {Blob | null} */
  sound = null;
  isLeft = false;
  clock = 0;
  said = h("p.said", { role: "status" }, t("At most half a minute."));
  key = h("button.talk", { onclick: () => this.touched() });

  /** @param {() => void} changed the sound is there, or is gone */
  constructor(changed) {
    this.changed = changed;
    this.draw();
  }

  draw() {
    const [sign, words] = this.recording ? ["stop", t("Stop")] : ["microphone", this.sound ? t("Speak again") : t("Touch and speak")];
    this.key.replaceChildren(picto(sign), h("b", {}, words));
    this.key.classList.toggle("on", this.recording !== null);
  }

  async touched() {
    if (this.recording) {
      this.recording.stop();
      return;
    }
    hush();
    this.sound = null;
    this.key.disabled = true;
    try {
      const made = await record();
      if (this.isLeft) made.cancel();
      else await this.listen(made);
    } catch {
      this.said.textContent = t("The microphone cannot be used. You may leave this out.");
    }
    this.key.disabled = false;
  }

  /** @param {Awaited<ReturnType<typeof record>>} made */
  async listen(made) {
    const end = Date.now() + MOST_S * 1000;
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      this.said.textContent = t("The tablet listens: {left} seconds left", { left: Math.max(0, left) });
      if (left <= 0) made.stop();
    };
    this.recording = made;
    this.changed();
    this.key.disabled = false;
    this.clock = setInterval(tick, 500);
    tick();
    this.draw();
    this.sound = await made.done;
    clearInterval(this.clock);
    this.recording = null;
    this.said.textContent = this.sound ? t("Recorded. Touch “Send”.") : "";
    this.draw();
    this.changed();
  }

  /** The screen is left: the microphone closes, and what was not sent is gone. */
  leave() {
    this.isLeft = true;
    this.recording?.cancel();
    this.sound = null;
  }
}

/**
 * A sound as text, which any store of a browser keeps.
 * @param {Blob} sound
 */
export async function asText(sound) {
  const bytes = new Uint8Array(await sound.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
