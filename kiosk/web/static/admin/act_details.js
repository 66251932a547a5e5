// What became of it: the words behind an act of the journal that does not say it by itself.

import { t } from "../lib/words.js";
import { ROLES } from "./people.js";

/** @type {Record<string, string>} */
const DETAILS = { ...ROLES, kiosk: "Ticket machine", tablet: "Tablet", board: "Waiting-room screen", counter: "Counter PC", disabled: "May not sign in", pin: "Another PIN" };

/**
 * The act with what became of it.
 * @param {string} act in words
 * @param {string} [detail] a role, another name, "disabled" or "pin"
 */
export const withDetail = (act, detail) => (detail ? `${act} (${DETAILS[detail] ? t(DETAILS[detail]) : detail})` : act);
