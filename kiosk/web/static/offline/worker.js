// The service worker of the citizens' pages: they open while the service is dead. The service puts one line before this
// file, `const OFFER`, with all that one version of it needs. A version is kept whole or not at all, and never mixed.

/* global OFFER */
/** @type {any} */
const worker = self;
const PREFIX = "motcua-";
const CACHE = PREFIX + OFFER.version;
const PATIENCE_MS = 4000; // a service that hangs is dead to whoever stands before the page
const DEAD = new Set([502, 503, 504]);

/**
 * One file of this version, and of no other.
 * @param {string} path
 */
async function fetched(path) {
  const response = await fetch(path, { cache: "no-cache", credentials: "omit" });
  if (!response.ok || !(await isOfThisVersion(path, response.clone()))) throw new Error(`${path} is not of this version`);
  return response;
}

/**
 * @param {string} path
 * @param {Response} response
 */
async function isOfThisVersion(path, response) {
  if (path in OFFER.pages) return (await response.text()).includes(`data-version="${OFFER.code}"`);
  if (path.startsWith("/api/")) return (await response.json()).version === OFFER.code;
  return !path.startsWith("/static/") || isFixed(response);
}

/**
 * The service says of a file under a hash that it never changes; under another version's hash it says so not.
 * @param {Response} response
 */
const isFixed = (response) => (response.headers.get("Cache-Control") || "").includes("immutable");

async function keepAll() {
  const cache = await caches.open(CACHE);
  try {
    const paths = [...OFFER.files, ...Object.keys(OFFER.pages), ...Object.values(OFFER.pages).map((name) => `/api/v1/page/${name}`)];
    for (const path of paths) await cache.put(path, await fetched(path));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function dropOthers() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  await worker.clients.claim();
}

/**
 * The page of an address: /t/… is one page for all tickets.
 * @param {string} path
 */
const pageOf = (path) => (path.startsWith("/t/") ? "/t/-" : path);

/**
 * As the service answers now, else as it was kept.
 * @param {Request} request
 * @param {string} kept
 */
async function freshOr(request, kept) {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!DEAD.has(response.status)) return response;
  } catch {
    // dead, or hanging
  }
  return (await (await caches.open(CACHE)).match(kept)) || Response.error();
}

/** @param {Request} request */
async function keptOr(request) {
  const known = await (await caches.open(CACHE)).match(request.url);
  return known || fetch(request);
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepAll().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(dropOthers()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  if (request.mode === "navigate" && pageOf(pathname) in OFFER.pages) event.respondWith(freshOr(request, pageOf(pathname)));
  else if (Object.values(OFFER.pages).some((name) => pathname === `/api/v1/page/${name}`)) event.respondWith(freshOr(request, pathname));
  else if (OFFER.files.includes(pathname)) event.respondWith(keptOr(request));
});
