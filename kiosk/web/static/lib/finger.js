// A finger on the glass: what would be drawn anew under it waits until it has gone, or its touch would be lost.

const LONGEST_MS = 3000; // a finger that never goes holds up nothing longer
const CLICK_MS = 50; // on glass the click comes a little behind the finger's going

export class Finger {
  downAt = -LONGEST_MS;
  /** @type {(() => void) | null} */
  waiting = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /** @param {EventTarget} glass */
  constructor(glass) {
    glass.addEventListener("pointerdown", () => { this.downAt = performance.now(); }, true);
    for (const kind of ["pointerup", "pointercancel"]) glass.addEventListener(kind, () => this.lifted(), true);
  }

  get isDown() {
    return performance.now() - this.downAt < LONGEST_MS;
  }

  /**
   * Acts now, or when the finger has gone; of several that wait the last one acts.
   * @param {() => void} act looks itself whether it is still wanted
   */
  spares(act) {
    this.waiting = null;
    if (!this.isDown) {
      act();
      return;
    }
    this.waiting = act;
    this.later(this.downAt + LONGEST_MS - performance.now());
  }

  /** Its click comes before what waits for it. */
  lifted() {
    this.downAt = -LONGEST_MS;
    if (this.waiting) this.later(CLICK_MS);
  }

  /** What waits acts then, unless the next finger is there. @param {number} ms */
  later(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { if (this.waiting) this.spares(this.waiting); }, ms);
  }
}
