// A code of one's own telephone beside the password: shown as a picture, kept once a code of it was right.

import { fill, h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { ask, me, signOut } from "../lib/session.js";
import { t } from "../lib/words.js";
import { tryTo } from "./ask_window.js";

export async function openTelephone() {
  /** @type {{ secret: string, address: string, picture: string } | null} */
  let made = null;
  const refused = await tryTo(async () => { made = await ask("POST", "admin/second-factor", {}); });
  const refusal = h("p.said", { role: "alert" }, refused);
  const present = h("input", { id: "present", type: "password", autocomplete: "current-password", required: true, maxlength: "200" });
  const before = h("input", { id: "before", inputmode: "numeric", autocomplete: "off", required: true, maxlength: "10" });
  const code = h("input", { id: "telephone", inputmode: "numeric", autocomplete: "one-time-code", required: true, maxlength: "10" });
  const close = () => { box.close(); box.remove(); };
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const wrong = await keep({ secret: made?.secret, code: code.value.trim(), password: present.value, present_code: me.second_factor ? before.value.trim() : "" });
    code.value = before.value = "";
    if (wrong) fill(refusal, wrong);
    else { close(); signOut(); }
  };
  const box = h("dialog.password", { oncancel: close, "aria-label": t("Code of a telephone") }, h("form", { onsubmit: submit }, h("h2", {}, t("Code of a telephone")),
    made && steps(made), made && [h("label", { for: "present" }, t("Present password")), present], made && me.second_factor && [h("label", { for: "before" }, t("Code of the telephone in use")), before],
    made && h("label", { for: "telephone" }, t("The six digits that it shows")), made && code, refusal,
    made && h("button.button.primary", { type: "submit" }, t("Ask for a code from now on")), h("button.button", { type: "button", onclick: close }, t("Cancel"))));
  document.body.append(box);
  box.showModal();
}

/**
 * Null when it is asked for from now on, else what to say.
 * @param {Record<string, string | undefined>} given
 */
async function keep(given) {
  try {
    await ask("PUT", "admin/second-factor", given);
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) return t("Lost the service, connecting again");
    if (error.status === 401) return t("The present password or code is not right.");
    return error.status === 400 ? t("This is not the code that the telephone shows now.") : error.title;
  }
}

/** @param {{ secret: string, picture: string }} made */
function steps({ secret, picture }) {
  const image = h("img.qr", { src: `data:image/svg+xml,${encodeURIComponent(picture)}`, alt: t("QR code for the telephone's program") });
  return [me.second_factor && h("p", {}, t("Another telephone takes the place of the one in use.")),
    h("p", {}, t("Open a program for sign-in codes on your telephone and read this picture.")), image,
    h("p.soft", {}, t("Or type: {secret}", { secret: secret.replace(/(.{4})/g, "$1 ").trim() }))];
}
