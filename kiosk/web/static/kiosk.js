// The touch kiosk: which screen is shown, the service behind it, and one ticket for one tap.

import { api, newKey, pause, Problem, ready, Unreachable } from "./lib/api.js";
import { $, fill, h } from "./lib/dom.js";
import { fit, guard } from "./lib/fit.js";
import { closed, home, priority, service } from "./lib/kiosk_choose.js";
import { code, dossier } from "./lib/kiosk_dossier.js";
import { top } from "./lib/kiosk_frame.js";
import { down, papers, procedure, rate, stillThere } from "./lib/kiosk_more.js";
import { watchPrinter, WELL } from "./lib/kiosk_printer.js";
import { ticket } from "./lib/kiosk_ticket.js";
import { follow } from "./lib/stream.js";
import { hush, say, touched } from "./lib/voice.js";
import { currentLanguage, shown, speak, t } from "./lib/words.js";

const SCREENS = { home, service, priority, ticket, closed, code, dossier, papers, procedure, rate, down };
const IDLE_MS = 60000;
const SPEAK_MS = 600;
const GUARD_MS = 250;
const LONG_MS = 3000; // a finger that never goes holds up nothing longer
const BETWEEN_MS = 3000;
const PER_MINUTE = 20;
const PROOF_MS = 4000;
const RETRY_MS = 3000;
const BOARD_MS = 20000;
const UNPROVEN = ["QUEUED", "SENDING"];

const stage = $("#stage");
const parts = { place: h("div.place"), bar: h("footer.bar"), over: h("div.over", { hidden: true }), note: h("div.note", { hidden: true }) };

class Kiosk {
  board = null;
  printer = WELL;
  full = new Set();
  name = "";
  data = {};
  view = null;
  changed = -1000;
  pressed = -LONG_MS;
  missed = false;
  lastTouch = Date.now();
  taken = [];
  busy = false;
  printingLate = false;
  asking = null;
  turn = 0;

  show(name, data = {}) {
    const wanted = name === "home" && !this.board.open ? "closed" : name;
    this.turn += 1;
    this.view?.stop?.();
    [this.name, this.data, this.changed] = [wanted, data, performance.now()];
    this.printingLate = false;
    this.draw();
    this.speakSoon(this.turn);
  }

  draw() {
    this.view = SCREENS[this.name](this, this.data);
    stage.dataset.screen = this.name;
    fill(parts.place, this.view.node);
    this.drawBar(this.view.bar);
    this.view.start?.();
  }

  /** Draw anew what is live, but never under a finger: its touch would be lost. */
  redraw() {
    if (!this.view?.live || this.busy || !parts.over.hidden) return;
    if (performance.now() - this.pressed < LONG_MS) this.missed = true;
    else this.draw();
  }

  /** A finger comes down or goes; its click comes before what waits for it. */
  press(down) {
    this.pressed = down ? performance.now() : -LONG_MS;
    if (!down && this.missed) setTimeout(() => { this.missed = false; this.printerSpoke(); });
  }

  /** A ticket tells what became of its slip; other screens are drawn anew. */
  printerSpoke() {
    if (this.name !== "ticket") this.redraw();
    else if (performance.now() - this.pressed < LONG_MS) this.missed = true;
    else this.view.update({});
  }

  drawBar(keys) {
    fill(parts.bar, keys);
    parts.bar.hidden = keys.length === 0;
  }

  back() {
    this.show(this.view.back || "home");
  }

  isFull(code) {
    return this.full.has(code);
  }

  /** A sentence over the screen for a few seconds. */
  note(text) {
    fill(parts.note, text);
    parts.note.hidden = false;
    clearTimeout(this.noteTimer);
    this.noteTimer = setTimeout(() => { parts.note.hidden = true; }, 5000);
    say(text);
  }

  async speakSoon(turn) {
    hush();
    await pause(SPEAK_MS);
    if (turn === this.turn && !this.view.quiet) this.speakAgain(1);
  }

  speakAgain(rate = 0.85) {
    const words = typeof this.view.say === "function" ? this.view.say() : this.view.say || [];
    say(words, { rate, volume: this.name === "dossier" ? 0.6 : 1 });
  }

  speakLanguage(code) {
    speak(code);
    if (this.view.bar.length) this.draw();
    this.speakAgain(1);
  }

  async callOfficer() {
    if (this.calling) return;
    this.calling = true;
    try {
      await api("POST", "help", { where: "kiosk" }, { idempotencyKey: newKey() });
      this.note(t("An officer has been told and is coming."));
    } catch (error) {
      this.failed(error);
    } finally {
      setTimeout(() => { this.calling = false; }, BETWEEN_MS);
    }
  }

  /** One ticket for one tap, whatever is touched meanwhile and however often the line drops. */
  async take(service, priority) {
    if (this.busy) return;
    const now = Date.now();
    this.taken = this.taken.filter((at) => now - at < 60000);
    if (this.taken.length >= PER_MINUTE) {
      this.note(t("Please wait a moment and touch again."));
      return;
    }
    this.busy = true;
    try {
      await pause(Math.max(0, (this.taken.at(-1) || 0) + BETWEEN_MS - now));
      this.taken.push(Date.now());
      const made = await this.issue({ service, priority, language: currentLanguage() });
      this.show("ticket", { ticket: made });
      this.watchPrinting(made, this.turn);
    } catch (error) {
      this.refused(error, service);
    } finally {
      this.busy = false;
    }
  }

