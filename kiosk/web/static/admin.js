// The administrator's page: figures, devices, journal, dossiers; follows the house by itself.

import { $, fill, h } from "./lib/dom.js";
import { Problem, pause } from "./lib/api.js";
import { follow } from "./lib/stream.js";
import { picto } from "./lib/signs.js";
import { shown, t } from "./lib/words.js";
import { devices } from "./admin/devices.js";
import { dossiers } from "./admin/dossiers.js";
import { journal } from "./admin/journal.js";
import { printers } from "./admin/printers.js";
import { ask, signedIn, signOut } from "./admin/session.js";
import { statistics } from "./admin/statistics.js";
import { sync } from "./admin/sync.js";

const ROOMS = [["statistics", "Statistics", "layers", statistics], ["devices", "Devices", "screen", devices], ["printers", "Printers", "printer", printers], ["journal", "Journal", "list", journal], ["dossiers", "Dossiers", "search", dossiers], ["sync", "Sending", "wifi", sync]];
//t: Statistics | Devices | Printers | Journal | Dossiers | Sending
const EVERY_MS = 10000;
const GROUP_MS = 1500;
const root = $("#admin");
let room = ROOMS[0];
let pending = null;

signedIn(root).then(open);

/** The room in the address: #sync, or /admin/sync. */
const wantedRoom = () => ROOMS.find(([name]) => `#${name}` === location.hash) || ROOMS.find(([name]) => location.pathname.endsWith(`/${name}`));

function open() {
  room = wantedRoom() || ROOMS[0];
  show();
  follow({ onEvent: soon, onFresh: (fresh) => $(".lost")?.toggleAttribute("hidden", fresh), onReset: () => location.reload() });
  setInterval(soon, EVERY_MS);
  window.addEventListener("hashchange", () => {
    room = wantedRoom() || room;
    show();
  });
}

/** Draw again soon, unless a field has the cursor; many events make one drawing. */
function soon() {
  pending = pending || pause(GROUP_MS).then(() => {
    pending = null;
    if (!document.activeElement?.matches("input")) draw();
  });
}

function show() {
  fill(root, h("nav", {}, h("b", {}, shown.office.name), h("span", {}, t("Administration")),
    ROOMS.map((one) => h(`a${one === room ? ".now" : ""}`, { href: `#${one[0]}` }, picto(one[2]), t(one[1]))),
    h("a", { href: "/admin/voices" }, picto("microphone"), t("Voices")),
    h("button.out", { type: "button", onclick: signOut }, t("Sign out"))),
  h("main", {}, h("div.band"), h("p.lost", { hidden: true, role: "alert" }, t("Lost the service, connecting again")), h("div.room", {}, h("p.soft", {}, "…"))));
  draw();
}

async function draw() {
  const [wanted, place] = [room, $(".room")];
  const fresh = h("div.room");
  try {
    const { business_date: today } = wanted[0] === "statistics" ? await ask("GET", "admin/summary") : {};
    await wanted[3](fresh, { today });
  } catch (error) {
    if (!(error instanceof Problem)) { $(".lost")?.removeAttribute("hidden"); return; }
    if (error.status === 401) return signOut();
    fill(fresh, h("section.card.nothing", {}, h("h2", {}, error.title)));
  }
  if (wanted === room && place.isConnected) place.replaceWith(fresh);
}
