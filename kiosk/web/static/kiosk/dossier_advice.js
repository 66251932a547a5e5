// What a citizen is told of a dossier, and where to go: one row for each state; docs/dossier-answers.md is the same table.

/**
 * `heading` and `advice`: sentences; `at`: whose sign and counters are shown: of the service of results, of the dossier's
 * own, or of none; `day`: the date on the calendar leaf.
 * @typedef {{ heading: string, advice: string, at: "results" | "service" | null, day: "due" | "finished" | null }} Advice
 */

const ON_THE_DAY = "Nothing to do now. On that day take a number at *{name}*.";

/** @type {Record<Api.Step | "late", Advice>} */
export const ADVICE = {
  registered: { heading: "Your dossier was sent in and waits to be accepted", advice: "An officer looks at it. Nothing to do now.", at: null, day: null },
  received: { heading: "Your dossier has been received", advice: ON_THE_DAY, at: "results", day: "due" },
  processing: { heading: "Your dossier is being worked on", advice: ON_THE_DAY, at: "results", day: "due" },
  papers_asked: { heading: "Your dossier needs more papers", advice: "Please bring the missing papers. Take a number at *{name}*.", at: "service", day: null },
  payment_asked: { heading: "Your dossier waits for a payment", advice: "Please pay the fee. Take a number at *{name}*.", at: "service", day: null },
  ready: { heading: "Your result is ready", advice: "Please come and take it. Take a number at *{name}*.", at: "results", day: null },
  returned: { heading: "Your result has been handed over", advice: "Nothing more to do. Thank you.", at: null, day: "finished" },
  refused: { heading: "Your dossier was not accepted", advice: "Please ask for the reason. Take a number at *{name}*.", at: "service", day: null },
  withdrawn: { heading: "This dossier was withdrawn", advice: "Your papers are handed back. Take a number at *{name}*.", at: "service", day: null },
  stopped: { heading: "Work on this dossier has stopped", advice: "Please ask for the reason. Take a number at *{name}*.", at: "service", day: null },
  late: { heading: "The dossier is late. We are sorry.", advice: "Please ask for the new date. Take a number at *{name}*.", at: "service", day: null },
};
const OFFICE_WORKS = ["received", "processing"]; // only there a passed date is the office's own fault

/**
 * The row for a dossier.
 * @param {Pick<Api.Dossier, "step" | "late">} dossier
 */
export const adviceFor = ({ step, late }) => ADVICE[late && OFFICE_WORKS.includes(step) ? "late" : step];

/**
 * The service at whose counters the citizen takes a number; null for none, or where the office has none.
 * @param {Pick<Api.Dossier, "step" | "late" | "service">} dossier
 * @param {Api.Service[]} services
 */
export function serviceToGo(dossier, services) {
  const { at } = adviceFor(dossier);
  if (at === "results") return services.find((one) => one.pictogram === "result") || null;
  return (at === "service" && services.find((one) => one.code === dossier.service)) || null;
}
