// Rating on the citizen's own phone: the one-time token is fetched while the line is there, so that a touch counts even
// when the line drops; the answer is kept until it is delivered.

import { h } from "../lib/dom.js";
import { isCallError, json, newKey, Problem, request } from "../lib/http.js";
import { addTo, deliver, give, waiting } from "../lib/ratings.js";
import { face, faceRim, picto } from "../lib/signs.js";
import { nameOf, shown, t } from "../lib/words.js";

const WAIT_MS = 8000;
const EVERY_MS = 4000;

export class PhoneRating {
  /** @type {{ ticket: string, rating_token: string } | null} */
  pass = null;
  key = "";
  refused = "";
  /** The service will not take it: too late, or this door takes no answers. No faces are shown then. */
  isRefused = false;
  /** @type {Api.Level | null} */
  level = null;
  isExplained = false;
  /** An answer waits on this phone: from now, or from before the page was opened anew. */
  isKept = false;

  /**
   * @param {string} token of the ticket's address
   * @param {() => void} draw
   */
  constructor(token, draw) {
    this.token = token;
    this.draw = draw;
    setInterval(() => this.send(), EVERY_MS);
    this.send();
  }

  get isGiven() {
    return this.level !== null || this.isKept;
  }

  /** Fetch the token as soon as the service ended. */
  async prepare() {
    if (this.pass || this.isGiven || this.isRefused) return;
    try {
      const path = `public/tickets/${this.token}/rating-token`;
      this.pass = await json(await request("POST", path, {}, { headers: { "Idempotency-Key": newKey() }, waitMs: WAIT_MS }));
      this.refused = "";
    } catch (error) {
      if (!isCallError(error)) throw error;
      this.refused = error instanceof Problem ? error.title : "";
      this.isRefused = error instanceof Problem && error.status < 500 && error.status !== 429;
      if (this.isRefused) this.draw();
    }
  }

  async send() {
    const isKept = (await waiting(this.token)) > 0;
    if (isKept) await deliver();
    if (isKept === this.isKept) return;
    this.isKept = isKept;
    this.draw();
  }

  /** @param {Api.Level} level */
  async rate(level) {
    if (this.isGiven) return;
    if (!this.pass) await this.prepare();
    if (!this.pass) {
      this.refused = this.refused || t("That did not work. Please touch again in a moment.");
      this.draw();
      return;
    }
    this.level = level;
    const { ticket, rating_token: token } = this.pass;
    this.key = await give({ ticket, token, about: this.token, answers: { [shown.survey.code]: level.code } });
    this.isKept = (await waiting(this.token)) > 0;
    this.draw();
  }

  /** @param {Api.Reason} reason */
  async explain(reason) {
    this.isExplained = true;
    this.draw();
    await addTo(this.key, { reasons: [reason.code] });
  }

  /** @param {Api.PublicTicket} ticket */
  view(ticket) {
    if (this.isGiven) return this.thanks();
    if (ticket.state !== "COMPLETED") {
      this.isRefused = false;
      return null;
    }
    if (this.isRefused) return h("section.rate", {}, h("p", { role: "status" }, this.refused));
    if (ticket.rated) return h("section.rate", {}, h("h2", {}, t("Thank you, {folk}!")), h("p", {}, t("This visit has been rated already.")));
    this.prepare();
    const { levels, heading, headings } = shown.survey;
    const faces = levels.map((level, index) => h("button", { type: "button", onclick: () => this.rate(level), "data-level": level.code,
      style: { "--rim": faceRim(index, levels.length) } }, face(index, levels.length), h("span", {}, nameOf(level))));
    return h("section.rate", {}, h("h2", {}, nameOf({ name: heading, names: headings })), h("div.faces", { class: `n${levels.length}` }, faces),
      h("p", { role: "status" }, this.refused || t("No name is written. One touch is enough.")));
  }

  thanks() {
    const { reasons } = shown.survey;
    const asks = this.level?.asks_reason && reasons.length > 0 && !this.isExplained;
    const kept = this.isKept ? t("Your opinion is kept in this phone and will be sent when the line is back.") : t("Your opinion is stored, without a name.");
    return h("section.rate", {}, h("h2", {}, asks ? t("Why are you not satisfied?") : t("Thank you, {folk}!")),
      asks && h("div.reasons", {}, reasons.map((one) => h("button", { type: "button", "data-reason": one.code, onclick: () => this.explain(one) },
        picto(one.pictogram === "clock" ? "wait" : one.pictogram === "question" ? "speech" : one.pictogram), h("span", {}, nameOf(one))))),
      h("p", { role: "status" }, asks ? t("Touch a picture. You need not answer.") : kept));
  }
}
