// What is wrong with the printer, in one sentence for whoever stands before the kiosk.

import { t } from "../lib/words.js";

/** @type {[RegExp, string][]} */
const SENTENCES = [
  [/paper(_|-| )?(out|end|empty)|no.?paper|^paper$/i, "The machine is out of paper"],
  [/cover|lid|door/i, "The lid of the machine is open"],
  [/jam|cutter|stuck/i, "The paper is stuck"],
  [/not_taken/, "Please take the slip that hangs in the machine"],
  [/overheat/, "The machine has to cool down"],
  [/offline|silent|timeout|refused|unreach|no.?answer|connect/i, "The printer does not answer"],
];

/**
 * The sentence for a printer's reason; a general one for a reason that nobody foresaw.
 * @param {string | null} reason
 */
export function faultText(reason) {
  const row = SENTENCES.find(([pattern]) => pattern.test(reason || ""));
  return t(row ? row[1] : "The machine cannot print now");
}
