// What one citizen wished of the machine, and what ends with him: large letters, contrast and loudness.

import { endContrast, isHigh } from "../lib/contrast.js";
import { h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { endLarge, isLarge } from "../lib/text_size.js";
import { canSpeak, loudnessStep, nextLoudness, resetLoudness } from "../lib/voice.js";
import { t } from "../lib/words.js";

/** Somebody asked for something. */
export const hasWishes = () => isHigh() || isLarge() || loudnessStep() > 0;

/** The machine of a new day. */
export function endWishes() {
  endContrast();
  endLarge();
  resetLoudness();
}

const NAMES = ["Louder", "Softer", "As before"];
//t: Louder | Softer | As before

/**
 * The key that makes the voice louder, then softer, then as it was; it says something at once, so that one hears it.
 * @param {() => void} again
 */
export function loudnessKey(again) {
  if (!canSpeak()) return null;
  const words = h("span", {}, t(NAMES[loudnessStep()]));
  return h("button.loudness", { onclick: () => { words.textContent = t(NAMES[nextLoudness()]); again(); } }, picto("speaker"), words);
}
