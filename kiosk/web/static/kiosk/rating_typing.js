// The number of a ticket as it is typed on the keypad, and the address of one as a scanner reads it. No document.

export const DIGITS = "1234567890";
const [LEAST, MOST] = [3, 6]; // figures of a number: A012 is written so, A12 is the same
const ADDRESS = /\/t\/([1-9A-HJ-NP-Za-km-z]{12})(?=$|[/?#])/;

/**
 * The token of a ticket's address, as a slip's QR holds it; null for another text.
 * @param {string} text
 */
export const tokenIn = (text) => text.match(ADDRESS)?.[1] ?? null;

/**
 * A number as the service writes it; "" for no number: a letter and up to six figures.
 * @param {string} typed
 */
export function numberOf(typed) {
  const [letter, figures] = [typed.slice(0, 1), typed.slice(1)];
  return /^\D\d+$/.test(typed) && Number(figures) > 0 ? letter + figures.replace(/^0+/, "").padStart(LEAST, "0") : "";
}

/**
 * What stands typed after a key: a letter begins anew, a figure follows a letter.
 * @param {string} typed
 * @param {string} key
 */
export function afterKey(typed, key) {
  if (key === "←") return typed.slice(0, -1);
  if (!DIGITS.includes(key)) return key;
  return typed && typed.length <= MOST ? typed + key : typed;
}
