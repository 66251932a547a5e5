// The voice of a page: what it shows is said by clips of the service, as far as there are any. Nothing is promised that
// cannot be said, and nothing is ever sent out to be spoken.

import { local } from "./dates.js";
import { isCallError, json, request } from "./http.js";
import { page } from "./page_name.js";
import { Player, samplesOf } from "./voice_player.js";
import { SpokenTexts } from "./voice_texts.js";
import { currentLanguage, shown, t } from "./words.js";

/** @typedef {{ volume: number, volumes: [string, number][], quiet: boolean, timezone: string }} Loudness percent, by time of day */

const DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const VIETNAMESE = "vi";
const [SOON_MS, REFRESH_MS, PREFETCH_MS] = [5000, 60000, 1500];
const QUIET = 0.4;
const LEVELS = [0.7, 1, 0.4]; // of the office's volume: as each citizen finds it, louder, softer
const RARE = /^(procedure|filing|other|letter)\./; // fetched when they are needed
const voice = {
  started: false, level: 0, player: new Player(), texts: new SpokenTexts({ texts: {}, clips: {} }), given: "",
  /** @type {Loudness} */
  loudness: { volume: 100, volumes: [], quiet: false, timezone: "Asia/Ho_Chi_Minh" },
};

/**
 * Say sentences one after another; a new call, a touch or `hush` cuts what is being said. False: nothing of it can be
 * said, or the office is quiet and nobody asked for it.
 * @param {string | Touch.Words} sentences
 * @param {{ rate?: number, volume?: number, isAsked?: boolean }} [manner]
 */
export function say(sentences, { rate = 1, volume = 1, isAsked = false } = {}) {
  hush();
  const language = currentLanguage();
  const all = [sentences].flat().filter((one) => typeof one === "string" && one).map((one) => voice.texts.clipsOf(/** @type {string} */ (one), language));
  const rows = all.flatMap((one) => one.rows);
  const silent = all.reduce((sum, one) => sum + one.silent, 0);
  document.dispatchEvent(new CustomEvent("voice", { detail: { sentences: [sentences].flat(), rows, silent } }));
  const loud = volume * loudnessNow();
  if (!voice.started || !rows.length || !loud || (voice.loudness.quiet && !isAsked)) return false;
  voice.player.play(rows, { rate, volume: loud }).catch((error) => { if (!isCallError(error)) throw error; });
  return true;
}

/** 0 to 1: of the office at this hour, as the citizen set it. */
function loudnessNow() {
  const { volume, volumes, quiet, timezone } = voice.loudness;
  const { time } = local(new Date(), timezone);
  const begun = volumes.filter(([since]) => since <= time).sort(([one], [other]) => (one < other ? -1 : 1));
  const office = (begun.length ? begun[begun.length - 1][1] : volume) / 100;
  return Math.min(1, office * LEVELS[voice.level] * (quiet ? QUIET : 1));
}

const hasClips = () => voice.texts.speaks(currentLanguage()) || voice.texts.speaks(VIETNAMESE);

/** Whether this page is heard now in the citizen's language or in Vietnamese: without clips, or in an hour that the office keeps silent, it promises no voice. */
export const canSpeak = () => loudnessNow() > 0 && hasClips();

/** Whether it speaks without being asked: a quiet office does not. */
export const speaksByItself = () => canSpeak() && !voice.loudness.quiet;

/**
 * Whether that language is heard now: there are clips, of sentences and not only of numbers.
 * @param {string} language
 */
export const hasVoice = (language) => loudnessNow() > 0 && voice.texts.speaks(language);

/**
 * Learn what can be said, now and whenever somebody recorded more; `changed` is called when it is something else, also when an
 * hour begins or ends in which the office is silent.
 * @param {() => void} changed
 */
export async function watchVoices(changed) {
  if (await load()) changed();
  let could = canSpeak();
  setTimeout(prefetch, PREFETCH_MS);
  let wait = SOON_MS; // a page without a voice asks soon: one may just be made
  const ask = async () => {
    const isNew = await load();
    if (isNew || canSpeak() !== could) changed();
    could = canSpeak();
    wait = hasClips() ? REFRESH_MS : Math.min(REFRESH_MS, 2 * wait);
    setTimeout(ask, wait);
  };
  setTimeout(ask, hasClips() ? REFRESH_MS : wait);
}

/** True when the service tells something new. */
async function load() {
  try {
    const answer = await request("GET", `voices/prompts/${page}`, undefined, { cache: "no-cache" });
    const given = await json(answer);
    const text = JSON.stringify(given);
    if (text === voice.given) return false;
    Object.assign(voice, { given: text, texts: new SpokenTexts(given), loudness: given.settings });
    return true;
  } catch (error) {
    if (!isCallError(error)) throw error;
    return false;
  }
}

/** Fetch the clips of the office's first language, so that the browser has them before a citizen asks. */
async function prefetch() {
  const clips = voice.texts.clips[shown.office.languages[0]] || voice.texts.clips[VIETNAMESE] || {};
  for (const [key, digest] of Object.entries(clips)) {
    if (RARE.test(key)) continue;
    try {
      await samplesOf(digest);
    } catch (error) {
      if (!isCallError(error)) throw error;
      return; // fetched when they are needed
    }
  }
}

export const hush = () => voice.player.stop();

/** Nothing speaks to an empty room: the first touch lets the voice begin; each one cuts what is being said. */
export function touched() {
  voice.started = true;
  hush();
}

/** Louder, then softer, then as before. Answers the step: 0, 1 louder, 2 softer. */
export function nextLoudness() {
  voice.level = (voice.level + 1) % LEVELS.length;
  return voice.level;
}

export const loudnessStep = () => voice.level;

/** As each citizen finds it. */
export const resetLoudness = () => { voice.level = 0; };

/**
 * "A, không, một, hai": letter and digits one by one.
 * @param {string} number
 */
export function spelled(number) {
  return [...number].map((sign) => (/\d/.test(sign) ? t(DIGITS[Number(sign)]) : sign)).join(", ");
}

/**
 * Counters as they are said and read: "1", "1 hoặc 2".
 * @param {string[]} names
 */
export function listed(names) {
  return names.join(` ${t("or")} `);
}
