// The touch kiosk: wires the screens to touches, the stream and the clock.

import { announcer } from "../lib/announce.js";
import { beat, ready } from "../lib/api.js";
import { watchConfiguration } from "../lib/configuration.js";
import { byId, fill, h } from "../lib/dom.js";
import { guard } from "../lib/fit.js";
import { followLive } from "../lib/liveness.js";
import { keepForOffline } from "../lib/offline.js";
import { deliver } from "../lib/ratings.js";
import { touched, watchVoices } from "../lib/voice.js";
import { Kiosk } from "./app.js";
import { scanReader } from "./code_typing.js";
import { keypadOf } from "./keypad.js";
import { askForCamera, canLook } from "./looking.js";
import { parts, stage } from "./parts.js";
import { watchPrinter } from "./printer.js";
import { scanned } from "./scans.js";
import { shape } from "./shape.js";
import { spokenLanguages } from "./spoken.js";
import { prepareTicket } from "./warm.js";

const GUARD_MS = 250;
const BEAT_MS = 15000;
const DELIVER_MS = 2000;
const OF_CODES = ["code", "rate"];

/** @param {import("./app.js").Kiosk} app */
function listenToTouches(app) {
  guard(stage, () => app.changedAt, GUARD_MS);
  document.addEventListener("pointerdown", () => {
    touched();
    app.lastTouch = Date.now();
    app.view.touched?.();
  }, true);
  document.addEventListener("contextmenu", (event) => event.preventDefault());
}

async function main() {
  const app = new Kiosk();
  shape(stage, () => app.draw());
  fill(stage, h("div.band"), parts.flow, parts.turner.node, parts.bar, parts.note, parts.over);
  stage.after(announcer);
  listenToTouches(app);
  app.keypad = keypadOf(app);
  await ready();
  const watch = watchPrinter(() => app.onPrinterChange());
  app.printer = watch.view;
  const [spoken, isThere] = await Promise.all([spokenLanguages(), app.refresh(), watch.looked]);
  app.spoken = spoken;
  app.show(isThere ? app.first : "down");
  byId("first").remove();
  prepareTicket(app, stage);
  watchVoices(async () => {
    app.spoken = await spokenLanguages();
    app.redraw();
  });
  askForCamera().then(() => { if (canLook() && OF_CODES.includes(app.name)) app.draw(); }); // a citizen may be there already
  document.addEventListener("keydown", scanReader((text) => scanned(app, text)));
  const configuration = watchConfiguration(() => app.rests);
  followLive({
    load: () => app.look(),
    onEvent: (event) => {
      configuration.hear(event);
      watch.onEvent(event);
      app.refreshSoon();
    },
    onOpen: () => configuration.check(),
    onReset: () => location.reload(),
  });
  setInterval(() => app.tick(), 1000);
  app.keepTrying();
  setInterval(() => deliver(), DELIVER_MS);
  setInterval(() => beat({ screen: app.name }), BEAT_MS);
}

main().then(keepForOffline); // what is kept for later is fetched after what is shown now
