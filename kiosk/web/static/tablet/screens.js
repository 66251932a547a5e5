// What the tablet asks: the faces, the reason, a few words written or spoken, thanks.

import { h } from "../lib/dom.js";
import { face, faceRim, picto, sign } from "../lib/signs.js";
import { canSpeak } from "../lib/voice.js";
import { figures, letterOf, nameOf, placeName, serviceNamed, shown, t } from "../lib/words.js";
import { portrait, sound } from "./counter.js";
import { mayBeSpoken, SpokenWords } from "./spoken.js";

const LONGEST_REMARK = 500;

/**
 * "Choose again", for as long as nothing was sent.
 * @param {import("./app.js").Tablet} app
 */
function again(app) {
  const left = app.againUntil - Date.now();
  if (left <= 0) return null;
  const key = h("button.again", { onclick: () => app.chooseAgain() }, picto("left"), t("Choose again"));
  app.after(left, () => { key.hidden = true; });
  return key;
}

/**
 * @param {import("./app.js").Tablet} app
 * @param {{ ticket: Api.Ticket }} options
 */
export function rate(app, { ticket }) {
  const one = serviceNamed(ticket.service);
  const levels = shown.survey.levels;
  const cards = levels.map((level, index) => h("button.level", { "data-level": level.code, style: { "--rim": faceRim(index, levels.length) }, onclick: () => app.rated(ticket, level) },
    face(index, levels.length), h("b", { "data-fit": "tight" }, nameOf(level))));
  const node = h("div.one", {},
    h("header", {}, portrait(app, "div.photo.small"),
      h("div", {}, h("b", {}, app.officer || placeName(app.place)), h("p", {}, `${placeName(app.place)} · ${t("just served")} `, sign(one, { letter: letterOf(ticket.number) || one.letter }), h("strong", {}, figures(ticket.number)))), sound(app)),
    h("h1.question", { "data-fit": true }, nameOf({ name: shown.survey.heading, names: shown.survey.headings })), h(`div.levels.n${levels.length}`, {}, cards),
    h("footer", {}, h("p", {}, picto("check"), t("No name is written. One touch is enough.")), h("button.skip", { onclick: () => app.skip() }, t("Skip"))));
  return { node, say: [nameOf({ name: shown.survey.question, names: shown.survey.headings }), ...levels.map(nameOf)] };
}

/**
 * @param {import("./app.js").Tablet} app
 * @param {{ level: Api.Level }} options
 */
export function reason(app, { level }) {
  const cards = shown.survey.reasons.slice(0, 6).map((one) => h("button.reason", { "data-reason": one.code, onclick: () => app.reasoned(one) },
    picto(one.pictogram === "clock" ? "wait" : one.pictogram === "question" ? "speech" : one.pictogram), h("b", { "data-fit": "tight" }, nameOf(one))));
  const count = shown.survey.levels.length;
  const node = h("div.one", {},
    h("header", {}, face(Math.max(0, shown.survey.levels.indexOf(level)), count), h("div", {}, h("h1", {}, t("Why are you not satisfied?")), h("p", {}, t("Touch a picture. You need not answer."))), sound(app)),
    h("div.reasons", {}, cards),
    h("footer", {}, again(app), h("p.stored", { role: "status" }, t("Stored: “{level}”. No name is written.", { level: nameOf(level) })), h("button.ready", { onclick: () => app.thank() }, t("Done"))));
  return { node, say: [t("Why are you not satisfied?"), ...shown.survey.reasons.map(nameOf)] };
}

/**
 * A question of the second page: none need be answered.
 * @param {import("./app.js").Tablet} app
 * @param {{ at: number }} options which question
 */
export function further(app, { at }) {
  const question = shown.survey.further[at];
  const cards = question.choices.map((one) => h("button.reason", { "data-choice": one.code, onclick: () => app.answered(question.code, one.code) }, picto(one.pictogram), h("b", { "data-fit": "tight" }, nameOf(one))));
  const node = h("div.one", {},
    h("header", {}, h("div", {}, h("h1", { "data-fit": true }, nameOf(question)), h("p", {}, t("Question {at} of {count}. You need not answer.", { at: at + 1, count: shown.survey.further.length }))), sound(app)),
    h(`div.reasons.choices.n${cards.length}`, {}, cards),
    h("footer", {}, h("button.skip", { onclick: () => app.answered(question.code, "") }, t("Skip")), h("button.ready", { onclick: () => app.thankDone() }, t("Done"))));
  return { node, say: [nameOf(question), ...question.choices.map(nameOf)] };
}

/** @param {import("./app.js").Tablet} app */
export function remark(app) {
  const field = h("textarea", { maxlength: String(LONGEST_REMARK), rows: "4", id: "remark", "aria-label": t("Your words"), autocomplete: "off" });
  const node = h("div.one.words", {},
    h("header", {}, h("div", {}, h("h1", {}, t("What would you like to tell us?")), h("p", {}, t("Please write no names and no numbers of papers."))), sound(app)),
    field,
    h("footer", {}, h("button.skip", { onclick: () => app.thank() }, t("Skip")), h("button.ready", { onclick: () => app.wrote(field.value) }, t("Send"))));
  setTimeout(() => field.focus());
  return { node, say: [t("What would you like to tell us?")] };
}

/** @param {import("./app.js").Tablet} app */
export function spoken(app) {
  const send = h("button.ready", { disabled: true, onclick: () => words.sound && app.spoke(words.sound) }, t("Send"));
  const words = new SpokenWords(() => { send.disabled = !words.sound; });
  app.microphone = words;
  const node = h("div.one.words", {},
    h("header", {}, h("div", {}, h("h1", {}, t("What would you like to tell us?")), h("p", {}, t("Please say no names and no numbers of papers. Only the head of the office hears it."))), sound(app)),
    h("div.speaking", {}, words.key, words.said),
    h("footer", {}, h("button.skip", { onclick: () => app.thank() }, t("Skip")), send));
  return { node, say: [t("What would you like to tell us?")] };
}

/**
 * @param {import("./app.js").Tablet} app
 * @param {{ level?: Api.Level, isDone?: boolean }} options
 */
export function thanks(app, { level, isDone = false }) {
  const knot = '<path d="M8 103q60-40 130-12t70 18M392 64q70-20 124 4t76 34" fill="none" stroke="#F4B81B" stroke-width="16" stroke-linecap="round"/><circle cx="298" cy="98" r="98" fill="#F4B81B"/><path d="m252 101 32 34 62-72" fill="none" stroke="#1D1A16" stroke-width="25" stroke-linecap="round" stroke-linejoin="round"/>';
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 596 200");
  drawing.innerHTML = knot;
  const keys = level ? [again(app), !isDone && app.mayAnswerMore() && h("button.further", { onclick: () => app.answerMore() }, picto("list"), t("More questions: {count}", { count: shown.survey.further.length })),
    shown.survey.remark && !isDone && h("button.write", { onclick: () => app.write() }, picto("speech"), t("Write a few words")),
    mayBeSpoken() && !isDone && h("button.write.speak", { onclick: () => app.speakUp() }, picto("microphone"), t("Say a few words"))] : [];
  const node = h("div.thanks", { role: "status" }, drawing, h("h1", {}, t("Thank you!")), h("p", {}, t("Your opinion is stored, without a name.")), h("div.keys", {}, keys), h("small", {}, canSpeak() && picto("speaker"), t("We wish you good health")));
  return { node, say: [t("Thank you!"), t("We wish you good health")] };
}
