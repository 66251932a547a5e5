// Recording with the microphone of this device: raw samples, no echo or gain tricks, ends by itself after the word.

import { audio, wav } from "./sound.js";

const MOST_S = 12;
const HEARD = 0.02; // about -34 dB: somebody speaks
const CALM_S = 1.3;
const WISH = { audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false } };
/** @type {Promise<void> | null} */
let ready = null;

/** Why this page cannot record here: "insecure", "none", or null when it can. */
export function obstacle() {
  if (!window.isSecureContext) return "insecure";
  return navigator.mediaDevices && "AudioWorkletNode" in window ? null : "none";
}

/**
 * Begin to record. `onLevel(0..1)` is told how loud it is. Answers {stop(), cancel(), done}: `done` resolves to a WAV
 * file when stopped, when nothing was said for a moment after the word, or after 12 s; to null when cancelled. Rejects
 * when the microphone is refused.
 * @param {(level: number) => void} onLevel
 */
export async function record(onLevel) {
  const speaker = await audio();
  const stream = await navigator.mediaDevices.getUserMedia(WISH);
  ready = ready || speaker.audioWorklet.addModule(new URL("./worklet.js", import.meta.url));
  await ready;
  const source = speaker.createMediaStreamSource(stream);
  const tap = new AudioWorkletNode(speaker, "tap");
  /** @type {Float32Array[]} */
  const blocks = [];
  const state = { length: 0, spoke: false, calm: 0 };
  /** @type {(sound: ArrayBuffer | null) => void} */
  let finish = () => {};
  /** @type {Promise<ArrayBuffer | null>} */
  const done = new Promise((resolve) => { finish = resolve; });
  const cancel = () => {
    tap.port.onmessage = null;
    source.disconnect();
    stream.getTracks().forEach((track) => track.stop());
    finish(null);
  };
  const stop = () => {
    const heard = wav(joined(blocks, state.length), speaker.sampleRate);
    finish(heard);
    cancel();
  };
  tap.port.onmessage = ({ data }) => onBlock(data);
  /** @param {Float32Array} data */
  const onBlock = (data) => {
    blocks.push(data);
    state.length += data.length;
    const loud = Math.sqrt(data.reduce((sum, sample) => sum + sample * sample, 0) / data.length);
    onLevel(Math.min(1, loud * 4));
    state.spoke = state.spoke || loud > HEARD;
    state.calm = loud > HEARD ? 0 : state.calm + data.length / speaker.sampleRate;
    if ((state.spoke && state.calm > CALM_S) || state.length > MOST_S * speaker.sampleRate) stop();
  };
  source.connect(tap);
  return { stop, cancel, done };
}

/**
 * @param {Float32Array[]} blocks
 * @param {number} length
 */
function joined(blocks, length) {
  const all = new Float32Array(length);
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
