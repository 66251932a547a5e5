// Who sits here: sign-in with name and PIN, sign-out.

import { fill, h } from "../lib/dom.js";
import { api, bearer } from "../lib/api.js";
import { token } from "../lib/device.js";
import { checked, Problem, request } from "../lib/http.js";
import { t } from "../lib/words.js";
import { dialog } from "./windows.js";
import { load, state } from "./model.js";
import { explain, toast } from "./toast.js";

export async function openClerk() {
  try {
    const { clerks } = await api("GET", "clerks");
    if (state.counter.clerk) leave();
    else enter(clerks);
  } catch (error) {
    explain(error);
  }
}

function leave() {
  const box = dialog(state.counter.clerk, h("div.choices", {}, h("button.choice", { type: "button", onclick: signOut }, h("span", {}, t("Sign out of this counter")))));
  async function signOut() {
    box.close();
    try {
      await api("DELETE", "session");
      await load();
    } catch (error) {
      explain(error);
    }
  }
}

/** @param {{ id: string, name: string }[]} clerks */
function enter(clerks) {
  if (!clerks.length) {
    toast(t("No clerk is entered yet. The administrator adds clerks."));
    return;
  }
  const name = h("select", { "aria-label": t("Clerk") }, clerks.map((clerk) => h("option", { value: clerk.id }, clerk.name)));
  const pin = h("input", { type: "password", inputmode: "numeric", maxlength: "12", autocomplete: "off", placeholder: "PIN", "aria-label": "PIN" });
  const said = h("p.said", { role: "alert" });
  const box = dialog(t("Who sits at this counter?"), h("form.signin", { onsubmit: (event) => { event.preventDefault(); send(); } },
    name, pin, said, h("button.button.primary", { type: "submit" }, t("Sign in"))));
  pin.focus();
  async function send() {
    const refused = await signIn(name.value, pin.value);
    pin.value = "";
    if (refused) {
      fill(said, refused);
      return;
    }
    try {
      await load();
    } finally {
      box.close(); // only now: who touches the name behind it finds who signed in
    }
  }
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
