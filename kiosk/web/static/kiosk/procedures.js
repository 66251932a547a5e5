// Procedures: by service and field, and each with its papers, time, fee, place, and a code to take it along.

import { local } from "../lib/dates.js";
import { bold, h } from "../lib/dom.js";
import { deep, picto, sign } from "../lib/signs.js";
import { counterRuns, countersFor, currentLanguage, nameOf, ours, serviceOf, shown, t } from "../lib/words.js";
import { bar, heading, key } from "./frame.js";

const PAGE = 6;
const MOST_PAPERS = 8; // more are no list for a screen: an officer gives them

/**
 * Those that hold on a day: what has ended is kept for the dossiers that name it.
 * @param {Api.Procedure[]} procedures
 * @param {string} today YYYY-MM-DD
 */
export const validOn = (procedures, today) => procedures.filter((one) => (one.valid_from || today) <= today && today <= (one.valid_until || today));

/** The day of this moment at the office. */
function todayHere() {
  const { year, month, day } = local(new Date(), shown.office.timezone);
  return [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}

/**
 * A key that leads to a procedure; `from`: where its "Back" leads.
 * @param {import("./app.js").Kiosk} app
 * @param {Api.Procedure} row
 * @param {{ screen: "papers" | "search", data: any }} from
 */
export function procedureKey(app, row, from) {
  const open = row.certainty !== "confirmed" && t("needs confirmation");
  return h("button.procedure", { onclick: () => app.show("procedure", { row, from }) },
    h("span", { "data-fit": "tight" }, h("b", {}, ours(row.name)), h("small", {}, h("i", {}, ours(row.field), open && " · "), open)), picto("right"));
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ service?: string, field?: string, from?: number }} options
 */
export function papers(app, { service, field, from = 0 }) {
  const valid = validOn(shown.procedures, todayHere());
  const known = shown.services.filter((one) => valid.some((row) => row.service === one.code));
  const chosen = known.find((one) => one.code === service) || known[0];
  const all = chosen ? valid.filter((row) => row.service === chosen.code) : [];
  const fields = [...new Set(all.map((row) => row.field))];
  const rows = field ? all.filter((row) => row.field === field) : all;
  const tabs = known.map((one) => h("button", { style: { "--colour": deep(one), "--tint": one.tint }, class: one === chosen ? "on" : "", "aria-label": nameOf(one), "aria-pressed": String(one === chosen),
    onclick: () => app.show("papers", { service: one.code }) }, sign(one)));
  const here = { service: chosen?.code, field, from };
  const list = rows.slice(from, from + PAGE).map((row) => procedureKey(app, row, { screen: "papers", data: here }));
  /**
   * @param {number} to
   * @param {string} icon
   * @param {string} label
   */
  const turn = (to, icon, label) => h("button.key", { disabled: to < 0 || to >= rows.length, onclick: () => app.show("papers", { ...here, from: to }) }, picto(icon), h("span", { "data-fit": true }, label));
  const next = fields[(fields.indexOf(field || "") + 1) % (fields.length + 1)];
  const choice = fields.length > 1 && h("button.key.field", { onclick: () => app.show("papers", { service: chosen.code, field: next }) },
    picto("list"), h("span", { "data-fit": "tight" }, field ? ours(field) : t("All fields")));
  const find = h("button.key.find", { onclick: () => app.show("search") }, picto("search"), h("span", { "data-fit": "tight" }, t("Search by words")));
  const node = h("main.papers", {}, heading(t("Which papers do I bring?"), chosen ? nameOf(chosen) : t("The list is empty. Please ask an officer.")),
    h("div.tabs", {}, tabs), h("div.ways2", {}, find, choice), h("div.list", {}, list),
    rows.length > PAGE && h("div.turn", {}, turn(from - PAGE, "left", t("Previous page")), h("span", {}, `${from / PAGE + 1}/${Math.ceil(rows.length / PAGE)}`), turn(from + PAGE, "right", t("Next page"))));
  return { node, bar: bar(app, true), back: "home", say: [t("Which papers do I bring?"), chosen && nameOf(chosen)] };
}

/** The phone opens it in the language of the screen. */
const inLanguage = () => (currentLanguage() === shown.office.languages[0] ? "" : `?lang=${currentLanguage()}`);

/**
 * Where the procedure is asked for: sign and counters of its service, as they hang in the room.
 * @param {Api.Service} service
 */
function place(service) {
  const runs = counterRuns(countersFor(service.code).map((one) => one.code));
  return h("div.fact.place2", {}, sign(service), h("div", {}, h("small", {}, t("Go to counter")),
    h("span.boxes", {}, runs.map((run, index) => [index > 0 && runs.length === 2 && h("span.or", {}, t("or")), h("span.box", {}, run)]))));
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ row: Api.Procedure, from: { screen: "papers" | "search", data: any } }} options
 */
export function procedure(app, { row, from }) {
  const service = serviceOf(row.service);
  /**
   * @param {string} icon
   * @param {string} name
   * @param {string} text
   */
  const fact = (icon, name, text) => h("div.fact", {}, picto(icon), h("div", { "data-fit": "tight" }, h("small", {}, name), h("b", {}, text ? ours(text) : t("Please ask an officer."))));
  const [some, more] = [row.papers.slice(0, MOST_PAPERS), row.papers.length - MOST_PAPERS];
  const needed = some.length ? h("ul", {}, some.map((paper) => h("li", {}, ours(paper))), more > 0 && h("li", {}, t("and {count} more: please ask an officer", { count: more })))
    : h("b", {}, t("Please ask an officer."));
  const take = shown.public_url && h("div.along", {}, h("div.qr", {}, h("img", { src: `/procedures/${encodeURIComponent(row.code)}/qr.svg${inLanguage()}`, alt: `${shown.public_url}/procedures/${row.code}` })),
    h("p", { "data-fit": "tight" }, t("Take it along: scan this with a phone")));
  const unsure = row.certainty !== "confirmed" && h("p.caution", {}, picto("warning"), h("span", {}, bold(t("*Needs confirmation*: an officer tells it at the counter."))));
  const node = h("main.detail", {}, h("div.heading", {}, h("div", { "data-fit": "tight" }, h("h1", {}, ours(row.name)), h("p", {}, `${ours(row.field)} · ${row.code}`))), h("div.facts2", {},
    h("div.fact.bring", {}, picto("papers"), h("div", { "data-fit": "tight" }, h("small", {}, t("Papers to bring")), needed)),
    fact("clock", t("Time"), row.time), fact("ticket", t("Fee"), row.fee), service && place(service), take), unsure);
  const view = { node, bar: bar(app, true), back: "papers", say: [row.name, t("Papers to bring"), ...some, row.time, row.fee].map(ours) };
  view.bar[0] = key("back", "left", t("Back"), () => app.show(from.screen, from.data));
  return view;
}
