// Printer, screen, tablet and line: well, to look at, or broken; shape first, colour second.

import { h } from "../lib/dom.js";
import { counterCode } from "../lib/device.js";
import { faultOf, faultWords, kindOf, toDo } from "../lib/printer.js";
import { t } from "../lib/words.js";
import { hour } from "./citizen.js";
import { state } from "./model.js";

/** @type {Record<string, string>} */
const MARKS = { online: "well", offline: "broken", fault: "look" };
const WORST = ["well", "unknown", "look", "broken"];
/** @param {string[]} states */
const worst = (states) => states.reduce((a, b) => (WORST.indexOf(b) > WORST.indexOf(a) ? b : a), "well");
// Sentences that are looked up by name:
//t: state well | state unknown | state look | state broken

/** {state, words, title, help} of each of the four, as the top line shows them. */
export function ticks() {
  const found = state.equipment;
  if (!found) return [t("Printer"), t("Screen"), t("Tablet"), t("Line")].map((words) => ({ state: "unknown", words }));
  return [printerTick(found), deviceTick(found, "board", t("Screen")), deviceTick(found, "tablet", t("Tablet")), lineTick(found)];
}

/** @param {Api.Equipment} options */
function printerTick({ printers }) {
  const states = Object.values(printers).map(kindOf);
  return { state: states.length ? worst(states) : "unknown", words: t("Printer") };
}

/**
 * @param {Api.Equipment} options
 * @param {string} role
 * @param {string} words
 */
function deviceTick({ devices }, role, words) {
  const mine = devices.filter((one) => one.role === role && (role !== "tablet" || one.counter === counterCode) && one.state !== "new");
  const states = mine.map((one) => MARKS[one.state] || "unknown");
  return { state: states.length ? (states.includes("well") && role === "board" ? "well" : worst(states)) : "unknown", words };
}

/**
 * Followers that carry the journal out of the office; screens are followers too and are left out.
 * @param {Api.FollowerLine[]} followers
 */
export const lines = (followers) => followers.filter((one) => one.line);

/** @param {Api.Equipment} options */
function lineTick({ followers }) {
  const bad = lines(followers).filter((one) => one.state !== "ok");
  if (!lines(followers).length) return { state: "unknown", words: t("Line") };
  if (!bad.length) return { state: "well", words: t("Line") };
  return { state: "look", words: t("Line: {count} things wait to be sent", { count: Math.max(...bad.map((one) => one.behind)) }) };
}

/** @param {{ state: string, words: string }} options */
export const tick = ({ state: kind, words }) => h(`span.tick.${kind}`, {}, h("i", { "aria-hidden": "true" }), words, h("span.hidden", {}, ` (${t(`state ${kind}`)})`));

/** @param {string} fault */
function storageTrouble(fault) {
  if (fault === "full") {
    return { picto: "warning", title: t("The disk of the main machine is full"), words: t("No new numbers: give numbers on paper. Who waits can still be called and served. Call the technician.") };
  }
  if (fault === "damaged") {
    return { picto: "warning", title: t("Some stored data is damaged"), words: t("Work as usual. What is damaged is not shown, so some lists and reports may be missing. Call the technician.") };
  }
  if (fault === "log") {
    return { picto: "warning", title: t("The disk of the main machine is slow to take what is written"), words: t("Work as usual, and call the technician today.") };
  }
  return { picto: "warning", title: t("The main machine cannot write to its disk"), words: t("Nothing can be recorded: give numbers on paper and call the technician.") };
}

/** The one thing that is wrong now, in words of work; null when all is well. */
export function trouble() {
  if (!state.equipment) return null;
  const { printers, followers, devices, storage } = state.equipment;
  if (storage?.length) return storageTrouble(storage[0].fault);
  const printer = Object.values(printers).find(faultOf);
  if (printer) {
    const fault = faultOf(printer) || "";
    return { picto: "printer", title: faultWords(fault), words: `${toDo(fault)}. ${t("Numbers are still given and shown. Look at the machine; slips can be printed again from the queue.")}` };
  }
  const line = lines(followers).find((one) => one.state !== "ok");
  if (line) {
    return { picto: "wifi", title: t("The line is down"), words: t("Work as usual. {count} things are kept on this machine and are sent by themselves when the line is back. Down since {time}.", { count: line.behind, time: hour(line.since) }) };
  }
  if (Object.values(printers).some((one) => one.near_end)) {
    return { picto: "printer", title: t("The printer's paper is nearly used up"), words: t("Please put in a new roll when nobody is waiting at the machine.") };
  }
  const tablet = devices.find((one) => one.role === "tablet" && one.counter === counterCode && one.state === "offline");
  if (tablet) return { picto: "tablet", title: t("The tablet is silent"), words: t("Plug it in and switch it on. Ratings it kept are sent later.") };
  return null;
}
