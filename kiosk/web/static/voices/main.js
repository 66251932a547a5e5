// The voice studio: an officer records the phrases of a call, one after another; boards use them from the next call on.

import { $, byId, fill, h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { picto } from "../lib/signs.js";
import { languageName, shown, t } from "../lib/words.js";
import { ask, signedIn, signOut } from "../lib/session.js";
import { files, quiet, speaker, trial } from "./pack.js";
import { mark, recorder } from "./recorder.js";

/** @type {Record<string, string>} */
const NAMES = { vi: "Vietnamese", en: "English", hre: "Hrê" };
//t: Vietnamese | English | Hrê
const WRITTEN = ["vi", "en"]; // languages whose phrases are shown in their own words
/** Groups in the order in which they are worth recording. @type {Record<string, string>} */
const GROUPS = {
  start: "The twenty that serve most", service: "Names of services and groups", shape: "Signs", trouble: "When something is wrong", dossier: "Dossiers", rating: "Rating", papers: "Papers",
  phone: "Telephone", number: "Between numbers", survey: "Questions and answers", hint: "What services do", filing: "Filing computer", procedure: "Procedures", other: "Everything else on the pages", letter: "Other letters and whole numbers",
};
//t: The twenty that serve most | Names of services and groups | Signs | When something is wrong | Dossiers | Rating | Papers
//t: Telephone | Between numbers | Questions and answers | What services do | Filing computer | Procedures | Everything else on the pages | Other letters and whole numbers
const SHORT = 8; // signs of a tile of which four stand in a row
const root = byId("voices");
const page = {
  languages: /** @type {Api.VoiceLanguage[]} */ ([]), quiet: false, language: "", key: "", turn: 0,
  /** Read before anything is drawn. */
  studio: /** @type {Api.Studio} */ ({ language: "", speaker: "", licence: "", machine: false, recorded: 0, ready: 0, needed: 0, phrases: [] }),
};

/** @param {string} code */
const nameOf = (code) => (NAMES[code] ? t(NAMES[code]) : languageName(code));

signedIn(root).then(() => load(location.hash.slice(1)));
window.addEventListener("hashchange", () => load(location.hash.slice(1)));

/** Everything anew; `language` unless the office does not speak it. */
async function load(language = page.language) {
  const turn = (page.turn += 1); // of several that run at once the last one draws
  try {
    const office = await ask("GET", "admin/voices");
    const known = office.languages.map((/** @type {Api.VoiceLanguage} */ one) => one.language);
    const chosen = known.includes(language) ? language : known[0];
    const studio = await ask("GET", `admin/voices/${chosen}`);
    if (turn !== page.turn) return null;
    if (chosen !== page.language) page.key = "";
    Object.assign(page, office, { language: chosen, studio });
    page.key = page.key || (toRecord()[0] || page.studio.phrases[0]).key;
    draw();
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return signOut();
    fill(root, h("main", {}, h("div.band"), h("p.lost", { role: "alert" }, error instanceof Problem ? error.title : t("The service does not answer. Please try again."))));
  }
  return null;
}

/** @param {Api.Studio} studio */
const signed = (studio) => Boolean(studio.speaker && studio.licence);
const needed = () => page.studio.phrases.filter((one) => one.needed);
const toRecord = () => needed().filter((one) => one.clip?.origin !== "recorded");

function next() {
  const all = page.studio.phrases.filter((one) => one.needed || groupOf(one.key) === "start" || one.key === page.key);
  const at = all.findIndex((one) => one.key === page.key);
  choose(all[(at + 1) % all.length].key);
}

/** @param {string} key */
function choose(key) {
  page.key = key;
  draw();
  $(".recorder .big")?.focus();
}

function draw() {
  const { studio } = page;
  fill(root, side(), h("main", {}, h("div.band"), h("div.room", {},
    h("header.head", {}, h("h1", {}, t("The voice {language}", { language: nameOf(studio.language) })), trial(studio), quiet(page.quiet, load)),
    progress(studio), h("div.studio", {}, h("div.left", {}, signed(studio) ? [card(studio), speaker(studio, load)] : [speaker(studio, load), card(studio)], files(studio, load)), phrases(studio)))));
}

function side() {
  return h("nav", {}, h("b", {}, shown.office.name), h("span", {}, t("Voices")),
    page.languages.map((one) => h(`a${one.language === page.language ? ".now" : ""}`, { href: `#${one.language}` }, picto("speech"), h("span.language", {}, nameOf(one.language), h("small", {}, `${one.recorded} / ${one.needed}`)))),
    h("a.back", { href: "/admin" }, picto("left"), t("Administration")));
}

/** @param {Api.Studio} options */
function progress({ recorded, ready, needed: all, machine }) {
  /** @param {number} count */
  const share = (count) => ({ style: { width: `${(100 * count) / all}%` } });
  return h("section.card.progress", {}, h("p", {}, h("b", {}, t("{recorded} of {needed} recorded", { recorded, needed: all })),
    ready < all ? h("span.soft", {}, machine ? t("the machine of the screen reads the others") : t("a part of the call with a missing phrase is said in Vietnamese")) : ready > recorded ? h("span.soft", {}, t("the others are read by the machine")) : h("span.soft", {}, t("every call is complete"))),
  h("div.bar", { "aria-hidden": "true" }, h("i", share(ready)), h("u", share(recorded))));
}

/** @param {Api.Studio} studio */
function card(studio) {
  const phrase = studio.phrases.find((one) => one.key === page.key) || studio.phrases[0];
  const place = phrase.needed ? `${needed().indexOf(phrase) + 1} / ${needed().length}` : t("not needed here");
  return recorder({
    language: studio.language, foreign: !WRITTEN.includes(studio.language), phrase, place, signed: signed(studio), onDone: () => load(), onNext: next,
  });
}

/**
 * Whether a phrase would stand in a narrow tile a word a line.
 * @param {Api.Phrase} one
 */
const isSentence = (one) => one.text.length > SHORT;

/** @param {Api.Studio} options */
function phrases({ phrases: all }) {
  /** @param {Api.Phrase} one */
  const tile = (one) => h(`button.tile${one.key === page.key ? ".now" : ""}`, { type: "button", "data-phrase": one.key, onclick: () => choose(one.key) },
    h("b", {}, one.text), short(one.clip));
  /** @param {[string, string]} group */
  const box = ([name, title]) => {
    const rows = all.filter((one) => !one.needed && groupOf(one.key) === name);
    const recorded = rows.filter((one) => one.clip?.origin === "recorded").length;
    return rows.length > 0 && h("details", { open: name === "start" || rows.some((one) => one.key === page.key), "data-group": name },
      h("summary", {}, `${t(title)}: `, t("{recorded} of {needed} recorded", { recorded, needed: rows.length })), h(`div.tiles${rows.some(isSentence) ? ".sentences" : ""}`, {}, rows.map(tile)));
  };
  return h("section.card.phrases", {}, h("h2", {}, t("Phrases of a call")), h("div.tiles", {}, needed().map(tile)), Object.entries(GROUPS).map(box));
}

/**
 * The group of a phrase: signs and figures that no call here needs are together.
 * @param {string} key
 */
function groupOf(key) {
  const name = key.split(".")[0];
  return name in GROUPS ? name : "letter";
}

/** @param {Api.Clip | null} clip */
function short(clip) {
  const found = mark(clip);
  return h("span", { class: found.className, title: found.textContent, "aria-label": found.textContent, role: "img" }, found.firstChild);
}
