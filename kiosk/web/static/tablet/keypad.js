// The tablet worked by five keys: what is asked before the keys that stand on every screen.

import { screenWords, tell } from "../lib/announce.js";
import { api } from "../lib/api.js";
import { notCalled } from "../lib/help_words.js";
import { isCallError, newKey } from "../lib/http.js";
import { buttonsOf, Keypad } from "../lib/keypad.js";
import { say } from "../lib/voice.js";
import { shown, t } from "../lib/words.js";
import { screen, stage } from "./parts.js";

async function callOfficer() {
  let words = t("The officers have been told. Please wait here.");
  try {
    await api("POST", "help", { where: "tablet" }, { idempotencyKey: newKey() });
  } catch (error) {
    if (!isCallError(error)) throw error;
    words = notCalled(error, t("The machine cannot reach the officers. Please go to a counter."));
  }
  tell(words);
  say(words);
}

/** @param {HTMLElement} key */
const isAlways = (key) => Boolean(key.closest(".ease"));

/** @param {import("./app.js").Tablet} app */
export const keypadOf = (app) => new Keypad(shown.kiosk.keypad, {
  stage,
  choices: () => buttonsOf([screen]).sort((one, other) => Number(isAlways(one)) - Number(isAlways(other))),
  words: () => screenWords(screen),
  speak: (speed) => app.speakAgain(speed),
  help: callOfficer,
  isBusy: () => false,
  touched() {
    app.touched();
    return false;
  },
});
