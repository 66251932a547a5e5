// A device without a token shows a code until the administrator accepts it.

import { counterCode, role } from "./device.js";
import { fill, h } from "./dom.js";
import { json, pause, Problem, request } from "./http.js";
import { t } from "./words.js";

const POLL_MS = 2000;

/** A token for this device; a calm screen shows the code meanwhile. */
export async function pair() {
  const main = h("main", {});
  const screen = h("div.pairing", {}, h("div.band"), main);
  document.body.append(screen);
  try {
    for (;;) {
      const token = await collect(main, await askForCode(main));
      if (token) return token;
    }
  } finally {
    screen.remove();
  }
}

/** @param {HTMLElement} main */
async function askForCode(main) {
  const device = { role, name: counterCode ? `${role}-${counterCode}` : role, ...(counterCode ? { counter: counterCode } : {}) };
  for (;;) {
    try {
      return await json(await request("POST", "devices/pair", device));
    } catch (error) {
      show(main, null, error instanceof Problem ? error.title : t("The service does not answer yet. This page keeps trying."));
      await pause(POLL_MS);
    }
  }
}

/**
 * The token once it is accepted; null when the code is no longer good.
 * @param {HTMLElement} main
 * @param {{ code: string, state: string, device_code?: string, ca_fingerprint?: string }} pairing
 */
async function collect(main, pairing) {
  if (pairing.state === "waiting") show(main, pairing.code, "", pairing.ca_fingerprint);
  for (;;) {
    try {
      const now = await json(await request("POST", "devices/pair/token", { device_code: pairing.device_code }));
      if (now.token) return now.token;
      if (now.state !== "waiting") return null;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
    }
    await pause(POLL_MS);
  }
}

/**
 * @param {HTMLElement} main
 * @param {string | null} code
 * @param {string} trouble
 * @param {string} [fingerprint]
 */
function show(main, code, trouble, fingerprint) {
  fill(
    main,
    h("h1", {}, t("This device is not paired yet")),
    code && h("p.code", {}, `${code.slice(0, 4)}\u00a0${code.slice(4)}`),
    code && h("p", {}, t("Please ask the administrator to accept this code on the page Devices.")),
    fingerprint && h("p.fingerprint", {}, t("The office's certificate: {fingerprint}", { fingerprint })),
    trouble && h("p", {}, trouble),
  );
}
