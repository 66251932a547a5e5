// The frame of every kiosk screen: office and clock above, the bar that never moves below.

import { clock, h } from "./dom.js";
import { picto } from "./signs.js";
import { currentLanguage, shown, t } from "./words.js";

const NAMES = { vi: "Tiếng Việt", hre: "Hrê", en: "English" };

export function top() {
  const [time, date] = [h("div.time"), h("div.date")];
  clock(time, date, shown.office.timezone);
  return h(
    "header.top", {},
    h("div", {}, h("div.office", {}, t("One-stop office")), h("div.authority", {}, shown.office.authority)),
    h("div.now", {}, time, date),
  );
}

export function heading(title, below, side = null) {
  return h("div.heading", {}, h("div", {}, h("h1", {}, title), below && h("p", {}, below)), side);
}

export function key(kind, icon, label, onclick, more = {}) {
  return h(`button.key.${kind}`, { onclick, ...more }, icon && picto(icon), h("span", {}, label));
}

export const listenKey = (app) => key("listen", "speaker", t("Listen again"), () => app.speakAgain());
export const helpKey = (app, kind = "call") => key(kind, "help", t("Call an officer"), () => app.callOfficer());
export const backKey = (app) => key("back", "left", t("Back"), () => app.back());

/** Rows of the languages; the one in use is green with a tick. */
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

export function bar(app, withBack) {
  return [withBack && backKey(app), listenKey(app), languages(app, !withBack), helpKey(app)];
}

/** The big key that ends a result screen and counts down to the first screen. */
export function doneKey(label, ring, onclick, icon = null) {
  return h("button.key.done", { onclick }, ring ? ring.node : icon && picto(icon), h("span", {}, label));
}
