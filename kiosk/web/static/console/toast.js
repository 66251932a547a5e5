// Calm words at the lower edge, gone by themselves.

import { $, h } from "../lib/dom.js";
import { Problem } from "../lib/api.js";
import { t } from "../lib/words.js";

const STAYS_MS = 6000;

export function toast(words, kind = "look") {
  const box = $("#toasts");
  const one = h(`div.toast.${kind}`, {}, words);
  box.replaceChildren(one);
  setTimeout(() => one.remove(), STAYS_MS);
}

/** A refusal in the words the service gave, anything else as a lost line. */
export function explain(error) {
  if (error instanceof Problem) toast(error.title || t("This did not work. Nothing was changed."));
  else toast(t("Lost the service, connecting again"), "broken");
}
