// Printer, screen, tablet and line: well, to look at, or broken; shape first, colour second.

import { h } from "../lib/dom.js";
import { counterCode } from "../lib/api.js";
import { t } from "../lib/words.js";
import { hour } from "./citizen.js";
import { state } from "./model.js";

const WORST = ["well", "unknown", "look", "broken"];
const worst = (states) => states.reduce((a, b) => (WORST.indexOf(b) > WORST.indexOf(a) ? b : a), "well");
// Sentences that are looked up by name:
//t: The printer is out of paper | The printer's cover is open | Paper is stuck in the printer | The printer does not answer
//t: state well | state unknown | state look | state broken
const REASONS = {
  paper_out: "The printer is out of paper", cover_open: "The printer's cover is open", cutter: "Paper is stuck in the printer",
  unreachable: "The printer does not answer", no_answer: "The printer does not answer",
};

/** What is wrong with a printer, as a key of REASONS; null while it is well or says nothing of itself. */
const faultOf = (printer) => (printer.state === "fault" || printer.reason in REASONS ? printer.reason || "no_answer" : null);

/** {state, words, title, help} of each of the four, as the top line shows them. */
export function ticks() {
  const found = state.equipment;
  if (!found) return [t("Printer"), t("Screen"), t("Tablet"), t("Line")].map((words) => ({ state: "unknown", words }));
  return [printerTick(found), deviceTick(found, "board", t("Screen")), deviceTick(found, "tablet", t("Tablet")), lineTick(found)];
}

function printerTick({ printers }) {
  const states = Object.values(printers).map((one) => (faultOf(one) ? "broken" : one.near_end ? "look" : one.state === "ok" ? "well" : "unknown"));
  return { state: states.length ? worst(states) : "unknown", words: t("Printer") };
}

function deviceTick({ devices }, role, words) {
  const mine = devices.filter((one) => one.role === role && (role !== "tablet" || one.counter === counterCode) && one.state !== "new");
  const states = mine.map((one) => ({ online: "well", offline: "broken", fault: "look" })[one.state] || "unknown");
  return { state: states.length ? (states.includes("well") && role === "board" ? "well" : worst(states)) : "unknown", words };
}

/** Followers that carry the journal out of the house; screens are followers too and are left out. */
export const lines = (followers) => followers.filter((one) => one.line);

function lineTick({ followers }) {
  const bad = lines(followers).filter((one) => one.state !== "ok");
  if (!lines(followers).length) return { state: "unknown", words: t("Line") };
  if (!bad.length) return { state: "well", words: t("Line") };
  return { state: "look", words: t("Line: {count} things wait to be sent", { count: Math.max(...bad.map((one) => one.behind)) }) };
}

export const tick = ({ state: kind, words }) => h(`span.tick.${kind}`, {}, h("i", { "aria-hidden": "true" }), words, h("span.hidden", {}, ` (${t(`state ${kind}`)})`));

/** The one thing that is wrong now, in words of work; null when all is well. */
export function trouble() {
  if (!state.equipment) return null;
  const { printers, followers, devices } = state.equipment;
  const printer = Object.values(printers).find(faultOf);
  if (printer) {
    return { picto: "printer", title: t(REASONS[faultOf(printer)] || "The printer does not answer"), words: t("Numbers are still given and shown. Look at the machine; slips can be printed again from the queue.") };
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
