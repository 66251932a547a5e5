// Sound in the browser: hearing clips, and any recording as 16 bit WAV.

/** @type {AudioContext | null} */
let context = null;

/** One audio context for the page; browsers let it sound only after a touch. */
export async function audio() {
  context = context || new AudioContext();
  if (context.state === "suspended") await context.resume();
  return context;
}

/** @type {AudioBufferSourceNode | null} */
let playing = null;

export function hush() {
  playing?.stop();
  playing = null;
}

/**
 * Play WAV files one after another with `gap` seconds between; resolves at the end or when hushed: whether all was heard.
 * @param {ArrayBuffer[]} files
 */
export async function play(files, gap = 0.12) {
  const speaker = await audio();
  hush();
  const buffers = await Promise.all(files.map((file) => speaker.decodeAudioData(file.slice(0))));
  const lengths = buffers.map((buffer) => buffer.duration + gap);
  const whole = speaker.createBuffer(1, Math.ceil(lengths.reduce((sum, one) => sum + one, 0) * speaker.sampleRate) + 1, speaker.sampleRate);
  let at = 0;
  buffers.forEach((buffer, index) => {
    whole.copyToChannel(buffer.getChannelData(0), 0, Math.round(at * speaker.sampleRate));
    at += lengths[index];
  });
  const source = speaker.createBufferSource();
  Object.assign(source, { buffer: whole });
  source.connect(speaker.destination);
  playing = source;
  await new Promise((done) => {
    source.onended = done;
    source.start();
  });
  const isWhole = playing === source;
  if (isWhole) playing = null;
  return isWhole;
}

/**
 * Float samples (-1 to 1) of one channel as a WAV file of 16 bit.
 * @param {Float32Array} samples
 * @param {number} rate
 */
export function wav(samples, rate) {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  /**
   * @param {number} at
   * @param {string} words
   */
  const text = (at, words) => [...words].forEach((sign, index) => view.setUint8(at + index, sign.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => view.setInt16(44 + index * 2, Math.max(-1, Math.min(1, sample)) * 32767, true));
  return view.buffer;
}

/**
 * Any recording this browser can read (a telephone's too) as WAV; throws when it cannot.
 * @param {Blob} file
 */
export async function wavOf(file) {
  const sound = await (await audio()).decodeAudioData(await file.arrayBuffer());
  const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index));
  return wav(channels[0].map((_, index) => channels.reduce((sum, one) => sum + one[index], 0) / channels.length), sound.sampleRate);
}
