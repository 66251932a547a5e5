// The waiting room's screen as a page: a snapshot, then the stream; never an old number as a fresh one.

import { $, bold, fill, h, local, longDateText } from "./lib/dom.js";
import { api, ready } from "./lib/api.js";
import { follow } from "./lib/stream.js";
import { picto, sign } from "./lib/signs.js";
import { counterOf, figures, letterOf, serviceOf, shown, t } from "./lib/words.js";
import { spelled } from "./lib/voice.js";
import { progress } from "./board/progress.js";

const [WIDTH, HEIGHT] = [1920, 1080];
const [CALL_MS, CALL_AT_LEAST_MS, MISSED_MS] = [20000, 8000, 60000];
const [NOTICE_MS, PROGRESS_MS, GROUP_MS, CALM_MS, BEAT_MS] = [15000, 12000, 60, 30000, 20000];
const root = $("#board");
const zone = shown.office.timezone;
const board = { snapshot: null, fresh: true, heard: Date.now(), calls: [], call: null, since: 0, turn: 0, notice: 0, skew: Infinity };
let pending = null;

window.addEventListener("resize", scale);
scale();
ready().then(begin);

function scale() {
  const factor = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
  root.style.transform = `translate(${(innerWidth - WIDTH * factor) / 2}px, ${(innerHeight - HEIGHT * factor) / 2}px) scale(${factor})`;
}

async function begin() {
  while (!(await load())) await new Promise((resolve) => { setTimeout(resolve, 3000); });
  follow({ after: board.snapshot.seq, epoch: board.snapshot.epoch, onEvent: take, onFresh: freshen, onReset: () => location.reload() });
  setInterval(second, 1000);
  setInterval(() => { board.notice += 1; draw(); }, NOTICE_MS);
  setInterval(() => { board.turn += 1; draw(); }, PROGRESS_MS);
  setInterval(reload, CALM_MS);
  const beat = () => api("POST", "devices/heartbeat", { state: "online" }).catch(() => null);
  beat();
  setInterval(beat, BEAT_MS);
}

async function load() {
  try {
    board.snapshot = await api("GET", "board");
    draw();
    return true;
  } catch {
    return false;
  }
}

function reload() {
  pending = pending || setTimeout(() => { pending = null; load(); }, GROUP_MS);
}

function freshen(fresh) {
  if (board.fresh && !fresh) board.heard = Date.now();
  board.fresh = fresh;
  if (fresh) reload();
  else Object.assign(board, { call: null, calls: [] });
  draw();
}

/** A call is shown large, one after another; one that is older than a minute is not called any more. */
function take(event) {
  const calling = event.type === "ticket.called" || event.type === "ticket.recalled";
  const age = Date.now() - Date.parse(event.time);
  board.skew = Math.min(board.skew, age); // the quickest event tells how far the two clocks are apart
  if (calling && age - board.skew < MISSED_MS) {
    board.calls.push({ number: event.data.number, counter: event.data.counter, again: event.type === "ticket.recalled" });
    next();
  }
  reload();
}

function next() {
  const shownMs = Date.now() - board.since;
  if (board.call && (shownMs < CALL_AT_LEAST_MS || (!board.calls.length && shownMs < CALL_MS))) return;
  board.call = board.calls.shift() || null;
  board.since = Date.now();
  draw();
}

function second() {
  if (board.call) next();
  const clock = $(".clock", root);
  if (clock) clock.textContent = local(new Date(), zone).time;
}

function draw() {
  if (!board.snapshot) return;
  const { fresh, call } = board;
  root.className = `board${fresh ? "" : " stale"}`;
  fill(root, h("div.band"), header(), fresh && call ? callPanel(call) : rows(), fresh ? [lastCalls(), waiting(call), !call && progress(board.snapshot.progress, board.turn), notices()] : offline());
}

function header() {
  const now = new Date();
  return h("header", {}, h("b.office", {}, shown.office.name), h("span.date", {}, longDateText(now, zone)), h("b.clock", {}, local(now, zone).time));
}

