// The code of a dossier as it is typed on the keypad or read by a scanner. No document.

const PATTERNS = { first: "NNN.NN.NN.HNN-NNNNNN-NNNN", second: "HNN.NN.NN-NNNNNN-NNNN" };
const SHORTEST_SCAN = 8;

/**
 * What was typed, laid into the printed pattern: signs between the digits come by themselves.
 * @param {string} typed
 */
export function laid(typed) {
  const pattern = typed.startsWith("H") ? PATTERNS.second : PATTERNS.first;
  const digits = [...typed.replace(/\D/g, "")];
  let text = "";
  for (const place of pattern) {
    if (place === "N" && digits.length === 0) break;
    text += place === "N" ? digits.shift() : place;
  }
  return { text: typed ? text : "", rest: pattern.slice(typed ? text.length : 0), whole: text.length === pattern.length };
}

/**
 * What stands typed after a key of the pad: a digit, H (only as the first sign) or ←.
 * @param {string} typed
 * @param {string} key
 */
export function afterKey(typed, key) {
  if (key === "←") return typed.slice(0, -1);
  if ((key === "H" && typed !== "") || laid(typed).whole) return typed;
  return typed + key;
}

/**
 * A listener for keys of a scanner that types: `onScan(text)` at Enter, unless the text is too short to be a code.
 * @param {(text: string) => void} onScan
 * @returns {(event: { key: string }) => void}
 */
export function scanReader(onScan) {
  let text = "";
  return ({ key }) => {
    if (key === "Enter") {
      const scanned = text;
      text = "";
      if (scanned.length >= SHORTEST_SCAN) onScan(scanned);
    } else if (key.length === 1) {
      text += key;
    }
  };
}
