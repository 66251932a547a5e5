// Which call is in the spotlight: in order, each once, none merged; the same policy as the TV's.

const [LEAST_S, SHOWN_S, FRESH_MS, REMEMBERED] = [8, 20, 60000, 512];

export class CallScheduler {
  /** @type {{ call: Board.Call, since: number } | null} */
  spotlight = null;
  /** @type {Board.Call[]} */
  #waiting = [];
  /** @type {string[]} */
  #seen = [];

  /**
   * Take a call unless it was taken before or is older than a minute; `now` in ms by the service's clock.
   * @param {Board.Call} call
   * @param {number} now
   */
  hear(call, now) {
    const key = `${call.number} ${call.counter} ${call.time}`;
    if (this.#seen.includes(key) || now - call.time > FRESH_MS) return;
    this.#seen.push(key);
    if (this.#seen.length > REMEMBERED) this.#seen.shift();
    this.#waiting.push(call);
  }

  /**
   * Calls of a ticket made after `since` were undone: before their turn they send nobody.
   * @param {string} ticket
   */
  withdraw(ticket, since = -1) {
    this.#waiting = this.#waiting.filter((call) => call.ticket !== ticket || call.time <= since);
  }

  /**
   * Move on where it is time; `now` in s of a clock that never goes back. Answers whether anything changed.
   * @param {number} now
   */
  tick(now) {
    const lit = this.spotlight;
    if (lit && now - lit.since < (this.#waiting.length ? LEAST_S : SHOWN_S)) return false;
    const call = this.#waiting.shift();
    this.spotlight = call ? { call, since: now } : null;
    return Boolean(lit || call);
  }
}
