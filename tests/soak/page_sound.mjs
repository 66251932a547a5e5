// What a page would play: JSON {prompts, language, texts, clips: folder} on stdin; a WAV file a text into `target`.
//   node tests/soak/page_sound.mjs < job.json

import { readFileSync, writeFileSync } from "node:fs";

import { joinedSound } from "../../kiosk/web/static/lib/voice_player.js";
import { SpokenTexts } from "../../kiosk/web/static/lib/voice_texts.js";

const HEAD = 44;
const job = JSON.parse(readFileSync(0, "utf8"));
const texts = new SpokenTexts(job.prompts);
const samples = (digest) => new Uint8Array(readFileSync(`${job.clips}/${digest}.wav`)).subarray(HEAD);
const made = [];
for (const [index, text] of job.texts.entries()) {
  const { rows, silent } = texts.clipsOf(text, job.language);
  if (silent || !rows.length) throw new Error(`not said whole: ${text}`);
  const file = `${job.target}/${index}.wav`;
  const sound = joinedSound(rows.map((row) => row.map(samples)));
  writeFileSync(file, new Uint8Array(await sound.arrayBuffer()));
  made.push(file);
}
process.stdout.write(JSON.stringify(made));
