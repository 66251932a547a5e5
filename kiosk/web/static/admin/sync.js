// "Gửi lên tỉnh": what waits to be sent, why, since when; what the other side refused and may be sent again.

import { fill, h, local } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { count } from "./charts.js";
import { sentence } from "./journal.js";
import { ask } from "./session.js";

const STATES = { ok: ["well", "All sent"], sending: ["well", "Sending"], waiting: ["look", "Waiting for the line"], blocked: ["broken", "Needs a person"], doubled: ["broken", "Sent by two machines"] };
//t: All sent | Sending | Waiting for the line | Needs a person | Sent by two machines
const TODO = { waiting: "Nothing to do: it tries again by itself, at the latest every five minutes. Urgent: export to a USB stick.", blocked: "Call the technician and read this sentence aloud. Nothing is lost; it tries again by itself.", doubled: "Switch the copy off. Then call the technician: one of the two must begin a new journal." };
//t: Nothing to do: it tries again by itself, at the latest every five minutes. Urgent: export to a USB stick.
//t: Call the technician and read this sentence aloud. Nothing is lost; it tries again by itself.
//t: Switch the copy off. Then call the technician: one of the two must begin a new journal.
const SHOWN = 20;
const RANK = { broken: 0, look: 1, well: 2, unknown: 3 };
const markOf = (one) => (one.configured ? (STATES[one.state] || STATES.blocked)[0] : "unknown");

export async function sync(root) {
  const [{ followers, last_seq: last }, equipment, { devices }] = await Promise.all([ask("GET", "followers"), ask("GET", "equipment"), ask("GET", "devices")]);
  const outside = new Set(equipment.followers.filter((one) => one.line).map((one) => one.name));
  const lines = followers.filter((one) => outside.has(one.name)).sort((a, b) => RANK[markOf(a)] - RANK[markOf(b)]);
  const refused = await Promise.all(lines.map((one) => refusals(one)));
  const again = () => sync(root);
  fill(root,
    h("header.head", {}, h("h1", {}, t("Sent to the province")), h("span.soft.updated", {}, t("Updated at {time}", { time: clock(equipment.now) }))),
    headline(lines, devices), lines.map((one, n) => line(one, refused[n], last, again)),
    !lines.length && h("section.card.nothing", {}, h("h2", {}, t("No line is set up.")), h("p.soft", {}, t("A technician names the provincial system in the configuration: [[sync.connector]]."))));
}

const clock = (moment) => local(new Date(moment), shown.office.timezone).time;
const day = (moment) => { const at = local(new Date(moment), shown.office.timezone); return `${at.day}/${at.month} ${at.time}`; };

function headline(lines, devices) {
  const silent = devices.find((one) => one.role === "sync" && !one.revoked && one.state === "offline");
  const faults = lines.filter((one) => RANK[markOf(one)] < RANK.well).length;
  const waiting = Math.max(0, ...lines.filter((one) => one.configured).map((one) => one.behind));
  if (!lines.length) return null;
  const words = silent ? t("The sending program has not been heard since {time}. Everything is kept on this machine.", { time: clock(silent.seen_at) })
    : faults ? t("{count} things are kept on this machine and will be sent. Nothing is lost.", { count: count(waiting) }) : t("Everything is sent or on its way.");
  return h(`section.headline.${silent || faults ? "look" : "well"}`, {}, picto(silent || faults ? "wifi" : "check"), h("div", {}, h("b", {}, words), silent && h("p", {}, t("Call the technician"))));
}

function line(one, refused, last, again) {
  const mark = markOf(one);
  const words = one.configured ? (STATES[one.state] || STATES.blocked)[1] : "No longer configured";
  //t: No longer configured
  return h("section.card.line", {},
    h("div.cardhead", {}, h("h2", {}, one.kind === "webhook" ? t("Webhook") : t("Line {name}", { name: one.name })), h(`span.mark.${mark}`, {}, h("i", { "aria-hidden": "true" }), t(words))),
    h("p.soft", {}, one.address || one.name),
    one.configured ? [h("p.big", {}, h("b", {}, count(one.behind)), " ", one.behind ? t("events wait") : t("events wait, all {last} are there", { last: count(last) })),
      one.detail && h(`p.said.${mark}`, {}, one.detail.charAt(0).toLocaleUpperCase("vi") + one.detail.slice(1)), TODO[one.state] && h("p.soft", {}, t(TODO[one.state]))] : forget(one, again),
    refused.length > 0 && table(one, refused, again));
}

/** The refused events with what they were, oldest first. */
async function refusals(one) {
  const rows = one.refused.slice(0, SHOWN);
  const events = await Promise.all(rows.map((row) => ask("GET", `journal?${new URLSearchParams({ epoch: row.epoch, after: row.seq - 1, limit: 1 })}`).then((page) => page.events[0]).catch(() => null)));
  return rows.map((row, n) => ({ ...row, event: events[n] }));
}

function table(one, rows, again) {
  const send = (body) => async () => { await ask("POST", `followers/${encodeURIComponent(one.name)}/resend`, body); again(); };
  return h("div.refused", {},
    h("div.cardhead", {}, h("h2", {}, t("{count} refused by the other side", { count: count(one.refused.length) })), h("button.button", { type: "button", onclick: send({}) }, t("Send all again"))),
    h("table.grid", {}, h("thead", {}, h("tr", {}, [t("Line no."), t("Time"), t("What happened"), t("Why it was refused"), ""].map((words) => h("th", {}, words)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("td.num", {}, count(row.seq)), h("td", {}, row.event ? day(row.event.time) : "–"), h("td", {}, h("b", {}, row.event ? sentence(row.event) : "–")), h("td", {}, row.reason || row.code),
        h("td", {}, row.again ? h("span.soft", {}, t("being sent again")) : h("button.button", { type: "button", onclick: send({ epoch: row.epoch, seq: row.seq }) }, t("Send again"))))))),
    one.refused.length > rows.length && h("p.soft", {}, t("The first {count} are shown.", { count: rows.length })));
}

function forget(one, again) {
  const drop = async () => { await ask("DELETE", `followers/${encodeURIComponent(one.name)}`); again(); };
  return h("p", {}, h("span.soft", {}, t("It was taken out of the configuration; {count} events were not sent there.", { count: count(one.behind) })), " ", h("button.button", { type: "button", onclick: drop }, t("Take it off the list")));
}
