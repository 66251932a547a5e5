// For who hears the page or works it by keys: a new screen is announced by its heading, and the focus stays where it was.

import { h } from "./dom.js";

const KEYS = "button, a[href], input, select, textarea, summary";

/** Announces; it stands beside what a screen replaces, or a reader would not know it. */
export const announcer = h("p.announcer", { "aria-live": "polite" });

let announced = "";

/**
 * What a reader says now.
 * @param {string} words
 */
export function tell(words) {
  if (announcer.textContent !== words) announcer.textContent = words;
}

/**
 * The heading of a screen, and what it marks with data-announced.
 * @param {ParentNode} screen
 */
export function screenWords(screen) {
  const parts = /** @type {HTMLElement[]} */ ([...screen.querySelectorAll("h1, [data-announced]")]);
  return parts.map((part) => part.dataset.announced || part.textContent).join(". ");
}

/**
 * A screen is there: it is read out once, however often it is drawn.
 * @param {ParentNode} screen
 */
export function announce(screen) {
  const words = screenWords(screen);
  if (words !== announced) tell(words);
  announced = words;
}

/**
 * Draw the same screen anew; the key that had the focus has it again.
 * @param {ParentNode} root
 * @param {() => void} draw
 */
export function keepFocus(root, draw) {
  const keys = () => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(KEYS)]);
  const place = keys().findIndex((key) => key === document.activeElement);
  draw();
  keys()[place]?.focus({ preventScroll: true });
}
