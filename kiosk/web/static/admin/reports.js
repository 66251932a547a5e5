// "Báo cáo": choose a report, a period and a format; it is made apart from the service and kept for fetching.

import { fill, h } from "../lib/dom.js";
import { isCallError, Problem } from "../lib/http.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { ask, askFile, may } from "../lib/session.js";
import { dayField, dayText } from "./day_field.js";
import { pointsCard, showPoints } from "./points.js";
import { remarksCard } from "./remarks.js";

const POLL_MS = 1000;
/** @type {Record<string, string>} */
const FORMATS = { pdf: "PDF", docx: "Word", xlsx: "Excel", html: "Print page", csv: "CSV", json: "JSON" };
//t: Print page
const ORDER = Object.keys(FORMATS);
/** @type {Record<string, string>} */
const STAGES = { counting: "counting", writing: "writing the file" };
//t: counting | writing the file
/** What is chosen; it lives through redraws. */
const chosen = { name: "", kind: "month", period: "", from: "", to: "", format: "" };
const OWN = "own";
const message = h("p.reply", { role: "status" });
const list = h("div.orders");
/** @type {Api.ReportChoices} */
let choices;
let polling = 0;

/** @param {HTMLElement} root */
export async function reports(root) {
  const isOpened = !pointsCard.isConnected; // else it is drawn again, and what was typed stays
  choices = await ask("GET", "reports");
  if (isOpened) showPoints();
  if (!chosen.name) Object.assign(chosen, { name: choices.reports[0].name, from: `${choices.today.slice(0, 8)}01`, to: choices.today });
  const order = h("section.card.ordering");
  /** @param {Partial<typeof chosen>} changes */
  const choose = (changes) => {
    Object.assign(chosen, changes);
    fill(message);
    draw();
  };
  const draw = () => {
    fill(order, orderForm(choose));
    if (may("PUT /api/v1/report-points")) showPoints(chosen.name === "evaluation" ? chosenDays() : undefined);
  };
  draw();
  fill(root, h("header.head", {}, h("h1", {}, t("Reports"))), h("div.two.wide", {}, order, h("section.card", {}, h("div.cardhead", {}, h("h2", {}, t("Reports that were made"))), list)), pointsCard, may("PUT /api/v1/report-remarks") && await remarksCard());
  await refresh();
}

/** @param {(changes: Partial<typeof chosen>) => void} choose */
function orderForm(choose) {
  const report = choices.reports.find(({ name }) => name === chosen.name) || choices.reports[0];
  const formats = ORDER.filter((format) => report.formats.includes(format));
  if (!formats.includes(chosen.format)) chosen.format = formats[0];
  return [
    h("div.cardhead", {}, h("h2", {}, t("Make a report"))),
    h("fieldset.choices", {}, h("legend", {}, t("Which report")), choices.reports.map((one) => h("label", {}, h("input", { type: "radio", name: "report", value: one.name, checked: one.name === report.name, onchange: () => choose({ name: one.name }) }), h("span", {}, one.title)))),
    h("fieldset.choices.row", {}, h("legend", {}, t("Which period")), periodFields(choose)),
    h("p.soft.span", {}, spanText()),
    h("fieldset.choices.row", {}, h("legend", {}, t("Which format")), formats.map((format) => h("label", {}, h("input", { type: "radio", name: "format", value: format, checked: format === chosen.format, onchange: () => choose({ format }) }), h("span", {}, t(FORMATS[format]))))),
    h("div.choose", {}, h("button.button.primary", { type: "button", onclick: make }, picto("papers"), t("Make the report")), message),
  ];
}

/** @param {(changes: Partial<typeof chosen>) => void} choose */
function periodFields(choose) {
  const kinds = [...choices.periods.map(({ kind, title }) => ({ kind, title })), { kind: OWN, title: t("From one day to another") }];
  const kind = h("select", { "aria-label": t("Kind of period"), onchange: () => { choose({ kind: kind.value, period: "" }); } }, kinds.map((one) => h("option", { value: one.kind, selected: one.kind === chosen.kind }, one.title)));
  if (chosen.kind === OWN) return [kind, dateField("from", t("From"), choose), "–", dateField("to", t("To"), choose)];
  const { choices: periods } = choices.periods.find((one) => one.kind === chosen.kind) || choices.periods[0];
  if (!periods.some(({ period }) => period === chosen.period)) chosen.period = (periods[1] || periods[0]).period;
  const which = h("select", { "aria-label": t("Which period"), onchange: () => { choose({ period: which.value }); } }, periods.map((one) => h("option", { value: one.period, selected: one.period === chosen.period }, one.title)));
  return [kind, which];
}

