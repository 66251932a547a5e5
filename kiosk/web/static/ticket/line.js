// How the phone learns of its ticket: by the live stream of the queue, which needs no signing in; where that is not to be
// had, by asking now and then. A phone that wakes asks at once.

import { request } from "../lib/http.js";
import { SILENCE_MS, StreamLine } from "../lib/stream_line.js";
import { phoneHeaders } from "./kept.js";

const WAIT_MS = 8000;
const [ASK_MS, ASK_LIVE_MS] = [10000, 60000];
const [SOON_MS, SPREAD_MS] = [200, 1000];
const [FULL_REST_MS, FULL_JITTER_MS] = [30000, 30000];
const [RETRY_MS, JITTER_MS] = [1000, 500];

/**
 * `onTicket`: as the service tells of it now, and whether it was just called or called again; `onGone`: it is of another
 * day; `onLine`: whether what is shown is as it is now; `onOpen`: a line was opened, of a service that may be another now.
 * @typedef {object} TicketListener
 * @property {string} number once it is known, else ""
 * @property {string} service
 * @property {(ticket: Api.PublicTicket, isCalled: boolean) => void} onTicket
 * @property {() => void} onGone
 * @property {(isLive: boolean) => void} onLine
 * @property {() => void} onOpen
 */

export class TicketLine {
  isLive = false;
  isGone = false;
  /** Nothing was asked yet since the line was opened. */
  isBehind = true;
  lastHeard = 0;
  askedAt = 0;
  calls = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  soon = undefined;
  /** @type {StreamLine | null} */
  line = null;

  /**
   * @param {string} token of the ticket's address
   * @param {TicketListener} listener
   */
  constructor(token, listener) {
    this.token = token;
    this.listener = listener;
  }

  start() {
    this.open();
    this.load();
    setInterval(() => this.look(), 1000);
    const wake = () => { if (!document.hidden) this.wake(); };
    document.addEventListener("visibilitychange", wake);
    addEventListener("pageshow", wake);
    addEventListener("online", wake);
  }

  open() {
    this.line?.end();
    const line = new StreamLine({
      token: () => null,
      onOpen: () => {
        this.isBehind = true;
        line.rest(RETRY_MS, JITTER_MS);
        this.load();
        this.listener.onOpen();
      },
      onHeard: () => {
        this.lastHeard = Date.now();
        if (!this.isLive && !this.isBehind) this.setLive(true);
      },
      onEvent: (event) => this.take(event.data),
      onClosed: () => this.setLive(false),
      onRefused: (status) => this.refused(status),
    }, null, null, `/api/v1/public/stream/${this.token}`);
    this.line = line;
    line.rest(RETRY_MS, JITTER_MS);
    line.start();
  }

  /** @param {number} status */
  refused(status) {
    if (status === 404) this.load(); // which learns whether the day is over
    if (status === 429) this.line?.rest(FULL_REST_MS, FULL_JITTER_MS);
    return !this.isGone;
  }

  /** @param {{ numbers: string[], services: string[], called: string[] }} moved */
  take({ numbers, services, called }) {
    const { number, service } = this.listener;
    if (called.includes(number)) this.calls += 1;
    if (numbers.includes(number)) this.load();
    else if (services.includes(service) || services.includes("*")) this.loadSoon();
  }

  loadSoon() {
    this.soon = this.soon || setTimeout(() => { this.soon = undefined; this.load(); }, SOON_MS + Math.random() * SPREAD_MS);
  }

  /** A phone that slept has a dead line and old figures. */
  wake() {
    if (this.isGone) return;
    if (Date.now() - this.lastHeard > SILENCE_MS) this.open();
    this.load();
  }

  look() {
    if (Date.now() - this.askedAt > (this.isLive ? ASK_LIVE_MS : ASK_MS)) this.load();
  }

  async load() {
    if (this.isGone) return;
    this.askedAt = Date.now();
    const calls = this.calls;
    try {
      const response = await request("GET", `public/tickets/${this.token}`, null, { headers: phoneHeaders(this.token), waitMs: WAIT_MS });
      if (response.status === 404) this.end();
      else if (response.ok) this.tell(await response.json(), calls);
    } catch {
      this.setLive(false);
    }
  }

  /**
   * @param {Api.PublicTicket} ticket
   * @param {number} calls that were known when it was asked
   */
  tell(ticket, calls) {
    this.isBehind = false;
    this.setLive(Date.now() - this.lastHeard <= SILENCE_MS);
    this.calls = 0;
    this.listener.onTicket(ticket, calls > 0);
  }

  end() {
    this.isGone = true;
    this.line?.end();
    this.listener.onGone();
  }

  /** @param {boolean} isLive */
  setLive(isLive) {
    this.isLive = isLive;
    this.listener.onLine(isLive);
  }
}
