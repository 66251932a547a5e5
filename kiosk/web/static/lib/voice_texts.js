// From what a page shows to the clips that say it: known phrases, the longest first, and between them numbers. A sentence
// is said in one language as a whole: in the citizen's, else in Vietnamese, else not at all.

import { numberKeys, spelledKeys } from "./voice_numbers.js";

/**
 * `texts`: words by phrase, of each written language; `clips`: hash of the content by phrase, of each language.
 * @typedef {{ texts: Record<string, Record<string, string>>, clips: Record<string, Record<string, string>> }} Phrases
 * @typedef {{ key: string } | { number: number } | { spelled: string }} Piece a phrase, or a number that each language reads its own way
 * @typedef {{ longest: number, keys: Map<string, string> }} Known
 */

const VIETNAMESE = "vi";
const SENTENCE_ENDS = /[.!?…]+(?=\s|$)|\n/;
const TOKENS = /\d{1,2}:\d{2}(?!\d)|\d{1,2}\/\d{1,2}(?:\/\d{4})?|[A-ZĐ]\d{1,4}(?![\p{L}\p{N}])|\d{1,3}(?:\.\d{3})+(?![\d.])|\d+|[\p{L}\p{M}]+|[–-](?=\s?\d)/gu;

/** @param {string} text */
const tokensOf = (text) => text.normalize("NFC").match(TOKENS) || [];
/** @param {string[]} tokens */
const joined = (tokens) => tokens.join(" ").toLocaleLowerCase("vi");

/**
 * The sentences of a text, without empty ones.
 * @param {string} text
 */
export const sentencesOf = (text) => text.split(SENTENCE_ENDS).map((one) => one.trim()).filter((one) => tokensOf(one).length > 0);

/** @param {number} value @returns {Piece} */
const number = (value) => ({ number: value });

/**
 * How a single token is read when it belongs to no phrase; null: it is no number.
 * @param {string} token
 * @param {string} language
 * @returns {Piece[] | null}
 */
function tokenPieces(token, language) {
  if (/^[–-]$/.test(token)) return [{ key: "number.to" }];
  if (/^[A-ZĐ]\d*$/.test(token)) return [{ spelled: token }];
  if (!/^\d/.test(token)) return null;
  if (token.includes(":")) {
    const [hours, minutes] = token.split(":").map(Number);
    return [number(hours), ...(language === VIETNAMESE ? [{ key: "number.hour" }] : []), ...(minutes ? [number(minutes)] : [])];
  }
  if (token.includes("/")) {
    const [day, month] = token.split("/").map(Number);
    return [number(day), ...(language === VIETNAMESE ? [{ key: "number.month" }] : []), number(month)];
  }
  const plain = token.replaceAll(".", "");
  return plain.length > 4 || (plain.length > 1 && plain.startsWith("0")) ? [{ spelled: plain }] : [number(Number(plain))];
}

export class SpokenTexts {
  /** @type {Map<string, Known>} */
  known = new Map();

  /** @param {Phrases} phrases */
  constructor({ texts, clips }) {
    this.clips = clips;
    for (const [language, words] of Object.entries(texts)) {
      const keys = new Map();
      let longest = 0;
      for (const [key, text] of Object.entries(words)) {
        const tokens = tokensOf(text);
        longest = Math.max(longest, tokens.length);
        if (tokens.length && !keys.has(joined(tokens))) keys.set(joined(tokens), key);
      }
      this.known.set(language, { longest, keys });
    }
  }

  /**
   * Whether anything but numbers can be said in that language.
   * @param {string} language
   */
  speaks(language) {
    return Object.keys(this.clips[language] || {}).some((key) => !/^(digit|letter|word|number)\./.test(key));
  }

  /**
   * The clips of a text, a row for each of its sentences that can be said, and how many cannot.
   * @param {string} text
   * @param {string} language
   */
  clipsOf(text, language) {
    const rows = [];
    let silent = 0;
    for (const sentence of sentencesOf(text)) {
      const row = this.sentenceClips(sentence, language);
      if (row) rows.push(row);
      else silent += 1;
    }
    return { rows, silent };
  }

  /**
   * @param {string} sentence
   * @param {string} language
   * @returns {string[] | null}
   */
  sentenceClips(sentence, language) {
    const written = this.known.has(language) ? language : VIETNAMESE;
    for (const words of new Set([written, VIETNAMESE])) {
      const pieces = this.piecesOf(sentence, words);
      if (!pieces) continue;
      for (const voice of new Set([language, VIETNAMESE])) {
        const row = this.voiced(pieces, voice);
        if (row) return row;
      }
    }
    return null;
  }

  /**
   * The pieces of a sentence by the words of a language, as few as possible; null when some word is in no phrase.
   * @param {string} sentence
   * @param {string} language
   * @returns {Piece[] | null}
   */
  piecesOf(sentence, language) {
    const known = this.known.get(language);
    if (!known) return null;
    const tokens = tokensOf(sentence);
    /** From each place on, found from the end. @type {(Piece[] | null)[]} */
    const rest = [...tokens.map(() => null), []];
    for (let from = tokens.length - 1; from >= 0; from -= 1) {
      for (let count = Math.min(known.longest, tokens.length - from); count > 0; count -= 1) {
        const key = known.keys.get(joined(tokens.slice(from, from + count)));
        const behind = rest[from + count];
        if (key && behind && behind.length + 1 < (rest[from]?.length ?? Infinity)) rest[from] = [{ key }, ...behind];
      }
      const own = rest[from] ? null : tokenPieces(tokens[from], language);
      const behind = rest[from + 1];
      if (own && behind) rest[from] = [...own, ...behind];
    }
    return rest[0];
  }

  /**
   * @param {Piece[]} pieces
   * @param {string} language
   * @returns {string[] | null} null when a clip is missing
   */
  voiced(pieces, language) {
    const clips = this.clips[language];
    if (!clips) return null;
    const keys = [];
    for (const piece of pieces) {
      const own = "key" in piece ? [piece.key] : "spelled" in piece ? spelledKeys(piece.spelled) : numberKeys(piece.number, language);
      if (!own) return null;
      keys.push(...own);
    }
    const row = keys.map((key) => clips[key]);
    return row.every(Boolean) ? row : null;
  }
}
