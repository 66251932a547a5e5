// "Sổ ghi": the facts of the office in words, and looking for one of them.

import { local } from "../lib/dates.js";
import { fill, h } from "../lib/dom.js";
import { serviceOf, shown, t } from "../lib/words.js";
import { ask, may, me } from "../lib/session.js";
import { withDetail } from "./act_details.js";
import { actWords } from "./acts.js";
import { callWrong } from "./call_wrong.js";

/** @type {Record<string, string>} */
const WORDS = {
  "ticket.issued": "{number} taken", "ticket.called": "{number} called to counter {counter}", "ticket.recalled": "{number} called again to counter {counter}",
  "ticket.serving_started": "{number} is served at counter {counter}", "ticket.completed": "{number} done at counter {counter}", "ticket.no_show": "{number} absent at counter {counter}",
  "ticket.held": "{number} held", "ticket.returned": "{number} back in the queue", "ticket.transferred": "{number} transferred to {service}", "ticket.cancelled": "{number} cancelled",
  "ticket.abandoned": "{number} left waiting at the end of the day", "ticket.undone": "{number}: last action undone", "ticket.dossier_linked": "{number}: dossier {dossier}", "ticket.dossier_unlinked": "{number}: dossier {dossier} removed", "ticket.noted": "{number}: note written",
  "slip.printed": "Slip {number} printed", "slip.not_printed": "Slip {number} not printed", "slip.unknown": "Slip {number}: not sure it came out", "slip.reprinted": "Slip {number} printed again",
  "rating.submitted": "A rating at counter {counter}", "rating.reasons_given": "Reasons of a rating at counter {counter}", "counter.opened": "Counter {subject} opened", "counter.paused": "Counter {subject} paused", "counter.closed": "Counter {subject} closed",
  "clerk.signed_in": "{subject} signed in at counter {counter}", "clerk.signed_out": "{subject} signed out of counter {counter}", "help.requested": "A citizen asked for help", "help.answered": "The call for help was answered", "filing.visited": "The filing computer opened {opened}",
  "device.online": "{subject} is running", "device.offline": "{subject} went silent", "device.fault": "{subject} reports a fault", "device.recovered": "{subject} is well again", "dossier.updated": "Dossier {subject} updated",
  "office.day_opened": "The day began", "office.day_closed": "The day ended", "office.configured": "The configuration changed", "office.clock_jumped": "The clock was set", "office.clock_corrected": "The time of the office was put right", "office.day_confirmed": "It was confirmed that the day is still the same", "office.day_reopened": "The day {business_date} was opened again", "ticket.redated": "{number} counts for this day", "office.epoch_started": "The journal began", "notice.changed": "The notices changed",
  "access.signed_in": "{subject} signed in ({address})", "access.refused": "Wrong secret of {subject} ({address})", "access.locked": "{subject} has to wait after {count} wrong tries ({address})", "access.guessed": "{count} unknown tokens came from {address}", "access.administered": "{about}: {act}", "access.corrected": "Event no. {seq} was called wrong by two persons",
  "appointment.made": "An appointment was made", "appointment.checked_in": "An appointment was kept", "appointment.missed": "An appointment was missed",
};
/** @type {Record<string, string>} */
const HANDED = { "clerk.signed_in": "{subject} took counter {counter} over from {handed_by}", "clerk.signed_out": "{subject} handed counter {counter} over to {handed_to}" };
const KINDS = [["", "Everything"], ["ticket.", "Numbers"], ["slip.", "Slips"], ["counter.|clerk.|help.", "Counters"], ["device.|office.|notice.|filing.", "House"], ["dossier.|rating.|appointment.", "Dossiers, ratings"], ["access.", "Access"]];
//t: Everything | Numbers | Slips | Counters | House | Dossiers, ratings | Access
let kind = "";
/** What is looked for, by the name of the parameter; kept through redraws. @type {Record<string, string>} */
const wanted = {};
/** Where to look on: a line, and the epoch when it is no longer the present one. @type {{ before?: string, epoch?: string }} */
let from = {};

/**
 * The sentence of an event; its type when there is none for it.
 * @param {Pick<Api.Event, "type" | "subject" | "data">} options
 * @param {Map<string, string>} [names] of clerks by id
 */
export function sentence({ type, subject, data }, names) {
  const service = serviceOf(data.service)?.name || data.service || "";
  const words = (data.handed_by || data.handed_to) ? HANDED[type] : WORDS[type];
  const act = data.act && withDetail(actWords(data.act), data.detail);
  if (act && !data.about) return act;
  return words ? t(words, { ...data, act, about: names?.get(data.about || "") ?? data.about ?? "", subject, service, counter: data.counter ?? "–" }) : type;
}

