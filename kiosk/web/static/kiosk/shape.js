// The kiosk stands upright or lies: two drawings of every screen, chosen by the window.

import { fitDrawn } from "../lib/fit.js";

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
    stage.classList.toggle("wide", height === WIDE_HEIGHT);
    return [width, height];
  });
  addEventListener("resize", changed);
}
