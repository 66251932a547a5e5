// Tables of "Thống kê": counts, times and ratings by service, counter and clerk; every figure opens its list.

import { h } from "../lib/dom.js";
import { face, sign } from "../lib/signs.js";
import { serviceOf, shown, t } from "../lib/words.js";
import { count, minutesText, rate, shares } from "./charts.js";

const TONES = [{ ground: "#0F4F3A", ink: "#FFFFFF" }, { ground: "#F4B81B", ink: "#1D1A16" }, { ground: "#A8261B", ink: "#FFFFFF" }];
/** @typedef {(pick: string, words: string) => void} Open opens the list that a pick names, under a title */

/**
 * What a row is of, for a pick: "service=HT", "clerk=Lan", or nothing of the total.
 * @param {Api.GroupFigures} one
 */
const of = (one) => (one.dimension === "total" ? "" : `${one.dimension}=${encodeURIComponent(one.key)}&`);

/** @param {Api.GroupFigures} one */
const titled = (one) => one.name || t("Total");

/**
 * The first cell of a row; a service with its sign.
 * @param {Api.GroupFigures} one
 */
function named(one) {
  const service = one.dimension === "service" ? serviceOf(one.key) : undefined;
  return h("td", {}, service && sign(service), titled(one));
}

/** @param {Api.GroupFigures} one */
const kindOf = (one) => ({ total: ".sum", service: "", counter: ".second", clerk: "" }[one.dimension]);

/**
 * A figure that opens what it was counted from; of nothing there is no list.
 * @param {number | null} value
 * @param {string} shownAs
 * @param {string} kind
 * @param {() => void} look
 * @param {string} words
 */
export function figure(value, shownAs, kind, look, words) {
  return value === null || value === 0 && kind === "" ? shownAs : h(`button.counts${kind}`, { type: "button", title: words, onclick: look }, shownAs);
}

/**
 * @param {Api.DailyReport["ratings"]} ratings
 * @param {Open} open
 */
export function opinionCard({ total, by_counter: counters, by_clerk: clerks }, open) {
  const { levels } = shown.survey;
  const tones = levels.map((_, index) => TONES[index === levels.length - 1 ? 2 : Math.min(index, 1)]);
  /**
   * @param {"counter" | "clerk"} dimension
   * @param {Api.RatingFigures[]} groups
   */
  const table = (dimension, groups) => h("table.plain", {}, groups.map((one) => h("tr", {}, h("td", {}, one.name),
    h("td.num.soft", {}, figure(one.count, t("{count} ratings", { count: count(one.count) }), "", () => { open(`ratings?${dimension}=${encodeURIComponent(one.key)}`, one.name); }, one.name)),
    h("td.num", {}, h("b", {}, figure(one.satisfied_rate_bp, `${rate(one.satisfied_rate_bp)} %`, "", () => { open(`ratings?${dimension}=${encodeURIComponent(one.key)}&satisfied=yes`, `${one.name}: ${t("satisfied or better")}`); }, t("satisfied or better")))))));
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, t("Satisfaction")), h("span.soft", {}, figure(total.count, t("{count} ratings, no names", { count: count(total.count) }), "", () => { open("ratings", t("Satisfaction")); }, t("Satisfaction")))),
    shares(levels, total.levels, tones, (level) => { open(`ratings?level=${level.code}`, level.name); }),
    h("div.faces", {}, levels.map((level, index) => {
      const given = total.levels[level.code] || 0;
      return h("span", {}, face(index, levels.length), h("span", {}, h("b", {}, figure(given, count(given), "", () => { open(`ratings?level=${level.code}`, level.name); }, level.name)), level.name));
    })),
    h("h2.by", {}, t("By counter")), counters.length ? table("counter", counters) : h("p.soft", {}, "–"),
    clerks.length > 0 && [h("h2.by", {}, t("By clerk")), table("clerk", clerks)]);
}

/**
 * Answers to the survey's second page, question by question.
 * @param {Api.AnswerFigures[]} answers
 * @param {Open} open
 */
export function answersCard(answers, open) {
  const questions = answers.filter(({ question }, place) => question !== answers[place - 1]?.question);
  /** @param {Api.AnswerFigures} one */
  const headed = ({ title, criterion, points_tenths: points }) => [title, criterion && h("span.soft", {}, points === null ? t("criterion {number}", { number: criterion }) : t("criterion {number}: {points} points", { number: criterion, points: (points / 10).toLocaleString("vi") }))];
  /** @param {Api.AnswerFigures} one */
  const row = (one) => {
    const look = () => { open(`ratings?question=${encodeURIComponent(one.question)}&answer=${encodeURIComponent(one.choice)}`, `${one.title} ${one.name}`); };
    return h("tr", {}, h("td", {}, one.name), h("td.num.soft", {}, figure(one.count, t("{count} ratings", { count: count(one.count) }), "", look, one.name)), h("td.num", {}, h("b", {}, figure(one.count && one.share_bp, `${rate(one.share_bp)} %`, "", look, one.name))));
  };
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, t("Answers to the second page"))),
    h("div.answers", {}, questions.map((one) => h("div", {}, h("h3.by", {}, headed(one)), h("table.plain", {}, answers.filter(({ question }) => question === one.question).map(row))))));
}

