// The administrator's token: from the address, from the last sign-in, or by name and password.

import { fill, h } from "../lib/dom.js";
import { Problem, ready, token, Unreachable } from "../lib/api.js";
import { shown, t } from "../lib/words.js";

const KEY = "motcua.admin";
const WAIT_MS = 20000;

/** A call with the administrator's token; throws Problem or Unreachable, never begins a pairing. */
export async function ask(method, path, body, kind = "json") {
  const headers = { Authorization: `Bearer ${token()}` };
  const whole = body instanceof Blob;
  if (body) headers["Content-Type"] = whole ? "application/octet-stream" : "application/json";
  let response;
  try {
    response = await fetch(`/api/v1/${path}`, { method, headers, body: whole ? body : body && JSON.stringify(body), cache: "no-store", signal: AbortSignal.timeout(WAIT_MS) });
  } catch (error) {
    throw new Unreachable(error.message);
  }
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => ({ code: "internal" })));
  if (response.status === 204) return null;
  return kind === "blob" ? response.blob() : response.json();
}

/** Resolves once a good token is held. */
export async function signedIn(root) {
  if (new URLSearchParams(location.hash.slice(1)).has("token")) await ready();
  if (token() && (await works())) return;
  await form(root);
}

export function signOut() {
  localStorage.removeItem(KEY);
  location.reload();
}

async function works() {
  try {
    await ask("GET", "equipment");
    return true;
  } catch (error) {
    if (!(error instanceof Problem) || ![401, 403].includes(error.status)) return true;
    localStorage.removeItem(KEY);
    return false;
  }
}

function form(root) {
  return new Promise((done) => {
    const name = h("input", { type: "text", name: "name", autocomplete: "username", required: true, maxlength: "120", id: "name" });
    const password = h("input", { type: "password", name: "password", autocomplete: "current-password", required: true, maxlength: "200", id: "password" });
    const said = h("p.said", { role: "alert" });
    const submit = async (event) => {
      event.preventDefault();
      const refused = await signIn(name.value, password.value);
      password.value = "";
      if (refused) fill(said, refused);
      else done();
    };
    fill(root, h("main.entry", {}, h("div.band"), h("form", { onsubmit: submit },
      h("h1", {}, shown.office.name), h("p.soft", {}, t("Administration")),
      h("label", { for: "name" }, t("Name")), name, h("label", { for: "password" }, t("Password")), password, said,
      h("button.button.primary", { type: "submit" }, t("Sign in")))));
    name.focus();
  });
}

async function signIn(name, password) {
  try {
    const response = await fetch("/api/v1/admin/session", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ name, password }), signal: AbortSignal.timeout(WAIT_MS),
    });
    const answer = await response.json();
    if (response.status === 401) return t("Name or password is not right.");
    if (!response.ok) return answer.title;
    localStorage.setItem(KEY, answer.token);
    return null;
  } catch {
    return t("Lost the service, connecting again");
  }
}
