// The tablet's screen, and the keys that turn it when letters are large.

import { byId, h } from "../lib/dom.js";
import { shrink } from "../lib/shrink.js";
import { isLarge } from "../lib/text_size.js";
import { turner } from "../lib/turner.js";

export const stage = byId("stage");
export const screen = h("div.screen");
const turning = turner(screen);
export const turns = turning.node;

/** Words are fitted to their places, for the letters as they are now; what was typed or recorded stays. */
export function lay(isNew = false) {
  stage.classList.toggle("large", isLarge());
  shrink(screen);
  turning.laid(isNew);
}
