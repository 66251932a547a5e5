// The PC on which citizens file their dossiers themselves: the portals, and a guide for each of the commonest procedures.

import { api, beat, ready } from "../lib/api.js";
import { watchConfiguration } from "../lib/configuration.js";
import { contrastKey, endContrast } from "../lib/contrast.js";
import { byId, fill, h } from "../lib/dom.js";
import { Finger } from "../lib/finger.js";
import { notCalled } from "../lib/help_words.js";
import { isCallError, pause } from "../lib/http.js";
import { picto } from "../lib/signs.js";
import { follow } from "../lib/stream.js";
import { endLarge, textKey } from "../lib/text_size.js";
import { canSpeak, hush, say, touched, watchVoices } from "../lib/voice.js";
import { currentLanguage, isWritten, languageName, ours, shown, speak, speakFirst, t } from "../lib/words.js";

const [IDLE_MS, BEAT_MS, RECORD_MS, NOTE_MS] = [60000, 15000, 800, 8000];
const root = byId("filing");
const finger = new Finger(document);
const isLocked = new URLSearchParams(location.search).has("locked"); // the browser of motcua screen run
const { portals, guides } = shown.filing;
/** @type {{ guide: Api.FilingGuide | null, note: string, touchedAt: number, noteTimer: number }} */
const visit = { guide: null, note: "", touchedAt: Date.now(), noteTimer: 0 };

async function main() {
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => {
      visit.touchedAt = Date.now();
      touched();
    }, true);
  }
  draw();
  await ready();
  watchVoices(() => finger.spares(draw));
  const configuration = watchConfiguration(() => !visit.guide);
  follow({ onEvent: (event) => configuration.hear(event), onOpen: () => configuration.check(), onReset: () => location.reload() });
  for (;;) {
    await beat({ screen: visit.guide?.code ?? "home" });
    await pause(BEAT_MS);
    if (Date.now() - visit.touchedAt > IDLE_MS) leave();
  }
}

/** Whoever sat here is gone: language, contrast, letters and page are those of a new day. */
function leave() {
  const isEased = document.querySelector("header [aria-pressed=true]") || currentLanguage() !== shown.office.languages[0];
  endContrast();
  endLarge();
  speakFirst();
  if (visit.guide) show(null);
  else if (isEased) draw();
}

/** @param {Api.FilingGuide | null} guide */
function show(guide) {
  hush();
  visit.guide = guide;
  draw();
  root.scrollIntoView();
}

function draw() {
  fill(root, h("div.band"), head(), visit.guide ? steps(visit.guide) : start(), foot());
  byId("title").focus();
}

const head = () => h("header", {}, h("b", {}, shown.office.name), h("span", {}, t("A computer for everybody: file a dossier yourself")), languageKeys(), h("div.eases", {}, contrastKey(), textKey()));

/** The office's languages that are written; one alone is no choice. */
function languageKeys() {
  const written = shown.office.languages.filter(isWritten);
  const key = (/** @type {string} */ code) => h("button", { type: "button", lang: code, "aria-current": code === currentLanguage() ? "true" : null, onclick: () => { hush(); speak(code); draw(); } }, languageName(code));
  return written.length > 1 && h("div.eases.languages", {}, written.map(key));
}

function start() {
  return h("main", {}, h("h1", { id: "title", tabindex: "-1" }, t("What do you want to open?")),
    portals.length ? h("div.portals", {}, portals.map(portalCard)) : h("p.nothing", {}, t("No portal is set up on this computer. Please ask an officer.")),
    guides.length > 0 && [h("h2", {}, t("Step by step")), h("div.guides", {}, guides.map((guide) => h("button.guide", { type: "button", "data-code": guide.code, onclick: () => { record(guide.code); show(guide); } }, picto(guide.pictogram), h("b", {}, ours(guide.name)))))]);
}

/** @param {Api.FilingPortal} portal */
function portalCard(portal) {
  return h("a.portal", { href: portal.url, "data-code": portal.code, onclick: (event) => { event.preventDefault(); open(portal); } },
    picto(portal.pictogram), h("span", {}, h("b", {}, ours(portal.name)), portal.hint && h("small", {}, ours(portal.hint)), h("i", {}, new URL(portal.url).hostname)));
}

/** @param {string[]} words */
const listenKey = (words) => canSpeak() && h("button.button.listen", { type: "button", onclick: () => say(words, { isAsked: true, rate: 0.9 }) }, picto("speaker"), t("Listen"));

/** @param {Api.FilingGuide} guide */
function steps(guide) {
  const portal = portals.find((one) => one.code === guide.portal);
  return h("main", {}, h("h1", { id: "title", tabindex: "-1" }, ours(guide.name)),
    h("ol.steps", {}, guide.steps.map((step, index) => h("li", {}, h("b.number", { "aria-hidden": "true" }, String(index + 1)), picto(step.pictogram), h("span", {}, ours(step.text))))),
    h("div.ways", {}, listenKey([guide.name, ...guide.steps.map((step) => step.text)].map(ours)), h("button.button.back", { type: "button", onclick: () => show(null) }, picto("left"), t("Back")),
      portal && h("button.button.primary.go", { type: "button", onclick: () => open(portal) }, t("Open {portal}", { portal: ours(portal.name) }), picto("right"))));
}

function foot() {
  return h("footer", {}, h("button.button.help", { type: "button", onclick: askHelp }, picto("hand"), t("Call an officer")),
    h("p", { role: "status" }, visit.note || (isLocked ? t("When you have finished, press ✕ at the top right: everything you typed is wiped.") : t("When you have finished, sign out of the portal."))));
}

/** The page goes on to the portal even while the service is away. @param {Api.FilingPortal} portal */
async function open(portal) {
  await Promise.race([record(portal.code), pause(RECORD_MS)]);
  location.href = portal.url;
}

/** @param {string} opened */
async function record(opened) {
  await api("POST", "filing-visits", { opened }).catch(expected);
}

async function askHelp() {
  try {
    await api("POST", "help", { where: "filing" });
    visit.note = t("The counters have been told. Please stay here.");
  } catch (error) {
    expected(error);
    visit.note = notCalled(error, t("The line is down. Please go to a counter."));
  }
  draw();
  clearTimeout(visit.noteTimer);
  visit.noteTimer = setTimeout(() => { visit.note = ""; finger.spares(draw); }, NOTE_MS);
}

/** @param {unknown} error */
function expected(error) {
  if (!isCallError(error)) throw error;
}

main();
