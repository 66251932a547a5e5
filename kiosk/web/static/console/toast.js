// Calm words at the lower edge, gone by themselves.

import { h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { t } from "../lib/words.js";

const STAYS_MS = 6000;
const area = h("div.toasts", { id: "toasts", role: "status", "aria-live": "polite" });
document.body.append(area);

/** @param {string} words */
export function toast(words, kind = "look") {
  const one = h(`div.toast.${kind}`, {}, words);
  area.replaceChildren(one);
  setTimeout(() => one.remove(), STAYS_MS);
}

/**
 * A refusal in the words the service gave, anything else as a lost line.
 * @param {unknown} error
 */
export function explain(error) {
  if (error instanceof Problem) toast(error.title || t("This did not work. Nothing was changed."));
  else toast(t("Lost the service, connecting again"), "broken");
}
