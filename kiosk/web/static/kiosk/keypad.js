// Five keys of a USB keypad for who works the kiosk by ear: up, down, choose, repeat, help. The first press begins; each
// step is spoken, and told to a screen reader; it ends with its citizen.

import { screenWords, tell } from "../lib/announce.js";
import { say, touched } from "../lib/voice.js";
import { shown, t } from "../lib/words.js";
import { parts, stage } from "./app.js";
import { callOfficer } from "./help.js";

const TYPED_MS = 300; // a scanner ends its code by Enter, which is no choice then
const ORDER = [parts.place, parts.bar, parts.top]; // the choices of a screen before the keys that never change

/** @typedef {(HTMLButtonElement)[]} Keys */

/** What can be chosen now. @returns {Keys} */
function choices() {
  const places = parts.over.hidden ? ORDER : [parts.over];
  const keys = places.flatMap((place) => /** @type {Keys} */ ([...place.querySelectorAll("button:not(:disabled)")]));
  return keys.filter((key) => key.checkVisibility());
}

/**
 * A choice as it is said: its name, or all its words but the letter of its sign.
 * @param {Element | undefined} key
 */
export function wordsOf(key) {
  if (!key) return "";
  const name = key.getAttribute("aria-label");
  if (name) return name;
  const words = [];
  const walker = document.createTreeWalker(key, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement?.closest("svg, .letter")) words.push((node.textContent || "").trim());
  }
  if (key.getAttribute("aria-pressed") === "true") words.push(t("in use"));
  return [...new Set(words)].filter(Boolean).join(", ");
}

export class Keypad {
  isUsed = false;
  typedAt = -TYPED_MS;

  /** @param {import("./app.js").Kiosk} app */
  constructor(app) {
    this.app = app;
    const [up, down, choose, repeat, help] = shown.kiosk.keypad;
    /** @type {Record<string, () => unknown>} */
    this.acts = { [up]: () => this.step(-1), [down]: () => this.step(1), [choose]: () => this.choose(), [repeat]: () => this.repeat(), [help]: () => callOfficer(app) };
    document.addEventListener("keydown", (event) => this.press(event), true);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const act = this.acts[event.code];
    const typed = event.timeStamp - this.typedAt < TYPED_MS;
    if (!act && event.key.length === 1) this.typedAt = event.timeStamp;
    if (!act && event.key === "Enter") event.preventDefault(); // a scanner's, and no touch of what has the focus
    if (!act) return;
    event.preventDefault();
    if (event.key === "Enter" && typed) return;
    event.stopImmediatePropagation();
    if (event.repeat || this.app.busy) return;
    this.hand(act);
  }

  /**
   * The first press, and one that answers the question whether somebody is there, only tells where one stands.
   * @param {() => unknown} act
   */
  hand(act) {
    const { app } = this;
    touched();
    app.lastTouch = Date.now();
    app.view.touched?.();
    const isNew = !this.isUsed || Boolean(app.asking);
    if (app.asking) app.stay();
    this.isUsed = true;
    if (isNew && act !== this.acts[shown.kiosk.keypad[4]]) this.begin();
    else act();
  }

  begin() {
    this.arrived();
    this.app.speakAgain(1);
  }

  /** A new screen is there: its first choice is at hand. */
  arrived() {
    if (!this.isUsed) return;
    choices()[0]?.focus({ preventScroll: true });
    this.tellAll();
  }

  tellAll() {
    tell([screenWords(parts.place), ...this.words()].filter(Boolean).join(". "));
  }

  /** What is said after the words of the screen: where one stands. */
  words() {
    const at = this.isUsed ? choices().find((key) => key === document.activeElement) : undefined;
    return at ? [wordsOf(at)] : [];
  }

  /** @param {number} by */
  step(by) {
    const keys = choices();
    const at = keys.findIndex((key) => key === document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : keys.length - 1) : (at + by + keys.length) % keys.length;
    keys[next]?.focus({ preventScroll: true });
    tell(wordsOf(keys[next]));
    say(wordsOf(keys[next]));
  }

  choose() {
    const key = choices().find((one) => one === document.activeElement);
    if (!key) this.begin();
    else key.click();
  }

  /** All of the screen again, slower. */
  repeat() {
    tell("");
    setTimeout(() => this.tellAll());
    this.app.speakAgain();
  }

  end() {
    this.isUsed = false;
    if (document.activeElement instanceof HTMLElement && stage.contains(document.activeElement)) document.activeElement.blur();
  }
}
