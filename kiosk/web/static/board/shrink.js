// Words are never cut: they shrink until they fit the box in which they stand.

const LEAST = 0.3;

/** Make the letters of every element with data-fit smaller until nothing stands over. */
export function shrink(root) {
  for (const element of root.querySelectorAll("[data-fit]")) {
    element.style.fontSize = "";
    const size = parseFloat(getComputedStyle(element).fontSize);
    for (let factor = 1; factor > LEAST && standsOver(element, size * factor);) {
      factor *= 0.94;
      element.style.fontSize = `${size * factor}px`;
    }
  }
}

/** Marks above and below a line may reach out of its box by a part of the letters' size; another line may not. */
function standsOver(element, size) {
  return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 0.45 * size;
}
