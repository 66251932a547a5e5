// People who wait, as little figures: more people look more.

import { h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";

export const MOST = 18;

/** A person so narrow that many stand close. */
function figure() {
  const person = picto("person");
  person.setAttribute("viewBox", "0 0 60 100");
  person.innerHTML = '<g class="pi"><circle cx="30" cy="20" r="17"/><path d="M4 98V70a26 28 0 0 1 52 0v28z"/></g>';
  return person;
}

/**
 * A figure of one size for each, six to a row; the count in figures stands beside it. Beyond `most` the rows are full.
 * @param {number} count
 */
export function crowd(count, most = MOST) {
  return h("span.little", {}, Array.from({ length: Math.min(count, most) }, figure));
}
