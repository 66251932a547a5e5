// Words are never cut: they shrink until they fit the box in which they stand.

const [STEP, LEAST] = [0.94, 0.3];

/**
 * Make the letters of every element with data-fit smaller until nothing stands over. All are measured in one go, so that
 * the page is laid out anew only for those that do stand over.
 * @param {ParentNode} root
 */
export function shrink(root) {
  const all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-fit]")]);
  for (const element of all) if (element.style.fontSize) element.style.fontSize = "";
  const measured = all.map((element) => {
    const style = getComputedStyle(element);
    return { element, size: parseFloat(style.fontSize), grows: style.getPropertyValue("--grows") === "1" };
  });
  for (const { element, size, grows } of measured.filter((one) => standsOver(one.element, one.size, one.grows))) fitIn(element, size, grows);
}

/**
 * Step by step: a box may grow and break its lines otherwise with the letters in it, so that no step can be left out.
 * @param {HTMLElement} element
 * @param {number} size px, as it is drawn
 * @param {boolean} grows
 */
function fitIn(element, size, grows) {
  for (let factor = 1; factor > LEAST && standsOver(element, size * factor, grows);) {
    factor *= STEP;
    element.style.fontSize = `${size * factor}px`;
  }
}

/**
 * Marks above and below a line may reach out of its box by a part of the letters' size; another line may not. In a box
 * with data-fit="tight" other things stand right below, so that nothing may.
 * @param {HTMLElement} element
 * @param {number} size
 * @param {boolean} grows its box becomes as high as its words need: `--grows: 1` of a style
 */
function standsOver(element, size, grows) {
  const marks = element.dataset.fit === "tight" ? 2 : 0.45 * size;
  return element.scrollWidth > element.clientWidth + 1 || !grows && element.scrollHeight > element.clientHeight + marks;
}
