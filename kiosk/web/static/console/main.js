// The clerk's screen: draws what the model knows, again after every change.

import { clockNotice } from "../lib/clock_notice.js";
import { local } from "../lib/dates.js";
import { $, byId, fill, h } from "../lib/dom.js";
import { api, ready } from "../lib/api.js";
import { counterCode } from "../lib/device.js";
import { Finger } from "../lib/finger.js";
import { sign } from "../lib/signs.js";
import { counterOf, serviceOf, shown, t } from "../lib/words.js";
import { isActing, linkDossier, others, pause, step } from "./actions.js";
import { citizen, tick as tickTimer } from "./citizen.js";
import { openClerk, openHandOver } from "./clerk.js";
import { closeOfOthers, dialogs } from "./dialogs.js";
import { tick, ticks } from "./equipment.js";
import { listen, signOf } from "./keys.js";
import { line } from "./line.js";
import { load, now, start, state } from "./model.js";
import { side } from "./side.js";
import { toast } from "./toast.js";
import { isOpen } from "./windows.js";

const LONGEST = 40; // letters in the line beside place and clerk
const root = byId("console");
const finger = new Finger(document);
let hadNobody = false;

if (!counterCode || !counterOf(counterCode)) chooseCounter();
else ready().then(() => start(draw, () => !isOpen() && !dossierField()?.value && !isActing())).then(begin);

function chooseCounter() {
  fill(root, h("div.band"), h("main.choose", {}, h("h1", {}, t("Which counter is this?")),
    h("div", {}, shown.counters.map((counter) => h("a.choice", { href: `?counter=${encodeURIComponent(counter.code)}` },
      h("b.plate", {}, counter.code), h("span", {}, counter.services.map((code) => serviceOf(code)?.name).join(", ")))))));
}

function begin() {
  setInterval(() => { tickTimer(); showClock(); }, 1000);
  listen({ onKey, onScan: linkDossier, onHalf: showHalf, onRefused: (why) => toast(t(REFUSED[why])), busy: isOpen });
}

/** @type {Record<import("./keys.js").Refusal, string>} */
const REFUSED = {
  broken: "The scan broke off: please scan the code again",
  unread: "This is not a dossier code",
  leftover: "Something else stands in the field: clear it and scan again",
};

/**
 * A code whose end nothing told: the clerk looks at it.
 * @param {string} text
 */
function showHalf(text) {
  const field = dossierField();
  if (!field) return toast(t("No number is at this counter yet"));
  field.value = text;
  field.focus();
  return toast(t("Please check that the code is whole, then press Enter"));
}

/** Of what is news too, but never under a finger. */
function draw() {
  finger.spares(drawNow);
}

function drawNow() {
  closeOfOthers();
  if (!state.isRead) {
    fill(root, h("p.waiting", {}, t("Lost the service, connecting again")));
    return;
  }
  const kept = keepField();
  fill(root, top(), h("div.band"), !state.fresh && h("p.lost", { role: "alert" }, t("Lost the service, connecting again")),
    state.equipment?.clock && clockNotice(state.equipment.clock, sayTime),
    h("main", {}, h("div.left", {}, citizen(draw, dialogs)), h("div.middle", {}, line(dialogs)), h("div.right", {}, side())));
  root.classList.toggle("stale", !state.fresh);
  kept();
  tickTimer();
  showClock();
  ring();
}

const dossierField = () => /** @type {HTMLInputElement | null} */ ($("#dossier"));

/** What is being typed stays while the same citizen is there, and so does the cursor. */
function keepField() {
  const before = dossierField();
  const [typed, focused, of] = [before?.value || "", before && document.activeElement === before, before?.dataset.ticket];
  const scrolled = $(".grows .rows")?.scrollTop || 0;
  return () => {
    const after = dossierField();
    if (after && after.dataset.ticket === of) {
      after.value = typed;
      if (focused) after.focus();
    }
    const rows = $(".grows .rows");
    if (rows) rows.scrollTop = scrolled;
  };
}

function top() {
  const place = counterOf(counterCode);
  if (!place) return null;
  const clerk = state.counter.clerk || place.officer || t("Nobody signed in");
  return h("header.top", {},
    h("span.place", {}, place.name), h("button.clerk", { type: "button", onclick: openClerk, title: state.counter.clerk ? t("Hand over or sign out") : t("Sign in") }, h("b", {}, clerk), !state.counter.clerk && h("u", {}, t("Sign in"))),
    servicesOf(place),
    h("div.ticks", {}, ticks().map(tick)), h("b.clock"));
}

/**
 * The names of what a counter serves; their signs where the names are too long for the line.
 * @param {Api.CounterPlace} place
 */
function servicesOf(place) {
  const services = place.services.map(serviceOf).filter((service) => service !== null);
  const names = services.map((service) => service.name).join(", ");
  return h("span.service", { title: names }, names.length <= LONGEST ? names : services.map((service) => sign(service)));
}

/** @param {Api.ClockWord} word */
async function sayTime(word) {
  await api("POST", "clock", word);
  await load();
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

/**
 * @param {string} code
 * @param {KeyboardEvent} event
 */
function onKey(code, event) {
  const open = $("dialog[open]"); // opened by the key just before this one
  if (open) return open.dispatchEvent(new KeyboardEvent("keydown", { code, key: event.key }));
  if (code === "Space" || code === "Numpad0") return step(draw);
  const other = others(dialogs).find((one) => one.code === code || one.pad === code);
  if (other) return other.can && state.fresh ? other.run() : undefined;
  if (code === "KeyP") return pause();
  if (code === "KeyB") return openHandOver();
  if (code === "KeyM") return $("#dossier")?.focus();
  if (event.key === "?" || (code === "Slash" && event.shiftKey)) return dialogs.keys();
  if (/^[0-9]$/.test(signOf(code))) return dialogs.startNumber(signOf(code));
  return undefined;
}
