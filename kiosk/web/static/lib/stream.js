// The live stream of the service, as a page follows it: by the line that all pages of this browser share, or by one of its
// own where the browser cannot share.

import { lost } from "./api.js";
import { role, token } from "./device.js";
import { JITTER_MS, RETRY_MS, SILENCE_MS, StreamLine } from "./stream_line.js";

const WELCOME_MS = 3000;
const WATCH_MS = 500;
const CITIZENS = new Set(["kiosk", "tablet"]);
const audience = CITIZENS.has(role) ? "citizens" : "staff"; // as the service tells them apart

/**
 * What a page wants of the stream. `onFresh`: false after 5 s of silence or a closed line, true when it speaks again;
 * `onReset`: another epoch began, take a new snapshot; `onOpen`: a line was opened anew; `retryMs`, `jitterMs`: how long
 * a closed line rests before it is tried again, at least and by chance.
 * @typedef {object} Following
 * @property {number | null} [after] the last event that is known
 * @property {string | null} [epoch]
 * @property {(event: Api.Event) => void} [onEvent]
 * @property {(isFresh: boolean) => void} [onFresh]
 * @property {() => void} [onReset]
 * @property {() => void} [onOpen]
 * @property {number} [retryMs]
 * @property {number} [jitterMs]
 */

class EventStream {
  isFresh = /** @type {boolean | null} */ (null);
  lastHeard = Date.now();
  /** @type {MessagePort | null} */
  port = null;
  isWelcome = false;

  /** @param {Following} following */
  constructor(following) {
    this.following = following;
    this.after = following.after ?? null;
    this.epoch = following.epoch ?? null;
  }

  begin() {
    this.port = this.sharedPort();
    if (!this.port) return this.goAlone();
    addEventListener("pagehide", () => this.port?.postMessage({ kind: "leave" }));
    addEventListener("pageshow", (event) => { if (event.persisted) this.join(); });
    setInterval(() => this.watch(), WATCH_MS);
    return this.join();
  }

  /** Null where the browser has no shared workers; one that it cannot run is found out by its silence. */
  sharedPort() {
    try {
      const worker = new SharedWorker(new URL("./stream_worker.js", import.meta.url), { type: "module", name: "stream" });
      worker.onerror = () => this.goAlone();
      worker.port.onmessage = ({ data }) => this.take(data);
      return worker.port;
    } catch {
      return null;
    }
  }

  join() {
    const { retryMs = RETRY_MS, jitterMs = JITTER_MS } = this.following;
    this.lastHeard = Date.now();
    this.isWelcome = false;
    /** @type {Api.StreamRequest} */
    const wish = { kind: "follow", audience, token: token(), after: this.after, epoch: this.epoch, retryMs, jitterMs };
    this.port?.postMessage(wish);
  }

  /** A line that was silent too long is no longer fresh; a worker that says nothing at all is not waited for. */
  watch() {
    if (!this.port) return;
    const silence = Date.now() - this.lastHeard;
    if (silence > SILENCE_MS) this.tell(false);
    if (silence > (this.isWelcome ? 3 * SILENCE_MS : WELCOME_MS)) this.goAlone();
  }

  /** @param {Api.StreamMessage} message */
  async take(message) {
    if (!this.port) return;
    if (message.kind === "welcome") this.isWelcome = true;
    else if (message.kind === "open") this.following.onOpen?.();
    else if (message.kind === "heard") this.tell(true);
    else if (message.kind === "closed") this.tell(false);
    else if (message.kind === "event") this.onEvent(message.event, message.event.seq);
    else if (message.kind === "lost") await this.pairAgain(message.token);
    else this.onReset();
    this.lastHeard = Date.now();
  }

  /** @param {string | null} used */
  async pairAgain(used) {
    await lost(used);
    this.join();
  }

  onReset() {
    this.epoch = null;
    if (this.following.onReset) this.following.onReset();
    else this.join();
  }

  /**
   * @param {Api.Event} event
   * @param {number | null} seq
   */
  onEvent(event, seq) {
    if (seq !== null) this.after = seq;
    this.following.onEvent?.(event);
  }

  /** @param {boolean} isFresh */
  tell(isFresh) {
    if (this.isFresh === isFresh) return;
    this.isFresh = isFresh;
    this.following.onFresh?.(isFresh);
  }

  /** A line of its own, from now on. */
  goAlone() {
    this.port?.postMessage({ kind: "leave" });
    this.port = null;
    const { onReset, onOpen, retryMs = RETRY_MS, jitterMs = JITTER_MS } = this.following;
    const line = new StreamLine({
      token,
      onOpen: () => onOpen?.(),
      onHeard: () => this.tell(true),
      onEvent: (event, seq) => this.onEvent(event, seq),
      onClosed: () => this.tell(false),
      onRefused: async (status, used) => {
        if (status === 401) await lost(used);
        if (status !== 409 || !onReset) return true;
        onReset();
        return false;
      },
    }, this.after, this.epoch);
    line.rest(retryMs, jitterMs);
    line.start();
  }
}

/**
 * Follow the stream for ever.
 * @param {Following} following
 */
export function follow(following) {
  new EventStream(following).begin();
}
