// A window that asks for a few things, sends them, and says why they were refused.

import { fill, h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { t } from "../lib/words.js";

/**
 * @typedef {{ name: string, words: string, secret?: boolean, digits?: boolean, value?: string, choices?: { code: string, words: string }[] }} Field
 */

/**
 * @param {string} title
 * @param {Field[]} fields
 * @param {(given: Record<string, string>) => Promise<unknown>} send throws Problem when it is refused
 * @param {() => void} done
 * @param {string} [advice]
 */
export function askWindow(title, fields, send, done, advice) {
  const inputs = new Map(fields.map((field) => [field.name, inputOf(field)]));
  const refusal = h("p.said", { role: "alert" });
  /** A secret counts as it was typed, spaces too. @param {string} name */
  const typed = (name) => inputs.get(name)?.value ?? "";
  const close = () => { box.close(); box.remove(); };
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const refused = await tryTo(() => send(Object.fromEntries(fields.map(({ name, secret }) => [name, secret ? typed(name) : typed(name).trim()]))));
    if (refused) fill(refusal, refused);
    else { close(); done(); }
  };
  const box = h("dialog.password", { oncancel: close, "aria-label": title }, h("form", { onsubmit: submit }, h("h2", {}, title),
    fields.map((field) => [h("label", { for: `ask-${field.name}` }, field.words), inputs.get(field.name)]), advice && h("p.soft", {}, advice), refusal,
    h("button.button.primary", { type: "submit" }, fields.length ? t("Keep") : t("Yes")), h("button.button", { type: "button", onclick: close }, t("Cancel"))));
  document.body.append(box);
  box.showModal();
  inputs.values().next().value?.focus();
}

/**
 * @param {Field} field
 * @returns {HTMLInputElement | HTMLSelectElement}
 */
function inputOf({ name, secret, digits, value = "", choices }) {
  if (choices) return h("select", { id: `ask-${name}` }, choices.map((one) => h("option", { value: one.code, selected: one.code === value }, one.words)));
  return h("input", { id: `ask-${name}`, type: secret ? "password" : "text", autocomplete: secret ? "new-password" : "off", required: true, maxlength: secret ? "200" : "80", value, ...(digits ? { inputmode: "numeric", pattern: "[0-9]{4,12}" } : {}) });
}

/**
 * Null when it was done, else what to say.
 * @param {() => Promise<unknown>} run
 */
export async function tryTo(run) {
  try {
    await run();
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) return t("Lost the service, connecting again");
    return error.status === 403 ? t("Sign in with name and password first.") : error.title;
  }
}
