// "Gửi lên tỉnh": what waits to be sent, why, since when; what the other side refused and may be sent again.

import { local } from "../lib/dates.js";
import { fill, h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { count } from "./charts.js";
import { sentence } from "./journal.js";
import { ask, may } from "../lib/session.js";

/** @typedef {["well" | "look" | "broken" | "unknown", string]} Marked mark and sentence */
/** @typedef {Api.RefusedEvent & { event: Api.Event | null }} Row */

const OTHER_BRANCH = "other-branch"; // the other side keeps its own history of that time: sending again changes nothing

/** @type {Record<string, Marked>} */
const STATES = { ok: ["well", "All sent"], sending: ["well", "Being sent"], waiting: ["look", "Waiting for the line"], blocked: ["broken", "Needs a person"], doubled: ["broken", "Sent by two machines"] };
//t: All sent | Being sent | Waiting for the line | Needs a person | Sent by two machines
/** @type {Record<string, string>} */
const TODO = { waiting: "Nothing to do: it tries again by itself, at the latest every five minutes. Urgent: export to a USB stick.", blocked: "Call the technician and read this sentence aloud. Nothing is lost; it tries again by itself.", doubled: "Switch the copy off. Then call the technician: one of the two must begin a new journal." };
//t: Nothing to do: it tries again by itself, at the latest every five minutes. Urgent: export to a USB stick.
//t: Call the technician and read this sentence aloud. Nothing is lost; it tries again by itself.
//t: Switch the copy off. Then call the technician: one of the two must begin a new journal.
/** @type {Record<string, Marked>} */
const USB_STATES = { ok: ["well", "Receipt read in"], waiting: ["look", "Waiting for the receipt"] };
//t: Receipt read in | Waiting for the receipt
/** @type {Record<string, string>} */
const TODO_USB = { ok: "What is newer goes over the line, or onto the next stick: a technician copies it, motcua sync export.", waiting: "Bring the receipt of the one-stop side back on a stick; a technician reads it in: motcua sync import." };
//t: What is newer goes over the line, or onto the next stick: a technician copies it, motcua sync export.
//t: Bring the receipt of the one-stop side back on a stick; a technician reads it in: motcua sync import.
const SHOWN = 20;
const RANK = { broken: 0, look: 1, well: 2, unknown: 3 };
/** @param {Api.Follower} one */
const isUsb = (one) => one.kind === "bundle";

/**
 * [mark, sentence] of a follower.
 * @param {Api.Follower} one
 * @returns {Marked}
 */
function stateOf(one) {
  if (!one.configured) return ["unknown", "No longer configured"];
  if (isUsb(one)) return USB_STATES[one.state] || USB_STATES.waiting;
  if (one.silent) return ["broken", "Silent"];
  return STATES[one.state === "ok" && one.behind > 0 ? "sending" : one.state] || STATES.blocked;
}
//t: No longer configured | Silent
/** @param {Api.Follower} one */
const markOf = (one) => stateOf(one)[0];

/** @param {HTMLElement} root */
export async function sync(root) {
  /** @type {[{ followers: Api.Follower[], last_seq: number }, Api.Equipment, Api.DeviceList]} */
  const [{ followers, last_seq: last }, equipment, { devices }] = await Promise.all([ask("GET", "followers"), ask("GET", "equipment"), ask("GET", "devices")]);
  const outside = new Set(equipment.followers.filter((one) => one.line).map((one) => one.name));
  const lines = followers.filter((one) => outside.has(one.name) || isUsb(one)).sort((a, b) => Number(isUsb(a)) - Number(isUsb(b)) || RANK[markOf(a)] - RANK[markOf(b)]);
  const refused = await Promise.all(lines.map((one) => refusals(one)));
  const again = () => sync(root);
  fill(root,
    h("header.head", {}, h("h1", {}, t("Sent to the province")), h("span.soft.updated", {}, t("Updated at {time}", { time: clock(equipment.now) }))),
    headline(lines, devices, equipment.now), lines.map((one, n) => line(one, refused[n], { last, now: equipment.now, again })),
    !lines.length && h("section.card.nothing", {}, h("h2", {}, t("No line is set up.")), h("p.soft", {}, t("A technician names the provincial system in the configuration: [[sync.connector]]."))));
}

/** @param {string} moment */
const clock = (moment) => local(new Date(moment), shown.office.timezone).time;
/** @param {string} moment */
const day = (moment) => { const at = local(new Date(moment), shown.office.timezone); return `${at.day}/${at.month} ${at.time}`; };

/**
 * @param {string} moment
 * @param {string} now
 */
const when = (moment, now) => (day(moment).split(" ")[0] === day(now).split(" ")[0] ? clock(moment) : day(moment));

/**
 * Of the lines; of the stick only where nothing else is set up.
 * @param {Api.Follower[]} followers
 * @param {Api.Device[]} devices
 * @param {string} now
 */
function headline(followers, devices, now) {
  const lines = followers.some((one) => !isUsb(one)) ? followers.filter((one) => !isUsb(one)) : followers;
  const silent = devices.find((one) => one.role === "sync" && !one.revoked && one.state === "offline");
  const faults = lines.filter((one) => RANK[markOf(one)] < RANK.well).length;
  const broken = lines.some((one) => markOf(one) === "broken");
  const waiting = Math.max(0, ...lines.filter((one) => one.configured).map((one) => one.behind));
  if (!lines.length) return null;
  const words = silent ? t("The sending program has not been heard since {time}. Everything is kept on this machine.", { time: when(silent.seen_at || now, now) })
    : faults ? t("{count} things are kept on this machine and will be sent. Nothing is lost.", { count: count(waiting) }) : t("Everything is sent or on its way.");
  return h(`section.headline.${silent || faults ? "look" : "well"}`, {}, picto(silent || faults ? "wifi" : "check"), h("div", {}, h("b", {}, words), (silent || broken) && h("p", {}, t("Call the technician"))));
}

/**
 * @param {Api.Follower} one
 * @param {Row[]} refused
 * @param {{ last: number, now: string, again: () => void }} options
 */
function line(one, refused, { last, now, again }) {
  const [mark, words] = stateOf(one);
  const name = isUsb(one) ? t("USB stick") : one.kind === "webhook" ? t("Webhook") : t("Line {name}", { name: one.name });
  return h("section.card.line", {},
    h("div.cardhead", {}, h("h2", {}, name), h(`span.mark.${mark}`, {}, h("i", { "aria-hidden": "true" }), t(words))),
    (one.address || one.kind === "webhook") && h("p.soft", {}, one.address || one.name),
    one.configured ? [h("p.big", {}, h("b", {}, count(one.behind)), " ", waits(one, last)), said(one, mark, now)] : forget(one, again),
    refused.length > 0 && table(one, refused, again));
}

/**
 * @param {Api.Follower} one
 * @param {number} last
 */
function waits(one, last) {
  if (!one.behind) return t("events wait, all {last} are there", { last: count(last) });
  return isUsb(one) ? t("events have no receipt yet") : t("events wait");
}

/**
 * Why, in the follower's own words, and what to do; ours where it says nothing any more.
 * @param {Api.Follower} one
 * @param {string} mark
 * @param {string} now
 */
function said(one, mark, now) {
  const words = one.silent ? t("The sending program has said nothing of it since {time}.", { time: when(one.updated_at, now) }) : one.detail && one.detail.charAt(0).toLocaleUpperCase("vi") + one.detail.slice(1);
  const todo = one.silent ? "Call the technician: systemctl status motcua-sync. Nothing is lost." : isUsb(one) ? one.behind > 0 && TODO_USB[one.state] : TODO[one.state];
  return [words && h(`p.said.${mark}`, {}, words), todo && h("p.soft", {}, t(todo))];
}
//t: Call the technician: systemctl status motcua-sync. Nothing is lost.

/**
 * The refused events with what they were, oldest first.
 * @param {Api.Follower} one
 */
async function refusals(one) {
  const rows = one.refused.slice(0, SHOWN);
  const events = !may("GET /api/v1/journal") ? [] : await Promise.all(rows.map((row) => ask("GET", `journal?${new URLSearchParams({ epoch: row.epoch, after: String(row.seq - 1), limit: "1" })}`).then((page) => page.events[0]).catch(() => null)));
  return rows.map((row, n) => ({ ...row, event: events[n] }));
}

/**
 * @param {Api.Follower} one
 * @param {Row[]} rows
 * @param {() => void} again
 */
function table(one, rows, again) {
  /** @param {unknown} body */
  const send = (body) => async () => { await ask("POST", `followers/${encodeURIComponent(one.name)}/resend`, body); again(); };
  /**
   * @param {string} words
   * @param {unknown} body
   */
  const button = (words, body) => !isUsb(one) && h("button.button", { type: "button", onclick: send(body) }, t(words));
  //t: Send all again | Send again
  const heads = ["Line no.", "Time", "What happened", "Why it was refused", ...(isUsb(one) ? [] : ["Send again"])];
  //t: Line no. | Time | What happened | Why it was refused
  return h("div.refused", {},
    h("div.cardhead", {}, h("h2", {}, t("{count} refused by the other side", { count: count(one.refused.length) })), rows.some((row) => row.code !== OTHER_BRANCH) && button("Send all again", {})),
    isUsb(one) && h("p.soft", {}, t("A stick carries no event a second time. Once the line works, they stand there and are sent again from there. What the other side settles itself is no longer in its next receipt.")),
    h("table.grid", {}, h("thead", {}, h("tr", {}, heads.map((words) => h("th", {}, t(words))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("td.num", {}, count(row.seq)), h("td", {}, row.event ? day(row.event.time) : "–"), h("td", {}, h("b", {}, row.event ? sentence(row.event) : "–")), h("td", {}, row.reason || row.code),
        !isUsb(one) && h("td", {}, row.code === OTHER_BRANCH ? "–" : row.again ? h("span.soft", {}, t("being sent again")) : button("Send again", { epoch: row.epoch, seq: row.seq })))))),
    one.refused.length > rows.length && h("p.soft", {}, t("The first {count} are shown.", { count: rows.length })));
}

/**
 * @param {Api.Follower} one
 * @param {() => void} again
 */
function forget(one, again) {
  const drop = async () => { await ask("DELETE", `followers/${encodeURIComponent(one.name)}`); again(); };
  return h("p", {}, h("span.soft", {}, t("It was taken out of the configuration; {count} events were not sent there.", { count: count(one.behind) })), " ", h("button.button", { type: "button", onclick: drop }, t("Take it off the list")));
}
