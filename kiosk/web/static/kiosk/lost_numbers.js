// Who holds a slip that the machine lost is told where to go.

import { h } from "../lib/dom.js";
import { rangeWords } from "../lib/lost_numbers.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";

const sentence = () => t("Please show your slip at a counter: you keep your place.");

/**
 * What stands under the heading; null when nothing was lost.
 * @param {import("./app.js").Kiosk} app
 */
export function lostWords(app) {
  const ranges = app.board.lost_numbers || [];
  if (!ranges.length) return null;
  return h("span.nopaper.left", { role: "status" }, picto("ticket"), h("span", {},
    h("b", {}, t("Do you hold number {numbers}?", { numbers: rangeWords(ranges) })), sentence()));
}
