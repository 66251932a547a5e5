// The administrator's page: figures, devices, journal, dossiers; follows the service by itself.

import { clockNotice } from "../lib/clock_notice.js";
import { $, byId, fill, h } from "../lib/dom.js";
import { Problem, isCallError, pause } from "../lib/http.js";
import { followLive } from "../lib/liveness.js";
import { picto } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { devices } from "./devices.js";
import { dossiers } from "./dossiers.js";
import { alarm, journal } from "./journal.js";
import { openPassword } from "./password.js";
import { printers } from "./printers.js";
import { reports } from "./reports.js";
import { ask, signedIn, signOut } from "../lib/session.js";
import { statistics } from "./statistics.js";
import { sync } from "./sync.js";

/** @typedef {{ name: string, title: string, picto: string, draw: (root: HTMLElement, given: { today: string }) => Promise<unknown> }} Section */

/** @type {Section[]} */
const SECTIONS = [
  { name: "statistics", title: "Statistics", picto: "layers", draw: statistics }, { name: "reports", title: "Reports", picto: "result", draw: reports },
  { name: "devices", title: "Devices", picto: "screen", draw: devices },
  { name: "printers", title: "Printers", picto: "printer", draw: printers }, { name: "journal", title: "Journal", picto: "list", draw: journal },
  { name: "dossiers", title: "Dossiers", picto: "search", draw: dossiers }, { name: "sync", title: "Sending", picto: "wifi", draw: sync },
];
//t: Statistics | Reports | Devices | Printers | Journal | Dossiers | Sending
const EVERY_MS = 10000;
const GROUP_MS = 1500;
const root = byId("admin");
let section = SECTIONS[0];
/** @type {Promise<void> | null} */
let pending = null;

signedIn(root).then(open);

/** The section in the address: #sync, or /admin/sync. */
const sectionOfAddress = () => SECTIONS.find(({ name }) => `#${name}` === location.hash) || SECTIONS.find(({ name }) => location.pathname.endsWith(`/${name}`));

function open() {
  section = sectionOfAddress() || SECTIONS[0];
  show();
  followLive({ load: look, onLive: sayLost, onEvent: soon, onReset: () => location.reload() });
  setInterval(soon, EVERY_MS);
  window.addEventListener("hashchange", () => {
    section = sectionOfAddress() || section;
    show();
  });
}

/** @param {boolean} isLive */
const sayLost = (isLive) => { $(".lost")?.toggleAttribute("hidden", isLive); };

/** What stands over every section is read at once, the section itself soon: a field may have the cursor. */
async function look() {
  try {
    await drawClock();
  } catch (error) {
    if (!isCallError(error)) throw error;
    if (!(error instanceof Problem)) return false;
  }
  soon();
  return true;
}

/** Draw again soon, unless a field has the cursor; many events make one drawing. */
function soon() {
  pending = pending || pause(GROUP_MS).then(() => {
    pending = null;
    if (!document.activeElement?.matches("input, textarea, select")) draw();
  });
}

function show() {
  fill(root, h("nav", {}, h("b", {}, shown.office.name), h("span", {}, t("Administration")),
    SECTIONS.map((one) => h(`a${one === section ? ".now" : ""}`, { href: `#${one.name}` }, picto(one.picto), t(one.title))),
    h("a", { href: "/admin/voices" }, picto("microphone"), t("Voices")),
    h("button.out", { type: "button", onclick: openPassword }, t("Change password")),
    h("button.out.last", { type: "button", onclick: signOut }, t("Sign out"))),
  h("main", {}, h("div.band"), h("p.lost", { hidden: true, role: "alert" }, t("Lost the service, connecting again")), h("div.clockplace"), h("div.room", {}, h("p.soft", {}, "…"))));
  draw();
}

/** Whether the time is believed, and whether somebody guesses secrets, is said over every section. */
async function drawClock() {
  const notice = clockNotice(await ask("GET", "clock"), sayTime);
  const place = $(".clockplace");
  const guessing = await alarm();
  if (place) fill(place, notice, guessing);
}

/** @param {Api.ClockWord} word */
async function sayTime(word) {
  await ask("POST", "clock", word);
  await draw();
}

async function draw() {
  const drawn = section;
  const place = $(".room");
  const fresh = h("div.room");
  try {
    await drawClock();
    const { business_date: today } = drawn.name === "statistics" ? await ask("GET", "admin/summary") : { business_date: "" };
    await drawn.draw(fresh, { today });
  } catch (error) {
    if (!(error instanceof Problem)) {
      sayLost(false);
      return;
    }
    if (error.status === 401) {
      signOut();
      return;
    }
    fill(fresh, h("section.card.nothing", {}, h("h2", {}, error.title)));
  }
  if (drawn === section && place?.isConnected) place.replaceWith(fresh);
}
