// Why a number was put aside, in words. The journal keeps codes; what a clerk typed is shown as long as it is kept.

import { t } from "../lib/words.js";

/** @type {Record<string, string>} */
const REASONS = { "missing-papers": "waiting for missing papers", relative: "waiting for a relative", copies: "fetching copies", other: "put aside" };
//t: waiting for missing papers | waiting for a relative | fetching copies | put aside

/** @param {string | null} reason */
export const reasonWords = (reason) => t(REASONS[reason || "other"] || reason || "");
