// "Nhân sự": clerks with their PINs, and persons who sign in with a password; each is shown to whoever may see to them.

import { local } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { ask, may, me } from "../lib/session.js";
import { counterOf, shown, t } from "../lib/words.js";
import { askWindow } from "./ask_window.js";

/** @type {Record<string, string>} */
export const ROLES = { admin: "Administrator", head: "Head of the office", technician: "Technician", reader: "Report reader" };
/** @type {Record<string, string>} */
const DUTIES = {
  admin: "Everything, persons too", head: "Statistics, reports, journal, alarms, clerks", technician: "Devices, printers, voices, sending",
  reader: "Statistics and reports, names of clerks masked",
};
//t: Administrator | Head of the office | Technician | Report reader
//t: Everything, persons too | Statistics, reports, journal, alarms, clerks | Devices, printers, voices, sending
//t: Statistics and reports, names of clerks masked

/** @param {HTMLElement} root */
export async function people(root) {
  const again = () => people(root);
  const [staff, persons] = await Promise.all([ask("GET", "staff"), may("GET /api/v1/persons") ? ask("GET", "persons") : null]);
  root.replaceChildren(h("header.head", {}, h("h1", {}, t("People"))), clerksCard(staff.clerks, again));
  if (persons) root.append(personsCard(persons.persons, again), dutiesCard());
}

/**
 * @param {Api.StaffMember[]} clerks
 * @param {() => void} again
 */
function clerksCard(clerks, again) {
  const add = () => askWindow(t("Add a clerk"), [{ name: "name", words: t("Full name") }, PIN()], (given) => ask("POST", "staff", given), again);
  return h("section.card.people", {}, h("div.cardhead", {}, h("h2", {}, t("Clerks at the counters")), h("button.button.primary", { type: "button", onclick: add }, t("Add a clerk"))),
    table([t("Name"), t("Now"), ""], clerks.map((clerk) => [h("b", {}, clerk.name), clerkNow(clerk), clerkButtons(clerk, again)])),
    !clerks.length && h("p.soft", {}, t("No clerk is entered yet.")));
}

const PIN = () => ({ name: "pin", words: t("PIN of 4 to 12 digits, without a pattern"), secret: true, digits: true });

/** @param {Api.StaffMember} clerk */
function clerkNow(clerk) {
  if (clerk.disabled) return h("span.mark.unknown", {}, h("i"), t("May not sign in"));
  return clerk.counter ? h("span.mark.well", {}, h("i"), counterOf(clerk.counter)?.name || clerk.counter) : h("span.soft", {}, t("Not signed in"));
}

/**
 * @param {Api.StaffMember} clerk
 * @param {() => void} again
 */
function clerkButtons(clerk, again) {
  const path = `staff/${encodeURIComponent(clerk.id)}`;
  const newPin = () => askWindow(`${clerk.name}: ${clerk.disabled ? t("Let them sign in again") : t("Another PIN")}`, [PIN()], (given) => ask("PUT", path, { ...given, disabled: false }), again);
  const leaves = () => askWindow(t("{name} left?", { name: clerk.name }), [], () => ask("PUT", path, { disabled: true }), again, t("Their PIN ends; if they sit at a counter they are signed out."));
  return [button(clerk.disabled ? t("Let them sign in again") : t("Another PIN"), newPin), !clerk.disabled && button(t("Left the office"), leaves)];
}

/**
 * @param {Api.Person[]} persons
 * @param {() => void} again
 */
function personsCard(persons, again) {
  const fields = [{ name: "name", words: t("Full name") }, roleField("head"), { name: "password", words: t("First password, at least 8 characters"), secret: true }];
  const add = () => askWindow(t("Add a person"), fields, (given) => ask("POST", "persons", given), again, t("Tell them the password; they change it after the first sign-in."));
  return h("section.card.people", {}, h("div.cardhead", {}, h("h2", {}, t("Persons who sign in here with a password")), h("button.button.primary", { type: "button", onclick: add }, t("Add a person"))),
    table([t("Name"), t("Role"), t("Sign-in"), ""], persons.map((one) => [h("b", {}, one.name, one.name === me.name && h("span.soft", {}, ` (${t("you")})`)), t(ROLES[one.role]), signIn(one), personButtons(one, again)])));
}

/** @param {Api.Person} one */
function signIn(one) {
  if (one.disabled) return h("span.mark.unknown", {}, h("i"), t("May not sign in"));
  const last = one.signed_in[one.signed_in.length - 1];
  const at = last && local(new Date(last.since), shown.office.timezone);
  return h("span", {}, at ? t("Signed in since {time} on {day}", { time: at.time, day: `${at.day}/${at.month}` }) : t("Not signed in"), one.signed_in.length > 1 && t(", in {count} browsers", { count: one.signed_in.length }),
    h("small.soft", {}, one.second_factor ? t("password and telephone") : t("password only")));
}

/**
 * @param {Api.Person} one
 * @param {() => void} again
 */
function personButtons(one, again) {
  const path = `persons/${encodeURIComponent(one.name)}`, own = one.name === me.name;
  const role = () => askWindow(`${one.name}: ${t("Another role")}`, [roleField(one.role)], (given) => ask("PUT", path, { ...given, disabled: one.disabled }), again, t("Whoever is signed in signs in again."));
  const password = () => askWindow(`${one.name}: ${t("Another password")}`, [{ name: "password", words: t("New password, at least 8 characters"), secret: true }], (given) => ask("PUT", `${path}/password`, given), again);
  const rest = () => askWindow(one.disabled ? t("May {name} sign in again?", { name: one.name }) : t("Keep {name} from signing in?", { name: one.name }), [], () => ask("PUT", path, { role: one.role, disabled: !one.disabled }), again);
  const remove = () => askWindow(t("Remove {name}?", { name: one.name }), [], () => ask("DELETE", path), again, t("The journal goes on naming what they did."));
  const lost = () => askWindow(`${one.name}: ${t("Telephone lost")}`, [], () => ask("DELETE", `${path}/second-factor`), again, t("The password alone is enough again until they add another telephone."));
  return [!own && button(t("Role"), role), !own && button(t("Password"), password), !own && one.second_factor && button(t("Telephone lost"), lost),
    !own && button(one.disabled ? t("Let them sign in again") : t("Disable"), rest), !own && button(t("Remove"), remove)];
}

/** @param {string} now */
const roleField = (now) => ({ name: "role", words: t("Role"), choices: Object.entries(ROLES).map(([code, words]) => ({ code, words: t(words) })), value: now });

function dutiesCard() {
  return h("section.card", {}, h("h2", {}, t("What each role may do")),
    h("table.plain.duties", {}, Object.entries(DUTIES).map(([role, words]) => h("tr", {}, h("td", {}, picto("person"), " ", h("b", {}, t(ROLES[role]))), h("td", {}, t(words))))));
}

/**
 * @param {string} words
 * @param {() => void} run
 */
const button = (words, run) => h("button.button.small", { type: "button", onclick: run }, words);

/**
 * @param {string[]} heads
 * @param {Dom.Child[][]} rows
 */
const table = (heads, rows) => rows.length > 0 && h("div.scroll", { tabindex: "0" }, h("table.persons", {}, h("thead", {}, h("tr", {}, heads.map((words) => h("th", {}, words)))),
  h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell)))))));
