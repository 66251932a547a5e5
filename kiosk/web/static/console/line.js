// Middle: who is next, the queue in calling order, who is held or absent, the other services.

import { h } from "../lib/dom.js";
import { sign } from "../lib/signs.js";
import { countersFor, figures, letterOf, shown, t } from "../lib/words.js";
import { counterCode } from "../lib/device.js";
import { waited } from "./actions.js";
import { signOfNumber } from "./citizen.js";
import { state } from "./model.js";
import { reasonWords } from "./reasons.js";
import { doubt, slip } from "./slips.js";

const NOTICE_MS = 12000;
const SHOWN = 30;

/** @param {typeof import("./dialogs.js").dialogs} dialogs */
export function line(dialogs) {
  const { waiting, held, absent, waiting_by_service: others } = state.queue;
  return [nextUp(waiting[0], dialogs), queueCard(waiting.slice(1), dialogs), asideCard(held, absent, dialogs), otherServices(others)];
}

/**
 * @param {Api.QueueItem | undefined} item
 * @param {typeof import("./dialogs.js").dialogs} dialogs
 */
function nextUp(item, dialogs) {
  const notice = state.notice && Date.now() - state.notice.at < NOTICE_MS
    && h("p.notice", {}, t("{number} was just called by counter {counter}", state.notice));
  if (!item) return h("section.next.none", {}, h("b.label", {}, t("Up next")), h("p", {}, state.queue.isHidden ? t("Sign in to see who is waiting") : t("Nobody is waiting yet")), notice);
  const { ticket, why } = item;
  return h("section.next", {},
    h("b.label", {}, t("Up next")),
    h("button.row", { type: "button", onclick: () => dialogs.row(ticket) },
      signOfNumber(ticket.number), h("span.number", {}, figures(ticket.number)),
      h("span.why", {}, why === "priority" && h("span.tag.gold", {}, t("Invited first")), origin(ticket), waitedWords(ticket))),
    slip(ticket), notice);
}

/** @param {Api.Ticket} ticket */
const waitedWords = (ticket) => h("span", {}, t("waits {minutes} min", { minutes: waited(ticket) }));

/**
 * Where a transferred ticket came from: the counter when it is known, else the one counter of its letter.
 * @param {Api.Ticket} ticket
 */
function origin(ticket) {
  const from = state.origins.get(ticket.id);
  if (from && from !== counterCode && shown.counters.some((one) => one.code === from)) return tag(t("From counter {counter}", { counter: from }));
  const service = shown.services.find((one) => one.letter === letterOf(ticket.number));
  if (!service || service.code === ticket.service) return null;
  const counters = countersFor(service.code);
  return tag(counters.length === 1 ? t("From counter {counter}", { counter: counters[0].code }) : t("Transferred here"));
}

/** @param {string} words */
const tag = (words) => h("span.tag", {}, words);

/**
 * @param {Api.QueueItem[]} items
 * @param {typeof import("./dialogs.js").dialogs} dialogs
 */
function queueCard(items, dialogs) {
  return h("section.list.grows", {},
    h("header", {}, h("b", {}, t("Waiting for this counter")), h("span.count.dark", {}, String(items.length))),
    h("div.rows", {}, items.slice(0, SHOWN).map(({ ticket, why }) => h("div.line", {},
      h("button.row", { type: "button", onclick: () => dialogs.row(ticket) },
        signOfNumber(ticket.number), h("span.number", {}, figures(ticket.number)), waitedWords(ticket),
        h("span.end", {}, why === "priority" && h("span.tag.gold", {}, t("Invited first")), origin(ticket))),
      slip(ticket))),
    !items.length && h("p.nobody", {}, t("Nobody else"))));
}

/**
 * @param {Api.Ticket[]} held
 * @param {Api.AbsentTicket[]} absent
 * @param {typeof import("./dialogs.js").dialogs} dialogs
 */
function asideCard(held, absent, dialogs) {
  const rows = [
    ...held.map((ticket) => asideRow(ticket, reasonWords(ticket.reason), t("Held"), dialogs)),
    ...absent.map((ticket) => asideRow(ticket, t("{minutes} min left", { minutes: Math.max(1, Math.ceil(ticket.grace_left_s / 60)) }), t("Absent"), dialogs)),
  ];
  return h("section.list.aside", {},
    h("header", {}, h("b", {}, t("Held and absent")), h("span.count", {}, String(rows.length))),
    h("div.rows", {}, rows));
}

/**
 * @param {Api.Ticket} ticket
 * @param {string} words
 * @param {string} kind
 * @param {typeof import("./dialogs.js").dialogs} dialogs
 */
const asideRow = (ticket, words, kind, dialogs) => h("div.line", {},
  h("button.row", { type: "button", onclick: () => dialogs.row(ticket) },
    signOfNumber(ticket.number), h("span.number", {}, figures(ticket.number)), h("span.cut", {}, words), h("span.end", {}, tag(kind))), doubt(ticket));

/** @param {Record<string, number>} waiting */
function otherServices(waiting) {
  const own = state.counter.services;
  return h("section.list.elsewhere", {},
    h("header", {}, h("b", {}, t("Other counters")), h("span.soft", {}, t("waiting"))),
    h("div.signs", {}, shown.services.filter((service) => !own.includes(service.code)).map((service) =>
      h("span", { title: service.name }, sign(service), h("b", {}, String(waiting[service.code] || 0))))));
}
