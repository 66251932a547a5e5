// People who wait, as little figures: more people look more.

import { h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";

export const MOST = 18;

/** @type {Node | null} */
let drawn = null;

/** A person so narrow that many stand close; drawn once, since a screen shows up to a hundred. */
function figure() {
  drawn = drawn || person();
  return drawn.cloneNode(true);
}

function person() {
  const made = picto("person");
  made.setAttribute("viewBox", "0 0 60 100");
  made.innerHTML = '<g class="pi"><circle cx="30" cy="20" r="17"/><path d="M4 98V70a26 28 0 0 1 52 0v28z"/></g>';
  return made;
}

/**
 * A figure of one size for each, six to a row; the count in figures stands beside it. Beyond `most` the rows are full.
 * @param {number} count
 */
export function crowd(count, most = MOST) {
  return h("span.little", {}, Array.from({ length: Math.min(count, most) }, figure));
}
