// Around the phrases: who speaks and under which licence, the pack as a file, hearing a whole call, quiet mode.

import { fill, h } from "../lib/dom.js";
import { Problem } from "../lib/http.js";
import { picto } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { ask } from "../lib/session.js";
import { carry, clipBytes, download } from "./line.js";
import { play } from "./sound.js";

const LICENCES = ["Only this office may use it", "Every commune may use it (CC BY 4.0)", "Everyone may use it, no name needed (CC0 1.0)"];
//t: Only this office may use it | Every commune may use it (CC BY 4.0) | Everyone may use it, no name needed (CC0 1.0)

/**
 * Name and licence; they go into the manifest with each recording.
 * @param {Api.Studio} studio
 * @param {(language?: string) => unknown} onDone
 */
export function speaker(studio, onDone) {
  const name = h("input", { type: "text", id: "speaker", maxlength: "100", required: true, value: studio.speaker, placeholder: t("for example: Ms Hoa, village 3") });
  const licence = h("select", { id: "licence" }, LICENCES.map((one) => h("option", { value: t(one), selected: studio.licence === t(one) }, t(one))));
  const saved = h("span.soft", { role: "status" });
  /** @param {SubmitEvent} event */
  const save = async (event) => {
    event.preventDefault();
    await ask("PUT", `admin/voices/${studio.language}`, { speaker: name.value.trim(), licence: licence.value });
    fill(saved, t("Saved"));
    await onDone();
  };
  return h("form.card.speaker", { onsubmit: save }, h("label", { for: "speaker" }, t("Who speaks")), name,
    h("label", { for: "licence" }, t("Who may use the voice")), licence, h("div", {}, h(`button.button${studio.speaker ? "" : ".primary"}`, { type: "submit" }, t("Save")), saved));
}

/**
 * Take a pack home or bring one in.
 * @param {Api.Studio} studio
 * @param {(language?: string) => unknown} onDone
 */
export function files(studio, onDone) {
  const said = h("p.said", { role: "alert" });
  const pick = h("input", { type: "file", accept: ".zip,application/zip", hidden: true, onchange: async () => {
    fill(said, t("Working on it"));
    try {
      const found = await (await carry("POST", "admin/voices/packs", pick.files?.[0], "application/zip")).json();
      await onDone(found.language);
    } catch (error) {
      fill(said, picto("warning"), error instanceof Problem ? `${error.title} (${error.detail})` : t("The service does not answer. Please try again."));
    }
    pick.value = "";
  } });
  const some = studio.phrases.some((one) => one.clip);
  const build = async () => {
    fill(said, t("Working on it"));
    try {
      for (let left = 1; left > 0;) {
        const answer = await carry("POST", `admin/voices/${studio.language}/build`, new Blob(["{}"]), "application/json");
        ({ left } = await answer.json());
        await onDone();
      }
    } catch (error) {
      fill(said, picto("warning"), error instanceof Problem ? error.detail : t("The service does not answer. Please try again."));
    }
  };
  return h("div.packfiles", {}, studio.machine && h("button.button.build", { type: "button", onclick: build }, picto("speaker"), t("Let the machine read the rest")), h("button.button.export", { type: "button", disabled: !some, onclick: () => download(`admin/voices/${studio.language}/pack`, `giong-${studio.language}.zip`) }, picto("down"), t("Save the pack as a file")),
    h("button.button.import", { type: "button", onclick: () => pick.click() }, picto("up"), t("Bring in a pack")), pick, said);
}

/**
 * A whole call as the hall will hear it: a part with a missing phrase is Vietnamese as a whole.
 * @param {Api.Studio} studio
 */
export function trial(studio) {
  const said = h("span.soft", { role: "alert" });
  const letter = shown.services[0].letter === "Đ" ? "dd" : shown.services[0].letter.toLowerCase();
  const parts = [["invite"], [`letter.${letter}`, "digit.0", "digit.1", "digit.2"], ["counter"], ["digit.3"]];
  const hear = async () => {
    const { packs } = await ask("GET", "voices");
    /** @param {string} language */
    const clips = (language) => packs.find((/** @type {{ language: string }} */ one) => one.language === language)?.clips || {};
    const [own, vietnamese] = [clips(studio.language), clips("vi")];
    const found = parts.flatMap((keys) => keys.map((key) => (keys.every((one) => own[one]) ? own : vietnamese)[key]));
    if (found.every(Boolean)) await play(await Promise.all(found.map(clipBytes)));
    else fill(said, t("Some phrases are still missing."));
  };
  return [said, h("button.button.trial", { type: "button", onclick: hear }, picto("speaker"), t("Hear a whole call"))];
}

/**
 * The switch: only a soft chime while a meeting is held.
 * @param {boolean} on
 * @param {(language?: string) => unknown} onDone
 */
export function quiet(on, onDone) {
  const turn = async () => {
    await ask("PUT", "admin/voices/quiet", { quiet: !on });
    await onDone();
  };
  return h(`button.button.quiet${on ? ".gold" : ""}`, { type: "button", "aria-pressed": String(on), onclick: turn }, picto("bell"), on ? t("Quiet: only the chime. Speak again") : t("Be quiet: only the chime"));
}
