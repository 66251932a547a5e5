// Calls of the service: what is sent, what comes back, and how a call fails. Knows no token and no document.

const BASE = "/api/v1";
const WAIT_MS = 10000;

/** A refusal of the service: `code` never changes, `title` is for people, `facts` is the whole answer. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {any} body
   */
  constructor(status, body) {
    super(body.title || body.code);
    this.status = status;
    /** @type {import("./contract.js").ProblemCode} */
    this.code = body.code || "internal";
    this.title = body.title || "";
    this.detail = body.detail || "";
    this.facts = body;
  }
}

/** The service could not be reached, or gave no answer in time. */
export class Unreachable extends Error {}

/**
 * Whether a call failed in a way that a page must expect; anything else is a fault of the page.
 * @param {unknown} error
 * @returns {error is Problem | Unreachable}
 */
export const isCallError = (error) => error instanceof Problem || error instanceof Unreachable;

/**
 * @param {number} ms
 * @returns {Promise<void>}
 */
export const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** A key for one tap: the same key again never makes a second ticket. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * "tickets" is "/api/v1/tickets"; a whole path stays as it is.
 * @param {string} path
 */
export const addressOf = (path) => (path.startsWith("/") ? path : `${BASE}/${path}`);

const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * One request; answers the Response, whatever its status, with all of its body: a line that drops in the middle of an
 * answer is a line that dropped, and no reader of the body has to know. A Blob, ArrayBuffer or nothing is sent as it is, anything else
 * as JSON. Throws Unreachable.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {{ headers?: Record<string, string>, waitMs?: number, cache?: RequestCache }} [options]
 */
export async function request(method, path, body, { headers = {}, waitMs = WAIT_MS, cache = "no-store" } = {}) {
  const isPlain = body === undefined || body === null || body instanceof Blob || body instanceof ArrayBuffer;
  const sent = isPlain ? /** @type {Blob | ArrayBuffer | null | undefined} */ (body) : JSON.stringify(body);
  const all = isPlain ? headers : { ...headers, "Content-Type": "application/json" };
  try {
    const answer = await fetch(addressOf(path), { method, headers: all, body: sent, signal: AbortSignal.timeout(waitMs), cache, credentials: "same-origin" });
    const { status, statusText, headers: heads } = answer;
    return new Response(WITHOUT_BODY.has(status) ? null : await answer.arrayBuffer(), { status, statusText, headers: heads });
  } catch (error) {
    throw new Unreachable(error instanceof Error ? error.message : "");
  }
}

/**
 * The same response when its status is a good one. Throws Problem.
 * @param {Response} response
 */
export async function checked(response) {
  if (response.ok) return response;
  throw new Problem(response.status, await response.json().catch(() => ({ code: "internal" })));
}

/**
 * The JSON of an answer; null for 204. Throws Problem, and Unreachable where something between (the sign-in page of a
 * Wi-Fi, a proxy) answers in the service's place.
 * @param {Response} response
 * @returns {Promise<any>}
 */
export async function json(response) {
  await checked(response);
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    throw new Unreachable("the answer is not the service's");
  }
}
