// Plays clips one behind the other as one piece of sound, so that it can be cut, made softer and slower without changing
// its pitch. Clips come from the service once; the browser keeps them by their hash.

import { checked, request } from "./http.js";

const RATE = 22050;
const HEAD_BYTES = 44;
const [PIECE_GAP_S, SENTENCE_GAP_S] = [0.07, 0.35];
const KEPT = 80; // clips in memory, 5 MB

/** @type {Map<string, Promise<Uint8Array>>} */
const kept = new Map();

/**
 * The samples of a clip. Throws Problem or Unreachable.
 * @param {string} digest
 */
export function samplesOf(digest) {
  let samples = kept.get(digest);
  if (!samples) {
    samples = fetched(digest);
    kept.set(digest, samples);
    samples.catch(() => kept.delete(digest));
    if (kept.size > KEPT) kept.delete(/** @type {string} */ (kept.keys().next().value));
  }
  return samples;
}

/** @param {string} digest */
async function fetched(digest) {
  const answer = await checked(await request("GET", `voices/clips/${digest}`, undefined, { cache: "force-cache" }));
  return new Uint8Array(await answer.arrayBuffer()).subarray(HEAD_BYTES);
}

/**
 * The head of a WAV file of 16 bit mono.
 * @param {number} bytes
 */
function head(bytes) {
  const view = new DataView(new ArrayBuffer(HEAD_BYTES));
  /**
   * @param {number} at
   * @param {string} name
   */
  const mark = (at, name) => [...name].forEach((sign, index) => view.setUint8(at + index, sign.charCodeAt(0)));
  mark(0, "RIFF");
  view.setUint32(4, 36 + bytes, true);
  mark(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, 2 * RATE, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  mark(36, "data");
  view.setUint32(40, bytes, true);
  return view;
}

/** @param {number} seconds */
const silence = (seconds) => new Uint8Array(2 * Math.round(seconds * RATE));

/**
 * Rows of clips as a WAV file, with a breath between sentences.
 * @param {Uint8Array[][]} rows
 */
export function joinedSound(rows) {
  const parts = rows.flatMap((row, at) => [...(at ? [silence(SENTENCE_GAP_S)] : []), ...row.flatMap((clip, index) => (index ? [silence(PIECE_GAP_S), clip] : [clip]))]);
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  return new Blob(/** @type {BlobPart[]} */ ([head(bytes), ...parts]), { type: "audio/wav" });
}

export class Player {
  turn = 0;
  /** @type {HTMLAudioElement | null} */
  sound = null;
  address = "";

  /**
   * Play rows of clips, by hash, from now on; what sounded before is cut. Throws Problem or Unreachable.
   * @param {string[][]} rows
   * @param {{ rate: number, volume: number }} manner
   */
  async play(rows, { rate, volume }) {
    this.stop();
    const { turn } = this;
    const samples = await Promise.all(rows.map((row) => Promise.all(row.map(samplesOf))));
    if (turn !== this.turn) return;
    this.address = URL.createObjectURL(joinedSound(samples));
    const sound = new Audio(this.address);
    Object.assign(sound, { volume, playbackRate: rate, preservesPitch: true });
    sound.addEventListener("ended", () => { if (turn === this.turn) this.stop(); });
    this.sound = sound;
    await sound.play().catch(() => {}); // cut before it began, or the browser wants a touch first
  }

  stop() {
    this.turn += 1;
    this.sound?.pause();
    this.sound = null;
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = "";
  }
}
