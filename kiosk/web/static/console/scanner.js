// What a scanner types: a burst of signs at any pace, with what it puts before and after. No document, no timers.

/** A key acts once nothing followed it for so long; a scanner's signs come closer together. */
export const SETTLE_MS = 180;
const WIDEST_MS = 400;
const QUIET_MS = 400;
const SPOILT_MS = 2000;
const SHORTEST = 8;
const MOST_KEYS = 5;
// The two orders of a unit's code, whole: with a sign lost or a letter before it, a text is neither.
const UNIT = String.raw`(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{2,3}){1,3})`;
const WHOLE = new RegExp(String.raw`(?<![0-9A-Z.-])${UNIT}-\d{6}-\d{4,12}(?![0-9A-Z.-])`, "g");
const SYMBOLOGY = /^\][A-Z]\d/; // an AIM identifier, such as ]C1 or ]Q3

/**
 * The one dossier code in what was scanned, also inside an address; null when there is none, or more than one.
 * @param {string} text
 */
export function codeIn(text) {
  const found = new Set(text.toUpperCase().replace(SYMBOLOGY, " ").match(WHOLE) || []);
  return found.size === 1 ? [...found][0] : null;
}

/**
 * Signs that came one behind the other, and whether something before them was lost. Times are in ms.
 * @template K
 */
export class Burst {
  text = "";
  /** @type {K[]} */
  keys = [];
  spoilt = false;
  #last = -Infinity;
  #gaps = /** @type {number[]} */ ([]);
  #spoiltUntil = -Infinity;

  /** So long the next sign may take and still belong to this burst: more with a slow scanner than with a quick one. */
  get patience() {
    const sorted = [...this.#gaps].sort((a, b) => a - b);
    const usual = sorted.length > 1 ? sorted[sorted.length >> 1] : 0;
    return Math.min(WIDEST_MS, Math.max(SETTLE_MS, 3 * usual));
  }

  /** @param {number} at */
  goesOn(at) {
    return this.text !== "" && at - this.#last <= this.patience;
  }

  /**
   * @param {string} sign
   * @param {K} key
   * @param {number} at
   */
  add(sign, key, at) {
    if (this.goesOn(at)) this.#gaps.push(at - this.#last);
    else this.#begin(at);
    this.text += sign;
    this.keys.push(key);
    this.#last = at;
  }

  /** @param {number} at */
  #begin(at) {
    const isCut = at - this.#last < QUIET_MS || at < this.#spoiltUntil;
    this.clear();
    this.spoilt = isCut;
  }

  /** Longer than any number or row of keys that a person presses. */
  get isLong() {
    return this.text.length > MOST_KEYS;
  }

  get isScan() {
    return this.text.length >= SHORTEST;
  }

  /** Taken whole, or handed on: what comes next is not its continuation. */
  end() {
    this.clear();
    this.#last = -Infinity;
  }

  /**
   * It stopped in the middle: the rest, when it comes, is not taken for a whole one.
   * @param {number} at
   */
  breakOff(at) {
    this.clear();
    this.#spoiltUntil = at + SPOILT_MS;
  }

  clear() {
    [this.text, this.keys, this.#gaps, this.spoilt] = ["", [], [], false];
  }
}
