// Another password for whoever is signed in: the present one proves who sits here.

import { fill, h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { local } from "../lib/dates.js";
import { ask, me, signOut } from "../lib/session.js";
import { shown, t } from "../lib/words.js";

export function openPassword() {
  const present = field("present", "current-password"), chosen = field("chosen", "new-password");
  const said = h("p.said", { role: "alert" });
  const close = () => { box.close(); box.remove(); };
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const refused = await change(present.value, chosen.value);
    present.value = "";
    if (refused) fill(said, refused);
    else { close(); signOut(); }
  };
  const box = h("dialog.password", { oncancel: close }, h("form", { onsubmit: submit },
    h("h2", {}, t("Change password")),
    h("label", { for: "present" }, t("Present password")), present,
    h("label", { for: "chosen" }, t("New password, at least 8 characters")), chosen, said,
    h("ul.soft.signedin", {}, me.signed_in.map((one) => h("li", {}, signedInSince(one.since)))),
    h("p.soft", {}, t("Every page where you are signed in asks for the new one.")),
    h("button.button.primary", { type: "submit" }, t("Change password")),
    h("button.button", { type: "button", onclick: close }, t("Cancel"))));
  document.body.append(box);
  box.showModal();
  present.focus();
}

/** @param {string} since */
function signedInSince(since) {
  const at = local(new Date(since), shown.office.timezone);
  return t("Signed in since {time} on {day}", { time: at.time, day: `${at.day}/${at.month}` });
}

/**
 * @param {string} id
 * @param {string} kind
 */
const field = (id, kind) => h("input", { type: "password", id, autocomplete: kind, required: true, maxlength: "200" });

/**
 * Null when it was changed, else what to say.
 * @param {string} password
 * @param {string} chosen
 */
async function change(password, chosen) {
  try {
    await ask("PUT", "admin/password", { password, new_password: chosen });
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) return t("Lost the service, connecting again");
    if (error.status === 401) return t("The present password is not right.");
    if (error.status === 400) return t("This password is too short or among the first that anybody would guess.");
    return error.status === 403 ? t("Sign in with name and password first.") : error.title;
  }
}