/**
 * @param {Api.GroupFigures[]} groups the total last
 * @param {Open} open
 */
export function countsCard(groups, open) {
  /** @type {["issued" | "served" | "no_show" | "cancelled" | "abandoned" | "open", string][]} */
  const columns = [["issued", t("Given")], ["served", t("Served")], ["no_show", t("Absent")], ["cancelled", t("Cancelled")], ["abandoned", t("Left waiting")], ["open", t("Still open")]];
  /** @param {Api.GroupFigures} one */
  const row = (one) => h(`tr${kindOf(one)}`, {}, named(one), columns.map(([key, words]) => {
    const title = `${titled(one)}: ${words}`;
    return h("td.num", {}, figure(one[key], count(one[key]), "", () => { open(`tickets?${of(one)}${key === "issued" ? "" : `outcome=${key}`}`, title); }, title));
  }));
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, t("Numbers by service, counter and clerk")), h("span.legend", {}, check(groups))),
    h("div.scroll", { tabindex: "0" }, h("table.grid.figures-table", {}, h("thead", {}, h("tr", {}, h("th", {}, ""), columns.map(([, words]) => h("th.num", {}, words)))), h("tbody", {}, groups.map(row)))));
}

/**
 * @param {Api.Dashboard} drawn
 * @param {Open} open
 */
export function timesCard({ groups, promise_minutes: waiting, service_promise_minutes: service }, open) {
  /** @type {["waiting" | "service", string, number | null][]} */
  const kinds = [["waiting", t("Waited (minutes)"), waiting], ["service", t("Served (minutes)"), service]];
  /** @type {["median" | "p90" | "most", string][]} */
  const ranks = [["median", t("half at most")], ["p90", t("9 of 10 at most")], ["most", t("longest")]];
  /**
   * @param {Api.GroupFigures} one
   * @param {typeof kinds[number]} kind
   */
  const cells = (one, [kind, heading, promise]) => {
    const list = `tickets?${of(one)}timed=${kind}&`;
    const times = one[kind];
    return [...ranks.map(([rank, words]) => {
      const title = `${titled(one)}: ${heading}, ${words}`;
      return h("td.num", {}, figure(times[rank], minutesText(times[rank]), ".time", () => { open(`${list}begin=${rank}`, title); }, title));
    }), promise !== null && h("td.num", {}, figure(times.within_bp, `${rate(times.within_bp)} %`, ".time", () => { open(`${list}promise=kept`, `${titled(one)}: ${heading}, ${t("at most {minutes}", { minutes: promise })}`); }, t("at most {minutes}", { minutes: promise })))];
  };
  return h("section.card", {}, h("div.cardhead", {}, h("h2", {}, t("Times by service, counter and clerk"))),
    h("div.scroll", { tabindex: "0" }, h("table.grid.figures-table.times", {}, h("thead", {},
      h("tr", {}, h("th", { rowspan: "2" }, ""), kinds.map(([, heading, promise]) => h("th", { colspan: promise === null ? "3" : "4" }, heading))),
      h("tr", {}, kinds.map(([, , promise]) => [ranks.map(([, words]) => h("th.num", {}, words)), promise !== null && h("th.num", {}, t("at most {minutes}", { minutes: promise }))]))),
    h("tbody", {}, groups.map((one) => h(`tr${kindOf(one)}`, {}, named(one), kinds.map((kind) => cells(one, kind))))))));
}

/**
 * Every number given is served, absent, cancelled, left waiting or still open: the columns must add up.
 * @param {Api.GroupFigures[]} groups
 */
function check(groups) {
  /** @param {Api.GroupFigures} one */
  const adds = (one) => one.issued === one.served + one.no_show + one.cancelled + one.abandoned + one.open;
  const total = groups[groups.length - 1];
  const sums = groups.filter((one) => one.dimension === "service").reduce((sum, one) => sum + one.issued, 0) === total.issued;
  return groups.every(adds) && sums ? h("b.agrees", {}, "✓ ", t("The columns agree")) : h("b.differs", {}, "× ", t("The columns differ"));
}
