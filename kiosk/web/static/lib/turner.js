// What is longer than the glass is turned by two big keys: screens of a machine whose letters are twice as large.

import { h } from "./dom.js";
import { picto } from "./signs.js";
import { isLarge } from "./text_size.js";
import { t } from "./words.js";

const PIECES = "button, h1, h2, p, li, .fact, .knot, .leaf, .code, .boxes, textarea";
const [PART, LEAST_PART] = [0.75, 0.25]; // of what is seen
const NEAR_PX = 2;

/**
 * {node, laid(isNew)}: the two keys, shown while `flow` is longer than it is high; `laid` after every drawing of it.
 * @param {HTMLElement} flow
 */
export function turner(flow) {
  const key = (/** @type {string} */ icon, /** @type {number} */ by) => h(`button.turnkey.${icon}`, { type: "button", onclick: () => turn(by) }, picto(icon));
  const [up, down] = [key("up", -1), key("down", 1)];
  let wasLarge = false;
  const node = h("div.turner", { hidden: true }, up, down);
  /** What stood cut at the edge is whole after the turn. @param {number} by */
  function turn(by) {
    const glass = flow.getBoundingClientRect();
    const edge = by > 0 ? glass.bottom : glass.top;
    const cut = [...flow.querySelectorAll(PIECES)].map((one) => one.getBoundingClientRect()).filter((box) => box.top < edge - 1 && box.bottom > edge + 1);
    const far = by > 0 ? Math.min(...cut.map((box) => box.top)) - glass.top : glass.bottom - Math.max(...cut.map((box) => box.bottom));
    const part = far > LEAST_PART * glass.height && far < glass.height ? far / glass.height : PART;
    flow.scrollTop += by * part * flow.clientHeight;
    mark();
  }
  function mark() {
    up.disabled = flow.scrollTop <= NEAR_PX;
    down.disabled = flow.scrollTop + flow.clientHeight >= flow.scrollHeight - NEAR_PX;
  }
  /** @param {boolean} isNew another screen than before: it is read from its beginning */
  function laid(isNew) {
    if (isNew || isLarge() !== wasLarge) flow.scrollTop = 0;
    wasLarge = isLarge();
    node.hidden = true;
    node.hidden = !isLarge() || flow.scrollHeight <= flow.clientHeight + NEAR_PX;
    up.setAttribute("aria-label", t("Further up"));
    down.setAttribute("aria-label", t("Further down"));
    mark();
  }
  flow.addEventListener("scroll", mark);
  flow.addEventListener("click", () => { if (isLarge()) laid(false); }); // what was typed may need another line
  flow.addEventListener("focusin", ({ target }) => { if (target instanceof Element) bringIn(flow, target); });
  return { node, laid };
}

/**
 * A key that was reached by another key stands whole on the glass.
 * @param {HTMLElement} flow
 * @param {Element} key
 */
function bringIn(flow, key) {
  if (!isLarge()) return;
  const [glass, box] = [flow.getBoundingClientRect(), key.getBoundingClientRect()];
  const scale = glass.height / flow.clientHeight;
  if (box.top < glass.top) flow.scrollTop -= (glass.top - box.top) / scale;
  else if (box.bottom > glass.bottom) flow.scrollTop += Math.min(box.bottom - glass.bottom, box.top - glass.top) / scale;
}
