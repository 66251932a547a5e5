// The tablet of a counter: shows whom the counter serves and asks, once, how it was.

import { announcer } from "../lib/announce.js";
import { beat, ready } from "../lib/api.js";
import { counterCode } from "../lib/device.js";
import { watchConfiguration } from "../lib/configuration.js";
import { fill, h } from "../lib/dom.js";
import { fit, guard } from "../lib/fit.js";
import { pause } from "../lib/http.js";
import { followLive } from "../lib/liveness.js";
import { keepForOffline } from "../lib/offline.js";
import { deliver, keptTickets } from "../lib/ratings.js";
import { touched, watchVoices } from "../lib/voice.js";
import { counterOf } from "../lib/words.js";
import { Tablet } from "./app.js";
import { counters } from "./counter.js";
import { keypadOf } from "./keypad.js";
import { lay, screen, stage, turns } from "./parts.js";

const GUARD_MS = 250;
const TRY_MS = 2000;
const BEAT_EVERY = 8;

async function main() {
  fit(stage, 1280, 800);
  fill(stage, h("div.band"), screen, turns);
  stage.after(announcer);
  const place = counterOf(counterCode);
  addEventListener("resize", () => lay());
  if (!place) {
    fill(screen, counters());
    lay(true);
    stage.dataset.screen = "counters";
    return;
  }
  const app = new Tablet(place);
  app.keypad = keypadOf(app);
  guard(stage, () => app.changedAt, GUARD_MS);
  document.addEventListener("pointerdown", () => { touched(); app.touched(); }, true);
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  await ready();
  for (const ticket of await keptTickets()) app.asked.add(ticket); // the page was opened anew while an answer rested
  app.show("idle");
  watchVoices(() => { app.shownAs = ""; app.redraw(); });
  const configuration = watchConfiguration(() => !app.asks);
  followLive({
    load: () => app.refresh(),
    onLive: (isLive) => app.setLive(isLive),
    onEvent(event) {
      configuration.hear(event);
      app.refreshSoon();
    },
    onOpen: () => configuration.check(),
    onReset: () => location.reload(),
  });
  for (let tries = 1; ; tries += 1) {
    await pause(TRY_MS);
    await deliver();
    if (tries % BEAT_EVERY) continue;
    app.refreshSoon();
    await beat({ screen: app.name });
  }
}

main();
keepForOffline();
