// What a citizen is told whose call for an officer was not taken: on a closed day, when one is there again.

import { Problem } from "./http.js";
import { t } from "./words.js";

/**
 * @param {unknown} error of the call
 * @param {string} unheard what is said when the service did not answer
 */
export function notCalled(error, unheard) {
  if (!(error instanceof Problem) || error.code !== "closed") return unheard;
  const [time, day] = String(error.facts.again || "-").split(" ");
  return day ? t("The office is closed. It opens at {time}, {when}.", { time, when: t("on {date}", { date: day.split("/").map(Number).join("/") }) }) : t("The office is closed.");
}
