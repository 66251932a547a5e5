// What a scanner reads, on whatever screen it is held to: the code of a dossier, the square of a slip, by which one rates, or
// an ID card where the office reads them.

import { local } from "../lib/dates.js";
import { shown, t } from "../lib/words.js";
import { lookUp } from "./code_entry.js";
import { ageOnCard, isIdCard } from "./id_card.js";
import { openByToken } from "./rating_entry.js";
import { tokenIn } from "./rating_typing.js";
import { takeTicket } from "./tickets.js";

const ELDERLY = "elderly";

/**
 * @param {import("./app.js").Kiosk} app
 * @param {string} text
 */
export function scanned(app, text) {
  app.stay();
  const token = tokenIn(text);
  if (token) {
    if (app.name !== "down") openByToken(app, token);
  } else if (isIdCard(text)) readCard(app, ageOnCard(text, local(new Date(), shown.office.timezone).year));
  else if (app.name !== "down") lookUp(app, text);
}

/**
 * Who is old enough goes first where a service was chosen; everywhere else, and for everybody else, it says what to do.
 * @param {import("./app.js").Kiosk} app
 * @param {number | null} age
 */
function readCard(app, age) {
  const least = shown.kiosk.id_card_age;
  const group = shown.priorities.find((one) => one.code === ELDERLY);
  if (app.printer.informs) app.note(t("Cards are not read here. To take a number, please go to the machine that gives numbers."));
  else if (least === null || !group) app.note(t("Cards are not read here. No card is needed for a number."));
  else if (app.name !== "priority") app.note(t("Choose a service first, then show the card."));
  else if (age === null || age < least) app.note(t("Touch “Take a number”, or your picture if you may go first."));
  else takeTicket(app, app.data.service, group.code);
}
