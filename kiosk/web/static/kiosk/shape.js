// The kiosk stands upright or lies: two drawings of every screen, chosen by the window, and a third for large letters.

import { fitDrawn } from "../lib/fit.js";
import { isLarge } from "../lib/text_size.js";

const [TALL_WIDTH, TALL_HEIGHT] = [1080, 1920];
const WIDE_HEIGHT = 768; // px of the drawing; at 0.25 mm a px on 15.6 inches a target of 80 px is 20 mm
const [NARROWEST, WIDEST] = [1228, 1400];

/**
 * Width and height for which the screens are drawn in a window of that size.
 * @param {number} width
 * @param {number} height
 * @returns {[number, number]}
 */
export function drawnFor(width, height) {
  if (height >= width) return [TALL_WIDTH, TALL_HEIGHT];
  return [Math.round(Math.min(WIDEST, Math.max(NARROWEST, (WIDE_HEIGHT * width) / height))), WIDE_HEIGHT];
}

/**
 * Draw the stage for the window, now and whenever that changes; `changed` is called then.
 * @param {HTMLElement} stage
 * @param {() => void} changed
 */
export function shape(stage, changed) {
  fitDrawn(stage, () => {
    const [width, height] = drawnFor(innerWidth, innerHeight);
    Object.assign(stage.style, { width: `${width}px`, height: `${height}px` });
    const [isLying, large] = [height === WIDE_HEIGHT, isLarge()];
    for (const [name, holds] of Object.entries({ wide: isLying && !large, large, lying: isLying && large })) stage.classList.toggle(name, holds);
    return [width, height];
  });
  addEventListener("resize", changed);
}
