// The camera in the scanner's place: a slip or an appointment slip is held before it. Where the browser reads no codes, its
// pictures go to the office's service, which keeps none. The camera is let go as soon as the screen is left.

import { fill, h } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { bar, heading } from "./frame.js";
import { look } from "./looking.js";
import { scanned } from "./scans.js";

/** @param {import("./app.js").Kiosk} app */
export function camera(app) {
  const video = h("video", { muted: true, playsInline: true, autoplay: true, "aria-hidden": "true" });
  const said = h("p.message", { role: "alert", "data-fit": true });
  const { turn } = app;
  const looking = look(video, (text) => { if (app.turn === turn) scanned(app, text); },
    () => { if (app.turn === turn) fill(said, t("The camera does not work now. Please type the code.")); });
  const words = [t("Hold the square before the camera"), t("The picture is not kept.")];
  return {
    node: h("main.entry.camera", {}, heading(words[0], words[1]), h("div.view", {}, video), said),
    bar: bar(app, true), back: "code", say: words, stop: () => looking.end(),
  };
}
