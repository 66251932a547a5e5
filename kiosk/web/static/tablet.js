// The tablet of a counter: shows whom the counter serves and asks, once, how it was.

import { api, counterCode, pause, Problem, ready, Unreachable } from "./lib/api.js";
import { $, fill, h } from "./lib/dom.js";
import { fit, guard } from "./lib/fit.js";
import { giveReason, rate as store, sendKept, waiting } from "./lib/ratings.js";
import { follow } from "./lib/stream.js";
import { idle, rate, reason, serving, thanks } from "./lib/tablet_screens.js";
import { say, touched } from "./lib/voice.js";
import { counterOf, shown, t } from "./lib/words.js";

const SCREENS = { idle, serving, rate, reason, thanks };
const THANKS_MS = 4000;
const AGAIN_MS = 8000;
const LEAVE_MS = 45000;
const TRY_MS = 3000;
const BEAT_EVERY = 5;
const ASKING = ["rate", "reason", "thanks"];

const stage = $("#stage");
const place = h("div.screen");

class Tablet {
  place = counterOf(counterCode);
  officer = "";
  waiting = 0;
  now = null;
  name = "";
  asked = new Set();
  changed = -1000;
  timers = [];
  rating = Promise.resolve(null);

  show(name, data = {}) {
    this.timers.forEach(clearTimeout);
    [this.name, this.data, this.timers, this.changed] = [name, data, [], performance.now()];
    this.draw();
    stage.dataset.screen = name;
    if (ASKING.includes(name)) this.speakAgain();
    if (name === "rate") this.after(AGAIN_MS, () => this.speakAgain());
    if (name === "rate" || name === "reason") this.after(LEAVE_MS, () => this.settle());
    if (name === "thanks") this.after(THANKS_MS, () => this.settle());
  }

  draw() {
    this.view = SCREENS[this.name](this, this.data);
    fill(place, this.view.node);
  }

  after(ms, act) {
    this.timers.push(setTimeout(act, ms));
  }

  speakAgain() {
    say(this.view.say);
  }

  /** What the counter does now: somebody is called or served, or it waits. */
  settle() {
    const ticket = this.now?.ticket;
    if (ticket) this.show("serving", { ticket });
    else this.show("idle");
  }

  /** Fold a fresh answer about the counter into what is shown. */
  take(counter) {
    const before = this.now;
    this.now = counter;
    this.waiting = counter.waiting;
    this.officer = counter.clerk || counter.officer || this.place.officer;
    const called = counter.ticket && counter.ticket.id !== before?.ticket?.id;
    const wanted = counter.to_rate;
    const left = this.data?.ticket && ASKING.includes(this.name) && counter.last_served !== this.data.ticket.number;
    if (wanted && !this.asked.has(wanted.id)) {
      this.asked.add(wanted.id);
      this.show("rate", { ticket: wanted });
    } else if (!ASKING.includes(this.name)) {
      this.settle();
    } else if (this.name !== "thanks" && called && before && before.last_served === counter.last_served) {
      this.settle();
    } else if (left) {
      this.settle();
    }
  }

  async refresh() {
    try {
      this.take(await api("GET", `counters/${encodeURIComponent(counterCode)}`));
      await sendKept();
    } catch (error) {
      if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
      if (!this.name) this.show("idle");
    }
  }

  refreshSoon() {
    this.soon = this.soon || setTimeout(() => {
      this.soon = null;
      this.refresh();
    }, 150);
  }

  rated(ticket, level) {
    if (this.name !== "rate") return;
    this.rating = store(ticket.id, { [shown.survey.code]: level.code });
    say(level.name);
    if (level.asks_reason && shown.survey.reasons.length) this.show("reason", { ticket, level });
    else this.show("thanks", { ticket });
  }

  async reasoned(one) {
    if (this.name !== "reason") return;
    const { ticket } = this.data;
    this.show("thanks", { ticket });
    await giveReason(await this.rating, ticket.id, one.code);
  }

  thank() {
    this.show("thanks", this.data);
  }

  skip() {
    this.settle();
  }
}

async function main() {
  fit(stage, 1280, 800);
  fill(stage, h("div.band"), place);
  const app = new Tablet();
  if (!app.place) {
    fill(place, h("div.thanks", {}, h("h1", {}, t("Open this page with the code of a counter, for example /tablet?counter=1"))));
    return;
  }
  guard(stage, () => app.changed, 250);
  document.addEventListener("pointerdown", () => touched(), true);
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  await ready();
  await app.refresh();
  follow({ onEvent: () => app.refreshSoon(), onOpen: () => app.refreshSoon(), onReset: () => location.reload() });
  for (let beat = 1; ; beat += 1) {
    await pause(TRY_MS);
    if (waiting()) await sendKept();
    if (beat % BEAT_EVERY) continue;
    app.refreshSoon();
    await api("POST", "devices/heartbeat", { state: "online", screen: app.name }).catch((error) => {
      if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
    });
  }
}

main();
