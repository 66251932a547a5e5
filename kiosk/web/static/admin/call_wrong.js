// An event that is wrong stays in the journal; one person calls it wrong here, and another has to agree.

import { t } from "../lib/words.js";
import { ask } from "../lib/session.js";
import { askWindow } from "./ask_window.js";

/** @type {Record<string, string>} */
const REASONS = { mistake: "entered by mistake", "wrong-service": "the wrong service", "second-matter": "another matter of the same citizen", other: "another reason" };
//t: entered by mistake | the wrong service | another matter of the same citizen | another reason

/** @param {string} code */
export const reasonWords = (code) => (REASONS[code] ? t(REASONS[code]) : code);

/**
 * @param {number} seq
 * @param {string} sentence
 * @param {() => void} done
 */
export function callWrong(seq, sentence, done) {
  const reasons = { name: "reason", words: t("Why it is wrong"), value: "mistake", choices: Object.keys(REASONS).map((code) => ({ code, words: reasonWords(code) })) };
  askWindow(t("Line {seq} is wrong?", { seq }), [reasons], ({ reason }) => ask("POST", "admin/corrections", { seq, reason }), done,
    `${sentence}. ${t("The line stays as it is. It is noted as wrong once another person agrees, under Corrections.")}`);
}
