// Screens of choice: the first one, the services, who may go first; and the closed office.

import { bold, h, local } from "./dom.js";
import { bar, heading } from "./kiosk_frame.js";
import { spokenWarning, warned } from "./kiosk_printer.js";
import { deep, picto, sign, SHAPE_NAMES } from "./signs.js";
import { minutes, serviceOf, shown, t } from "./words.js";

const PEOPLE = 4;

const spokenSign = (service) => `${t(SHAPE_NAMES[service.shape])}, ${service.letter}, ${service.name}`;

function tile(kind, letter, icon, name, below, onclick) {
  return h(`button.tile.${kind}`, { onclick },
    h("span.letter", {}, letter), picto(icon), h("b", {}, name), h("small", {}, below));
}

function ticketTile(app, label, rows, onclick, letter) {
  return h("button.take", { onclick },
    h("span.paper", {}, picto("ticket")), h("span.cut"),
    h("span.words", {}, letter && h("span.letter", {}, letter), h("b", {}, label), rows));
}

export function home(app) {
  const waiting = app.board.queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const badge = h("span.badge", {}, picto("person"), waiting ? t("Waiting: {count} people", { count: waiting }) : t("No waiting"));
  const node = h("main.home", {},
    heading(t("Welcome, {folk}!"), warned(app) || t("Touch a picture. The machine will speak to you.")),
    ticketTile(app, t("Take a number"), [h("small", {}, t("to meet an officer")), badge], () => app.show("service"), "L"),
    h("div.row", {},
      tile("folder", "T", "search", t("Look up a dossier"), t("Where is my dossier?"), () => app.show("code")),
      tile("page", "G", "list", t("Papers, procedures"), t("Which papers do I bring?"), () => app.show("papers")),
      tile("speech", "Đ", "happy", t("Rate"), t("How did the officer serve you?"), () => app.show("rate"))));
  const say = [t("Welcome, {folk}!"), ...spokenWarning(app), t("Take a number"), t("Look up a dossier"), t("Papers, procedures"), t("Rate")];
  return { node, bar: bar(app, false), say, live: true, quiet: true };
}

function foot(service, queue, full) {
  if (full) return [h("span", {}, t("No more numbers today"))];
  if (!queue || queue.waiting === 0) return [h("span.none", {}, picto("check"), t("No waiting"))];
  const little = queue.waiting <= PEOPLE ? Array.from({ length: queue.waiting }, () => picto("person")) : [picto("people")];
  const wait = queue.estimated_wait_s;
  return [
    h("span.count", {}, h("span.little", {}, little), h("span", {}, bold(t("*{count}* people", { count: queue.waiting })))),
    wait !== null && h("span.wait", {}, picto("clock"), h("span", {}, bold(t("*{count}* min", { count: minutes(wait) })))),
  ];
}

export function service(app) {
  const tiles = shown.services.map((one) => {
    const queue = app.board.queues.find((row) => row.service === one.code);
    const full = app.isFull(one.code);
    const style = { "--colour": deep(one), "--tint": one.tint, "--hole": one.tint };
    return h("button.service", { style, class: full ? "full" : "", "data-service": one.code,
      onclick: () => (full ? app.note(t("No more numbers today")) : app.show("priority", { service: one.code })) },
    h("span.face", {}, h("span.signs", {}, sign(one), picto(one.pictogram)), h("b", {}, one.name), one.hint && h("small", {}, one.hint)),
    h("span.foot", {}, foot(one, queue, full)));
  });
  const help = h("button.service.unsure", { onclick: () => app.callOfficer() },
    h("span.face", {}, picto("help"), h("b", {}, t("Not sure? Call an officer"))), h("span.foot", {}, t("The machine tells an officer at once")));
  const node = h("main.services", {},
    heading(t("What do you need?"), warned(app) || t("Touch a picture. The counter shows it too.")), h("div.grid", {}, tiles, help));
  return { node, bar: bar(app, true), back: "home", live: true, say: [...spokenWarning(app), t("What do you need?"), ...shown.services.map(spokenSign)] };
}

