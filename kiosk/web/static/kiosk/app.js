// The touch kiosk: which screen is shown and the service behind it.

import { announce, keepFocus } from "../lib/announce.js";
import { api } from "../lib/api.js";
import { isCallError, pause, Problem, Unreachable } from "../lib/http.js";
import { fill } from "../lib/dom.js";
import { Finger } from "../lib/finger.js";
import { hush, say } from "../lib/voice.js";
import { currentLanguage, shown, speak, speakFirst, t } from "../lib/words.js";
import { keepTime, top } from "./frame.js";
import { stillThere } from "./more.js";
import { lay, parts, stage } from "./parts.js";
import { WELL } from "./printer.js";
import { endRating } from "./rating.js";
import { CHOICES, QUEUE_SCREENS, RESTING, SCREENS } from "./screens.js";
import { endWishes, hasWishes } from "./wishes.js";

/** @typedef {import("./screens.js").ScreenName} ScreenName */
/** @type {import("../lib/contract.js").ProblemCode[]} */
const NO_ROOM = ["storage-full", "storage-read-only"];
const [IDLE_MS, SPEAK_MS] = [60000, 600];
const [NOTE_MS, RETRY_MS, REST_MS] = [5000, 3000, 3000];
const [BOARD_MS, REFRESH_MS] = [20000, 300];
const LOOK_MS = 3000; // a service that hangs is as good as none
const LEFT_MS = 30000; // on a first screen whoever chose a language is gone by then

export class Kiosk {
  /** @type {Pick<Api.Board, "open" | "queues" | "next_opening" | "business_date" | "storage_fault" | "lost_numbers">} */
  board = { open: false, queues: [], next_opening: null, business_date: "" };
  /** @type {import("./printer.js").PrinterView} */
  printer = WELL;
  /** Services without a number left today. @type {Set<string>} */
  full = new Set();
  /** @type {ScreenName | ""} */
  name = "";
  /** @type {any} */
  data = {};
  /** @type {Touch.Screen} */
  view = { node: parts.place, bar: [] };
  changedAt = -1000;
  finger = new Finger(document);
  lastTouch = Date.now();
  /** When tickets were taken, oldest first. @type {number[]} */
  taken = [];
  /** Languages in which the office's calls are heard. @type {Set<string>} */
  spoken = new Set();
  /** What the present citizen typed, and the number that was asked for without an answer. */
  typed = "";
  /** @type {import("./tickets.js").Asked | null} */
  asked = null;
  /** The number that was taken here last. @type {{ number: string, at: number } | null} */
  last = null;
  busy = false;
  printingLate = false;
  /** @type {{ node: HTMLElement, stop(): void } | null} */
  asking = null;
  turn = 0;
  drawnTurn = 0;
  keypad = { isUsed: false, arrived() {}, words: () => /** @type {string[]} */ ([]), end() {} };
  noteTimer = 0;
  refreshTimer = 0;

  /** @param {ScreenName} name */
  show(name, data = {}) {
    this.turn += 1;
    this.name = this.isShut && ["home", this.first].includes(name) ? "closed" : name;
    this.data = data;
    this.changedAt = performance.now();
    this.printingLate = false;
    this.draw();
    this.keypad.arrived();
    this.speakSoon(this.turn);
  }

  /** The citizen before is gone: language, fields and what was asked for are those of a new day. */
  nextCitizen(screen = this.first) {
    this.forget();
    this.show(screen);
  }

  forget() {
    this.name = ""; // the screen that is left is not drawn once more for small letters: its camera would be asked for again
    this.typed = "";
    this.asked = null;
    parts.note.hidden = true;
    endRating();
    endWishes();
    this.keypad.end();
    if (currentLanguage() !== shown.office.languages[0]) speakFirst();
  }

  /** The screen on which a citizen begins. @type {ScreenName} */
  get first() {
    return shown.kiosk.start === "services" && !this.printer.informs ? "service" : "home";
  }

  /** No numbers are given now; where none are given at any time, nothing is shut. */
  get isShut() {
    return !this.board.open && !this.printer.informs;
  }

  draw() {
    if (stage.dataset.screen === this.name) keepFocus(stage, () => this.drawScreen());
    else this.drawScreen();
    announce(parts.place);
  }

  drawScreen() {
    if (!this.name) return;
    const isNew = stage.dataset.screen !== this.name || this.drawnTurn !== this.turn;
    this.drawnTurn = this.turn;
    this.view.stop?.();
    fill(parts.top, top(this));
    this.view = SCREENS[this.name](this, this.data);
    stage.dataset.screen = this.name;
    fill(parts.place, this.view.node);
    this.drawBar(this.view.bar);
    this.view.start?.();
    lay(isNew);
  }

  /** Nobody takes a number: it is a first screen, and was not touched just now. */
  get rests() {
    return RESTING.includes(this.name) && !this.busy && Date.now() - this.lastTouch > REST_MS;
  }

