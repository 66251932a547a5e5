// A small helper to build elements, and the clock in Vietnamese.

/** h("button.tile", {onclick, disabled}, child, …): text and nodes become children; null and false are left out. */
export function h(kind, properties = {}, ...children) {
  const [name, ...classes] = kind.split(".");
  const element = document.createElement(name || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties || {})) set(element, key, value);
  add(element, children);
  return element;
}

function set(element, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key === "style" && typeof value === "object") {
    for (const [name, one] of Object.entries(value)) element.style.setProperty(name, one);
  } else if (key === "class") {
    element.classList.add(...String(value).split(" ").filter(Boolean));
  } else if (key.startsWith("on")) {
    element.addEventListener(key.slice(2), value);
  } else {
    element.setAttribute(key, value === true ? "" : value);
  }
}

export function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Put `children` in the place of everything inside `element`. */
export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

export const $ = (selector, root = document) => root.querySelector(selector);

/** Elements for a sentence in which *two stars* mark what is bold. */
export function bold(sentence) {
  return sentence.split("*").map((part, index) => (index % 2 ? h("b", {}, part) : part));
}

const DAYS = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];

/** The parts of a moment as the office's wall clock shows them; `weekday` 0 is Sunday. */
export function local(moment, zone = "Asia/Ho_Chi_Minh") {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
    second: "2-digit", hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(moment).map((part) => [part.type, part.value]));
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { year, month, day, weekday, hour: Number(parts.hour), minute: Number(parts.minute), time: `${parts.hour}:${parts.minute}` };
}

export const dayName = (weekday) => DAYS[weekday];

/** "Thứ Hai, 15/4/2024", or without the year "Thứ Hai, 15/4". */
export function dateText(moment, zone, withYear = true) {
  const at = local(moment, zone);
  return `${DAYS[at.weekday]}, ${at.day}/${at.month}${withYear ? `/${at.year}` : ""}`;
}

/** "Thứ Hai, 15 tháng 4 năm 2024". */
export function longDateText(moment, zone) {
  const at = local(moment, zone);
  return `${DAYS[at.weekday]}, ${at.day} tháng ${at.month} năm ${at.year}`;
}

/** Whole days from `from` to `to` by the calendar of the office. */
export function daysBetween(from, to, zone) {
  const [a, b] = [local(from, zone), local(to, zone)];
  return Math.round((Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / 86400000);
}

/** Keeps two elements at the present time and date; either may be null. */
export function clock(timeElement, dateElement, zone) {
  const show = () => {
    const now = new Date();
    if (timeElement) timeElement.textContent = local(now, zone).time;
    if (dateElement) dateElement.textContent = dateText(now, zone);
  };
  show();
  return setInterval(show, 1000);
}
