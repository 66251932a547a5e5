// Whole pages: the closed office, the dossiers in progress, the procedures' QR code.

import { daysBetween, local, longDateText } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { serviceOfField } from "./fields.js";
import { picto, sign } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { sessionsOn, timeLeft } from "./turns.js";
import { cord, due, KNOTS_DONE, stepWords } from "./progress.js";

const zone = shown.office.timezone;
const HEADINGS = { closed: "Numbers are not given now", lunch: "Lunch break", holiday: "The office is closed for the holiday", full: "All numbers of today are given" };
//t: Numbers are not given now | Lunch break | The office is closed for the holiday | All numbers of today are given

/**
 * Why, when numbers are given again, and how long that is still.
 * @param {Board.ClosedKind} kind
 * @param {Board.State} state
 * @param {Date} now
 */
export function closedPage(kind, state, now) {
  const opening = state.nextOpening ? new Date(state.nextOpening) : null;
  const at = local(opening || now, zone);
  return h("section.closed", { "data-kind": kind }, picto("clock"), h("div.again", {},
    h("h1", { "data-fit": true }, t(HEADINGS[kind])),
    opening && [h("p", {}, t("Please come back at")), h("b.opening", {}, `${at.hour}:${String(at.minute).padStart(2, "0")}`), h("p.left", {}, whenWords(opening, now))]),
  h("div.sessions", {}, sessionsOn(shown.office, at.weekday).map((row) =>
    h("div", {}, h("span", {}, row.from < "12:00" ? t("In the morning") : t("In the afternoon")), h("b", {}, `${bare(row.from)}–${bare(row.to)}`)))));
}

/** @param {string} time */
const bare = (time) => time.slice(0, 5).replace(/^0/, "");

/**
 * @param {Date} opening
 * @param {Date} now
 */
function whenWords(opening, now) {
  const days = daysBetween(now, opening, zone);
  const day = days === 0 ? t("today") : days === 1 ? t("tomorrow") : longDateText(opening, zone);
  const left = timeLeft(opening.getTime() - now.getTime());
  if (!left) return day;
  const [hours, minutes] = left;
  const words = hours && minutes ? t("{hours} h {minutes} min left", { hours, minutes }) : hours ? t("{hours} h left", { hours }) : t("{minutes} min left", { minutes });
  return `${day}, ${words}`;
}

/**
 * A page of dossiers with code, field, step and due date; of a sensitive field only its sign and its knots.
 *  The masked name of whoever handed it in stands under the code where the office shows names.
 * @param {Board.DossierPage} page
 * @param {Set<string>} late
 */
export function dossierTable(page, late) {
  const [number, count] = page.place;
  return h("section.panel.table", { style: { "--lines": String(page.atOnce) } }, h("h2", {}, t("Progress of dossiers"), count > 1 && h("span", {}, `${number}/${count}`)), page.rows.map((one) => {
    const service = serviceOfField(shown.services, one.field);
    const done = KNOTS_DONE[one.step] === 3;
    const name = one.sensitive ? "" : one.name;
    return h(`div.dossier${one.sensitive ? ".veiled" : ""}${name ? ".named" : ""}`, {}, service ? sign(service, { edge: "#FFFFFF" }) : h("i"),
      h("div.who", {}, h("b.code", { "data-fit": true }, one.sensitive ? "" : one.code), name && h("span.name", { "data-fit": true }, name)),
      h("span.field", { "data-fit": true }, one.sensitive ? "" : one.field), cord(KNOTS_DONE[one.step] ?? 0), h(`b.step${done ? ".now" : ""}`, {}, one.sensitive ? "" : stepWords(one.step)),
      h("span.due", {}, !one.sensitive && !done && due(one, late)));
  }));
}

/**
 * Without http:// an address is easier to type; the square carries all of it.
 * @param {string} address
 */
export function procedures(address) {
  return h("section.panel.procedures", {}, h("div.code", {}, h("img", { src: "/procedures/qr.svg", alt: address })), h("div", {}, h("h1", {}, t("Papers, procedures")),
    h("p", {}, t("Scan this code with a telephone to see which papers to bring, the time and the fee.")), h("b", { "data-fit": true }, address.replace(/^https?:\/\//, ""))));
}

/**
 * As large as it fits, its sides kept; the name of the office where it cannot be read.
 * @param {string} file
 */
export function picture(file) {
  const image = h("img", { src: `/pictures/${encodeURIComponent(file)}`, alt: "" });
  const plate = h("section.panel.picture", {}, image);
  image.addEventListener("error", () => plate.replaceChildren(h("span", {}, shown.office.authority), h("h1", {}, shown.office.name)));
  return plate;
}
