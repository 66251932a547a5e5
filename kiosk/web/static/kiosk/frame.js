// The frame of every kiosk screen: office and clock above, the bar that never moves below.

import { dateText, local } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { currentLanguage, shown, t } from "../lib/words.js";

/** @type {Record<string, string>} */
const NAMES = { vi: "Tiếng Việt", hre: "Hrê", en: "English" };

/**
 * Keeps two elements at the present time and date.
 * @param {HTMLElement} timeElement
 * @param {HTMLElement} dateElement
 * @param {string} zone
 */
function clock(timeElement, dateElement, zone) {
  const show = () => {
    const now = new Date();
    timeElement.textContent = local(now, zone).time;
    dateElement.textContent = dateText(now, zone);
  };
  show();
  setInterval(show, 1000);
}

export function top() {
  const [time, date] = [h("div.time"), h("div.date")];
  clock(time, date, shown.office.timezone);
  return h(
    "header.top", {},
    h("div", {}, h("div.office", {}, t("One-stop office")), h("div.authority", {}, shown.office.authority)),
    h("div.now", {}, time, date),
  );
}

/**
 * @param {string} title
 * @param {Dom.Child} below
 * @param {Dom.Child} [side]
 */
export function heading(title, below, side = null) {
  return h("div.heading", {}, h("div", {}, h("h1", {}, title), below && h("p", {}, below)), side);
}

/**
 * @param {string} kind
 * @param {string} icon
 * @param {string} label
 * @param {() => void} onclick
 */
export function key(kind, icon, label, onclick, more = {}) {
  return h(`button.key.${kind}`, { onclick, ...more }, icon && picto(icon), h("span", {}, label));
}

/** @param {import("./app.js").Kiosk} app */
export const listenKey = (app) => key("listen", "speaker", t("Listen again"), () => app.speakAgain());
/** @param {import("./app.js").Kiosk} app */
export const helpKey = (app, kind = "call") => key(kind, "help", t("Call an officer"), () => app.callOfficer());
/** @param {import("./app.js").Kiosk} app */
export const backKey = (app) => key("back", "left", t("Back"), () => app.back());

/**
 * Rows of the languages; the one in use is green with a tick.
 * @param {import("./app.js").Kiosk} app
 * @param {boolean} wide
 */
export function languages(app, wide) {
  const rows = shown.office.languages.map((code) => {
    const used = code === currentLanguage();
    const below = wide && h("small", {}, picto(used ? "check" : "speaker"), used ? t("in use") : t("listen"));
    const mark = !wide && picto(used ? "check" : "speaker");
    return h("button", { class: used ? "used" : "", lang: code, onclick: () => app.speakLanguage(code) },
      mark, h("span", {}, NAMES[code] || code, below));
  });
  return rows.length > 1 ? h(`div.languages.${wide ? "wide" : "narrow"}.n${Math.min(rows.length, 3)}`, {}, rows.slice(0, 3)) : null;
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
  return h("button.key.done", { onclick }, ring ? ring.node : icon && picto(icon), h("span", {}, label));
}
