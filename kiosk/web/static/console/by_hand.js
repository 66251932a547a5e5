// The window for numbers that were written by hand while the machine stood still: one Enter each.

import { local } from "../lib/dates.js";
import { fill, h } from "../lib/dom.js";
import { sign } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { enterByHand } from "./actions.js";
import { signOf } from "./keys.js";
import { now, state } from "./model.js";
import { dialog } from "./windows.js";

const MINUTE_MS = 60000;
const DAY_MINUTES = 24 * 60;

/**
 * When a wall clock of the office last showed that time, in ms; null when it is no time.
 * @param {string} time such as 08:15
 * @param {number} at in ms
 * @param {string} zone
 */
export function lastTime(time, at, zone) {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) return null;
  const { hour, minute } = local(new Date(at), zone);
  const ago = (hour * 60 + minute - Number(match[1]) * 60 - Number(match[2]) + DAY_MINUTES) % DAY_MINUTES;
  return Math.floor(at / MINUTE_MS) * MINUTE_MS - ago * MINUTE_MS;
}

class ByHand {
  letter = shown.services.find((one) => one.code === state.counter.services[0])?.letter || shown.services[0].letter;
  typed = "";
  /** @type {string[]} */
  entered = [];
  number = h("p.typed");
  letters = h("div.letters");
  list = h("p.entered", { role: "status" });
  zone = shown.office.timezone;
  time = h("input", { type: "text", inputmode: "numeric", maxlength: "5", id: "written", value: local(new Date(now()), shown.office.timezone).time, "aria-label": t("Written at") });

  open() {
    const box = dialog(t("Numbers written by hand"), [
      h("p.soft", {}, t("Type the number, a letter to change the service, then Enter. Each waits where it came.")),
      this.number, this.letters,
      h("label.written", { for: "written" }, h("span", {}, t("Written at")), this.time),
      h("button.choice.enter", { type: "button", autofocus: true, onclick: () => this.enter() }, h("span", {}, t("Into the queue"))),
      this.list,
    ]);
    box.classList.add("byhand");
    box.addEventListener("keydown", (event) => this.onKey(event));
    this.show();
  }

  show() {
    const service = shown.services.find((one) => one.letter === this.letter);
    fill(this.number, service && sign(service), h("span", {}, this.typed.padStart(3, "0")));
    fill(this.letters, shown.services.map((one) => h(`button${one.letter === this.letter ? ".now" : ""}`, { type: "button", title: one.name, onclick: () => { this.letter = one.letter; this.show(); } }, sign(one))));
    fill(this.list, this.entered.length > 0 && t("In the queue: {numbers}", { numbers: this.entered.join(", ") }));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const found = signOf(event.code);
    if (event.code === "Enter" || event.code === "NumpadEnter") {
      if (event.target instanceof HTMLButtonElement && !event.target.matches(".enter")) return;
      event.preventDefault();
      this.enter();
      return;
    }
    if (event.target === this.time) return;
    if (/^\d$/.test(found) && this.typed.length < 4) this.typed += found;
    else if (event.code === "Backspace") this.typed = this.typed.slice(0, -1);
    else if (shown.services.some((one) => one.letter === found)) this.letter = found;
    else return;
    event.preventDefault();
    this.show();
  }

  /** The next number is ready behind it, as numbers were written one after the other. */
  async enter() {
    const at = lastTime(this.time.value, now(), this.zone);
    if (!Number(this.typed) || at === null) return;
    const number = `${this.letter}${this.typed.padStart(3, "0")}`;
    if (!(await enterByHand(number, at))) return;
    this.entered.push(number);
    this.typed = String(Number(this.typed) + 1);
    this.show();
  }
}

export function openByHand() {
  new ByHand().open();
}
