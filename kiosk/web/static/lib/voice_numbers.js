// Numbers as people read them aloud, as names of phrases; the rules of display_board/voices/reading.py.

/** @typedef {string[]} Keys */

const MOST = 9999;
/** @param {number} figure */
const digit = (figure) => `digit.${figure}`;

/**
 * Letter and digits one by one: A012, 0912.
 * @param {string} code
 * @returns {Keys}
 */
export const spelledKeys = (code) => [...code].filter((sign) => /[0-9A-ZĐ]/.test(sign)).map((sign) => (/\d/.test(sign) ? digit(Number(sign)) : `letter.${sign === "Đ" ? "dd" : sign.toLowerCase()}`));

/**
 * @param {number} number
 * @returns {Keys}
 */
function vietnamese(number) {
  const [thousands, hundreds, tens, ones] = places(number);
  const keys = thousands ? [digit(thousands), "word.thousand"] : [];
  if (hundreds || (thousands && number % 1000)) keys.push(digit(hundreds), "word.hundred");
  if (tens === 0) {
    if (ones && keys.length) keys.push("word.odd");
    if (ones || !keys.length) keys.push(digit(ones));
    return keys;
  }
  keys.push(...(tens === 1 ? ["word.ten"] : [digit(tens), "word.tens"]));
  /** @type {Record<number, string>} */
  const special = tens === 1 ? { 5: "word.five" } : { 1: "word.one", 4: "word.four", 5: "word.five" };
  if (ones) keys.push(special[ones] ?? digit(ones));
  return keys;
}

/**
 * @param {number} number
 * @returns {Keys}
 */
function english(number) {
  const [thousands, hundreds, tens, ones] = places(number);
  const keys = thousands ? [digit(thousands), "word.thousand"] : [];
  if (hundreds) keys.push(digit(hundreds), "word.hundred");
  if (keys.length && number % 100 === 0) return keys;
  if (keys.length) keys.push("word.and");
  if (tens === 1) return [...keys, `word.${10 + ones}`];
  if (tens) keys.push(`word.${tens}0`);
  if (ones || !tens) keys.push(digit(ones));
  return keys;
}

/** @param {number} number */
const places = (number) => [1000, 100, 10, 1].map((size) => Math.floor(number / size) % 10);

/** @type {Record<string, (number: number) => Keys>} */
const WHOLE = { vi: vietnamese, en: english };

/**
 * A whole number; null where nobody knows the language's rules for it, or it is too large.
 * @param {number} number
 * @param {string} language
 * @returns {Keys | null}
 */
export function numberKeys(number, language) {
  if (number <= 9) return [digit(number)];
  return number <= MOST && WHOLE[language] ? WHOLE[language](number) : null;
}
