// A page drawn for one size, shown whole on any screen.

/**
 * Scale `stage` (drawn at width × height px) to the window and keep it in the middle.
 * @param {HTMLElement} stage
 * @param {number} width
 * @param {number} height
 */
export const fit = (stage, width, height) => fitDrawn(stage, () => [width, height]);

/**
 * The same of a page that is drawn for several sizes.
 * @param {HTMLElement} stage
 * @param {() => [number, number]} drawn the px for which it is drawn in the window as it is now
 */
export function fitDrawn(stage, drawn) {
  const place = () => {
    const [width, height] = drawn();
    const scale = Math.min(innerWidth / width, innerHeight / height);
    const [left, top] = [(innerWidth - width * scale) / 2, (innerHeight - height * scale) / 2];
    stage.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
  };
  addEventListener("resize", place);
  place();
}

/**
 * Touches within `ms` of a change of screen belong to the screen before: they are swallowed.
 * @param {HTMLElement} stage
 * @param {() => number} changedAt
 * @param {number} ms
 */
export function guard(stage, changedAt, ms) {
  /** @param {MouseEvent} event */
  const swallow = (event) => {
    if (event.isTrusted && performance.now() - changedAt() < ms) {
      event.stopPropagation();
      event.preventDefault();
    }
  };
  stage.addEventListener("click", swallow, true);
}
