// Who sits here: sign-in with name and PIN, sign-out.

import { fill, h } from "../lib/dom.js";
import { api, token } from "../lib/api.js";
import { t } from "../lib/words.js";
import { dialog } from "./dialogs.js";
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

function enter(clerks) {
  if (!clerks.length) return toast(t("No clerk is entered yet. The administrator adds clerks."));
  const name = h("select", { "aria-label": t("Clerk") }, clerks.map((clerk) => h("option", { value: clerk.id }, clerk.name)));
  const pin = h("input", { type: "password", inputmode: "numeric", maxlength: "12", autocomplete: "off", placeholder: "PIN", "aria-label": "PIN" });
  const said = h("p.said", { role: "alert" });
  const box = dialog(t("Who sits at this counter?"), h("form.signin", { onsubmit: (event) => { event.preventDefault(); send(); } },
    name, pin, said, h("button.button.primary", { type: "submit" }, t("Sign in"))));
  pin.focus();
  async function send() {
    const refused = await signIn(name.value, pin.value);
    pin.value = "";
    if (refused) return fill(said, refused);
    try {
      await load();
    } finally {
      box.close(); // only now: who touches the name behind it finds who signed in
    }
  }
}

/** Null when it was right, else what to say; a wrong PIN must not unpair this device. */
async function signIn(clerk, pin) {
  try {
    const response = await fetch("/api/v1/session", {
      method: "POST", body: JSON.stringify({ clerk, pin }), credentials: "same-origin", signal: AbortSignal.timeout(10000),
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token()}` },
    });
    if (response.ok) return null;
    if (response.status === 401) return t("The PIN is not right.");
    return (await response.json()).title;
  } catch {
    return t("Lost the service, connecting again");
  }
}
