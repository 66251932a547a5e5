// "Lời bà con": what citizens wrote after their visit, the newest first. No number, no name.

import { local } from "../lib/dates.js";
import { fill, h } from "../lib/dom.js";
import { ask } from "../lib/session.js";
import { face, picto } from "../lib/signs.js";
import { counterOf, serviceOf, shown, t } from "../lib/words.js";

/** @param {HTMLElement} root */
export async function comments(root) {
  const answer = await ask("GET", "admin/comments");
  /** @type {Api.Comment[]} */
  const all = answer.comments;
  fill(root, h("header.head", {}, h("h1", {}, t("Citizens' words"))),
    h("section.card.comments", {}, h("p.soft", {}, t("Written after the faces, without a name. They are forgotten after {days} days and stand in no report.", { days: answer.kept_days })),
      all.length ? h("ul", {}, all.map(row)) : h("div.nothing", {}, picto("speech"), h("h2", {}, t("Nobody has written anything yet")),
        !shown.survey.remark && h("p", {}, t("Citizens are asked for words where the configuration says so: [survey] remark.")))));
}

/** @param {Api.Comment} one */
function row(one) {
  const { levels } = shown.survey;
  const at = Math.max(0, levels.findIndex((level) => level.code === one.level));
  const when = local(new Date(one.at), shown.office.timezone);
  const where = [serviceOf(one.service)?.name || one.service, counterOf(one.counter)?.name, `${when.day}/${when.month}`].filter(Boolean).join(" · ");
  return h("li", {}, face(at, levels.length), h("div", {}, h("blockquote", {}, one.text), h("p.soft", {}, `${levels[at]?.name || one.level} · ${where}`)));
}