export function priority(app, { service: code }) {
  const one = serviceOf(code);
  const queue = app.board.queues.find((row) => row.service === code);
  const cards = shown.priorities.map((group) => h("button.group", { "data-priority": group.code, onclick: () => app.take(code, group.code) },
    picto(group.pictogram), h("b", {}, group.name)));
  const chosen = h("div.chosen", { style: { "--tint": one.tint, "--hole": one.tint, "--colour": deep(one) } },
    sign(one), h("div", {}, h("small", {}, t("You chose")), h("b", {}, one.name)), picto(one.pictogram));
  const node = h("main.priority", {}, chosen,
    ticketTile(app, t("Take a number"), [h("small", {}, ahead(queue)), warned(app)], () => app.take(code, null)),
    cards.length > 0 && [
      h("div.first", {}, h("h2", {}, t("May you go first?")), h("p", {}, t("If so, touch your picture."))),
      h("div.grid", {}, cards),
      h("div.promise", {}, picto("check"), h("p", {}, t("No proof is needed here. Neither slip nor screen tells the reason."))),
    ]);
  const say = [`${t("You chose")} ${one.name}`, t("Take a number"), t("May you go first?"), ...shown.priorities.map((group) => group.name)];
  return { node, bar: bar(app, true), back: "service", live: true, say };
}

function ahead(queue) {
  if (!queue || queue.waiting === 0) return t("No waiting");
  if (queue.estimated_wait_s === null) return t("{count} people before you", { count: queue.waiting });
  return t("{count} people before you, about {minutes} min", { count: queue.waiting, minutes: minutes(queue.estimated_wait_s) });
}

/** The sessions of today's table of hours, or of the day of the next opening. */
function sessions(next) {
  const day = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][local(next, shown.office.timezone).weekday];
  return shown.office.hours.filter((row) => row.days.includes(day)).sort((a, b) => (a.from < b.from ? -1 : 1));
}

export function closed(app) {
  const next = app.board.next_opening ? new Date(app.board.next_opening) : null;
  const time = next && local(next, shown.office.timezone).time;
  const rows = next ? sessions(next) : [];
  const boxes = rows.map((row) => h("div", { class: row.from === time ? "next" : "" }, picto("clock"),
    h("span", {}, h("small", {}, row.from < "12:00" ? t("Morning") : t("Afternoon")), h("b", {}, `${row.from.replace(/^0/, "")}–${row.to.replace(/^0/, "")}`))));
  const node = h("main.closed", {}, picto("clock"), h("h1", {}, t("Numbers are not given yet")),
    next && [h("p", {}, t("Please come back at")), h("div.opening", {}, time), h("p", {}, t("{when}, {left} left", { when: when(next), left: left(next) }))],
    h("div.sessions", {}, boxes), h("p.still", {}, t("Dossiers and papers can still be looked up.")),
    h("div.pair", {},
      h("button.orange", { onclick: () => app.show("code") }, picto("search"), t("Look up a dossier")),
      h("button.teal", { onclick: () => app.show("papers") }, picto("list"), t("Papers, procedures"))));
  const say = [t("Numbers are not given yet"), next && `${t("Please come back at")} ${time}`];
  return { node, bar: bar(app, false), say, live: true, quiet: true };
}

function when(next) {
  const [now, then] = [local(new Date(), shown.office.timezone), local(next, shown.office.timezone)];
  if (now.day === then.day && now.month === then.month) return then.hour < 12 ? t("this morning") : t("this afternoon");
  return t("on {date}", { date: `${["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"][then.weekday]} ${then.day}/${then.month}` });
}

function left(next) {
  const total = Math.max(1, Math.ceil((next - Date.now()) / 60000));
  const [hours, rest] = [Math.floor(total / 60), total % 60];
  if (hours === 0) return t("{minutes} minutes", { minutes: rest });
  return rest ? t("{hours} hours {minutes} minutes", { hours, minutes: rest }) : t("{hours} hours", { hours });
}
