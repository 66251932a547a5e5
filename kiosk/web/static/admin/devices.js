// "Thiết bị": whether citizens are served, what each device does, and what to do about it.

import { local } from "../lib/dates.js";
import { fill, h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { kindOf, printsElsewhere } from "../lib/printer.js";
import { picto } from "../lib/signs.js";
import { counterOf, shown, t } from "../lib/words.js";
import { count } from "./charts.js";
import { ask } from "../lib/session.js";
import { storageCard, storageFaults } from "./storage.js";

/** @type {Record<string, string>} */
const ROLES = { kiosk: "Ticket machine", tablet: "Tablet", board: "Waiting-room screen", counter: "Counter PC", sync: "Line program", admin: "Administration", report: "Reports" };
//t: Ticket machine | Tablet | Waiting-room screen | Counter PC | Line program | Administration | Reports
/** @type {Record<string, string>} */
const PICTOS = { kiosk: "kiosk", tablet: "tablet", board: "screen", counter: "desk", sync: "wifi", admin: "person", report: "papers" };
/** @type {Record<string, string>} */
const DO = { tablet: "Plug it in, switch it on, wait a minute", board: "Check its cable and its power", kiosk: "Switch it off and on; call the technician if it stays silent", counter: "Open the page of the counter again" };
//t: Plug it in, switch it on, wait a minute | Check its cable and its power | Switch it off and on; call the technician if it stays silent | Open the page of the counter again
/** @param {Api.FollowerLine} options */
const DOWN = ({ line, state, silent }) => line && (silent || !["ok", "sending"].includes(state));
/** @type {Record<string, Mark>} */
const DEVICE_MARKS = { online: "well", offline: "broken", fault: "look" };
const HIDDEN = new Set(["admin", "report"]);
/** @typedef {"well" | "look" | "broken" | "unknown"} Mark */

/** @typedef {{ picto: string, name: Dom.Child, place: string, state: Mark, words: string, detail: string, todo: string, away?: (() => void) | null, rename?: () => void }} Row */

const SILENT_MS = 45000;

/** @param {string} moment */
const time = (moment) => local(new Date(moment), shown.office.timezone).time;

/** @param {HTMLElement} root */
export async function devices(root) {
  /** @type {[Api.DeviceList, Api.Equipment]} */
  const [list, equipment] = await Promise.all([ask("GET", "devices"), ask("GET", "equipment")]);
  const now = Date.parse(list.now);
  const again = () => devices(root);
  const paired = list.devices.filter((one) => !one.revoked && !HIDDEN.has(one.role));
  const rows = [...Object.entries(list.printers).map(printerRow), ...paired.filter((one) => !one.replaced).map((one) => deviceRow(one, now, again)).sort((a, b) => RANK[a.state] - RANK[b.state])];
  const faults = rows.filter((row) => row.todo).length + equipment.followers.filter(DOWN).length + storageFaults(equipment);
  fill(root,
    h("header.head", {}, h("h1", {}, t("Devices")), h("span.soft.updated", {}, t("Updated at {time}", { time: time(list.now) }))),
    headline(equipment, faults), pairings(list.pairings, list.ca_fingerprint, again), table(rows), earlier(paired.filter((one) => one.replaced), again), h("div.three", {}, lines(equipment), journal(equipment), storageCard(equipment)));
}

/** The worst stands first. @type {Record<Mark, number>} */
const RANK = { broken: 0, look: 1, well: 2, unknown: 3 };

/**
 * @param {Api.Equipment} options
 * @param {number} faults
 */
function headline({ followers }, faults) {
  const down = followers.find(DOWN);
  const kind = faults ? "look" : "well";
  return h(`section.headline.${kind}`, {}, picto(down ? "wifi" : faults ? "warning" : "check"),
    h("div", {}, h("b", {}, faults ? t("Taking and calling numbers works. {count} things to look at.", { count: faults }) : t("Taking and calling numbers works. Nothing to look at.")),
      down && h("p", {}, down.silent ? unheard(down) : t("The line to the province is down since {time}. Everything is kept on this machine, nothing is lost.", { time: time(down.since) }))));
}

/** @param {Api.FollowerLine} one */
const unheard = (one) => t("The sending program has said nothing of it since {time}.", { time: time(one.updated_at) });

/**
 * @param {Api.Pairing[]} waiting
 * @param {string | null} fingerprint
 * @param {() => void} again
 */
function pairings(waiting, fingerprint, again) {
  if (!waiting.length) return null;
  return h("section.card.pairs", {}, h("h2", {}, t("Waiting to be accepted")), waiting.map((one) => h("div", {},
    picto(PICTOS[one.role] || "more"), h("b.code", {}, `${one.code.slice(0, 4)} ${one.code.slice(4)}`),
    h("span", {}, t(ROLES[one.role] || one.role), one.counter && ` · ${counterOf(one.counter)?.name}`, h("small.soft", {}, [one.name, one.address, time(one.asked_at)].filter(Boolean).join(" · "))),
    accept(one, again))),
  fingerprint && h("p.soft.fingerprint", {}, t("Accept only a device that you stand before. It shows the office's certificate: {fingerprint}", { fingerprint })));
}

//t: free | silent: what was paired there ends | in use: what is paired there ends
const PLACES = { free: "free", silent: "silent: what was paired there ends", in_use: "in use: what is paired there ends" };

/**
 * The place that a newcomer takes, where the office's file names several, and the button that lets it in.
 * @param {Api.Pairing} options
 * @param {() => void} again
 */
function accept({ code, places }, again) {
  const choice = h("select", { "aria-label": t("Its place") }, places.map(({ name, state }) => h("option", { value: name }, `${name} (${t(PLACES[state])})`)));
  const approve = async () => { await ask("POST", `devices/pair/${code}/approve`, places.length ? { name: choice.value } : {}); again(); };
  return [places.length > 1 && choice, h("button.button.primary", { type: "button", onclick: approve }, t("Accept"))];
}

/**
 * End a device's token, so that it is no longer listed.
 * @param {string} name
 * @param {() => void} again
 */
const putAway = (name, again) => async () => { await ask("DELETE", `devices/${encodeURIComponent(name)}`); again(); };

/**
 * The same for one that may be in use: somebody is asked first.
 * @param {string} name
 * @param {() => void} again
 */
const endPairing = (name, again) => () => { if (window.confirm(t("{name} may be in use. It has to be paired again afterwards. Put it away?", { name }))) putAway(name, again)(); };

/**
 * @param {string} name
 * @param {() => void} again
 */
const rename = (name, again) => async () => {
  const chosen = window.prompt(t("New name of {name}", { name }), name);
  if (!chosen || chosen === name) return;
  try {
    await ask("PUT", `devices/${encodeURIComponent(name)}/name`, { name: chosen });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    window.alert(t("This name cannot be used: letters, digits and hyphens, and no other device has it."));
  }
  again();
};

/**
 * Pairings of pages that lost their token; a later one stands in their place.
 * @param {Api.Device[]} gone
 * @param {() => void} again
 */
function earlier(gone, again) {
  if (!gone.length) return null;
  const all = async () => { for (const one of gone) await ask("DELETE", `devices/${encodeURIComponent(one.name)}`); again(); };
  return h("section.card.pairs.earlier", {}, h("h2", {}, t("Earlier pairings, replaced by later ones")), gone.map((one) => h("div", {},
    picto(PICTOS[one.role] || "more"), h("span", {}, t(ROLES[one.role] || one.role), h("small.soft", {}, one.name)),
    h("button.button", { type: "button", onclick: putAway(one.name, again) }, t("Put away")))),
  gone.length > 1 && h("div", {}, h("span", {}), h("button.button", { type: "button", onclick: all }, t("Put all away"))));
}

/** @type {Record<string, string>} */
const PRINTER_FAULTS = { paper_out: "Out of paper", cover_open: "The cover is open", cutter: "Paper is stuck", unreachable: "Lost", no_answer: "Lost" };
//t: Out of paper | The cover is open | Paper is stuck | Lost
/** @type {Record<string, string>} */
const PRINTER_DO = { paper_out: "Put in a new roll of paper", cover_open: "Close the cover until it clicks", cutter: "Open the cover, take out the stuck paper" };
//t: Put in a new roll of paper | Close the cover until it clicks | Open the cover, take out the stuck paper

/**
 * @param {[string, Api.Printer]} options
 * @returns {Row}
 */
function printerRow([name, found]) {
  const state = kindOf(found), elsewhere = printsElsewhere(found);
  const words = { broken: t(PRINTER_FAULTS[found.reason || ""] || "Lost"), look: elsewhere ? t("Another running service prints here") : t("Paper nearly used up"), well: t("Running"), unknown: t("Not known yet") }[state];
  const todo = { well: "", unknown: "", broken: t(PRINTER_DO[found.reason || ""] || "Look at its cable and its power; slips can be printed again at the counters"), look: elsewhere ? t("Call the technician if nobody means to run two services") : t("Put in a new roll of paper") }[state];
  return { picto: "printer", name: h("a", { href: "#printers" }, t("Slip printer")), place: name, state, words, detail: found.checked_at ? t("asked at {time}", { time: time(found.checked_at) }) : "", todo };
}
//t: Look at its cable and its power; slips can be printed again at the counters

/** @type {Record<string, string>} */
const DEVICE_FAULTS = { no_printer: "No printer is named for this machine: its numbers stay on the screen", other: "Something is wrong there" };
//t: Something is wrong there | No printer is named for this machine: its numbers stay on the screen | Name it in the office's file: [[printer]] kiosks, or give it the place of another

/**
 * @param {Api.Device} device
 * @param {number} now
 * @param {() => void} again
 */
function deviceRow(device, now, again) {
  const silent = device.seen_at === null ? null : now - Date.parse(device.seen_at);
  const state = DEVICE_MARKS[device.state] || "unknown";
  const words = { well: t("Running"), broken: t("Lost"), look: t("Reports a fault"), unknown: t("Not heard yet") }[state];
  const detail = silent === null ? "" : silent < SILENT_MS ? t("seen {seconds} seconds ago", { seconds: Math.max(0, Math.round(silent / 1000)) }) : t("silent since {time}", { time: time(device.seen_at || "") });
  const { reason } = device.report;
  const place = device.counter ? counterOf(device.counter)?.name : "";
  return { picto: PICTOS[device.role] || "more", name: t(ROLES[device.role] || device.role), place: [place, device.name].filter(Boolean).join(" · "), state, words, detail: reason ? t(DEVICE_FAULTS[reason] || reason) : detail,
    todo: reason === "no_printer" ? t("Name it in the office's file: [[printer]] kiosks, or give it the place of another") : state === "broken" || state === "look" ? t(DO[device.role] || "Call the technician") : "",
    away: silent !== null && silent >= SILENT_MS ? putAway(device.name, again) : endPairing(device.name, again), rename: rename(device.name, again) };
}
//t: Call the technician

/** @param {Row[]} rows */
function table(rows) {
  return h("section.card.devices", {}, h("table", {},
    h("thead", {}, h("tr", {}, h("th", {}), [t("Device"), t("State"), t("Details"), t("What to do")].map((words) => h("th", {}, words)))),
    h("tbody", {}, rows.map((row) => h(`tr.${row.state}`, {}, h("td", {}, picto(row.picto)), h("td", {}, h("b", {}, row.name), h("small.soft", {}, row.place)),
      h("td", {}, h(`span.mark.${row.state}`, {}, h("i", { "aria-hidden": "true" }), row.words)), h("td", {}, row.detail), h("td", {}, row.todo ? h("b", {}, row.todo) : h("span.soft", {}, t("Nothing")), row.rename && h("button.button.small", { type: "button", onclick: row.rename }, t("Rename")), row.away && h("button.button.small", { type: "button", onclick: row.away }, t("Put away"))))))),
  !rows.length && h("p.soft.none", {}, t("No device is paired yet.")));
}

/** @param {Api.Equipment} options */
function lines({ followers }) {
  const found = followers.filter((one) => one.line);
  if (!found.length) return h("section.card", {}, h("h2", {}, t("Waiting to be sent to the province")), h("p.soft", {}, t("No line is set up.")));
  return found.map((one) => h("section.card", {}, h("h2", {}, h(`span.mark.${DOWN(one) ? "look" : "well"}`, {}, h("i"), t("Waiting to be sent: {name}", { name: one.name }))),
    h("p.big", {}, h("b", {}, count(one.behind)), " ", !DOWN(one) || one.silent ? t("things") : t("things, since {time}", { time: time(one.since) })),
    h("p.soft", {}, one.silent ? unheard(one) : !DOWN(one) ? t("The line is well.") : t("It tries again by itself. Urgent: export to a USB stick."), one.refused > 0 && h("b", {}, " ", t("{count} refused by the province.", { count: one.refused })))));
}

/** @param {Api.Equipment} options */
function journal({ last_seq: last }) {
  return h("section.card", {}, h("h2", {}, h("span.mark.well", {}, h("i"), t("Journal"))), h("p.big", {}, h("b", {}, count(last)), " ", t("lines")),
    h("p.soft", {}, t("Every line is chained to the one before it.")));
}
