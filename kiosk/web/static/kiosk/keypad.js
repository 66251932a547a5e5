// The kiosk worked by five keys.

import { screenWords } from "../lib/announce.js";
import { buttonsOf, Keypad } from "../lib/keypad.js";
import { shown } from "../lib/words.js";
import { callOfficer } from "./help.js";
import { parts, stage } from "./parts.js";

const ORDER = [parts.place, parts.bar, parts.top]; // the choices of a screen before the keys that never change

/** @param {import("./app.js").Kiosk} app */
export const keypadOf = (app) => new Keypad(shown.kiosk.keypad, {
  stage,
  choices: () => buttonsOf(parts.over.hidden ? ORDER : [parts.over]),
  words: () => screenWords(parts.place),
  speak: (speed) => app.speakAgain(speed),
  help: () => callOfficer(app),
  isBusy: () => app.busy,
  touched() {
    const isAsked = Boolean(app.asking);
    app.lastTouch = Date.now();
    app.view.touched?.();
    if (isAsked) app.stay();
    return isAsked;
  },
});
