// Looking up a dossier: its code by keypad or scanner, then its way as a knotted cord.

import { api, Problem } from "./api.js";
import { bold, dateText, dayName, daysBetween, fill, h, local } from "./dom.js";
import { bar, doneKey, heading, helpKey, listenKey } from "./kiosk_frame.js";
import { ring } from "./ring.js";
import { picto, sign } from "./signs.js";
import { shown, t } from "./words.js";

const CLEAR_S = 20;
const PATTERNS = { first: "NNN.NN.NN.HNN-NNNNNN-NNNN", second: "HNN.NN.NN-NNNNNN-NNNN" };

/** What was typed, laid into the printed pattern: signs between the digits come by themselves. */
function laid(typed) {
  const pattern = typed.startsWith("H") ? PATTERNS.second : PATTERNS.first;
  const digits = [...typed.replace(/\D/g, "")];
  let text = "";
  for (const place of pattern) {
    if (place === "N" && digits.length === 0) break;
    text += place === "N" ? digits.shift() : place;
  }
  return { text: typed ? text : "", rest: pattern.slice(typed ? text.length : 0), whole: text.length === pattern.length };
}

export function code(app) {
  const state = { typed: "", scanned: "", busy: false };
  const field = h("div.code", { "aria-live": "polite" });
  const message = h("p.message");
  const go = h("button.key.go", { onclick: () => search(laid(state.typed).text) }, picto("search"), h("span", {}, t("Show the dossier")));
  const draw = () => {
    const { text, rest, whole } = laid(state.typed);
    fill(field, h("b", {}, text), h("span", {}, rest));
    go.disabled = !whole || state.busy;
  };
  const press = (sign) => {
    message.textContent = "";
    if (sign === "←") state.typed = state.typed.slice(0, -1);
    else if (sign !== "H" || state.typed === "") state.typed = laid(state.typed).whole ? state.typed : state.typed + sign;
    draw();
  };
  const search = async (wanted) => {
    if (state.busy) return;
    state.busy = true;
    draw();
    try {
      const found = await api("GET", `dossiers/${encodeURIComponent(wanted)}`);
      app.show("dossier", { dossier: found });
    } catch (error) {
      if (error instanceof Problem && error.status < 500) message.textContent = refusal(error);
      else app.failed(error);
    } finally {
      state.busy = false;
      state.typed = "";
      draw();
    }
  };
  const scan = (event) => {
    if (event.key === "Enter" && state.scanned.length >= 8) search(state.scanned);
    if (event.key === "Enter") state.scanned = "";
    else if (event.key.length === 1) state.scanned += event.key;
  };
  const pad = [..."123456789", "H", "0", "←"].map((sign) => h("button", { onclick: () => press(sign) }, sign === "←" ? picto("left") : sign));
  const node = h("main.entry", {}, heading(t("Look up a dossier"), t("Scan the appointment slip, or type the code printed on it.")),
    field, message, h("div.pad", {}, pad), go);
  return {
    node, bar: bar(app, true), back: "home", say: [t("Look up a dossier"), t("Scan the appointment slip, or type the code printed on it.")],
    start: () => { draw(); document.addEventListener("keydown", scan); }, stop: () => document.removeEventListener("keydown", scan),
  };
}

const refusal = (error) => (error.code === "too-many" ? t("Please call an officer.") : t("Not found. Please look at the code on the appointment slip again."));

const HEADINGS = {
  registered: "Your dossier has been received", received: "Your dossier has been received", processing: "Your dossier is being worked on",
  papers_asked: "Your dossier needs more papers", payment_asked: "Your dossier waits for a payment", ready: "Your result is ready",
  returned: "Your result has been handed over", refused: "Please ask an officer about this dossier",
  withdrawn: "This dossier was withdrawn", stopped: "Please ask an officer about this dossier",
};
const PLACE = { registered: 0, received: 0, processing: 2, papers_asked: 2, payment_asked: 2, ready: 3, returned: 4, refused: 2, withdrawn: 2, stopped: 2 };
const THIRD = { papers_asked: "More papers needed", payment_asked: "Payment needed", refused: "Stopped", withdrawn: "Withdrawn", stopped: "Stopped" };
const THIRD_BELOW = { processing: "An officer is working on it", papers_asked: "Please bring them to the counter", payment_asked: "Please pay at the counter" };

function knots(found) {
  const zone = shown.office.timezone;
  const day = (moment, words) => (moment ? t(words, { date: dateText(new Date(moment), zone, false) }) : "");
  const at = PLACE[found.step] ?? 2;
  const below = THIRD_BELOW[found.step] && at === 2 ? t(THIRD_BELOW[found.step]) : "";
  const rows = [
    ["list", t("Dossier received"), day(found.received_at, "{date}")], ["check", t("Papers checked"), ""],
    ["person", t(THIRD[found.step] || "Being worked on"), below],
    ["result", t("Result"), found.finished_at ? day(found.finished_at, "{date}") : day(found.due_at, "Due {date}")],
  ];
  return rows.map(([icon, title, text], index) => {
    const kind = index < at ? "done" : index === at ? "now" : "later";
    return h(`div.knot.${kind}`, {}, h("span.bead", {}, kind === "done" && picto("check")), h("div", {}, h("b", {}, title), text && h("small", {}, text)), picto(icon));
  });
}

function dueBox(found) {
  if (["returned", "withdrawn", "refused", "stopped"].includes(found.step) || !found.due_at) return null;
  const zone = shown.office.timezone;
  const due = local(new Date(found.due_at), zone);
  const days = daysBetween(new Date(), new Date(found.due_at), zone);
  const title = found.step === "ready" ? t("Please come and take it") : days > 0 ? t("Due in {count} days", { count: days }) : t("Due on {date}", { date: `${due.day}/${due.month}` });
  const result = shown.services.find((service) => service.pictogram === "result");
  const text = found.late && found.step !== "ready" ? t("The dossier is late. We are sorry.")
    : t("On time. When you come, take a number at *{name}*.", { name: result ? result.name : t("Result") });
  return h("div.due", { class: found.late && found.step !== "ready" ? "late" : "" },
    h("div.leaf", {}, h("i", {}, t("Month {month}", { month: due.month })), h("b", {}, due.day), h("span", {}, dayName(due.weekday))),
    h("div", {}, h("h2", {}, title), h("p", {}, bold(text))));
}

export function dossier(app, { dossier: found }) {
  const service = shown.services.find((one) => one.fields.includes(found.field));
  const title = t(HEADINGS[found.step] || "Your dossier is being worked on");
  const counting = ring(CLEAR_S, () => app.show("home"));
  const below = h("span", {}, `${t("Dossier code")} `, h("b", {}, found.code_masked), ` · ${found.field}`);
  const node = h("main.dossier", {}, heading(title, below, service && sign(service)), h("div.cordbox", {}, knots(found)), dueBox(found));
  return {
    node, bar: [listenKey(app), helpKey(app), doneKey(t("Done, clear the screen"), counting, () => app.show("home"))],
    say: [title], touched: () => counting.restart(), stop: () => counting.stop(),
  };
}
