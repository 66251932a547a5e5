// Right: the counter's own day, ratings, calls for help, and one card when something is wrong.

import { h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { counterCode } from "../lib/device.js";
import { shown, t } from "../lib/words.js";
import { answerHelp, pause } from "./actions.js";
import { hour, keyCap } from "./citizen.js";
import { lostCard } from "./lost_numbers.js";
import { state } from "./model.js";
import { trouble } from "./equipment.js";

const BARS = ["var(--forest)", "#8A6500", "var(--brick)"];

export function side() {
  return [lostCard(), helpCard(), stateCard(), todayCard(), ratingsCard(), troubleCard()];
}

function helpCard() {
  const asks = state.queue.help || [];
  return asks.length > 0 && h("section.box.help", {}, asks.slice(0, 3).map((ask) => h("div", {},
    picto("hand"), h("b", {}, t("A citizen asks for help: {where}", { where: place(ask) }), " · ", hour(ask.asked_at)),
    h("button.small", { type: "button", onclick: () => answerHelp(ask.id) }, t("I am coming")))));
}

/** @param {Api.HelpCall} ask */
const place = ({ where }) => ({ kiosk: t("at the ticket machine"), tablet: t("at the tablet"), filing: t("at the filing computer") }[where] ?? where);

function stateCard() {
  const open = state.counter.state === "OPEN";
  const words = { OPEN: t("The counter is open"), PAUSED: t("The counter is paused"), CLOSED: t("Opens with the first call") }[state.counter.state];
  return h("section.box", {},
    h("div.switchline", {}, h("b", {}, words),
      h(`button.switch${open ? ".on" : ""}`, { type: "button", role: "switch", "aria-checked": String(open), "aria-label": words, disabled: !state.fresh, onclick: pause })),
    h("button.pause", { type: "button", disabled: !state.fresh, onclick: pause }, state.counter.state === "PAUSED" ? t("Open again") : t("Pause"), keyCap("P")));
}

/**
 * @param {string} value
 * @param {string} unit
 * @param {string} words
 */
const figure = (value, unit, words) => h("div", {}, h("b", {}, value, unit && h("span", {}, ` ${unit}`)), h("span", {}, words));

function todayCard() {
  const today = state.counter.today;
  /**
   * @param {number | null | undefined} ms
   * @param {string} words
   */
  const minutes = (ms, words) => (ms === null || ms === undefined ? figure("–", "", words) : figure(String(Math.round(ms / 60000)), t("minutes"), words));
  return h("section.box", {},
    h("b", {}, t("Today at counter {counter}", { counter: counterCode })),
    h("div.today", {},
      figure(String(today?.served ?? 0), "", t("served")), minutes(today?.mean_wait_ms, t("mean wait")),
      minutes(today?.mean_service_ms, t("each visit")), figure(String(today?.no_show ?? 0), "", t("absent"))));
}

function ratingsCard() {
  const ratings = state.counter.ratings || {};
  const total = Object.values(ratings).reduce((sum, count) => sum + count, 0);
  const asked = state.counter.to_rate;
  return h("section.box", {},
    h("div.switchline", {}, h("b", {}, t("Citizens rate")), h("span.soft", {}, t("{count} ratings", { count: total }))),
    shown.survey.levels.map((level, index) => {
      const count = ratings[level.code] || 0;
      const width = total ? Math.round((100 * count) / total) : 0;
      const tone = BARS[index === shown.survey.levels.length - 1 ? 2 : Math.min(index, 1)];
      return h("div.bar", {}, h("span", {}, level.name), h("i", {}, h("u", { style: { width: `${width}%`, background: tone } })), h("b", {}, String(count)));
    }),
    asked && h("p.asked", {}, picto("tablet"), t("The tablet asks {number}", { number: asked.number })));
}

function troubleCard() {
  const found = trouble();
  return found && h("section.box.trouble", {}, h("b", {}, picto(found.picto), found.title), h("p", {}, found.words));
}
