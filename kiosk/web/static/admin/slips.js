// The last slips of a printer as pictures, drawn again by the service from what was spooled.

import { h, local } from "../lib/dom.js";
import { shown, t } from "../lib/words.js";
import { ask } from "./session.js";

const KEPT = 40;
const pictures = new Map();

//t: being printed | printed | not printed | not sure
const WORDS = { QUEUED: "being printed", SENDING: "being printed", PRINTED: "printed", NOT_PRINTED: "not printed", UNKNOWN: "not sure" };
const MARKS = { PRINTED: "well", NOT_PRINTED: "broken", UNKNOWN: "look" };

export function slipsCard(printer, slips) {
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, t("The last slips")), h("span.soft", {}, t("newest first; touch one to see it large"))),
    slips.length ? h("div.slips", {}, slips.map((slip) => one(printer, slip))) : h("p.soft", {}, t("No slip was printed yet.")));
}

function one(printer, slip) {
  const picture = h("img", { alt: t("Slip of {number}", { number: slip.number }), width: "132" });
  show(printer, slip, picture);
  return h("button.shot", { type: "button", onclick: () => enlarge(picture, slip) }, h("span.sheet", {}, picture),
    h("b", {}, slip.number, h("span.soft", {}, ` · ${local(new Date(slip.at), shown.office.timezone).time}`)),
    h(`span.mark.${MARKS[slip.state] || "unknown"}`, {}, h("i", { "aria-hidden": "true" }), t(WORDS[slip.state])),
    slip.marked && h("small.soft", {}, t("Printed again")));
}

async function show(printer, slip, picture) {
  if (!pictures.has(slip.id)) {
    if (pictures.size >= KEPT) pictures.delete(pictures.keys().next().value);
    pictures.set(slip.id, ask("GET", `printers/${printer}/slips/${slip.id}.png`, undefined, "blob").then(asAddress));
  }
  try {
    picture.src = await pictures.get(slip.id);
  } catch {
    pictures.delete(slip.id);
  }
}

/** A data: address; pages may show those and files of their own house only. */
function asAddress(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}

function enlarge(picture, slip) {
  const box = h("dialog.large", { "aria-label": t("Slip of {number}", { number: slip.number }) }, h("img", { src: picture.src, alt: picture.alt }),
    h("button.button", { type: "button", onclick: () => box.close() }, t("Close")));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}
