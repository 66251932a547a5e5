// Keys by their place on the keyboard (a Telex keyboard changes nothing), and a scanner among them.

import { Burst, codeIn } from "./scanner.js";

/** @type {Record<string, string>} */
const SIGNS = {
  Period: ".", NumpadDecimal: ".", Minus: "-", NumpadSubtract: "-", Slash: "/", NumpadDivide: "/", NumpadAdd: "+", NumpadMultiply: "*",
  BracketLeft: "[", BracketRight: "]", Equal: "=", Semicolon: ";", Quote: "'", Backquote: "`", Backslash: "\\", Comma: ",", Space: " ",
};
/** @type {Record<string, string>} what a scanner, which types as an American keyboard, means with Shift */
const SHIFTED = {
  Digit1: "!", Digit2: "@", Digit3: "#", Digit4: "$", Digit5: "%", Digit6: "^", Digit7: "&", Digit8: "*", Digit9: "(", Digit0: ")", Minus: "_",
  Slash: "?", Equal: "+", Semicolon: ":", Period: ">", Comma: "<", BracketLeft: "{", BracketRight: "}", Quote: "\"", Backslash: "|", Backquote: "~",
};
const HELD = /^(Shift|Control|Alt|Meta|CapsLock|NumLock)/;
const ENDS = ["Enter", "NumpadEnter", "Tab"];
const ECHO_MS = 150; // a second ending sign of one scan, as with CR and LF

/** @typedef {"broken" | "unread" | "leftover"} Refusal */
/** @typedef {{ code: string, event: KeyboardEvent }} Key */

/**
 * The sign a key stands for, by position: letters are capitals.
 * @param {string} code
 */
export function signOf(code, shift = false) {
  if (shift && SHIFTED[code]) return SHIFTED[code];
  const match = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code);
  return match ? match[1] || match[2] || match[3] : SIGNS[code] || "";
}

/** @param {EventTarget | null} target */
export const inField = (target) => target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select");

/** @param {KeyboardEvent} event */
const isEnd = (event) => ENDS.includes(event.code) || (event.ctrlKey && ["KeyJ", "KeyM"].includes(event.code));

/** @param {KeyboardEvent} event */
function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

/**
 * What the page does with what is heard: `onKey` for keys while no field has the cursor, also those of an open window;
 * `onScan` for a whole dossier code, wherever the cursor is; `onHalf` for a code that nothing ended, which a person has
 * to look at; `onRefused` with why a scan was not taken. `busy()`: a window is open.
 * @typedef {{ onKey: (code: string, event: KeyboardEvent) => void, onScan: (code: string) => void, onHalf: (text: string) => void, onRefused: (why: Refusal) => void, busy: () => boolean }} Listener
 */

class Keyboard {
  burst = /** @type {Burst<Key>} */ (new Burst());
  timer = 0;
  field = false;
  echoUntil = -Infinity;

  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
  }

  /** @param {KeyboardEvent} event */
  hear(event) {
    if (event.isTrusted === false || HELD.test(event.code) || event.repeat) return;
    const at = event.timeStamp || performance.now();
    if (isEnd(event)) return this.end(event, at);
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const sign = signOf(event.code, event.shiftKey);
    if (!sign || (event.code === "Space" && !this.burst.goesOn(at))) return this.other(event, at);
    if (this.burst.text && !this.burst.goesOn(at)) this.settle(at);
    this.field = inField(event.target);
    this.burst.add(sign, { code: event.code, event }, at);
    if (!this.field) stop(event);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(performance.now()), this.burst.patience);
  }

  /**
   * A key that no scanner uses acts at once, behind those before it.
   * @param {KeyboardEvent} event
   * @param {number} at
   */
  other(event, at) {
    this.settle(at);
    if (inField(event.target) || this.listener.busy()) return;
    if (event.code === "Space") event.preventDefault();
    this.listener.onKey(event.code, event);
  }

  /** Nothing followed: single keys do what they do, a text that nothing ended is left to the clerk. */
  settle(/** @type {number} */ at) {
    clearTimeout(this.timer);
    const { text, keys, isLong, spoilt } = this.burst;
    if (!text || this.field) return this.burst.clear();
    if (!isLong) {
      this.burst.clear();
      for (const { code, event } of keys) this.listener.onKey(code, event);
      return;
    }
    this.burst.breakOff(at);
    const code = spoilt ? null : codeIn(text);
    if (code) this.listener.onHalf(code);
    else this.listener.onRefused("broken");
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} at
   */
  end(event, at) {
    if (at < this.echoUntil) return stop(event);
    const isScan = this.burst.isScan && this.burst.goesOn(at);
    const code = codeIn(this.burst.text);
    if (isScan && (code || !inField(event.target))) {
      stop(event);
      this.echoUntil = at + ECHO_MS;
      clearTimeout(this.timer);
      return this.take(event.target, code);
    }
    const wasBusy = this.listener.busy();
    this.settle(at);
    this.burst.end();
    if (event.ctrlKey || wasBusy || !this.listener.busy()) return;
    stop(event); // meant for the window that the key before it opened
    this.listener.onKey(event.code, event);
  }

  /**
   * @param {EventTarget | null} target
   * @param {string | null} code
   */
  take(target, code) {
    const { text, spoilt } = this.burst;
    this.burst.end();
    const left = inField(target) ? takeOut(/** @type {HTMLInputElement} */ (target), text) : "";
    if (spoilt) this.listener.onRefused("broken");
    else if (!code) this.listener.onRefused("unread");
    else if (left && target instanceof HTMLElement && target.id === "dossier") this.listener.onRefused("leftover");
    else this.listener.onScan(code);
  }
}

/**
 * Listen to the whole page.
 * @param {Listener} listener
 */
export function listen(listener) {
  const keyboard = new Keyboard(listener);
  document.addEventListener("keydown", (event) => keyboard.hear(event), true);
  document.addEventListener("keyup", (event) => {
    if (event.code === "Space" && !inField(event.target) && !listener.busy()) event.preventDefault();
  }, true);
}

/**
 * What the scanner typed into a field by chance leaves it again; answers what stood there before.
 * @param {HTMLInputElement} field
 * @param {string} text
 */
function takeOut(field, text) {
  field.value = field.value.slice(0, Math.max(0, field.value.length - text.length));
  return field.value.trim();
}
