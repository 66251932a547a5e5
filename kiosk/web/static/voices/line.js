// What the studio asks of the service: JSON by `ask`, sound as bytes.

import { token } from "../lib/device.js";
import { checked, request } from "../lib/http.js";
import { bearer } from "../lib/api.js";

const WAIT_MS = 40000;

/**
 * Bytes up or down with the administrator's token. Answers the response; throws Problem or Unreachable.
 * @param {string} method
 * @param {string} path
 * @param {Blob | ArrayBuffer | null} [body]
 * @param {string} [type]
 */
export async function carry(method, path, body, type) {
  const headers = { ...bearer(token()), ...(type ? { "Content-Type": type } : {}) };
  return checked(await request(method, path, body, { headers, waitMs: WAIT_MS }));
}

/**
 * The bytes of a clip by its hash.
 * @param {string} digest
 */
export const clipBytes = async (digest) => (await carry("GET", `voices/clips/${digest}`)).arrayBuffer();

/**
 * Lets the browser save a file under a name.
 * @param {string} path
 * @param {string} name
 */
export async function download(path, name) {
  const address = URL.createObjectURL(await (await carry("GET", path)).blob());
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
