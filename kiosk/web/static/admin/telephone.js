// A code of one's own telephone beside the password: shown as a picture, kept once a code of it was right.

import { fill, h } from "../lib/dom.js";
import { ask, me, signOut } from "../lib/session.js";
import { t } from "../lib/words.js";
import { tryTo } from "./ask_window.js";

export async function openTelephone() {
  /** @type {{ secret: string, address: string, picture: string } | null} */
  let made = null;
  const refused = await tryTo(async () => { made = await ask("POST", "admin/second-factor", {}); });
  const refusal = h("p.said", { role: "alert" }, refused);
  const code = h("input", { id: "telephone", inputmode: "numeric", autocomplete: "one-time-code", required: true, maxlength: "10" });
  const close = () => { box.close(); box.remove(); };
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const wrong = await tryTo(() => ask("PUT", "admin/second-factor", { secret: made?.secret, code: code.value.trim() }));
    code.value = "";
    if (wrong) fill(refusal, t("This is not the code that the telephone shows now."));
    else { close(); signOut(); }
  };
  const box = h("dialog.password", { oncancel: close, "aria-label": t("Code of a telephone") }, h("form", { onsubmit: submit }, h("h2", {}, t("Code of a telephone")),
    made && steps(made), made && h("label", { for: "telephone" }, t("The six digits that it shows")), made && code, refusal,
    made && h("button.button.primary", { type: "submit" }, t("Ask for a code from now on")), h("button.button", { type: "button", onclick: close }, t("Cancel"))));
  document.body.append(box);
  box.showModal();
}

/** @param {{ secret: string, picture: string }} made */
function steps({ secret, picture }) {
  const image = h("img.qr", { src: `data:image/svg+xml,${encodeURIComponent(picture)}`, alt: t("QR code for the telephone's program") });
  return [me.second_factor && h("p", {}, t("Another telephone takes the place of the one in use.")),
    h("p", {}, t("Open a program for sign-in codes on your telephone and read this picture.")), image,
    h("p.soft", {}, t("Or type: {secret}", { secret: secret.replace(/(.{4})/g, "$1 ").trim() }))];
}
