// The last slips of a printer as pictures, drawn again by the service from what was spooled.

import { local } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { shown, t } from "../lib/words.js";
import { askFile } from "../lib/session.js";

const KEPT = 40;
/** Addresses of pictures by slip, the oldest first. @type {Map<string, Promise<string>>} */
const pictures = new Map();

//t: being printed | printed | not printed | not sure
const WORDS = { QUEUED: "being printed", SENDING: "being printed", PRINTED: "printed", NOT_PRINTED: "not printed", UNKNOWN: "not sure" };
/** @type {Partial<Record<Api.PrintState, string>>} */
const MARKS = { PRINTED: "well", NOT_PRINTED: "broken", UNKNOWN: "look" };

/**
 * @param {string} printer
 * @param {Api.SpooledSlip[]} slips
 */
export function slipsCard(printer, slips) {
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, t("The last slips")), h("span.soft", {}, t("newest first; touch one to see it large"))),
    slips.length ? h("div.slips", {}, slips.map((slip) => one(printer, slip))) : h("p.soft", {}, t("No slip was printed yet.")));
}

/**
 * @param {string} printer
 * @param {Api.SpooledSlip} slip
 */
function one(printer, slip) {
  const picture = h("img", { alt: t("Slip of {number}", { number: slip.number }), width: "132" });
  show(printer, slip, picture);
  return h("button.shot", { type: "button", onclick: () => enlarge(picture, slip) }, h("span.sheet", {}, picture),
    h("b", {}, slip.number, h("span.soft", {}, ` · ${local(new Date(slip.at), shown.office.timezone).time}`)),
    h(`span.mark.${MARKS[slip.state] || "unknown"}`, {}, h("i", { "aria-hidden": "true" }), t(WORDS[slip.state])),
    slip.marked && h("small.soft", {}, t("Printed again")));
}

/**
 * @param {string} printer
 * @param {Api.SpooledSlip} slip
 * @param {HTMLImageElement} picture
 */
async function show(printer, slip, picture) {
  if (!pictures.has(slip.id)) {
    if (pictures.size >= KEPT) pictures.delete(pictures.keys().next().value || "");
    pictures.set(slip.id, askFile(`printers/${printer}/slips/${slip.id}.png`).then(asAddress));
  }
  try {
    picture.src = (await pictures.get(slip.id)) || "";
  } catch {
    pictures.delete(slip.id);
  }
}

/**
 * A data: address; pages may show those and files of their own service only.
 * @param {Blob} blob
 */
function asAddress(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}

/**
 * @param {HTMLImageElement} picture
 * @param {Api.SpooledSlip} slip
 */
function enlarge(picture, slip) {
  /** @type {HTMLDialogElement} */
  const box = h("dialog.large", { "aria-label": t("Slip of {number}", { number: slip.number }) }, h("img", { src: picture.src, alt: picture.alt }),
    h("button.button", { type: "button", onclick: () => box.close() }, t("Close")));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}
