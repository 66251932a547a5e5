// Every screen of the touch kiosk by its name.

import { camera } from "./camera.js";
import { closed, home, priority, service } from "./choose.js";
import { code } from "./code_entry.js";
import { dossier } from "./dossier.js";
import { another, down } from "./more.js";
import { papers, procedure } from "./procedures.js";
import { faces, further, rated, reason } from "./rating.js";
import { rate } from "./rating_entry.js";
import { search } from "./search.js";
import { ticket } from "./ticket.js";

/** @typedef {"home" | "service" | "priority" | "ticket" | "closed" | "code" | "camera" | "dossier" | "papers" | "procedure" | "search" | "rate" | "faces" | "reason" | "further" | "rated" | "another" | "down"} ScreenName */

/** @type {Record<ScreenName, (app: import("./app.js").Kiosk, data: any) => Touch.Screen>} */
export const SCREENS = { home, service, priority, ticket, closed, code, camera, dossier, papers, procedure, search, rate, faces, reason, further, rated, another, down };
/** Screens on which a minute without a touch asks whether somebody is still there. @type {string[]} */
export const CHOICES = ["service", "priority", "code", "camera", "papers", "procedure", "search", "rate", "faces", "reason", "further", "another"];
/** These show the queue, and nothing without it. */
export const QUEUE_SCREENS = ["home", "service", "priority", "closed"];
/** Nobody works the machine. */
export const RESTING = ["home", "closed", "down"];
