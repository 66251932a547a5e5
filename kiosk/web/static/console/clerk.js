// Who sits here: sign-in with name and PIN, hand-over to the next clerk, sign-out.

import { fill, h } from "../lib/dom.js";
import { api, bearer } from "../lib/api.js";
import { token } from "../lib/device.js";
import { checked, Problem, request } from "../lib/http.js";
import { t } from "../lib/words.js";
import { keyCap } from "./citizen.js";
import { dialog } from "./windows.js";
import { load, state } from "./model.js";
import { explain, toast } from "./toast.js";

const LAST = "motcua.last_clerk"; // who signed in here before the one who sits here now

export async function openClerk() {
  if (state.counter.clerk) leave();
  else await openHandOver();
}

/** The next clerk takes the counter as it is: the citizen, the undo and what is held stay. */
export async function openHandOver() {
  try {
    const { clerks } = await api("GET", "clerks");
    enter(clerks);
  } catch (error) {
    explain(error);
  }
}

function leave() {
  /** @param {() => void} run */
  const then = (run) => () => { box.close(); run(); };
  const box = dialog(state.counter.clerk, h("div.choices", {},
    h("button.choice", { type: "button", onclick: then(openHandOver) }, h("span", {}, t("Hand the counter over")), keyCap("B")),
    h("button.choice", { type: "button", onclick: then(signOut) }, h("span", {}, t("Sign out of this counter")))), { B: then(openHandOver) });
}

async function signOut() {
  try {
    await api("DELETE", "session");
    await load();
  } catch (error) {
    explain(error);
  }
}

/** @param {{ id: string, name: string }[]} clerks */
function enter(clerks) {
  const before = state.counter.clerk;
  const others = clerks.filter((clerk) => clerk.name !== before);
  if (!others.length) {
    toast(before ? t("No other clerk is entered yet. The administrator adds clerks.") : t("No clerk is entered yet. The administrator adds clerks."));
    return;
  }
  const name = h("select", { "aria-label": t("Clerk") }, others.map((clerk) => h("option", { value: clerk.id, selected: clerk.id === lastClerk() }, clerk.name)));
  const pin = h("input", { type: "password", inputmode: "numeric", maxlength: "12", autocomplete: "off", placeholder: "PIN", "aria-label": "PIN" });
  const refusal = h("p.said", { role: "alert" });
  const box = dialog(before ? t("Who takes over from {name}?", { name: before }) : t("Who sits at this counter?"), h("form.signin", { onsubmit: (event) => { event.preventDefault(); send(); } },
    before && state.counter.ticket && h("p.soft", {}, t("{number} stays at the counter.", { number: state.counter.ticket.number })),
    name, pin, refusal, h("button.button.primary", { type: "submit" }, before ? t("Take over") : t("Sign in"))));
  pin.focus();
  async function send() {
    const refused = await signIn(name.value, pin.value);
    pin.value = "";
    if (refused) {
      fill(refusal, refused);
      return;
    }
    remember(clerks.find((clerk) => clerk.name === before)?.id);
    try {
      await load();
    } finally {
      box.close(); // only now: who touches the name behind it finds who signed in
    }
  }
}

function lastClerk() {
  try {
    return localStorage.getItem(LAST);
  } catch {
    return null;
  }
}

/** @param {string | undefined} clerk an id */
function remember(clerk) {
  try {
    if (clerk) localStorage.setItem(LAST, clerk);
  } catch { /* the list is longer then, nothing more */ }
}

/**
 * Null when it was right, else what to say; a wrong PIN must not unpair this device.
 * @param {string} clerk
 * @param {string} pin
 */
async function signIn(clerk, pin) {
  try {
    await checked(await request("POST", "session", { clerk, pin }, { headers: bearer(token()) }));
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) return t("Lost the service, connecting again");
    return error.status === 401 ? t("The PIN is not right.") : error.title;
  }
}
