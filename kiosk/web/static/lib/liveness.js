// Whether what a page shows is as it is now: one idea for every page. The line is alive while the stream speaks and the
// page was read anew since the stream was opened; a closed line is known at once, a silent one after 5 s.

import { follow } from "./stream.js";

const AGAIN_MS = 1000;
const [RETRY_MS, JITTER_MS] = [500, 500]; // a page is back within 2 s of the service's return

/**
 * `load` reads all that the page shows; false when the service gave no answer. It is asked when the stream was opened,
 * and at the moment the line is lost, so that a page knows at once whether the service is silent or only the stream.
 * `onLive`: the line is alive from now on, or is not any more.
 * @typedef {object} Watched
 * @property {() => Promise<boolean>} load
 * @property {(isLive: boolean) => void} [onLive]
 */

export class Liveness {
  /** Null until it is known. @type {boolean | null} */
  isLive = null;
  /** The stream speaks. */
  isFresh = false;
  /** The page was read since the stream was opened. */
  isRead = false;
  openings = 0;

  /** @param {Watched} watched */
  constructor(watched) {
    this.watched = watched;
  }

  /** The stream was opened: what is shown may be old until it was read anew. */
  async opened() {
    this.openings += 1;
    const opening = this.openings;
    this.isFresh = true;
    this.isRead = false;
    while (opening === this.openings && this.isFresh) {
      const isRead = await this.watched.load();
      if (opening !== this.openings) return;
      if (isRead) {
        this.isRead = true;
        this.tell();
        return;
      }
      await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
    }
  }

  /**
   * The stream speaks, or was closed or silent.
   * @param {boolean} isFresh
   */
  heard(isFresh) {
    if (isFresh && !this.isFresh) this.opened();
    if (isFresh) return;
    this.isFresh = false;
    this.tell();
    this.watched.load();
  }

  tell() {
    const isLive = this.isFresh && this.isRead;
    if (isLive === this.isLive) return;
    this.isLive = isLive;
    this.watched.onLive?.(isLive);
  }
}

/**
 * Follow the stream for ever, knowing whether the line is alive. `load` is called by it; events are the page's own.
 * @param {Watched & import("./stream.js").Following} watched
 */
export function followLive(watched) {
  const liveness = new Liveness(watched);
  follow({
    retryMs: RETRY_MS, jitterMs: JITTER_MS, ...watched,
    onOpen: () => {
      watched.onOpen?.();
      liveness.opened();
    },
    onFresh: (isFresh) => {
      watched.onFresh?.(isFresh);
      liveness.heard(isFresh);
    },
  });
  return liveness;
}
