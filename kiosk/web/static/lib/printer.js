// How a printer is, in words: for those who look after it and for those who stand before it.

import { t } from "./words.js";

//t: The printer is out of paper | The printer's cover is open | Paper is stuck in the printer | The print head is too hot | The printer is offline | The printer does not answer | A slip still hangs in the printer
/** @type {Record<string, string>} */
const FAULTS = {
  paper_out: "The printer is out of paper", cover_open: "The printer's cover is open", cutter: "Paper is stuck in the printer",
  overheat: "The print head is too hot", offline: "The printer is offline", unreachable: "The printer does not answer",
  no_answer: "The printer does not answer", not_taken: "A slip still hangs in the printer", garbled: "The line to the printer is disturbed",
  unsupported: "The printer's address or profile is not known",
};
//t: Put in a new roll of paper, close the cover | Close the cover until it clicks | Switch it off, take out the stuck paper, switch it on | Wait a few minutes; it goes on by itself | Press its button, or switch it off and on | Look at its cable and its power
/** @type {Record<string, string>} */
const TO_DO = {
  paper_out: "Put in a new roll of paper, close the cover", cover_open: "Close the cover until it clicks", cutter: "Switch it off, take out the stuck paper, switch it on",
  overheat: "Wait a few minutes; it goes on by itself", offline: "Press its button, or switch it off and on", unreachable: "Look at its cable and its power", no_answer: "Look at its cable and its power",
  not_taken: "Take the slip out of the mouth", unsupported: "Look at its url and profile in the office's file",
};
//t: Take the slip out of the mouth | The line to the printer is disturbed | The printer's address or profile is not known | Look at its url and profile in the office's file

/**
 * The reason why no slip can come out now; null while the printer is well, or says nothing of itself by its nature.
 * @param {Api.Printer} printer
 */
export function faultOf(printer) {
  if (printer.state === "fault") return printer.reason || "offline";
  return printer.state === "unknown" && printer.reason && printer.reason in FAULTS && !printer.mute ? printer.reason : null;
}

/**
 * Whether another running service prints here, and this one knows nothing of the printer.
 * @param {Api.Printer} printer
 */
export const printsElsewhere = (printer) => printer.reason === "other_service";

/**
 * well, look (paper nearly used up, or another service prints), broken or unknown.
 * @param {Api.Printer} printer
 * @returns {"well" | "look" | "broken" | "unknown"}
 */
export const kindOf = (printer) => (faultOf(printer) ? "broken" : printer.near_end || printsElsewhere(printer) ? "look" : printer.state === "ok" ? "well" : "unknown");

/**
 * What stands in the way, for staff.
 * @param {string} reason
 */
export const faultWords = (reason) => t(FAULTS[reason] || "The printer does not answer");

/**
 * What to do about it.
 * @param {string} reason
 */
export const toDo = (reason) => t(TO_DO[reason] || "Look at its cable and its power");
