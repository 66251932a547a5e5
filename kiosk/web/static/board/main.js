// The waiting room's screen as a page: a snapshot, then the stream; never an old number as a fresh one.

import { local } from "../lib/dates.js";
import { watchConfiguration } from "../lib/configuration.js";
import { byId, fill, h } from "../lib/dom.js";
import { api, beat, ready } from "../lib/api.js";
import { followLive } from "../lib/liveness.js";
import { shrink } from "../lib/shrink.js";
import { shown, t } from "../lib/words.js";
import { CallScheduler } from "./call_scheduler.js";
import { apply, callOf, fromSnapshot, undoneBy } from "./fold.js";
import { inParts } from "./notices.js";
import { closedPage, dossierTable, picture, procedures } from "./pages.js";
import { pageOf, rowsAt, SERVICES_AT_ONCE } from "./paging.js";
import { progress } from "./progress.js";
import { closedFor, inOrder, isCalm, isFull, isLate, pageAt, TURN_S } from "./turns.js";
import { callPanel, header, lastCalls, lost, notice, rows, sinceWords, spoken, waiting } from "./views.js";

const [NOTICE_S, GROUP_MS, CALM_MS, BEAT_MS, RETRY_MS, STEP_MS, WRONG_CLOCK_MS] = [15, 60, 30000, 20000, 1500, 250, 120000];
const LETTERS = "U+20-"; // the faces of common letters; of others only what is shown is loaded
const root = byId("board");
const zone = shown.office.timezone;
const settings = shown.board || { far: false, overdue_first: true, procedures_page: false, picture: [] };
const address = settings.procedures_page && shown.public_url ? `${shown.public_url.replace(/\/$/, "")}/procedures` : "";
const scheduler = new CallScheduler();
const page = {
  state: /** @type {Board.State | null} */ (null), fresh: true, heard: Date.now(), ahead: 0, stands: false, shows: "",
  calmSince: /** @type {number | null} */ (null), pending: 0,
};
const configuration = watchConfiguration(() => !scheduler.spotlight);
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
  draw();
}

async function begin() {
  await Promise.all([...document.fonts].filter((face) => face.unicodeRange.startsWith(LETTERS)).map((face) => face.load()));
  while (!(await load())) await new Promise((resolve) => { setTimeout(resolve, RETRY_MS); });
  followLive({ after: page.state?.seq, epoch: page.state?.epoch, load, onLive: freshen, onEvent: take, onOpen: configuration.check, onReset: () => location.reload() });
  setInterval(step, STEP_MS);
  setInterval(reload, CALM_MS);
  beat();
  setInterval(beat, BEAT_MS);
}

/** A newer look; calls still come by the stream, in their order. */
async function load() {
  try {
    const body = await api("GET", "board");
    if (body.time) page.ahead = Date.parse(body.time) - Date.now();
    if (page.state && body.epoch === page.state.epoch && body.seq < page.state.seq) return true;
    page.state = fromSnapshot(body, shown.services);
    draw();
    return true;
  } catch {
    return false;
  }
}

function reload() {
  page.pending = page.pending || setTimeout(() => {
    page.pending = 0;
    load();
  }, GROUP_MS);
}

/** @param {boolean} fresh */
function freshen(fresh) {
  if (page.fresh && !fresh) page.heard = trusted() ? Date.now() : serviceNow();
  page.fresh = fresh;
  draw();
}

/** @param {Api.Event} event */
function take(event) {
  configuration.hear(event);
  if (!page.state) return;
  page.state = apply(page.state, event);
  const [call, undone] = [callOf(event), undoneBy(event)];
  if (undone) scheduler.withdraw(undone.ticket, undone.since);
  if (call) scheduler.hear(call, serviceNow());
  if (page.state.doubtful) reload();
  scheduler.tick(seconds());
  draw();
}

function step() {
  scheduler.tick(seconds());
  draw();
}

/** Fewer counters with larger numbers: where the screen lies. */
const isFar = () => settings.far && !page.stands;

/** What stands on the screen now, and what it is made from; nothing is built anew while that stays the same. */
function draw() {
  const { state, fresh, heard } = page;
  if (!state) return;
  const now = serviceNow();
  const call = scheduler.spotlight?.call || null;
  page.calmSince = call || !isCalm(state) ? null : page.calmSince ?? seconds();
  const sorted = inOrder(state.progress, settings.overdue_first, now);
  const late = new Set(sorted.filter((row) => isLate(row, now)).map((row) => row.code));
  const [turn, words] = [Math.floor(seconds() / TURN_S), noticeWords(state)];
  const view = choose(state, sorted, now, call);
  const counters = rowsAt(state.rows, page.fresh ? state.calls : [], seconds(), page.stands, settings.far);
  const services = pageOf(state.services, SERVICES_AT_ONCE, seconds());
  const made = JSON.stringify([fresh, heard, call, turn, words, view, late.size, counters.place, services.place, page.stands, state.seq, state.day, state.open, state.nextOpening, local(new Date(), zone).time]);
  if (made === page.shows) return;
  page.shows = made;
  root.className = `board${page.stands ? " stands" : ""}${fresh ? "" : " stale"}${call ? " calls" : ""}`;
  fill(root, h("div.band"), header(trusted()), parts(view, { state, call, sorted, turn, late, words, now, counters, services }));
  shrink(root);
}

/**
 * @param {Board.State} state
 * @param {Board.Progress[]} sorted
 * @param {number} now
 * @param {Board.Call | null} call
 * @returns {Board.View}
 */
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

/**
 * @param {Board.View} view
 * @param {{ state: Board.State, call: Board.Call | null, sorted: Board.Progress[], turn: number, late: Set<string>, words: string, now: number, counters: ReturnType<typeof rowsAt>, services: { page: Api.Service[], place: [number, number] } }} options
 */
function parts(view, { state, call, sorted, turn, late, words, now, counters, services }) {
  switch (view.kind) {
    case "call": return call && [callPanel(call), lastCalls(state), page.fresh && waiting(state, services), spoken(call), notice(page.fresh ? words : sinceWords(page.heard))];
    case "lost": return [rows(counters, false, isFar()), lost(page.heard)];
    case "closed": return [closedPage(view.shut, state, new Date(now)), notice(words)];
    case "dossiers": return [dossierTable(view, late), notice(words)];
    case "procedures": return [procedures(address), notice(words)];
    case "picture": return [picture(view.file), notice(words)];
    default: return [rows(counters, true, isFar()), lastCalls(state), waiting(state, services), progress(sorted, turn, late), notice(words)];
  }
}

/** @param {Board.State} state */
function noticeWords(state) {
  if (state.open && isFull(state)) return t("All numbers of today are given. Who has a slip is still served.");
  const own = state.notices.filter((one) => one.language === "vi").flatMap((one) => inParts(one.text));
  return own.length ? own[Math.floor(seconds() / NOTICE_S) % own.length] : "";
}
