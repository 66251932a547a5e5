// The code of a dossier as it is typed on the keypad or read by a scanner. No document.

const SHORTEST_SCAN = 8;
const SILENCE_MS = 1000; // between two signs: whoever typed the ones before is gone

/**
 * A group of a code: its digits at most, what stands before them and what parts it from the next one; `drawn`: its places
 * in the pattern.
 * @param {number} most
 * @param {string} after
 */
const group = (most, after, before = "", drawn = most) => ({ most, after, before, drawn });

const LEAST = 4; // of the running number of a day, which is as long as needed
const END = [group(6, "-"), group(12, "", "", LEAST)];
const UNIT_LAST = [group(3, "."), group(2, "."), group(2, "."), group(2, "-", "H"), ...END];
const UNIT_FIRST = [group(2, ".", "H"), group(3, "."), group(2, "-"), ...END];
const [MIDDLE, LAST_OF_UNIT] = [1, 2]; // of UNIT_FIRST: of one to three digits, and left out in H55.242-…

/**
 * What was typed, laid into the printed pattern: signs between the digits come by themselves, "." ends a group of fewer
 * digits. `rest`: what is still to come; `whole`: it may be a code; `isFull`: it takes no further digit.
 * @param {string} typed digits, "H" as the first sign or not at all, and "."
 */
export function laid(typed) {
  const form = typed.startsWith("H") ? UNIT_FIRST : UNIT_LAST;
  let [text, at, count] = [typed && form[0].before, 0, 0];
  for (const sign of typed.replace("H", "")) {
    if (sign === "." && at === LAST_OF_UNIT) text = text.slice(0, -1);
    else if (sign !== ".") text += sign;
    count += 1;
    if (sign !== "." && (count < form[at].most || at === form.length - 1)) continue;
    text += form[at].after;
    at += 1;
    text += form[at].before;
    count = 0;
  }
  const coming = form.slice(at).map((one, index) => (index || !typed ? one.before : "") + "N".repeat(Math.max(0, one.drawn - (index ? 0 : count))) + one.after);
  const isLast = at === form.length - 1;
  return { text, rest: coming.join(""), whole: isLast && count >= LEAST, isFull: isLast && count === form[at].most, at, count };
}

/**
 * What stands typed after a key of the pad: a digit, H (only as the first sign), "." (only where a group may be shorter)
 * or ←.
 * @param {string} typed
 * @param {string} key
 */
export function afterKey(typed, key) {
  if (key === "←") return typed.slice(0, -1);
  const { at, count, isFull } = laid(typed);
  if ((key === "H" && typed !== "") || isFull) return typed;
  if (key === "." && !(typed.startsWith("H") && ((at === MIDDLE && count > 0) || (at === LAST_OF_UNIT && count === 0)))) return typed;
  return typed + key;
}

/**
 * A listener for keys of a scanner that types: `onScan(text)` at Enter, unless the text is too short to be a code. What
 * no Enter ends is forgotten: it may be somebody's card.
 * @param {(text: string) => void} onScan
 * @returns {(event: { key: string }) => void}
 */
export function scanReader(onScan) {
  let text = "";
  let silence = 0;
  return ({ key }) => {
    clearTimeout(silence);
    silence = setTimeout(() => { text = ""; }, SILENCE_MS);
    if (key === "Enter") {
      const scanned = text;
      text = "";
      if (scanned.length >= SHORTEST_SCAN) onScan(scanned);
    } else if (key.length === 1) {
      text += key;
    }
  };
}
