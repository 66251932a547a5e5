// Around the phrases: who speaks and under which licence, the pack as a file, hearing a whole call, quiet mode.

import { fill, h } from "../lib/dom.js";
import { Problem } from "../lib/api.js";
import { picto } from "../lib/signs.js";
import { shown, t } from "../lib/words.js";
import { ask } from "../admin/session.js";
import { carry, clipBytes, download } from "./line.js";
import { play } from "./sound.js";

const LICENCES = ["Only this office may use it", "Every commune may use it (CC BY 4.0)", "Everyone may use it, no name needed (CC0 1.0)"];
//t: Only this office may use it | Every commune may use it (CC BY 4.0) | Everyone may use it, no name needed (CC0 1.0)

/** Name and licence; they go into the manifest with each recording. */
export function speaker(room, onDone) {
  const name = h("input", { type: "text", id: "speaker", maxlength: "100", required: true, value: room.speaker, placeholder: t("for example: Ms Hoa, village 3") });
  const licence = h("select", { id: "licence" }, LICENCES.map((one) => h("option", { value: t(one), selected: room.licence === t(one) }, t(one))));
  const saved = h("span.soft", { role: "status" });
  const save = async (event) => {
    event.preventDefault();
    await ask("PUT", `admin/voices/${room.language}`, { speaker: name.value.trim(), licence: licence.value });
    fill(saved, t("Saved"));
    await onDone();
  };
  return h("form.card.speaker", { onsubmit: save }, h("label", { for: "speaker" }, t("Who speaks")), name,
    h("label", { for: "licence" }, t("Who may use the voice")), licence, h("div", {}, h("button.button", { type: "submit" }, t("Save")), saved));
}

/** Take a pack home or bring one in. */
export function files(room, onDone) {
  const said = h("p.said", { role: "alert" });
  const pick = h("input", { type: "file", accept: ".zip,application/zip", hidden: true, onchange: async () => {
    fill(said, t("Working on it"));
    try {
      const found = await (await carry("POST", "admin/voices/packs", pick.files[0], "application/zip")).json();
      await onDone(found.language);
    } catch (error) {
      fill(said, picto("warning"), error instanceof Problem ? `${error.title} (${error.detail})` : t("The service does not answer. Please try again."));
    }
    pick.value = "";
  } });
  const some = room.phrases.some((one) => one.clip);
  return h("div.packfiles", {}, h("button.button.export", { type: "button", disabled: !some, onclick: () => download(`admin/voices/${room.language}/pack`, `giong-${room.language}.zip`) }, picto("down"), t("Save the pack as a file")),
    h("button.button.import", { type: "button", onclick: () => pick.click() }, picto("up"), t("Bring in a pack")), pick, said);
}

/** A whole call as the hall will hear it, with the clips there are. */
export function trial(room) {
  const letter = shown.services[0].letter === "Đ" ? "dd" : shown.services[0].letter.toLowerCase();
  const keys = ["invite", `letter.${letter}`, "digit.0", "digit.1", "digit.2", "counter", "digit.3"];
  const found = keys.map((key) => room.phrases.find((one) => one.key === key)?.clip).filter(Boolean);
  return h("button.button.trial", { type: "button", disabled: found.length < keys.length, onclick: async () => play(await Promise.all(found.map((clip) => clipBytes(clip.sha256)))) },
    picto("speaker"), t("Hear a whole call"));
}

/** The switch: only a soft chime while a meeting is held. */
export function quiet(on, onDone) {
  const turn = async () => {
    await ask("PUT", "admin/voices/quiet", { quiet: !on });
    await onDone();
  };
  return h(`button.button.quiet${on ? ".gold" : ""}`, { type: "button", "aria-pressed": String(on), onclick: turn }, picto("bell"), on ? t("Quiet: only the chime. Speak again") : t("Be quiet: only the chime"));
}