  async issue(body) {
    const idempotencyKey = newKey();
    for (let tries = 1; ; tries += 1) {
      try {
        return await api("POST", "tickets", body, { idempotencyKey });
      } catch (error) {
        if (tries >= 3 || (error instanceof Problem && error.status < 500)) throw error;
        await pause(500);
      }
    }
  }

  async refused(error, service) {
    if (error instanceof Problem && error.code === "limit-reached") {
      this.full.add(service);
      this.show("service");
      this.note(t("No more numbers today"));
    } else if (error instanceof Problem && error.code === "closed") {
      await this.refresh();
      this.show("home");
    } else if (error instanceof Problem && error.code === "too-many") {
      this.note(t("Please wait a moment and touch again."));
    } else {
      this.failed(error);
    }
  }

  failed(error) {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
    if (error instanceof Unreachable || error.status >= 500) this.show("down");
    else this.note(error.title);
  }

  /** Ask for the ticket until the printer reported what became of its slip. */
  async watchPrinting(made, turn) {
    const began = performance.now();
    let state = made.print.state;
    while (this.turn === turn && UNPROVEN.includes(state)) {
      await pause(400);
      const fresh = await this.ticketNow(made.id);
      if (this.turn !== turn) return;
      const late = performance.now() - began > PROOF_MS;
      if (fresh === null ? late === this.printingLate : fresh.print.state === state && late === this.printingLate) continue;
      this.printingLate = late;
      state = fresh ? fresh.print.state : state;
      this.view.update({ print: fresh ? fresh.print : made.print, state: fresh ? fresh.state : made.state });
    }
  }

  async ticketNow(id) {
    try {
      return await api("GET", `tickets/${id}`);
    } catch (error) {
      if (error instanceof Problem || error instanceof Unreachable) return null;
      throw error;
    }
  }

  async cancel(made) {
    if (this.busy) return;
    this.busy = true;
    try {
      await api("POST", `tickets/${made.id}/cancel`, { reason: null }, { idempotencyKey: newKey() });
      this.show("service");
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  /** A new snapshot of the queues; true when the service answered. */
  async refresh() {
    try {
      const board = await api("GET", "board");
      if (this.board && board.business_date !== this.board.business_date) this.full.clear();
      this.board = board;
    } catch (error) {
      if (error instanceof Problem || error instanceof Unreachable) return false;
      throw error;
    }
    if (this.name === "home" || this.name === "closed") this.name = this.board.open ? "home" : "closed";
    this.redraw();
    return true;
  }

  refreshSoon() {
    this.soon = this.soon || setTimeout(async () => {
      this.soon = null;
      if (!(await this.refresh())) this.goDown();
    }, 300);
  }

  goDown() {
    if (["home", "service", "priority", "closed"].includes(this.name)) this.show("down");
  }

  /** On choice screens a minute without a touch asks whether somebody is still there. */
  watchIdle() {
    if (!["service", "priority", "code", "papers", "procedure", "rate"].includes(this.name)) return;
    if (this.asking || Date.now() - this.lastTouch < IDLE_MS) return;
    this.asking = stillThere(this);
    fill(parts.over, this.asking.node);
    parts.over.hidden = false;
    say(t("Are you still there?"));
  }

  stay() {
    this.asking?.stop();
    this.asking = null;
    parts.over.hidden = true;
    this.lastTouch = Date.now();
  }

  leave() {
    this.stay();
    this.show("home");
  }

  async keepTrying() {
    for (let asked = 0; ; ) {
      await pause(RETRY_MS);
      if (this.name !== "down" && performance.now() - asked < BOARD_MS) continue;
      asked = performance.now();
      if (!(await this.refresh())) this.goDown();
      else if (this.name === "down") this.show("home");
    }
  }
}

async function main() {
  const app = new Kiosk();
  fit(stage, 1080, 1920);
  fill(stage, h("div.band"), top(), parts.place, parts.bar, parts.note, parts.over);
  guard(stage, () => app.changed, GUARD_MS);
  for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, () => app.press(false), true);
  document.addEventListener("pointerdown", () => {
    app.press(true);
    touched();
    app.lastTouch = Date.now();
    app.view?.touched?.();
  }, true);
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  await ready();
  app.board = { open: false, queues: [], next_opening: null };
  if (await app.refresh()) app.show("home");
  else app.show("down");
  app.printer = watchPrinter(() => app.printerSpoke());
  follow({ onEvent: (event) => { app.printer.onEvent(event); app.refreshSoon(); }, onOpen: () => app.refreshSoon(), onReset: () => location.reload() });
  setInterval(() => app.watchIdle(), 1000);
  app.keepTrying();
  setInterval(() => api("POST", "devices/heartbeat", { state: "online", screen: app.name }).catch((error) => {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
  }), 15000);
  document.documentElement.lang = shown.office.languages[0] || "vi";
}

main();
