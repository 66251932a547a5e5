// Five keys of a USB keypad for who works a screen by ear: up, down, choose, repeat, help. The first press begins; each step
// is spoken, and told to a screen reader; a key that is held goes on step by step; all of it ends with its citizen.

import { tell } from "./announce.js";
import { say, touched } from "./voice.js";
import { t } from "./words.js";

const TYPED_MS = 300; // a scanner ends its code by Enter, which is no choice then
const HOLD_MS = 1800; // a name is heard before the next one comes

/**
 * What the keys work, on `stage`. `choices`: the buttons, in the order in which they are told; `words`: what the screen says; `speak`: say
 * it aloud, `speed` 1 as usual; `help`: call an officer; `isBusy`: presses are let go; `touched`: somebody is there: true
 * when that was just asked, so that the press answers the question and does nothing more.
 * @typedef {object} Worked
 * @property {HTMLElement} stage
 * @property {() => HTMLButtonElement[]} choices
 * @property {() => string} words
 * @property {(speed?: number) => void} speak
 * @property {() => unknown} help
 * @property {() => boolean} isBusy
 * @property {() => boolean} touched
 */

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

/**
 * The buttons of these places that can be chosen now, one place after the other.
 * @param {ParentNode[]} places
 */
export function buttonsOf(places) {
  const keys = places.flatMap((place) => /** @type {HTMLButtonElement[]} */ ([...place.querySelectorAll("button:not(:disabled)")]));
  return keys.filter((key) => key.checkVisibility());
}

export class Keypad {
  isUsed = false;
  typedAt = -TYPED_MS;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  holding = undefined;

  /**
   * @param {string[]} codes of the five keys, as browsers name them
   * @param {Worked} worked
   */
  constructor(codes, worked) {
    this.worked = worked;
    const [up, down, choose, repeat, help] = codes;
    /** @type {Record<string, () => unknown>} */
    this.acts = { [up]: () => this.step(-1), [down]: () => this.step(1), [choose]: () => this.choose(), [repeat]: () => this.repeat(), [help]: worked.help };
    /** Keys that go on while they are held. */
    this.goesOn = [up, down];
    document.addEventListener("keydown", (event) => this.press(event), true);
    document.addEventListener("keyup", () => this.letGo(), true);
    addEventListener("blur", () => this.letGo());
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const act = this.acts[event.code];
    const typed = event.timeStamp - this.typedAt < TYPED_MS;
    if (!act && event.key.length === 1) this.typedAt = event.timeStamp;
    if (!act && event.key === "Enter") event.preventDefault(); // a scanner's, and no touch of what has the focus
    if (!act || this.isWriting(event)) return;
    event.preventDefault();
    if (event.key === "Enter" && typed) return;
    event.stopImmediatePropagation();
    if (event.repeat || this.worked.isBusy()) return;
    this.letGo();
    this.hand(act, act === this.acts[this.helpCode]);
    if (this.goesOn.includes(event.code)) this.holding = setInterval(act, HOLD_MS);
  }

  get helpCode() {
    return Object.keys(this.acts)[4];
  }

  /**
   * Somebody writes words: keys are letters and lines there.
   * @param {KeyboardEvent} event
   */
  isWriting(event) {
    return event.target instanceof HTMLTextAreaElement;
  }

  letGo() {
    clearInterval(this.holding);
    this.holding = undefined;
  }

  /**
   * The first press, and one that answers the question whether somebody is there, only tells where one stands.
   * @param {() => unknown} act
   * @param {boolean} isHelp
   */
  hand(act, isHelp) {
    touched();
    const isNew = this.worked.touched() || !this.isUsed;
    this.isUsed = true;
    if (isNew && !isHelp) this.begin();
    else act();
  }

  begin() {
    this.arrived();
    this.worked.speak(1);
  }

  /** A new screen is there: its first choice is at hand. */
  arrived() {
    this.letGo();
    if (!this.isUsed) return;
    this.worked.choices()[0]?.focus({ preventScroll: true });
    this.tellAll();
  }

  tellAll() {
    tell([this.worked.words(), ...this.words()].filter(Boolean).join(". "));
  }

  /** What is said after the words of the screen: where one stands. */
  words() {
    const at = this.isUsed ? this.worked.choices().find((key) => key === document.activeElement) : undefined;
    return at ? wordsOf(at).split(", ") : [];
  }

  /** @param {number} by */
  step(by) {
    const keys = this.worked.choices();
    const at = keys.findIndex((key) => key === document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : keys.length - 1) : (at + by + keys.length) % keys.length;
    keys[next]?.focus({ preventScroll: true });
    tell(wordsOf(keys[next]));
    say(wordsOf(keys[next]).split(", "), { isAsked: true });
  }

  choose() {
    const key = this.worked.choices().find((one) => one === document.activeElement);
    if (!key) this.begin();
    else key.click();
  }

  /** All of the screen again, slower. */
  repeat() {
    tell("");
    setTimeout(() => this.tellAll());
    this.worked.speak();
  }

  end() {
    this.letGo();
    this.isUsed = false;
    const at = document.activeElement;
    if (at instanceof HTMLElement && this.worked.stage.contains(at)) at.blur();
  }
}
