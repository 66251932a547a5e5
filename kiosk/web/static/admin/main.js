// The administrator's page: figures, devices, journal, dossiers; follows the service by itself.

import { clockNotice } from "../lib/clock_notice.js";
import { $, byId, fill, h } from "../lib/dom.js";
import { Finger } from "../lib/finger.js";
import { Problem, isCallError, pause } from "../lib/http.js";
import { followLive } from "../lib/liveness.js";
import { picto } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { comments } from "./comments.js";
import { corrections } from "./corrections.js";
import { devices } from "./devices.js";
import { dossiers } from "./dossiers.js";
import { alarm, journal } from "./journal.js";
import { machine } from "./machine.js";
import { openPassword } from "./password.js";
import { people, ROLES } from "./people.js";
import { printers } from "./printers.js";
import { reports } from "./reports.js";
import { ask, askMe, may, me, signedIn, signOut } from "../lib/session.js";
import { statistics } from "./statistics.js";
import { sync } from "./sync.js";
import { openTelephone } from "./telephone.js";

/** @typedef {{ name: string, title: string, picto: string, needs: string, draw: (root: HTMLElement, given: { today: string }) => Promise<unknown> }} Section */

/** @type {Section[]} */
const SECTIONS = [
  { name: "statistics", title: "Statistics", picto: "layers", needs: "GET /api/v1/statistics", draw: statistics },
  { name: "reports", title: "Reports", picto: "result", needs: "GET /api/v1/reports", draw: reports },
  { name: "devices", title: "Devices", picto: "screen", needs: "GET /api/v1/devices", draw: devices },
  { name: "printers", title: "Printers", picto: "printer", needs: "GET /api/v1/printers", draw: printers },
  { name: "journal", title: "Journal", picto: "list", needs: "GET /api/v1/admin/journal", draw: journal },
  { name: "comments", title: "Citizens' words", picto: "speech", needs: "GET /api/v1/admin/comments", draw: comments },
  { name: "corrections", title: "Corrections", picto: "check", needs: "GET /api/v1/admin/corrections", draw: corrections },
  { name: "dossiers", title: "Dossiers", picto: "search", needs: "GET /api/v1/admin/summary", draw: dossiers },
  { name: "sync", title: "Sending", picto: "wifi", needs: "GET /api/v1/followers", draw: sync },
  { name: "machine", title: "Machine and data", picto: "home", needs: "GET /api/v1/admin/backups", draw: machine },
  { name: "people", title: "People", picto: "person", needs: "GET /api/v1/staff", draw: people },
];
//t: Statistics | Reports | Devices | Printers | Journal | Citizens' words | Corrections | Dossiers | Sending | Machine and data | People
const EVERY_MS = 10000;
const GROUP_MS = 1500;
const root = byId("admin");
const [finger, noticeFinger] = [new Finger(document), new Finger(document)];
let section = SECTIONS[0];
/** @type {Promise<void> | null} */
let pending = null;

signedIn(root).then(open);

/** The section in the address: #sync, or /admin/sync. */
const sectionOfAddress = () => SECTIONS.find(({ name }) => `#${name}` === location.hash) || SECTIONS.find(({ name }) => location.pathname.endsWith(`/${name}`));

/** All that is here until a telephone is added, where the office demands one. */
const addTelephone = () => h("section.card.nothing", {}, picto("phone"), h("h2", {}, t("Add a telephone first")),
  h("p", {}, t("This office asks {name} for the code of a telephone beside the password.", { name: me.name || "" })),
  h("button.button.primary", { type: "button", onclick: openTelephone }, t("Code of a telephone")), " ", h("button.button", { type: "button", onclick: signOut }, t("Sign out")));

/** @param {Section} one */
const isMine = (one) => may(one.needs);

function open() {
  if (me.second_factor_needed) {
    fill(root, h("main.alone", {}, addTelephone()));
    return;
  }
  section = sectionOfAddress() || SECTIONS.find(isMine) || SECTIONS[0];
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
    if (finger.isDown) finger.spares(soon);
    else if (!document.activeElement?.matches("input, textarea, select")) draw();
  });
}

function show() {
  fill(root, h("nav", {}, h("b", {}, shown.office.name), h("span", {}, me.name || t("Administration"), me.name && h("small", {}, t(ROLES[me.role] || me.role))),
    SECTIONS.filter(isMine).map((one) => h(`a${one === section ? ".now" : ""}`, { href: `#${one.name}` }, picto(one.picto), t(one.title))),
    may("GET /api/v1/admin/voices") && h("a", { href: "/admin/voices" }, picto("microphone"), t("Voices")),
    h("button.out", { type: "button", onclick: openPassword }, t("Change password")),
    h("button.out.last", { type: "button", onclick: openTelephone }, t("Code of a telephone")),
    h("button.out.last", { type: "button", onclick: signOut }, t("Sign out"))),
  h("main", {}, h("div.band"), h("p.lost", { hidden: true, role: "alert" }, t("Lost the service, connecting again")), h("div.clockplace"), h("div.room", {}, h("p.soft", {}, "…"))));
  draw();
}

/** Whether the time is believed, and whether somebody guesses secrets, is said over every section. */
async function drawClock() {
  const notice = clockNotice(await ask("GET", "clock"), may("POST /api/v1/clock") ? sayTime : null);
  const place = $(".clockplace");
  const guessing = may("GET /api/v1/admin/alarms") ? await alarm() : null;
  if (place) noticeFinger.spares(() => fill(place, notice, guessing));
}

/**
 * Said kindly to whoever followed an address: this belongs to another role.
 * @param {Section} wanted
 */
const notForThisRole = (wanted) => h("section.card.nothing", {}, picto(wanted.picto), h("h2", {}, t("{section} are not for your role", { section: t(wanted.title) })),
  h("p", {}, t("You are signed in as {role}. If you need this, ask an administrator.", { role: t(ROLES[me.role] || me.role) })));

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
    await askMe();
    if (isMine(drawn)) await drawn.draw(fresh, { today: me.business_date });
    else fill(fresh, notForThisRole(drawn));
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
  if (finger.isDown) finger.spares(soon); // what the click changes is drawn with it
  else if (drawn === section && place?.isConnected) place.replaceWith(fresh);
}
