// The languages in which this office calls people: one may be chosen for its calls that is not written on the screen.

import { api } from "../lib/api.js";
import { isCallError } from "../lib/http.js";

/** @typedef {{ settings: { ticket_language: boolean }, packs: { language: string, clips: Record<string, string> }[] }} Voices */

/** @returns {Promise<Set<string>>} */
export async function spokenLanguages() {
  try {
    /** @type {Voices} */
    const { settings, packs } = await api("GET", "voices");
    return new Set(packs.filter((pack) => settings.ticket_language && Object.keys(pack.clips).length > 0).map((pack) => pack.language));
  } catch (error) {
    if (!isCallError(error)) throw error;
    return new Set();
  }
}
