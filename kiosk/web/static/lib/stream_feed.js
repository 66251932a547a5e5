// One line for many pages of a browser: each page is told what lies behind the event that it knows, once and in order.

import { StreamLine } from "./stream_line.js";

const KEPT = 500; // events for pages that join later; who knows less has the line opened anew

/**
 * A page as a feed sees it; `after` and `epoch` are what it knows.
 * @typedef {object} FeedPage
 * @property {(message: Api.StreamMessage) => void} post
 * @property {string | null} token
 * @property {number | null} after
 * @property {string | null} epoch
 * @property {number} retryMs
 * @property {number} jitterMs
 */

export class Feed {
  /** @type {FeedPage[]} */
  pages = [];
  /** @type {StreamLine | null} */
  line = null;
  isOpen = false;
  /** @type {{ seq: number, event: Api.Event }[]} */
  kept = [];
  /** @type {number | null} */
  first = null; // `kept` holds every event behind this one; null while nobody knows where the line began

  /** @param {(listener: import("./stream_line.js").LineListener, after: number | null, epoch: string | null) => StreamLine} [makeLine] */
  constructor(makeLine = (listener, after, epoch) => new StreamLine(listener, after, epoch)) {
    this.makeLine = makeLine;
  }

  /** @param {FeedPage} page */
  join(page) {
    this.pages.push(page);
    page.post({ kind: "welcome" });
    if (!this.line || this.isElsewhere(page)) this.restart(page.after, page.epoch);
    else if (page.after === null) page.after = this.line.after;
    else if (this.first === null || page.after < this.first) this.restart(page.after, page.epoch);
    else for (const { seq, event } of this.kept) this.tell(page, event, seq);
    this.line?.rest(Math.min(...this.pages.map((one) => one.retryMs)), Math.min(...this.pages.map((one) => one.jitterMs)));
    if (this.isOpen) page.post({ kind: "open" });
  }

  /** @param {FeedPage} page */
  leave(page) {
    this.pages = this.pages.filter((one) => one !== page);
    if (this.pages.length === 0) this.stop();
  }

  /**
   * Whether a page knows another epoch than the line; the other pages then take a new look as well.
   * @param {FeedPage} page
   */
  isElsewhere(page) {
    const known = this.line?.epoch;
    if (!known || !page.epoch || known === page.epoch) return false;
    this.dismiss((one) => one !== page, { kind: "reset" });
    return true;
  }

  /**
   * @param {number | null} after
   * @param {string | null} epoch
   */
  restart(after, epoch) {
    const known = epoch ?? this.line?.epoch ?? null;
    this.stop();
    this.first = after;
    const line = this.makeLine({
      token: () => this.pages[0]?.token ?? null,
      onOpen: () => {
        this.isOpen = true;
        this.tellAll({ kind: "open" });
      },
      onHeard: () => this.tellAll({ kind: "heard" }),
      onEvent: (event, seq) => this.take(event, seq),
      onClosed: () => {
        this.isOpen = false;
        this.tellAll({ kind: "closed" });
      },
      onRefused: (status, token) => this.onRefused(status, token),
    }, after, known);
    this.line = line;
    line.start();
  }

  stop() {
    this.line?.end();
    this.line = null;
    this.isOpen = false;
    this.kept = [];
  }

  /**
   * @param {Api.Event} event
   * @param {number | null} seq
   */
  take(event, seq) {
    if (seq === null) return;
    this.first ??= seq - 1;
    this.kept.push({ seq, event });
    if (this.kept.length > KEPT) this.first = this.kept.shift()?.seq ?? null;
    for (const page of this.pages) this.tell(page, event, seq);
  }

  /**
   * @param {FeedPage} page
   * @param {Api.Event} event
   * @param {number} seq
   */
  tell(page, event, seq) {
    if (page.after !== null && seq <= page.after) return;
    page.after = seq;
    page.post({ kind: "event", event });
  }

  /** @param {Api.StreamMessage} message */
  tellAll(message) {
    for (const page of this.pages) page.post(message);
  }

  /**
   * A token that counts no more ends the pages that use it; another epoch ends all, and they begin anew.
   * @param {number} status
   * @param {string | null} token
   */
  onRefused(status, token) {
    if (status === 401) this.dismiss((page) => page.token === token, { kind: "lost", token });
    if (status === 409) this.dismiss(() => true, { kind: "reset" });
    return this.pages.length > 0;
  }

  /**
   * @param {(page: FeedPage) => boolean} whom
   * @param {Api.StreamMessage} message
   */
  dismiss(whom, message) {
    const dismissed = this.pages.filter(whom);
    this.pages = this.pages.filter((page) => !whom(page));
    for (const page of dismissed) page.post(message);
    if (this.pages.length === 0) this.stop();
  }
}
