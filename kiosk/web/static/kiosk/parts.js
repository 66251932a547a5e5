// The places of every screen: head and choices, which are turned together when letters are large; keys, sentences over them.

import { byId, h } from "../lib/dom.js";
import { shrink } from "../lib/shrink.js";
import { isLarge } from "../lib/text_size.js";
import { turner } from "../lib/turner.js";

export const stage = byId("stage");
const [head, place] = [h("div.head0"), h("div.place")];
const flow = h("div.flow", {}, head, place);

export const parts = { top: head, place, flow, turner: turner(flow), bar: h("footer.bar"), over: h("div.over", { hidden: true }), note: h("div.note", { hidden: true, role: "status" }) };

/** Words are fitted to their places; where letters are large, languages and the office's name stand below the choices. */
export function lay(isNew = false) {
  const below = isLarge() ? [parts.bar.querySelector(".languages"), head.querySelector(".whose")] : [];
  for (const one of below) if (one) place.append(one);
  shrink(stage);
  parts.turner.laid(isNew);
}