/** @param {HTMLElement} root */
export async function journal(root) {
  const kinds = kind.split("|");
  const asked = { ...wanted, ...(kinds.length === 1 && kind ? { kind } : {}), ...from };
  /** @type {[{ events: Api.Event[], epoch: string, last_seq: number, next_before: number | null, earlier: string | null }, { clerks: { id: string, name: string }[] }]} */
  const [{ events, epoch, last_seq: last, next_before: next, earlier }, { clerks }] = await Promise.all([ask("GET", `admin/journal?${new URLSearchParams(asked)}`), ask("GET", "staff")]);
  /** @type {Map<string, string>} */
  const names = new Map(clerks.map((one) => [one.id, one.name]));
  const seen = [me.name, wanted.person, ...events.map((event) => event.actor.person)].filter((name) => name && !names.has(name));
  const others = /** @type {string[]} */ ([...new Set(seen)]).sort();
  /** @param {string} prefix */
  const again = (prefix) => () => { kind = prefix; from = {}; journal(root); };
  /** @param {Api.Event} event */
  const wrong = (event) => !from.epoch && may("POST /api/v1/admin/corrections") && event.type !== "access.corrected" && h("button.counts", { type: "button", onclick: () => callWrong(event.seq, sentence(event, names), () => { location.hash = "#corrections"; }) }, t("wrong?"));
  const further = () => { from = next === null ? { epoch: String(earlier) } : { ...(from.epoch && { epoch }), before: String(next) }; journal(root); };
  const shownEvents = events.filter(({ type }) => kinds.some((prefix) => type.startsWith(prefix)));
  fill(root, h("header.head", {}, h("h1", {}, t("Journal")), h("div.period", {}, KINDS.map(([prefix, words]) => h(`button${prefix === kind ? ".now" : ""}`, { type: "button", onclick: again(prefix) }, t(words))))),
    searchForm([...clerks, ...others.map((name) => ({ id: name, name }))], () => { from = {}; journal(root); }),
    h("section.card.events", {}, h("table", {}, h("thead", {}, h("tr", {}, [t("Line no."), t("Time"), t("What happened"), t("By"), ""].map((words) => h("th", {}, words)))),
      h("tbody", {}, shownEvents.map((event) => h("tr", {}, h("td.num", {}, String(event.seq)), h("td", {}, when(event.time)), h("td", {}, h("b", {}, sentence(event, names))), h("td.soft", {}, by(event.actor, names)), h("td", {}, wrong(event))))))),
    !shownEvents.length && h("p.soft", {}, t("Nothing was found.")),
    h("p.soft", {}, t("{count} of {all} lines, the newest first. Nothing here names a citizen.", { count: shownEvents.length, all: last.toLocaleString("vi") }), " ",
      (next !== null || earlier) && h("button.button", { type: "button", onclick: further }, t("Look further back"))));
}

/**
 * A number, a day, a person, a device: whatever is known of what is looked for.
 * @param {{ id: string, name: string }[]} people clerks, and persons who sign in with a password
 * @param {() => void} look
 */
function searchForm(people, look) {
  /**
   * @param {string} name
   * @param {string} words
   * @param {Record<string, string>} more
   */
  const field = (name, words, more = {}) => h("label", {}, words, h("input", { type: "text", name, maxlength: "100", value: wanted[name] || "", ...more }));
  const person = h("select", { name: "person" }, h("option", { value: "" }, t("Anybody")), people.map((one) => h("option", { value: one.id, selected: wanted.person === one.id }, one.name)));
  const form = h("form.looking", {}, field("number", t("Number"), { size: "6", placeholder: "A012" }), field("day", t("Day"), { type: "date" }),
    h("label", {}, t("Person"), person), field("device", t("Device"), { size: "12" }), h("button.button.primary", { type: "submit" }, t("Look")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const { name, value } of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input, select"))) {
      const text = value.trim();
      if (text) wanted[name] = name === "number" ? text.toUpperCase() : text;
      else delete wanted[name];
    }
    look();
  });
  return form;
}

/** Over every section: somebody guesses. Nothing where nobody does. */
export async function alarm() {
  /** @type {{ alarms: Api.Event[] }} */
  const { alarms } = await ask("GET", "admin/alarms");
  if (!alarms.length) return null;
  const show = () => { kind = "access."; from = {}; };
  return h("aside.clocknotice.guessing", { role: "alert" }, h("p", {}, h("b", {}, t("Somebody is trying PINs, passwords or tokens")), " ", `${when(alarms[0].time)}: ${sentence(alarms[0])}.`),
    h("div.answers", {}, h("a.button", { href: "#journal", onclick: show }, t("Look into the journal"))));
}

/**
 * The person, when one is known, and the device.
 * @param {Api.Event["actor"]} actor
 * @param {Map<string, string>} names
 */
const by = ({ id, person }, names) => [person && (names.get(person) || person), id].filter(Boolean).join(" · ");

/** @param {string} text */
function when(text) {
  const at = local(new Date(text), shown.office.timezone);
  return `${at.day}/${at.month} ${at.time}`;
}
