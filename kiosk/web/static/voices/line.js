// What the studio asks of the service: JSON by `ask`, sound as bytes.

import { Problem, token, Unreachable } from "../lib/api.js";

const WAIT_MS = 40000;

/** Bytes up or down with the administrator's token. Answers the response; throws Problem or Unreachable. */
export async function carry(method, path, body, type) {
  const headers = { Authorization: `Bearer ${token()}` };
  if (type) headers["Content-Type"] = type;
  let response;
  try {
    response = await fetch(`/api/v1/${path}`, { method, headers, body, cache: "no-store", signal: AbortSignal.timeout(WAIT_MS) });
  } catch (error) {
    throw new Unreachable(error.message);
  }
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => ({ code: "internal" })));
  return response;
}

/** The bytes of a clip by its hash. */
export const clipBytes = async (digest) => (await carry("GET", `voices/clips/${digest}`)).arrayBuffer();

/** Lets the browser save a file under a name. */
export async function download(path, name) {
  const address = URL.createObjectURL(await (await carry("GET", path)).blob());
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
