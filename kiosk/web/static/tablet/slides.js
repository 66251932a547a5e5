// While nobody is served: the office's notices and pictures in turn, and the counter's own card between them. A touch, or
// whoever is called, ends them.

import { local } from "../lib/dates.js";
import { fill, h } from "../lib/dom.js";
import { shrink } from "../lib/shrink.js";
import { currentLanguage, shown } from "../lib/words.js";

const [REST_MS, NOTICE_MS] = [20000, 12000];

/** Today's pictures of the waiting room's screen, by the office's calendar. */
function pictures() {
  const at = local(new Date(), shown.office.timezone);
  const today = [at.year, at.month, at.day].map((part) => String(part).padStart(2, "0")).join("-");
  return shown.board.picture.filter((one) => (!one.from || one.from <= today) && (!one.until || today <= one.until));
}

/** @returns {{ ms: number, node: HTMLElement }[]} */
function slides() {
  const notices = shown.notices.filter((one) => one.language === currentLanguage());
  return [...pictures().map(({ file, seconds }) => ({ ms: seconds * 1000, node: h("div.slide.picture", {}, h("img", { src: `/pictures/${encodeURIComponent(file)}`, alt: "" })) })),
    ...notices.map(({ text }) => ({ ms: NOTICE_MS, node: h("div.slide", {}, h("p", { "data-fit": true }, text)) }))];
}

export class Slides {
  /** A slide is shown. */
  isOn = false;
  /** The next one, of those that this page has. */
  next = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /** @param {HTMLElement} screen */
  constructor(screen) {
    this.screen = screen;
  }

  /**
   * One slide after a rest; then `back` shows the counter's card again, and starts the next.
   * @param {() => void} back
   */
  start(back) {
    this.timer = setTimeout(() => {
      const all = slides();
      if (!all.length) return;
      const { ms, node } = all[this.next % all.length];
      this.next += 1;
      this.isOn = true;
      node.addEventListener("click", back);
      fill(this.screen, node);
      shrink(this.screen);
      this.timer = setTimeout(back, ms);
    }, REST_MS);
  }

  stop() {
    this.isOn = false;
    clearTimeout(this.timer);
  }
}
