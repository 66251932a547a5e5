// Calling an officer: what citizens are told is what happened, also on a day on which nobody is there.

import { api } from "../lib/api.js";
import { local } from "../lib/dates.js";
import { isCallError, newKey, Problem } from "../lib/http.js";
import { shown, t } from "../lib/words.js";
import { when } from "./days.js";

const CALL_MS = 3000;
let isCalling = false;

/** @param {import("./app.js").Kiosk} app */
export async function callOfficer(app) {
  if (isCalling) return;
  isCalling = true;
  setTimeout(() => { isCalling = false; }, CALL_MS);
  try {
    await api("POST", "help", { where: "kiosk" }, { idempotencyKey: newKey() });
    app.note(t("The officers have been told. Please wait here."));
  } catch (error) {
    if (!isCallError(error)) throw error;
    app.note(error instanceof Problem && error.code === "closed" ? closedWords(app.board.next_opening) : t("The machine cannot reach the officers. Please go to a counter."));
  }
}

/** @param {string | null} opening */
function closedWords(opening) {
  if (!opening) return t("The office is closed.");
  const next = new Date(opening);
  return t("The office is closed. It opens at {time}, {when}.", { time: local(next, shown.office.timezone).time, when: when(next) });
}
