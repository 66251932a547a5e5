// Speech of this very machine. No Vietnamese voice: silence. Nothing is ever sent out to be spoken.

import { t } from "./words.js";

const DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
let started = false;

/** A voice that speaks here, on this machine, in Vietnamese; null when there is none. */
function vietnamese() {
  if (!("speechSynthesis" in window)) return null;
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith("vi")) || null;
}

/**
 * Say sentences one after another; a new call or `hush` cuts what is being said.
 * @param {string | Touch.Words} sentences
 */
export function say(sentences, { rate = 1, volume = 1 } = {}) {
  hush();
  const voice = vietnamese();
  if (!voice || !started) return false;
  for (const sentence of [sentences].flat()) {
    if (!sentence) continue;
    const words = new SpeechSynthesisUtterance(sentence);
    Object.assign(words, { voice, lang: voice.lang, rate, volume });
    speechSynthesis.speak(words);
  }
  return true;
}

/** Whether this machine can say anything: pages promise no voice that they do not have. */
export const canSpeak = () => vietnamese() !== null;

/**
 * `changed` is called when the voices of this machine become known; browsers look for them after the page was opened.
 * @param {() => void} changed
 */
export function watchVoices(changed) {
  if ("speechSynthesis" in window) speechSynthesis.addEventListener?.("voiceschanged", changed);
}

export function hush() {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}

/** Nothing speaks to an empty room: the first touch lets the voice begin. */
export function touched() {
  started = true;
}

/**
 * "A, không, một, hai": letter and digits one by one.
 * @param {string} number
 */
export function spelled(number) {
  return [...number].map((sign) => (/\d/.test(sign) ? t(DIGITS[Number(sign)]) : sign)).join(", ");
}

/**
 * Counters as they are said and read: "1", "1 hoặc 2".
 * @param {string[]} names
 */
export function listed(names) {
  return names.join(` ${t("or")} `);
}
