// Days and openings in the citizen's language.

import { local } from "../lib/dates.js";
import { shown, t } from "../lib/words.js";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** @param {number} weekday 0 is Sunday */
export const dayName = (weekday) => t(DAYS[weekday]);

/**
 * "Thứ Hai, 15/4", in the citizen's language; with the year where it may be another one.
 * @param {Date} moment
 */
export function dayText(moment, withYear = false) {
  const at = local(moment, shown.office.timezone);
  return `${dayName(at.weekday)}, ${at.day}/${at.month}${withYear ? `/${at.year}` : ""}`;
}

/** @param {Date} next */
export function when(next) {
  const [now, then] = [local(new Date(), shown.office.timezone), local(next, shown.office.timezone)];
  if (now.day === then.day && now.month === then.month) return then.hour < 12 ? t("this morning") : t("this afternoon");
  return t("on {date}", { date: `${dayName(then.weekday)} ${then.day}/${then.month}` });
}

/** @param {Date} next */
export function left(next) {
  const total = Math.max(1, Math.ceil((next.getTime() - Date.now()) / 60000));
  const [hours, rest] = [Math.floor(total / 60), total % 60];
  if (hours === 0) return t("{minutes} minutes", { minutes: rest });
  return rest ? t("{hours} hours {minutes} minutes", { hours, minutes: rest }) : t("{hours} hours", { hours });
}