const ofNumber = (number) => shown.services.find((service) => service.letter === letterOf(number));
const edged = (service, edge = "#FFFFFF") => service && sign(board.fresh ? service : { ...service, colour: "#3A4740", ink: "#C2C9C3" }, { edge: board.fresh ? edge : "#7C877F" });

function rows() {
  const { snapshot } = board;
  return h("section.rows", {}, snapshot.counters.map((counter) => {
    const ticket = counter.state === "PAUSED" ? null : counter.ticket;
    const called = board.fresh && ticket?.state === "CALLED";
    return h(`div.row${called ? ".called" : ""}`, { "data-counter": counter.code }, h("b.plate", {}, counter.code),
      edged(ticket ? ofNumber(ticket.number) : serviceOf(counter.services[0]), called ? "#1D1A16" : "#FFFFFF"),
      h("b.number", {}, ticket ? figures(ticket.number) : h("i.dash")), h("span.state", {}, stateWords(counter, ticket), called && picto("right")));
  }));
}

function stateWords(counter, ticket) {
  if (!board.fresh) return t("not known");
  if (counter.state === "PAUSED") return t("Pause");
  if (!ticket) return counter.state === "OPEN" ? t("Ready") : t("Not open yet");
  return ticket.state === "CALLED" ? t("Please come") : t("Serving");
}

function callPanel({ number, counter, again }) {
  const place = counterOf(counter);
  const length = figures(number).length;
  return h("section.call", { "data-number": number },
    h("div.gold", {}, h("h1", {}, again ? t("Once more, please come", { folk: shown.office.folk }) : t("Please come, {folk} with number", { folk: shown.office.folk })),
      h("p", {}, edged(ofNumber(number), "#1D1A16"), h("b", { style: { "font-size": `${length > 3 ? 300 : 392}px` } }, figures(number)))),
    h("div.where", {}, picto(place?.direction || "right"), picto("desk"), h("b.word", {}, t("Counter")), h("b.code", {}, counter)));
}

function lastCalls() {
  return h("section.panel.last", {}, h("h2", {}, t("Just called")), board.snapshot.recent_calls.slice(0, 4).map((one, index) =>
    h("div", {}, edged(ofNumber(one.number)), h("b", {}, figures(one.number)), h(`span.arrow${index ? "" : ".now"}`, {}, picto(counterOf(one.counter)?.direction || "right")), h("span", {}, t("Counter")), h("b.code", {}, one.counter))));
}

function waiting(call) {
  return h(`section.panel.waiting${call ? ".tall" : ""}`, {}, h("h2", {}, t("Now waiting")), h("div.signs", {}, board.snapshot.queues.map((queue) =>
    h("span", {}, edged(serviceOf(queue.service)), h(`b${queue.waiting ? "" : ".zero"}`, {}, String(queue.waiting))))), call && spoken(call));
}

/** What the officer says aloud, for those who hear badly. */
function spoken({ number, counter }) {
  return h("p.spoken", {}, picto("speaker"), h("span", {}, t("“Please come, {folk} with number {number}, to counter {counter}”", { folk: shown.office.folk, number: spelled(number), counter })));
}

function notices() {
  const own = board.snapshot.notices.filter((notice) => notice.language === "vi");
  const closed = !board.snapshot.open && board.snapshot.next_opening;
  const text = closed ? t("Closed now. Numbers are given again at {time}.", { time: opening(closed) }) : own.length ? own[board.notice % own.length].text : "";
  return h("footer.notice", {}, text && picto("speech"), h("span", {}, text));
}

function opening(moment) {
  const at = local(new Date(moment), zone);
  return `${at.time}, ${at.day}/${at.month}`;
}

function offline() {
  const at = local(new Date(board.heard), zone).time;
  return [
    h("section.panel.lostline", {}, picto("wifi"), h("p", {}, bold(t("The numbers on the left are those of *{time}*", { time: at }))), h("span", {}, t("The screen connects again by itself"))),
    h("footer.offline", {}, picto("warning"), h("div", {}, h("b", {}, t("Not updated since {time}", { time: at })), h("span", {}, t("Please listen to the officer calling. Your slip stays valid.")))),
  ];
}
