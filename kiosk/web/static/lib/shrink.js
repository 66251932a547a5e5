// Words are never cut: they shrink until they fit the box in which they stand.

const LEAST = 0.3;

/**
 * Make the letters of every element with data-fit smaller until nothing stands over.
 * @param {HTMLElement} root
 */
export function shrink(root) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-fit]"))) {
    element.style.fontSize = "";
    const size = parseFloat(getComputedStyle(element).fontSize);
    for (let factor = 1; factor > LEAST && standsOver(element, size * factor);) {
      factor *= 0.94;
      element.style.fontSize = `${size * factor}px`;
    }
  }
}

/**
 * Marks above and below a line may reach out of its box by a part of the letters' size; another line may not. In a box
 * with data-fit="tight" other things stand right below, so that nothing may.
 * @param {HTMLElement} element
 * @param {number} size
 */
function standsOver(element, size) {
  const marks = element.dataset.fit === "tight" ? 2 : 0.45 * size;
  return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + marks;
}
