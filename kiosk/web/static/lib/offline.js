// Keeps this page openable while the service is dead, where the browser allows it: over HTTPS, or on this very PC.

const HOUR_MS = 3600 * 1000;

/** Register the service worker, and look every hour whether the service has a newer version of it. */
export async function keepForOffline() {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
    setInterval(() => registration.update().catch(() => {}), HOUR_MS);
  } catch {
    // the page works as before, only not without the service
  }
}
