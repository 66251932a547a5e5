// "Lời bà con": what citizens wrote or spoke after their visit, the newest first. No number, no name.

import { local } from "../lib/dates.js";
import { fill, h } from "../lib/dom.js";
import { ask, askFile } from "../lib/session.js";
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
        !shown.survey.remark && !shown.survey.voice_remark && h("p", {}, t("Citizens are asked for words where the configuration says so: [survey] remark.")))));
}

/** @param {Api.Comment} one */
function row(one) {
  const { levels } = shown.survey;
  const at = Math.max(0, levels.findIndex((level) => level.code === one.level));
  const when = local(new Date(one.at), shown.office.timezone);
  const where = [serviceOf(one.service)?.name || one.service, counterOf(one.counter)?.name, `${when.day}/${when.month}`].filter(Boolean).join(" · ");
  return h("li", {}, face(at, levels.length), h("div", {}, one.spoken ? heard(one.spoken) : h("blockquote", {}, one.text), h("p.soft", {}, `${levels[at]?.name || one.level} · ${where}`)));
}

/** @type {AudioContext | null} */
let speaker = null; // of the page: browsers let it sound only after a touch
/** @type {AudioBufferSourceNode | null} */
let playing = null;

/** @param {string} remark */
function heard(remark) {
  const said = h("span.said", { role: "alert" });
  const hear = async () => {
    playing?.stop();
    fill(said);
    try {
      speaker = speaker || new AudioContext();
      const sound = await (await askFile(`admin/comments/${remark}/sound`)).arrayBuffer();
      const source = speaker.createBufferSource();
      source.buffer = await speaker.decodeAudioData(sound);
      source.connect(speaker.destination);
      source.start();
      playing = source;
      said.textContent = t("{seconds} seconds", { seconds: Math.round(source.buffer.duration) });
    } catch {
      said.textContent = t("This recording cannot be played.");
    }
  };
  return h("p.heard", {}, h("button.button", { type: "button", onclick: hear }, picto("speaker"), t("Hear what was said")), said);
}