/**
 * @param {"from" | "to"} end
 * @param {string} words
 * @param {(changes: Partial<typeof chosen>) => void} choose
 */
function dateField(end, words, choose) {
  return dayField(chosen[end], words, (day) => choose({ [end]: day }));
}

/** @returns {{ first: string, last: string } | undefined} */
const chosenDays = () => (chosen.kind === OWN ? { first: chosen.from, last: chosen.to } : choices.periods.flatMap((one) => one.choices).find((one) => one.period === chosen.period));

/** The days of the chosen period, in words. */
function spanText() {
  const period = chosenDays();
  return period ? t("From {from} to {to}.", { from: dayText(period.first), to: dayText(period.last) }) : "";
}

async function make() {
  const period = chosen.kind === OWN ? { from: chosen.from, to: chosen.to } : { period: chosen.period };
  try {
    await ask("POST", "report-orders", { name: chosen.name, format: chosen.format, ...period });
    fill(message);
  } catch (error) {
    if (!isCallError(error)) throw error;
    fill(message, (error instanceof Problem && (error.detail || error.title)) || t("Lost the service, connecting again"));
  }
  await refresh();
}

/** Draw the list; as long as one is being made it is asked for again. */
async function refresh() {
  clearTimeout(polling);
  const { orders } = await ask("GET", "report-orders");
  fill(list, orders.length ? h("ul.plainlist", {}, orders.map(row)) : h("p.soft", {}, t("None yet. A report that is made stays here until newer ones push it out.")));
  const isAtWork = orders.some((/** @type {Api.ReportOrder} */ { state }) => state === "WAITING" || state === "RUNNING");
  if (isAtWork && list.isConnected) polling = window.setTimeout(() => refresh().catch(() => {}), POLL_MS);
}

/** @param {Api.ReportOrder} order */
function row(order) {
  const isAtWork = order.state === "WAITING" || order.state === "RUNNING";
  return h("li", {}, h("div", {}, h("b", {}, order.title), h("span.soft", {}, `${t(FORMATS[order.format] || order.format)} · ${dayText(order.first)} – ${dayText(order.last)}${order.size ? ` · ${sizeText(order.size)}` : ""}`), stateText(order)),
    order.state === "DONE" && h("button.button", { type: "button", onclick: () => fetchFile(order) }, t("Download")),
    order.state !== "RUNNING" && h("button.button", { type: "button", "aria-label": t("Take {report} off the list", { report: order.title }), onclick: () => ask("DELETE", `report-orders/${order.id}`).catch(() => {}).then(refresh) }, isAtWork ? t("Leave it") : t("Delete")));
}

/** @param {Api.ReportOrder} order */
function stateText(order) {
  if (order.state === "FAILED") return h("span.mark.broken", {}, h("i"), order.reason);
  if (order.state === "WAITING") return h("span.mark.unknown", {}, h("i"), order.before ? t("waits, {count} before it", { count: order.before }) : t("waits"));
  if (order.state === "RUNNING") return h("span.working", {}, h("progress", {}), t(STAGES[order.stage] || "starting"));
  return order.warning ? h("span.mark.look", {}, h("i", { "aria-hidden": "true" }), order.warning) : null;
}
//t: starting

/** @param {number} bytes */
const sizeText = (bytes) => `${Math.max(1, Math.round(bytes / 1024)).toLocaleString("vi")} KB`;

/** @param {Api.ReportOrder} order */
async function fetchFile(order) {
  const address = URL.createObjectURL(await askFile(`report-orders/${order.id}/file`));
  h("a", { href: address, ...(order.format === "html" ? { target: "_blank", rel: "noopener" } : { download: order.file_name }) }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
