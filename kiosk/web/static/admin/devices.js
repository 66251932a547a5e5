// "Thiết bị": whether citizens are served, what each device does, and what to do about it.

import { fill, h, local } from "../lib/dom.js";
import { kindOf } from "../lib/printer.js";
import { picto } from "../lib/signs.js";
import { counterOf, shown, t } from "../lib/words.js";
import { count } from "./charts.js";
import { ask } from "./session.js";

const ROLES = { kiosk: "Ticket machine", tablet: "Tablet", board: "Waiting-room screen", counter: "Counter PC", sync: "Line program", admin: "Administration", report: "Reports" };
//t: Ticket machine | Tablet | Waiting-room screen | Counter PC | Line program | Administration | Reports
const PICTOS = { kiosk: "kiosk", tablet: "tablet", board: "screen", counter: "desk", sync: "wifi", admin: "person", report: "papers" };
const DO = { tablet: "Plug it in, switch it on, wait a minute", board: "Check its cable and its power", kiosk: "Switch it off and on; call the technician if it stays silent", counter: "Open the page of the counter again" };
//t: Plug it in, switch it on, wait a minute | Check its cable and its power | Switch it off and on; call the technician if it stays silent | Open the page of the counter again
const DOWN = ({ line, state, silent }) => line && (silent || !["ok", "sending"].includes(state));
const HIDDEN = new Set(["admin", "report"]);
const SILENT_MS = 45000;

const time = (moment) => local(new Date(moment), shown.office.timezone).time;

export async function devices(root) {
  const [house, equipment] = await Promise.all([ask("GET", "devices"), ask("GET", "equipment")]);
  const now = Date.parse(house.now);
  const rows = [...Object.entries(house.printers).map(printerRow), ...house.devices.filter((one) => !one.revoked && !HIDDEN.has(one.role)).map((one) => deviceRow(one, now)).sort((a, b) => RANK[a.state] - RANK[b.state])];
  const faults = rows.filter((row) => row.todo).length + equipment.followers.filter(DOWN).length;
  fill(root,
    h("header.head", {}, h("h1", {}, t("Devices")), h("span.soft.updated", {}, t("Updated at {time}", { time: time(now) }))),
    headline(equipment, faults), pairings(house.pairings, () => devices(root)), table(rows), h("div.three", {}, lines(equipment), journal(equipment)));
}

const RANK = { broken: 0, look: 1, well: 2, unknown: 3 };

function headline({ followers }, faults) {
  const down = followers.find(DOWN);
  const kind = faults ? "look" : "well";
  return h(`section.headline.${kind}`, {}, picto(down ? "wifi" : faults ? "warning" : "check"),
    h("div", {}, h("b", {}, faults ? t("Taking and calling numbers works. {count} things to look at.", { count: faults }) : t("Taking and calling numbers works. Nothing to look at.")),
      down && h("p", {}, down.silent ? unheard(down) : t("The line to the province is down since {time}. Everything is kept on this machine, nothing is lost.", { time: time(down.since) }))));
}

const unheard = (one) => t("The sending program has said nothing of it since {time}.", { time: time(one.updated_at) });

function pairings(waiting, again) {
  if (!waiting.length) return null;
  const accept = (code) => async () => { await ask("POST", `devices/pair/${code}/approve`, {}); again(); };
  return h("section.card.pairs", {}, h("h2", {}, t("Waiting to be accepted")), waiting.map((one) => h("div", {},
    picto(PICTOS[one.role] || "more"), h("b.code", {}, `${one.code.slice(0, 4)} ${one.code.slice(4)}`),
    h("span", {}, t(ROLES[one.role] || one.role), one.counter && ` · ${counterOf(one.counter)?.name}`, h("small.soft", {}, `${one.name} · ${time(one.asked_at)}`)),
    h("button.button.primary", { type: "button", onclick: accept(one.code) }, t("Accept")))));
}

