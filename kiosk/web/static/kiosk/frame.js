// The frame of every kiosk screen: office and clock above, the bar that never moves below.

import { contrastKey } from "../lib/contrast.js";
import { local } from "../lib/dates.js";
import { $, h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { machineTextKey } from "../lib/text_size.js";
import { callOfficer } from "./help.js";
import { dayText } from "./days.js";
import { canSpeak, hasVoice } from "../lib/voice.js";
import { loudnessKey } from "./wishes.js";
import { currentLanguage, isWritten, languageName, shown, t } from "../lib/words.js";

const AT_ONCE = 3; // languages beside each other

/**
 * Office and clock, in the language of the moment; drawn anew when that changes.
 * @param {import("./app.js").Kiosk} app
 */
export function top(app) {
  return h(
    "header.top", {},
    h("div.whose", {}, h("div.office", { "data-fit": true }, t("One-stop office")), h("div.authority", { "data-fit": true }, shown.office.authority)), h("div.wishes", {}, machineTextKey(), contrastKey(), loudnessKey(() => app.speakAgain(1))), clock(),
  );
}

/** Time and day of this moment. */
function clock() {
  const now = new Date();
  return h("div.now", { "data-minute": minuteOf(now) }, h("div.time", {}, local(now, shown.office.timezone).time), h("div.date", {}, dayText(now, true)));
}

/** @param {Date} moment */
const minuteOf = (moment) => String(Math.floor(moment.getTime() / 60000));

/**
 * Draw the clock anew when it says another minute; a page that is touched is laid out for nothing else.
 * @param {HTMLElement} head
 */
export function keepTime(head) {
  const drawn = $(".now", head);
  if (drawn && drawn.dataset.minute !== minuteOf(new Date())) drawn.replaceWith(clock());
}

/**
 * @param {string} title
 * @param {Dom.Child} below
 * @param {Dom.Child} [side]
 */
export function heading(title, below, side = null) {
  return h("div.heading", {}, h("div", {}, h("h1", { "data-fit": true }, title), below && h("p", { "data-fit": true }, below)), side);
}

/**
 * @param {string} kind
 * @param {string} icon
 * @param {string} label
 * @param {() => void} onclick
 */
export function key(kind, icon, label, onclick, more = {}) {
  return h(`button.key.${kind}`, { onclick, ...more }, icon && picto(icon), h("span", { "data-fit": true }, label));
}

/** @param {import("./app.js").Kiosk} app */
export const listenKey = (app) => canSpeak() && key("listen", "speaker", t("Listen again"), () => app.speakAgain());
/** @param {import("./app.js").Kiosk} app */
export const helpKey = (app, kind = "call") => key(kind, "help", t("Call an officer"), () => callOfficer(app));
/** @param {import("./app.js").Kiosk} app */
export const backKey = (app) => key("back", "left", t("Back"), () => app.back());

/**
 * Rows of the languages that this office has here, written or in its calls; the one in use is green with a tick.
 * @param {import("./app.js").Kiosk} app
 * @param {boolean} wide
 */
export function languages(app, wide) {
  const rows = shown.office.languages.filter((code) => isWritten(code) || app.spoken.has(code) || hasVoice(code)).map((code) => {
    const used = code === currentLanguage();
    const isHeard = !isWritten(code) && hasVoice(code);
    const below = wide && used ? h("small", {}, picto("check"), t("in use")) : isHeard && h("small", {}, picto("speaker"), t("listen"));
    return h("button", { class: used ? "used" : "", lang: isWritten(code) ? code : null, "aria-pressed": String(used), onclick: () => app.speakLanguage(code) },
      !wide && used && picto("check"), h("span", { "data-fit": true }, languageName(code), below));
  });
  const at = rows.length > AT_ONCE ? rows.findIndex((row) => row.classList.contains("used")) : 0; // of more the next ones stand behind
  const some = [...rows.slice(at), ...rows.slice(0, at)].slice(0, AT_ONCE);
  return rows.length > 1 ? h(`div.languages.${wide ? "wide" : "narrow"}.n${some.length}`, {}, some) : null;
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {boolean} withBack
 */
export function bar(app, withBack) {
  return [withBack && backKey(app), listenKey(app), languages(app, !withBack), helpKey(app)];
}

/**
 * The big key that ends a result screen and counts down to the first screen.
 * @param {string} label
 * @param {{ node: HTMLElement } | null} ring
 * @param {() => void} onclick
 * @param {string | null} [icon]
 */
export function doneKey(label, ring, onclick, icon = null) {
  return h("button.key.done", { onclick }, ring ? ring.node : icon && picto(icon), h("span", { "data-fit": true }, label));
}
