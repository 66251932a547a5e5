// What clerks and administrators are told when the machine's clock is not believed, and how they say what is right.

import { local } from "./dates.js";
import { fill, h } from "./dom.js";
import { Problem } from "./http.js";
import { shown, t } from "./words.js";

/** @typedef {(right: Api.ClockWord) => Promise<void>} Say */

/** @param {string} text */
function moment(text) {
  const at = local(new Date(text), shown.office.timezone);
  return `${at.time} ${at.day}/${at.month}/${at.year}`;
}

/** @param {string} date "2024-04-15" */
function dayText(date) {
  const [year, month, day] = date.split("-").map(Number);
  return `${day}/${month}/${year}`;
}

/**
 * The notice over the page; null while the time is not in doubt.
 * @param {Api.Clock} clock
 * @param {Say | null} say tells the service; throws Problem when it refuses; null for whoever may not say it
 */
export function clockNotice(clock, say) {
  const { doubt, ahead } = clock;
  if (doubt === "none" && !ahead) return null;
  return h("aside.clocknotice", { role: "alert" }, h("p", {}, h("b", {}, title(clock)), " ", words(clock)),
    doubt !== "none" && say && h("div.answers", {}, answers(clock, say)));
}

/** @param {Api.Clock} clock */
function title({ doubt, business_date: date }) {
  if (doubt === "started") return t("The machine was started and does not know the time.");
  if (doubt === "jumped") return t("The machine's clock was set to another time.");
  return t("The working day shown is {date}, which has not come yet.", { date: dayText(date) });
}

/** @param {Api.Clock} clock */
function words({ doubt, time, machine_time: machine, set_aside: count }) {
  if (doubt === "started") {
    const waits = count ? t("{count} people who took a number before are called only after you say which day it is.", { count }) : "";
    return `${t("Go on giving numbers and calling.")} ${waits}`;
  }
  if (doubt === "jumped") {
    return t("It shows {machine}; the office goes on by {time} and loses nothing. If the machine is wrong, have its clock set.", { machine: moment(machine), time: moment(time) });
  }
  return t("The administrator and one more person open today again: motcua day reopen.");
}

/**
 * @param {Api.Clock} clock
 * @param {Say} say
 */
function answers(clock, say) {
  /** @param {string} label @param {() => void} run */
  const button = (label, run) => h("button.button", { type: "button", onclick: run }, label);
  /** @param {"machine" | "date"} right */
  const answer = (right) => () => confirmed({ right }, say);
  return [
    clock.doubt === "started" && button(t("It is still {date}", { date: dayText(clock.business_date) }), answer("date")),
    clock.machine_possible && button(t("The machine is right: {machine}", { machine: moment(clock.machine_time) }), answer("machine")),
    button(t("Type the time…"), () => typeTime(say)),
  ];
}

/**
 * @param {Api.ClockWord} word
 * @param {Say} say
 */
async function confirmed(word, say) {
  try {
    await say(word);
  } catch (error) {
    refusedWindow(refusal(error));
  }
}

/** @param {unknown} error */
const refusal = (error) => (error instanceof Problem ? error.title : t("Lost the service, connecting again"));

/** @param {string} said */
const refusedWindow = (said) => open(t("This did not work. Nothing was changed."), (close) => [h("p", {}, said), h("button.button.primary", { type: "button", onclick: close }, t("Close"))]);

/** @param {Say} say */
function typeTime(say) {
  const at = h("input", { type: "datetime-local", required: true, "aria-label": t("Date and time now") });
  const said = h("p.said", { role: "alert" });
  open(t("What time is it now?"), (close) => [h("form.typedtime", { onsubmit: (event) => { event.preventDefault(); send(close); } },
    h("p", {}, t("Read it from a watch or a telephone.")), at, said,
    h("div.answers", {}, h("button.button.primary", { type: "submit" }, t("This is the time")), h("button.button", { type: "button", onclick: close }, t("Close"))))]);
  at.focus();
  /** @param {() => void} close */
  async function send(close) {
    try {
      await say({ right: "given", local_time: at.value });
      close();
    } catch (error) {
      fill(said, refusal(error));
    }
  }
}

/**
 * @param {string} heading
 * @param {(close: () => void) => Dom.Child[]} content
 */
function open(heading, content) {
  /** @type {HTMLDialogElement} */
  const box = h("dialog.window.clockwindow", {}, h("h2", {}, heading));
  box.append(...content(() => box.close()).filter((one) => one instanceof Node));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}
