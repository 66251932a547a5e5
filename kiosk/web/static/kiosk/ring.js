// A ring that counts down smoothly, with its seconds in figures.

import { h } from "../lib/dom.js";

const SVG = "http://www.w3.org/2000/svg";
const ROUND = 2 * Math.PI * 44;

/**
 * {node, restart(), stop()}: calls `done` once after `seconds` without a restart.
 * @param {number} seconds
 * @param {() => void} done
 */
export function ring(seconds, done) {
  const figures = h("span.figures", {}, String(seconds));
  const node = h("span.ring", {}, circle(), figures);
  const line = /** @type {SVGElement} */ (node.querySelector(".run"));
  let end = 0;
  const timer = setInterval(step, 100);
  function restart() {
    end = performance.now() + seconds * 1000;
    step();
  }
  function step() {
    const left = Math.max(0, end - performance.now());
    figures.textContent = String(Math.ceil(left / 1000));
    line.setAttribute("stroke-dashoffset", String(ROUND * (1 - left / (seconds * 1000))));
    if (left > 0) return;
    clearInterval(timer);
    done();
  }
  restart();
  return { node, restart, stop: () => clearInterval(timer) };
}

function circle() {
  const element = document.createElementNS(SVG, "svg");
  element.setAttribute("viewBox", "0 0 100 100");
  element.innerHTML = `<circle class="rest" cx="50" cy="50" r="44"/><circle class="run" cx="50" cy="50" r="44" stroke-dasharray="${ROUND}"/>`;
  return element;
}