  /** Draw anew what is live, but never under a finger. */
  redraw() {
    if (!this.view.live || this.busy || !parts.over.hidden) return;
    if (this.finger.isDown) this.finger.spares(() => this.onPrinterChange());
    else this.draw();
  }

  /** A ticket tells what became of its slip; other screens are drawn anew. */
  onPrinterChange() {
    if (this.name !== "ticket") this.redraw();
    else if (this.finger.isDown) this.finger.spares(() => this.onPrinterChange());
    else this.update({});
  }

  /** @param {Partial<Api.Ticket>} fresh what became of the ticket that is shown */
  update(fresh) {
    keepFocus(stage, () => {
      this.view.update?.(fresh);
      lay();
    });
  }

  /** @param {Dom.Child[]} keys */
  drawBar(keys) {
    fill(parts.bar, keys);
    parts.bar.hidden = keys.length === 0;
  }

  /** To the screen from which this one is reached. */
  back() {
    this.show(/** @type {ScreenName} */ (this.view.back || "home"));
  }

  /**
   * A sentence over the screen for a few seconds.
   * @param {string} text
   */
  note(text) {
    fill(parts.note, text);
    parts.note.hidden = false;
    clearTimeout(this.noteTimer);
    this.noteTimer = setTimeout(() => { parts.note.hidden = true; }, NOTE_MS);
    say(text);
  }

  /** @param {number} turn */
  async speakSoon(turn) {
    hush();
    await pause(SPEAK_MS);
    if (turn === this.turn && (this.keypad.isUsed || !this.view.quiet)) this.speakAgain(1, this.keypad.isUsed);
  }

  speakAgain(speed = 0.85, isAsked = true) {
    const words = typeof this.view.say === "function" ? this.view.say() : this.view.say || [];
    say([words, this.keypad.words()].flat(), { rate: speed, isAsked, volume: this.name === "dossier" ? 0.6 : 1 });
  }

  /** @param {string} language */
  speakLanguage(language) {
    speak(language);
    this.draw();
    this.speakAgain(1);
  }

  /**
   * Show that a call failed; an error of another kind is thrown again.
   * @param {unknown} error
   */
  failed(error) {
    if (error instanceof Problem && NO_ROOM.includes(error.code)) this.board = { ...this.board, storage_fault: error.code };
    if (error instanceof Unreachable || (error instanceof Problem && error.status >= 500)) this.show("down");
    else if (error instanceof Problem) this.note(error.title);
    else throw error;
  }

  /** A new snapshot of the queues; true when the service answered and can give numbers. */
  async refresh() {
    try {
      const board = await api("GET", "board", null, { waitMs: LOOK_MS });
      if (board.business_date !== this.board.business_date) this.full.clear();
      this.board = board;
      if (board.storage_fault && board.open) return false;
    } catch (error) {
      if (isCallError(error)) return false;
      throw error;
    }
    if (this.name === "home" || this.name === "closed") this.name = this.isShut ? "closed" : this.name === "home" ? "home" : this.first;
    this.redraw();
    return true;
  }

  /** A new snapshot, and the resting screen while there is none; true when the service answered. */
  async look() {
    const isThere = await this.refresh();
    if (!isThere) this.goDown();
    else if (this.name === "down") this.comeBack();
    return isThere;
  }

  refreshSoon() {
    this.refreshTimer = this.refreshTimer || setTimeout(() => {
      this.refreshTimer = 0;
      this.look();
    }, REFRESH_MS);
  }

  /** The service answers again: who was choosing goes on where he was, for a minute. */
  comeBack() {
    const { asked } = this;
    if (asked && Date.now() - asked.at < IDLE_MS) this.show("priority", { service: asked.service });
    else this.nextCitizen();
  }

  goDown() {
    if (QUEUE_SCREENS.includes(this.name)) this.show("down");
  }

  /** Once a second: the clock, and whether the citizen is still there. */
  tick() {
    keepTime(parts.top);
    this.watchIdle();
  }

  /** On choice screens a minute without a touch asks whether somebody is still there. */
  watchIdle() {
    const rest = Date.now() - this.lastTouch;
    if (RESTING.includes(this.name) && rest > LEFT_MS && this.isUsed()) this.nextCitizen(this.name === "down" ? "down" : this.first);
    if (!CHOICES.includes(this.name) || this.asking || rest < IDLE_MS || (this.name === this.first && !this.isUsed())) return;
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
    this.nextCitizen();
  }

  /** Something of the present citizen is on the machine. */
  isUsed() {
    return Boolean(this.keypad.isUsed || this.typed || this.asked || this.data.page) || hasWishes() || currentLanguage() !== shown.office.languages[0];
  }

  async keepTrying() {
    for (let askedAt = 0; ; ) {
      await pause(RETRY_MS);
      if (this.name !== "down" && performance.now() - askedAt < BOARD_MS) continue;
      askedAt = performance.now();
      await this.look();
    }
  }
}
