// The clerk's screen: draws what the model knows, again after every change.

import { $, fill, h, local } from "./lib/dom.js";
import { counterCode, ready } from "./lib/api.js";
import { counterOf, serviceOf, shown, t } from "./lib/words.js";
import { linkDossier, others, pause, step } from "./console/actions.js";
import { citizen, tick as tickTimer } from "./console/citizen.js";
import { openClerk } from "./console/clerk.js";
import { dialogs, isOpen } from "./console/dialogs.js";
import { tick, ticks } from "./console/equipment.js";
import { listen, signOf } from "./console/keys.js";
import { line } from "./console/line.js";
import { now, start, state } from "./console/model.js";
import { side } from "./console/side.js";

const root = $("#console");
let hadNobody = false;

if (!counterCode || !counterOf(counterCode)) chooseCounter();
else ready().then(() => start(draw, () => {})).then(begin);

function chooseCounter() {
  fill(root, h("div.band"), h("main.choose", {}, h("h1", {}, t("Which counter is this?")),
    h("div", {}, shown.counters.map((counter) => h("a.choice", { href: `?counter=${encodeURIComponent(counter.code)}` },
      h("b.plate", {}, counter.code), h("span", {}, counter.services.map((code) => serviceOf(code)?.name).join(", ")))))));
}

function begin() {
  setInterval(() => { tickTimer(); showClock(); }, 1000);
  listen({ onKey, onScan: linkDossier, busy: isOpen });
}

function draw() {
  if (!state.counter) {
    fill(root, h("p.waiting", {}, t("Lost the service, connecting again")));
    return;
  }
  const kept = keepField();
  fill(root, top(), h("div.band"), !state.fresh && h("p.lost", { role: "alert" }, t("Lost the service, connecting again")),
    h("main", {}, h("div.left", {}, citizen(draw, dialogs)), h("div.middle", {}, line(dialogs)), h("div.right", {}, side())));
  root.classList.toggle("stale", !state.fresh);
  kept();
  tickTimer();
  showClock();
  ring();
}

/** What is being typed stays, and so does the cursor. */
function keepField() {
  const before = $("#dossier");
  const [typed, focused] = [before?.value || "", before && document.activeElement === before];
  const scrolled = $(".grows .rows")?.scrollTop || 0;
  return () => {
    const after = $("#dossier");
    if (after) after.value = typed;
    if (after && focused) after.focus();
    const rows = $(".grows .rows");
    if (rows) rows.scrollTop = scrolled;
  };
}

function top() {
  const place = counterOf(counterCode);
  const clerk = state.counter.clerk || place.officer || t("Nobody signed in");
  return h("header.top", {},
    h("span.place", {}, place.name), h("button.clerk", { type: "button", onclick: openClerk, title: state.counter.clerk ? t("Sign out of this counter") : t("Sign in") }, h("b", {}, clerk), !state.counter.clerk && h("u", {}, t("Sign in"))),
    h("span.service", {}, place.services.map((code) => serviceOf(code)?.name).join(", ")),
    h("div.ticks", {}, ticks().map(tick)), h("b.clock"));
}

function showClock() {
  const clock = $(".clock");
  if (clock) clock.textContent = local(new Date(now()), shown.office.timezone).time;
}

/** One soft tone when the first person comes to an empty queue. */
function ring() {
  const nobody = !state.queue.waiting.length;
  if (hadNobody && !nobody && !state.counter.ticket) tone();
  hadNobody = nobody;
}

function tone() {
  const audio = new AudioContext();
  const [source, volume] = [audio.createOscillator(), audio.createGain()];
  source.frequency.value = 660;
  volume.gain.setValueAtTime(0.12, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
  source.connect(volume).connect(audio.destination);
  source.start();
  source.stop(audio.currentTime + 0.5);
  source.onended = () => audio.close();
}

function onKey(code, event) {
  const open = $("dialog[open]"); // opened by the key just before this one
  if (open) return open.dispatchEvent(new KeyboardEvent("keydown", { code, key: event.key }));
  if (code === "Space" || code === "Numpad0") return step(draw);
  const other = others(dialogs).find((one) => one.code === code || one.pad === code);
  if (other) return other.can && state.fresh ? other.run() : undefined;
  if (code === "KeyP") return pause();
  if (code === "KeyM") return $("#dossier")?.focus();
  if (event.key === "?" || (code === "Slash" && event.shiftKey)) return dialogs.keys();
  if (/^[0-9]$/.test(signOf(code))) return dialogs.startNumber(signOf(code));
  return undefined;
}
