// "Dữ liệu": whether what is stored is well, when it was checked as a whole, and the last backup.

import { local } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { shown, t } from "../lib/words.js";

/** @type {Record<string, string>} */
const FAULTS = {
  full: "The disk is full. Delete what does not belong there; numbers are given again by themselves.",
  read_only: "The disk cannot be written. Look at its rights and at how it is mounted.",
  damaged: "What is stored differs from what was written. Keep this machine as it is and call the technician.",
  log: "What is written is not moved into the database. Look at the health of the disk today.",
  failed: "Writing to the disk failed. Call the technician.",
};
//t: The disk is full. Delete what does not belong there; numbers are given again by themselves. | The disk cannot be written. Look at its rights and at how it is mounted.
//t: What is written is not moved into the database. Look at the health of the disk today. | What is stored differs from what was written. Keep this machine as it is and call the technician. | Writing to the disk failed. Call the technician.

/** @param {string} moment */
const day = (moment) => {
  const at = local(new Date(moment), shown.office.timezone);
  return `${at.time} ${at.day}/${at.month}`;
};

/**
 * @param {Api.CheckOutcome | null} outcome
 * @returns {"well" | "look" | "broken"}
 */
const kindOfOutcome = (outcome) => (outcome === null || outcome.late ? "look" : !outcome.ok ? "broken" : outcome.unusable.length ? "look" : "well");

/**
 * A line of a check: what it is, when it was, what it came to when that is not well, and which rules of the office it left out.
 * @param {string} name
 * @param {string} never
 * @param {Api.CheckOutcome | null} outcome
 */
export function checkLine(name, never, outcome) {
  const words = outcome === null ? never : outcome.late ? t("the last at {time}; it should be every night", { time: day(outcome.at) }) : day(outcome.at);
  return h("p", {}, h(`span.mark.${outcome && !outcome.ok ? "broken" : kindOfOutcome(outcome)}`, {}, h("i", { "aria-hidden": "true" }), name), " ", words,
    outcome && !outcome.ok && h("small.soft", {}, h("br"), outcome.detail),
    outcome && outcome.unusable.length > 0 && h("small.unusable", {}, h("br"), h("b", {}, t("Not by the office's own rules; mend the file, tonight it is counted again.")), outcome.unusable.map((why) => [h("br"), why])));
}

/** Whether what reports show is kept. @param {Api.Equipment["checks"]} checks */
const areReportsKept = ({ reports }) => !reports || reports.ok;

/** @param {Pick<Api.Equipment, "storage" | "checks">} options */
export function storageCard({ storage, checks }) {
  return h("section.card.storage", {}, h("h2", {}, h(`span.mark.${storage.length ? "broken" : "well"}`, {}, h("i", { "aria-hidden": "true" }), t("Stored data"))),
    storage.map(({ fault, detail }) => h("p", {}, h("b", {}, t(FAULTS[fault] || "Writing to the disk failed. Call the technician.")), h("small.soft", {}, h("br"), detail))),
    checkLine(t("Checked as a whole:"), t("not yet"), checks.verified), checkLine(t("Last backup:"), t("none yet"), checks.backup), !areReportsKept(checks) && checkLine(t("Keeping reports for making them again:"), "", checks.reports));
}

/** How many things of the storage somebody should look at. @param {Pick<Api.Equipment, "storage" | "checks">} options */
export const storageFaults = ({ storage, checks }) => storage.length + [checks.verified, checks.backup].filter((one) => one && (!one.ok || one.unusable.length)).length + Number(!areReportsKept(checks));