const PRINTER_FAULTS = { paper_out: "Out of paper", cover_open: "The cover is open", cutter: "Paper is stuck", unreachable: "Lost", no_answer: "Lost" };
//t: Out of paper | The cover is open | Paper is stuck | Lost
const PRINTER_DO = { paper_out: "Put in a new roll of paper", cover_open: "Close the cover until it clicks", cutter: "Open the cover, take out the stuck paper" };
//t: Put in a new roll of paper | Close the cover until it clicks | Open the cover, take out the stuck paper

function printerRow([name, found]) {
  const state = kindOf(found);
  const words = { broken: t(PRINTER_FAULTS[found.reason] || "Lost"), look: t("Paper nearly used up"), well: t("Running"), unknown: t("Not known yet") }[state];
  const todo = { broken: t(PRINTER_DO[found.reason] || "Look at its cable and its power; slips can be printed again at the counters"), look: t("Put in a new roll of paper") }[state] || "";
  return { picto: "printer", name: h("a", { href: "#printers" }, t("Slip printer")), place: name, state, words, detail: found.checked_at ? t("asked at {time}", { time: time(found.checked_at) }) : "", todo };
}
//t: Look at its cable and its power; slips can be printed again at the counters

function deviceRow(device, now) {
  const silent = device.seen_at === null ? null : now - Date.parse(device.seen_at);
  const state = { online: "well", offline: "broken", fault: "look" }[device.state] || "unknown";
  const words = { well: t("Running"), broken: t("Lost"), look: t("Reports a fault"), unknown: t("Not heard yet") }[state];
  const detail = silent === null ? "" : silent < SILENT_MS ? t("seen {seconds} seconds ago", { seconds: Math.max(0, Math.round(silent / 1000)) }) : t("silent since {time}", { time: time(device.seen_at) });
  const known = shown.device?.find((one) => one.name === device.name);
  const place = device.counter ? counterOf(device.counter)?.name : known?.place || "";
  return { picto: PICTOS[device.role] || "more", name: t(ROLES[device.role] || device.role), place: [place, device.name].filter(Boolean).join(" · "), state, words, detail: device.report.reason || detail, todo: state === "broken" || state === "look" ? t(DO[device.role] || "Call the technician") : "" };
}
//t: Call the technician

function table(rows) {
  return h("section.card.devices", {}, h("table", {},
    h("thead", {}, h("tr", {}, h("th", {}), [t("Device"), t("State"), t("Details"), t("What to do")].map((words) => h("th", {}, words)))),
    h("tbody", {}, rows.map((row) => h(`tr.${row.state}`, {}, h("td", {}, picto(row.picto)), h("td", {}, h("b", {}, row.name), h("small.soft", {}, row.place)),
      h("td", {}, h(`span.mark.${row.state}`, {}, h("i", { "aria-hidden": "true" }), row.words)), h("td", {}, row.detail), h("td", {}, row.todo ? h("b", {}, row.todo) : h("span.soft", {}, t("Nothing"))))))),
  !rows.length && h("p.soft.none", {}, t("No device is paired yet.")));
}

function lines({ followers }) {
  const found = followers.filter((one) => one.line);
  if (!found.length) return h("section.card", {}, h("h2", {}, t("Waiting to be sent to the province")), h("p.soft", {}, t("No line is set up.")));
  return found.map((one) => h("section.card", {}, h("h2", {}, h(`span.mark.${DOWN(one) ? "look" : "well"}`, {}, h("i"), t("Waiting to be sent: {name}", { name: one.name }))),
    h("p.big", {}, h("b", {}, count(one.behind)), " ", !DOWN(one) || one.silent ? t("things") : t("things, since {time}", { time: time(one.since) })),
    h("p.soft", {}, one.silent ? unheard(one) : !DOWN(one) ? t("The line is well.") : t("It tries again by itself. Urgent: export to a USB stick."), one.refused > 0 && h("b", {}, " ", t("{count} refused by the province.", { count: one.refused })))));
}

function journal({ last_seq: last }) {
  return h("section.card", {}, h("h2", {}, h("span.mark.well", {}, h("i"), t("Journal"))), h("p.big", {}, h("b", {}, count(last)), " ", t("lines")),
    h("p.soft", {}, t("Every line is chained to the one before it.")));
}
