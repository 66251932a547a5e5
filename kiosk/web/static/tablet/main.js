// The tablet of a counter: shows whom the counter serves and asks, once, how it was.

import { beat, ready } from "../lib/api.js";
import { counterCode } from "../lib/device.js";
import { watchConfiguration } from "../lib/configuration.js";
import { fill, h } from "../lib/dom.js";
import { fit, guard } from "../lib/fit.js";
import { pause } from "../lib/http.js";
import { deliver, waiting } from "../lib/ratings.js";
import { follow } from "../lib/stream.js";
import { touched } from "../lib/voice.js";
import { counterOf, t } from "../lib/words.js";
import { screen, stage, Tablet } from "./app.js";

const GUARD_MS = 250;
const TRY_MS = 3000;
const BEAT_EVERY = 5;

async function main() {
  fit(stage, 1280, 800);
  fill(stage, h("div.band"), screen);
  const place = counterOf(counterCode);
  if (!place) {
    fill(screen, h("div.thanks", {}, h("h1", {}, t("Open this page with the code of a counter, for example /tablet?counter=1"))));
    return;
  }
  const app = new Tablet(place);
  guard(stage, () => app.changedAt, GUARD_MS);
  document.addEventListener("pointerdown", () => touched(), true);
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  await ready();
  await app.refresh();
  const configuration = watchConfiguration(() => !app.asks);
  follow({
    onEvent(event) {
      configuration.hear(event);
      app.refreshSoon();
    },
    onOpen() {
      configuration.check();
      app.refreshSoon();
    },
    onReset: () => location.reload(),
  });
  for (let tries = 1; ; tries += 1) {
    await pause(TRY_MS);
    if (await waiting()) await deliver();
    if (tries % BEAT_EVERY) continue;
    app.refreshSoon();
    await beat({ screen: app.name });
  }
}

main();
