// Server-sent events as text: cut into frames, and each frame read. No document, no network.

/**
 * A reader of chunks as they arrive, wherever they are cut: answers the frames that became whole with a chunk.
 * @returns {(chunk: string) => string[]}
 */
export function frameReader() {
  let rest = "";
  return (chunk) => {
    const frames = (rest + chunk).split("\n\n");
    rest = frames.pop() ?? "";
    return frames;
  };
}

/**
 * The position and the event that a frame holds; null for what it lacks, as a beat does.
 * @param {string} frame
 * @returns {{ seq: number | null, event: Api.Event | null }}
 */
export function readFrame(frame) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const row of frame.split("\n")) {
    const at = row.indexOf(": ");
    if (at > 0) fields[row.slice(0, at)] = row.slice(at + 2);
  }
  return { seq: fields.id ? Number(fields.id) : null, event: fields.data ? JSON.parse(fields.data) : null };
}
