// The token of whoever administers: from the address, from the last sign-in, or by name and password; who it is, what the
// role may do.

import { fill, h } from "./dom.js";
import { bearer, ready } from "./api.js";
import { dropToken, keepToken, token } from "./device.js";
import { checked, isCallError, json, Problem, request } from "./http.js";
import { shown, t } from "./words.js";

const WAIT_MS = 20000;
const SIGN_OUT_MS = 3000;
const IDLE_MS = 30 * 60000; // nobody touched the page for so long: the session ends
const LOOK_MS = 15000;
const BROWSER = "motcua.browser";

/** Who is signed in, as the service last told. @type {Api.Me} */
export const me = { name: null, role: "", second_factor: false, second_factor_needed: false, business_date: "", may: [], signed_in: [] };

/**
 * Whether the role may make a call.
 * @param {string} call "GET /api/v1/devices", with parameters as they are declared
 */
export const may = (call) => me.may.includes(call);

/** Ask anew who is signed in. */
export const askMe = async () => Object.assign(me, await ask("GET", "admin/me"));

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {number} [waitMs]
 */
async function send(method, path, body, waitMs = WAIT_MS) {
  const headers = { ...bearer(token()), ...(body instanceof Blob ? { "Content-Type": "application/octet-stream" } : {}) };
  return checked(await request(method, path, body, { headers, waitMs }));
}

/**
 * A call with the administrator's token: its JSON, or null. Throws Problem or Unreachable, never begins a pairing.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {number} [waitMs] how long an answer is waited for
 */
export const ask = async (method, path, body, waitMs) => json(await send(method, path, body, waitMs));

/**
 * A file of the service, by the same token.
 * @param {string} path
 */
export const askFile = async (path) => (await send("GET", path)).blob();

/**
 * Resolves once a good token is held.
 * @param {HTMLElement} root
 */
export async function signedIn(root) {
  if (new URLSearchParams(location.hash.slice(1)).has("token")) await ready();
  if (!token() || !(await works())) await form(root);
  if (me.name !== null) endWhenIdle();
}

/** A person's session ends when nobody touched any page of this browser for half an hour. */
function endWhenIdle() {
  const pages = new BroadcastChannel("motcua.touched");
  let last = Date.now();
  const touched = () => {
    if (Date.now() - last >= LOOK_MS) pages.postMessage("touched");
    last = Date.now();
  };
  pages.onmessage = () => { last = Date.now(); };
  for (const kind of ["pointerdown", "keydown", "wheel"]) addEventListener(kind, touched, { capture: true, passive: true });
  setInterval(() => { if (Date.now() - last >= IDLE_MS) signOut(); }, LOOK_MS);
}

/** The session ends in the service as well; where the service does not answer it ends with its twelve hours. */
export async function signOut() {
  try {
    await ask("DELETE", "admin/session", undefined, SIGN_OUT_MS);
  } catch (error) {
    if (!isCallError(error)) throw error;
  }
  dropToken();
  location.reload();
}

/** What this browser calls itself, at every sign-in the same; empty where it may keep nothing. */
function browserName() {
  try {
    const known = localStorage.getItem(BROWSER);
    if (known && /^[a-z0-9]{8}$/.test(known)) return known;
    const made = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => (byte % 36).toString(36)).join("");
    localStorage.setItem(BROWSER, made);
    return made;
  } catch {
    return "";
  }
}

async function works() {
  try {
    await askMe();
    return true;
  } catch (error) {
    if (!(error instanceof Problem) || ![401, 403].includes(error.status)) return true;
    dropToken();
    return false;
  }
}

/** @param {HTMLElement} root */
function form(root) {
  return /** @type {Promise<void>} */ (new Promise((done) => {
    const name = h("input", { type: "text", name: "name", autocomplete: "username", required: true, maxlength: "120", id: "name" });
    const password = h("input", { type: "password", name: "password", autocomplete: "current-password", required: true, maxlength: "200", id: "password" });
    const code = h("input", { type: "text", name: "code", autocomplete: "one-time-code", inputmode: "numeric", maxlength: "10", id: "code" });
    const said = h("p.said", { role: "alert" });
    /** @param {SubmitEvent} event */
    const submit = async (event) => {
      event.preventDefault();
      const refused = await signIn(name.value, password.value, code.value);
      password.value = code.value = "";
      if (refused) fill(said, refused);
      else done();
    };
    fill(root, h("main.entry", {}, h("div.band"), h("form", { onsubmit: submit },
      h("h1", {}, shown.office.name), h("p.soft", {}, t("Administration")),
      h("label", { for: "name" }, t("Name")), name, h("label", { for: "password" }, t("Password")), password,
      h("label", { for: "code" }, t("Code on your telephone, if you have one")), code, said,
      h("button.button.primary", { type: "submit" }, t("Sign in")))));
    name.focus();
  }));
}

/**
 * Sign in; answers why not, in words, or null.
 * @param {string} name
 * @param {string} password
 * @param {string} code
 */
async function signIn(name, password, code) {
  try {
    const { token: given } = await json(await request("POST", "admin/session", { name, password, code, browser: browserName() }, { waitMs: WAIT_MS }));
    keepToken(given);
    await askMe();
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) return t("Lost the service, connecting again");
    return error.status === 401 ? t("Name, password or code is not right.") : error.title;
  }
}
