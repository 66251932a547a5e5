// A finger on the glass: what would be drawn anew under it waits until it has gone, or its touch would be lost.

const LONGEST_MS = 3000; // a finger that never goes holds up nothing longer

export class Finger {
  downAt = -LONGEST_MS;
  /** @type {(() => void) | null} */
  waiting = null;

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
    if (this.isDown) this.waiting = act;
    else act();
  }

  /** Its click comes before what waits for it. */
  lifted() {
    this.downAt = -LONGEST_MS;
    const act = this.waiting;
    this.waiting = null;
    if (act) setTimeout(act);
  }
}
