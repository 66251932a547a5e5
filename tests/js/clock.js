// Time that a test moves: timers and Date.now, since Node's own mock differs between the versions that offices have.

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout, now: Date.now };

let now = 0;
let last = 0;
/** @type {Map<number, { at: number, run: () => void }>} */
const waiting = new Map();

/** Timers wait for `tick` from now on. */
export function holdTimers() {
  waiting.clear();
  globalThis.setTimeout = /** @type {any} */ ((/** @type {() => void} */ run, ms = 0) => {
    last += 1;
    waiting.set(last, { at: now + ms, run });
    return last;
  });
  globalThis.clearTimeout = /** @type {any} */ ((/** @type {number} */ timer) => waiting.delete(timer));
}

/**
 * The clock stands still at this time.
 * @param {number} ms since 1970
 */
export function setTime(ms) {
  now = ms;
  Date.now = () => now;
}

/**
 * Time passes; timers that are due run in their order.
 * @param {number} ms
 */
export function tick(ms) {
  const until = now + ms;
  for (;;) {
    const due = [...waiting].filter(([, one]) => one.at <= until).sort(([a, one], [b, two]) => one.at - two.at || a - b)[0];
    if (!due) break;
    waiting.delete(due[0]);
    now = Math.max(now, due[1].at);
    due[1].run();
  }
  now = until;
}

/** Real time again. */
export function release() {
  waiting.clear();
  [globalThis.setTimeout, globalThis.clearTimeout, Date.now] = [real.setTimeout, real.clearTimeout, real.now];
  now = 0;
}
