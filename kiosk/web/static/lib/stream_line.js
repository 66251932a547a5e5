// One line to the live stream of the service over fetch (EventSource cannot carry a token): kept open, and resumed behind
// the last event. Knows no document and no store, so that a shared worker may run it.

import { frameReader, readFrame } from "./frames.js";

export const RETRY_MS = 2000;
export const JITTER_MS = 1000;
export const SILENCE_MS = 5000;
const WATCH_MS = 500;

/**
 * What a line tells. `onRefused` answers whether the line is to be tried again; `token` is asked at each opening.
 * @typedef {object} LineListener
 * @property {() => string | null} token
 * @property {() => void} onOpen
 * @property {() => void} onHeard anything came, be it a beat
 * @property {(event: Api.Event, seq: number | null) => void} onEvent
 * @property {() => void} onClosed it was closed, or silent for 5 s
 * @property {(status: number, token: string | null) => Promise<boolean> | boolean} onRefused
 */

export class StreamLine {
  retryMs = RETRY_MS;
  jitterMs = JITTER_MS;
  isEnded = false;
  abort = new AbortController();
  lastChunk = Date.now();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  watching = undefined;

  /**
   * @param {LineListener} listener
   * @param {number | null} after
   * @param {string | null} epoch
   * @param {string} [path] of the stream
   */
  constructor(listener, after, epoch, path = "/api/v1/stream") {
    this.listener = listener;
    this.path = path;
    this.after = after;
    this.epoch = epoch;
  }

  start() {
    this.watching = setInterval(() => this.watch(), WATCH_MS);
    this.run();
  }

  /**
   * How long a closed line rests before it is tried again, at least and by chance.
   * @param {number} retryMs
   * @param {number} jitterMs
   */
  rest(retryMs, jitterMs) {
    this.retryMs = retryMs;
    this.jitterMs = jitterMs;
  }

  end() {
    this.isEnded = true;
    clearInterval(this.watching);
    this.abort.abort();
  }

  /** A line that was silent too long is closed, and opened anew. */
  watch() {
    if (Date.now() - this.lastChunk <= SILENCE_MS) return;
    this.listener.onClosed();
    this.abort.abort();
  }

  async run() {
    while (!this.isEnded) {
      try {
        if (!(await this.open())) this.end();
      } catch (error) {
        if (!(error instanceof DOMException || error instanceof TypeError || error instanceof SyntaxError)) throw error;
      }
      if (this.isEnded) return;
      this.listener.onClosed();
      await new Promise((resolve) => { setTimeout(resolve, this.retryMs + Math.random() * this.jitterMs); });
      this.lastChunk = Date.now();
    }
  }

  /** One line from its opening to its end; false when it must not be opened again. */
  async open() {
    const used = this.listener.token();
    this.abort = new AbortController();
    /** @type {Record<string, string>} */
    const headers = { ...(used ? { Authorization: `Bearer ${used}` } : {}), Accept: "text/event-stream" };
    const response = await fetch(this.address(), { headers, signal: this.abort.signal, cache: "no-store" });
    if (!response.ok || !response.body) return this.listener.onRefused(response.status, used);
    this.listener.onOpen();
    await this.read(response.body);
    return true;
  }

  /** @param {ReadableStream<any>} body */
  async read(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    const framesOf = frameReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done || this.isEnded) return;
      this.lastChunk = Date.now();
      this.listener.onHeard();
      for (const frame of framesOf(value)) this.take(frame);
    }
  }

  /** @param {string} frame */
  take(frame) {
    const { seq, event } = readFrame(frame);
    if (seq !== null) this.after = seq;
    if (event) this.listener.onEvent(event, seq);
  }

  address() {
    const query = new URLSearchParams();
    if (this.after !== null) query.set("after", String(this.after));
    if (this.epoch) query.set("epoch", this.epoch);
    const text = query.toString();
    return `${this.path}${text ? `?${text}` : ""}`;
  }
}
