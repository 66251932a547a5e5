// Dates as the office's wall clock and calendar show them, in Vietnamese. No document.

const DAYS = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];

/** One of each zone: making one takes longer than all that it is used for. @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} zone */
function formatOf(zone) {
  const format = formats.get(zone) || new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
    second: "2-digit", hourCycle: "h23",
  });
  formats.set(zone, format);
  return format;
}

/**
 * The parts of a moment as the office's wall clock shows them; `weekday` 0 is Sunday.
 * @param {Date} moment
 */
export function local(moment, zone = "Asia/Ho_Chi_Minh") {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(moment).map((part) => [part.type, part.value]));
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { year, month, day, weekday, hour: Number(parts.hour), minute: Number(parts.minute), time: `${parts.hour}:${parts.minute}` };
}

/** @param {number} weekday */
export const dayName = (weekday) => DAYS[weekday];

/**
 * "Thứ Hai, 15/4/2024", or without the year "Thứ Hai, 15/4".
 * @param {Date} moment
 * @param {string} zone
 */
export function dateText(moment, zone, withYear = true) {
  const at = local(moment, zone);
  return `${DAYS[at.weekday]}, ${at.day}/${at.month}${withYear ? `/${at.year}` : ""}`;
}

/**
 * "Thứ Hai, 15 tháng 4 năm 2024".
 * @param {Date} moment
 * @param {string} zone
 */
export function longDateText(moment, zone) {
  const at = local(moment, zone);
  return `${DAYS[at.weekday]}, ${at.day} tháng ${at.month} năm ${at.year}`;
}

/**
 * Whole days from `from` to `to` by the calendar of the office.
 * @param {Date} from
 * @param {Date} to
 * @param {string} zone
 */
export function daysBetween(from, to, zone) {
  const [a, b] = [local(from, zone), local(to, zone)];
  return Math.round((Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / 86400000);
}
