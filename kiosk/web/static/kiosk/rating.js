// Rating at the kiosk: the faces, why not satisfied, thanks. The answer lies on the machine from the touch on and goes out
// when its citizen is done, or ten seconds later; until then it may be chosen again.

import { h } from "../lib/dom.js";
import { addTo, answer, CHOOSE_AGAIN_MS, give, hold, release, takeBack } from "../lib/ratings.js";
import { face, faceRim, picto, sign } from "../lib/signs.js";
import { figures, letterOf, nameOf, serviceNamed, shown, t } from "../lib/words.js";
import { bar, doneKey, heading, helpKey, key, listenKey } from "./frame.js";
import { ring } from "./ring.js";

const THANKS_S = 10;
const FURTHER_MS = 5 * 60000; // longer than a citizen is waited for at four questions

/** The key of the answer in the citizen's hand, and until when it may be chosen again (ms since 1970). */
let inHand = Promise.resolve("");
let againUntil = 0;

/** The citizen is done: what was answered goes out. */
export function endRating() {
  inHand.then((one) => { if (one) release(one); });
  inHand = Promise.resolve("");
  againUntil = 0;
}

/** @typedef {{ ticket: string, rating_token: string, number: string, service: string, counter: string | null, language: string }} Pass */

/** @param {Pass} pass */
function whom({ number, service, counter }) {
  const one = serviceNamed(service);
  const place = counter === null ? "" : `${t("Counter")} ${counter}`; // in the language of the screen, as a phone says it
  return h("span.whom", { "data-announced": `${number}, ${place}` }, sign(one, { letter: letterOf(number) || one.letter }), h("strong", {}, figures(number)), place);
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ pass: Pass }} options
 */
export function faces(app, { pass }) {
  const { levels } = shown.survey;
  const cards = levels.map((level, index) => h("button.level", { "data-level": level.code, style: { "--rim": faceRim(index, levels.length) }, onclick: () => choose(app, pass, level) },
    face(index, levels.length), h("b", { "data-fit": "tight" }, nameOf(level))));
  const node = h("main.faces", {}, heading(headingOf(), t("No name is written. One touch is enough."), whom(pass)), h(`div.levels.n${levels.length}`, {}, cards));
  return { node, bar: bar(app, true), back: "home", say: [headingOf(), ...levels.map(nameOf)] };
}

/** The question in its short form, in the citizen's language. */
const headingOf = () => nameOf({ name: shown.survey.heading, names: shown.survey.headings });

/**
 * @param {import("./app.js").Kiosk} app
 * @param {Pass} pass
 * @param {Api.Level} level
 */
function choose(app, pass, level) {
  if (app.name !== "faces") return;
  inHand = give({ ticket: pass.ticket, token: pass.rating_token, answers: { [shown.survey.code]: level.code }, restMs: CHOOSE_AGAIN_MS });
  againUntil = Date.now() + CHOOSE_AGAIN_MS;
  const asks = level.asks_reason && shown.survey.reasons.length > 0;
  app.show(asks ? "reason" : "rated", { pass, level });
}

/**
 * "Choose again", for as long as nothing was sent.
 * @param {import("./app.js").Kiosk} app
 * @param {Pass} pass
 */
function againKey(app, pass) {
  const left = againUntil - Date.now();
  if (left <= 0) return null;
  const one = key("wrong", "left", t("Choose again"), async () => {
    const chosen = inHand;
    inHand = Promise.resolve("");
    if (await takeBack(await chosen)) app.show("faces", { pass });
    else app.nextCitizen(); // it has gone out just now
  });
  setTimeout(() => one.remove(), left);
  return one;
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ pass: Pass, level: Api.Level }} options
 */
export function reason(app, { pass, level }) {
  /** @param {Api.Reason} one */
  const explain = async (one) => {
    const rating = inHand;
    app.show("rated", { pass, level });
    await addTo(await rating, { reasons: [one.code] });
  };
  const cards = shown.survey.reasons.slice(0, 6).map((one) => h("button.why", { "data-reason": one.code, onclick: () => explain(one) },
    picto(one.pictogram === "clock" ? "wait" : one.pictogram === "question" ? "speech" : one.pictogram), h("b", { "data-fit": "tight" }, nameOf(one))));
  const words = [t("Why are you not satisfied?"), t("Touch a picture. You need not answer.")];
  const node = h("main.reasons", {}, heading(words[0], words[1]), h("div.grid", {}, cards), h("p.stored", { role: "status" }, t("Stored: “{level}”. No name is written.", { level: nameOf(level) })));
  return { node, bar: [againKey(app, pass), listenKey(app), helpKey(app), doneKey(t("Done"), null, () => app.show("rated", { pass, level }), "check")], say: [...words, ...shown.survey.reasons.map(nameOf)] };
}

/**
 * To the second page, unless the answer has gone out just now.
 * @param {import("./app.js").Kiosk} app
 */
async function askFurther(app) {
  const { turn } = app;
  const isHeld = await hold(await inHand, FURTHER_MS);
  if (app.turn !== turn) return;
  if (isHeld) app.show("further", { at: 0 });
  else app.nextCitizen();
}

/**
 * A question of the second page: none need be answered.
 * @param {import("./app.js").Kiosk} app
 * @param {{ at: number }} options which question
 */
export function further(app, { at }) {
  const all = shown.survey.further;
  const question = all[at];
  const next = () => (at + 1 < all.length ? app.show("further", { at: at + 1 }) : app.show("rated", { isDone: true }));
  /** @param {string} choice */
  const take = async (choice) => {
    const rating = inHand;
    next();
    await answer(await rating, question.code, choice);
  };
  const cards = question.choices.map((one) => h("button.why", { "data-choice": one.code, onclick: () => take(one.code) }, picto(one.pictogram), h("b", { "data-fit": "tight" }, nameOf(one))));
  const words = [nameOf(question), t("Question {at} of {count}. You need not answer.", { at: at + 1, count: all.length })];
  const node = h("main.reasons", {}, heading(words[0], words[1]), h("div.grid.choices", {}, cards), h("p.stored"));
  return { node, bar: [key("wrong", "right", t("Skip"), next), listenKey(app), helpKey(app), doneKey(t("Done"), null, () => app.show("rated", { isDone: true }), "check")], say: [...words, ...question.choices.map(nameOf)] };
}

/**
 * @param {import("./app.js").Kiosk} app
 * @param {{ pass?: Pass, isDone?: boolean }} options
 */
export function rated(app, { pass, isDone = false }) {
  const counting = ring(THANKS_S, () => app.nextCitizen());
  const words = [t("Thank you!"), t("Your opinion is stored, without a name.")];
  const count = isDone ? 0 : shown.survey.further.length;
  const more = count > 0 && h("button.stay.more", { onclick: () => askFurther(app) }, picto("list"), h("b", { "data-fit": true }, t("More questions: {count}", { count })));
  const node = h("main.resting.rated", { role: "status" }, picto("check"), h("h1", {}, words[0]), h("p", {}, words[1]), more);
  return { node, bar: [pass && !isDone && againKey(app, pass), listenKey(app), helpKey(app), doneKey(t("Done"), counting, () => app.nextCitizen())],
    say: words, touched: () => counting.restart(), stop: () => counting.stop() };
}
