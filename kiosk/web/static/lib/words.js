// Names of the office, and sentences in the citizen's language.

import { given } from "./page.js";

/** The part of the configuration that this page shows. */
export const shown = given.shown;

/**
 * A word with its first letter as a capital.
 * @param {string} text
 */
export const capital = (text) => text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);

const { folk } = shown.office;
/** @typedef {Record<string, unknown>} Values what fills the braces of a sentence */

const always = { folk, Folk: capital(folk) };
let language = shown.office.languages[0] || "vi";

export const currentLanguage = () => language;

/**
 * Whether the sentences of this page are written in that language; English stands in the code.
 * @param {string} code
 */
export const isWritten = (code) => code === "vi" || code === "en" || code in given.translations;

/** @type {Record<string, string>} */
const NAMES = { vi: "Tiếng Việt", hre: "Hrê", en: "English" };

/**
 * What a language calls itself: as its file of sentences says, or as the browser knows it.
 * @param {string} code
 */
export const languageName = (code) => given.translations[code]?.["Name of this language"] || NAMES[code] || capital(new Intl.DisplayNames([code], { type: "language" }).of(code) || code);

/**
 * Speak another language of the office; a missing text stays Vietnamese.
 * @param {string} code
 */
export function speak(code) {
  language = code;
  document.documentElement.lang = isWritten(code) ? code : "vi";
}

/** The language of a new day, as every citizen finds it. */
export const speakFirst = () => speak(shown.office.languages[0] || "vi");

speakFirst();

/**
 * `sentence` with {name} filled from `values`; {folk} is the form of address.
 * @param {string} sentence
 * @param {Values} values
 */
function filled(sentence, values) {
  /** @type {Values} */
  const all = { ...always, ...values };
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in all ? String(all[name]) : whole));
}

/** @param {string} sentence */
const translated = (sentence) => given.translations[language]?.[sentence] || (language === "en" ? sentence : given.sentences[sentence] || sentence);

/**
 * The sentence in the citizen's language, filled from `values`.
 * @param {string} sentence
 * @param {Values} [values]
 */
export const t = (sentence, values = {}) => filled(translated(sentence), values);

/**
 * The sentence for `count` of something; Vietnamese has no form for one: `many` is the key.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Values} [values]
 */
export function plural(one, many, count, values = {}) {
  const hasOne = language === "en" || Boolean(given.translations[language]?.[one]);
  return filled(translated(count === 1 && hasOne ? one : many), { ...values, count });
}

/** @param {string} code */
export const serviceOf = (code) => shown.services.find((service) => service.code === code) || null;
/**
 * The service with that code. Throws RangeError when the office has none.
 * @param {string} code
 */
export function serviceNamed(code) {
  const service = serviceOf(code);
  if (!service) throw new RangeError(`the office has no service "${code}"`);
  return service;
}

/**
 * A text of the office (a procedure, a field, a group) in the citizen's language; else as the office writes it.
 * @param {string} text
 */
export const ours = (text) => given.texts?.[language]?.[text] || text;

/**
 * The name of a service, a face or a reason in the citizen's language, or as the office calls it.
 * @param {Api.Named} one
 */
export const nameOf = (one) => one.names[language] || ours(one.name);

/**
 * The name of a counter in the citizen's language: "Quầy 1" is "Counter 1"; what the office calls otherwise keeps its name.
 * @param {Api.CounterPlace} place
 */
export const placeName = ({ code, name }) => (name === `${given.sentences.Counter} ${code}` ? `${t("Counter")} ${code}` : ours(name));

/** @param {string | null} code */
export const counterOf = (code) => shown.counters.find((counter) => counter.code === code) || null;
/** @param {string} code */
export const countersFor = (code) => shown.counters.filter((counter) => counter.services.includes(code));

const [SINGLE, LEAST_RUN] = [4, 3];

/**
 * @param {string} one
 * @param {string} other
 */
const follows = (one, other) => /^\d+$/.test(one) && /^(0|[1-9]\d*)$/.test(other) && Number(other) === Number(one) + 1;

/**
 * Counters for a short line, by the rule of contract/counter_runs.py: "1", "2", "3", but "1–12" for a long row of them.
 * @param {string[]} codes
 */
export function counterRuns(codes) {
  if (codes.length <= SINGLE) return codes;
  /** @type {string[][]} */
  const runs = [];
  for (const code of codes) {
    const last = runs[runs.length - 1];
    if (last && follows(last[last.length - 1], code)) last.push(code);
    else runs.push([code]);
  }
  return runs.flatMap((run) => (run.length >= LEAST_RUN ? [`${run[0]}–${run[run.length - 1]}`] : run));
}

/**
 * What stands behind the letter of a number: A012 is 012.
 * @param {string} number
 */
export const figures = (number) => number.replace(/^\D+/, "");
/** @param {string} number */
export const letterOf = (number) => (number.match(/^\D+/) || [""])[0];
/** @param {number} seconds */
export const minutes = (seconds) => Math.max(1, Math.round(seconds / 60));
