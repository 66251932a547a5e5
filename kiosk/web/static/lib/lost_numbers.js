// Ranges of numbers as people read them.

/**
 * "A051–A057, C004"
 * @param {Api.NumberRange[]} ranges
 */
export const rangeWords = (ranges) => ranges.map((one) => (one.first === one.last ? one.first : `${one.first}–${one.last}`)).join(", ");

/**
 * Every number of the ranges.
 * @param {Api.NumberRange[]} ranges
 */
export function numbersOf(ranges) {
  return ranges.flatMap(({ letter, first, last }) => {
    const from = Number(first.slice(letter.length));
    return Array.from({ length: Number(last.slice(letter.length)) - from + 1 }, (_, n) => letter + String(from + n).padStart(3, "0"));
  });
}
