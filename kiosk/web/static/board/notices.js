// A long notice in parts, one after the other; the same rules as the TV's, held to the same examples.

const [MOST, LEAST, ENDS] = [92, 30, [". ", "; ", "! ", "? "]];

/** @param {string} text */
export function inParts(text) {
  const parts = [];
  let rest = text.split(/\s+/).filter(Boolean).join(" ");
  while (rest.length > MOST) {
    const end = Math.max(...ENDS.map((mark) => rest.slice(0, MOST + 1).lastIndexOf(mark)));
    if (end >= LEAST) {
      parts.push(rest.slice(0, end + 1));
      rest = rest.slice(end + 2);
      continue;
    }
    const space = rest.slice(0, MOST - 1).lastIndexOf(" ");
    const at = space < LEAST ? MOST - 2 : space;
    parts.push(`${rest.slice(0, at)} …`);
    rest = rest.slice(at).trimStart();
  }
  return rest ? [...parts, rest] : parts;
}
