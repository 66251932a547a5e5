// The waiting room's screen as a page: a snapshot, then the stream; never an old number as a fresh one.

import { $, fill, h, local } from "./lib/dom.js";
import { api, ready } from "./lib/api.js";
import { follow } from "./lib/stream.js";
import { shown, t } from "./lib/words.js";
import { Director } from "./board/director.js";
import { apply, callOf, fromSnapshot, undoneBy } from "./board/fold.js";
import { inParts } from "./board/notices.js";
import { closedPage, dossierTable, picture, procedures } from "./board/pages.js";
import { progress } from "./board/progress.js";
import { shrink } from "./board/shrink.js";
import { closedFor, inOrder, isCalm, isFull, isLate, pageAt, TURN_S } from "./board/turns.js";
import { callPanel, header, lastCalls, lost, notice, rows, sinceWords, spoken, waiting } from "./board/views.js";

const [NOTICE_S, GROUP_MS, CALM_MS, BEAT_MS, RETRY_MS, STEP_MS, WRONG_CLOCK_MS] = [15, 60, 30000, 20000, 1500, 250, 120000];
const root = $("#board");
const zone = shown.office.timezone;
const settings = shown.board || { overdue_first: true, procedures_page: false, picture: [] };
const address = settings.procedures_page && shown.public_url ? `${shown.public_url.replace(/\/$/, "")}/procedures` : "";
const director = new Director();
const page = { state: null, fresh: true, heard: Date.now(), ahead: 0, calmSince: null, pending: null, shows: "" };
const seconds = () => performance.now() / 1000;
/** The service's clock, in ms. */
const serviceNow = () => Date.now() + page.ahead;
const trusted = () => Math.abs(page.ahead) < WRONG_CLOCK_MS;

addEventListener("resize", scale);
scale();
ready().then(begin);

function scale() {
  const stands = innerHeight > innerWidth;
  const [width, height] = stands ? [1080, 1920] : [1920, 1080];
  const factor = Math.min(innerWidth / width, innerHeight / height);
  page.stands = stands;
  root.style.transform = `translate(${(innerWidth - width * factor) / 2}px, ${(innerHeight - height * factor) / 2}px) scale(${factor})`;
  if (page.state) draw();
}

async function begin() {
  await Promise.all([...document.fonts].map((face) => face.load()));
  while (!(await load())) await new Promise((resolve) => { setTimeout(resolve, RETRY_MS); });
  follow({ after: page.state.seq, epoch: page.state.epoch, onEvent: take, onFresh: freshen, onReset: () => location.reload(), retryMs: 500, jitterMs: 500 });
  setInterval(step, STEP_MS);
  setInterval(reload, CALM_MS);
  const beat = () => api("POST", "devices/heartbeat", { state: "online" }).catch(() => null);
  beat();
  setInterval(beat, BEAT_MS);
}

/** A newer look; calls still come by the stream, in their order. */
async function load() {
  try {
    const body = await api("GET", "board");
    if (body.time) page.ahead = Date.parse(body.time) - Date.now();
    if (page.state && body.epoch === page.state.epoch && body.seq < page.state.seq) return true;
    page.state = fromSnapshot(body);
    draw();
    return true;
  } catch {
    return false;
  }
}

function reload() {
  page.pending = page.pending || setTimeout(() => { page.pending = null; load(); }, GROUP_MS);
}

function freshen(fresh) {
  if (page.fresh && !fresh) page.heard = trusted() ? Date.now() : serviceNow();
  page.fresh = fresh;
  if (fresh) reload();
  draw();
}

function take(event) {
  page.state = apply(page.state, event);
  const [call, undone] = [callOf(event), undoneBy(event)];
  if (undone) director.withdraw(undone.ticket, undone.since);
  if (call) director.hear(call, serviceNow());
  if (page.state.doubtful) reload();
  director.tick(seconds());
  draw();
}

function step() {
  director.tick(seconds());
  draw();
}

/** What stands on the screen now, and what it is made from; nothing is built anew while that stays the same. */
function draw() {
  const { state, fresh, heard } = page;
  const now = serviceNow();
  const call = director.spotlight?.call || null;
  page.calmSince = call || !isCalm(state) ? null : page.calmSince ?? seconds();
  const sorted = inOrder(state.progress, settings.overdue_first, now);
  const late = new Set(sorted.filter((row) => isLate(row, now)).map((row) => row.code));
  const [turn, words] = [Math.floor(seconds() / TURN_S), noticeWords(state)];
  const view = choose(state, sorted, now, call);
  const made = JSON.stringify([fresh, heard, call, turn, words, view, late.size, page.stands, state.seq, state.day, state.open, state.nextOpening, local(new Date(), zone).time]);
  if (made === page.shows) return;
  page.shows = made;
  root.className = `board${page.stands ? " stands" : ""}${fresh ? "" : " stale"}${call ? " calls" : ""}`;
  fill(root, h("div.band"), header(trusted()), parts(view, { state, call, sorted, turn, late, words, now }));
  shrink(root);
}

function choose(state, sorted, now, call) {
  if (call) return { kind: "call" };
  if (!page.fresh) return { kind: "lost" };
  const at = local(new Date(now), zone);
  const opening = state.nextOpening && local(new Date(state.nextOpening), zone);
  const shut = closedFor(state, shown.office, at, Boolean(opening && opening.day === at.day && opening.month === at.month));
  if (shut) return { kind: "closed", shut };
  const today = `${at.year}-${String(at.month).padStart(2, "0")}-${String(at.day).padStart(2, "0")}`;
  const others = { procedures: address, pictures: settings.picture, today };
  return page.calmSince === null ? { kind: "board" } : pageAt(sorted, others, seconds() - page.calmSince, page.stands);
}

function parts(view, { state, call, sorted, turn, late, words, now }) {
  const around = () => [lastCalls(state), waiting(state)];
  return {
    call: () => [callPanel(call), lastCalls(state), page.fresh && waiting(state), spoken(call), notice(page.fresh ? words : sinceWords(page.heard))],
    lost: () => [rows(state, false), lost(page.heard)],
    closed: () => [closedPage(view.shut, state, new Date(now)), notice(words)],
    board: () => [rows(state, true), around(), progress(sorted, turn, late), notice(words)],
    dossiers: () => [dossierTable(view, late), notice(words)],
    procedures: () => [procedures(address), notice(words)],
    picture: () => [picture(view.file), notice(words)],
  }[view.kind]();
}

function noticeWords(state) {
  if (state.open && isFull(state)) return t("All numbers of today are given. Who has a slip is still served.");
  const own = state.notices.filter((one) => one.language === "vi").flatMap((one) => inParts(one.text));
  return own.length ? own[Math.floor(seconds() / NOTICE_S) % own.length] : "";
}
