// Reading codes from the pictures of a camera. No screen.

import { codeReader } from "./code_reader.js";

const EVERY_MS = 150;
const WISH = { video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false };

/** Whether this machine has a camera, on a page that may use it. */
let isAble = false;

export const canLook = () => isAble;

/** Asked once, when the page begins; until it is answered no camera is offered. */
export async function askForCamera() {
  if (!globalThis.isSecureContext || !navigator.mediaDevices) return;
  try {
    isAble = (await navigator.mediaDevices.enumerateDevices()).some((one) => one.kind === "videoinput");
  } catch {
    isAble = false;
  }
}

/**
 * Look until a code is read, once, or `end` is called; then the camera is off.
 * @param {HTMLVideoElement} video shows what the camera sees
 * @param {(text: string) => void} onCode
 * @param {() => void} onBroken the camera is refused, or gone
 */
export function look(video, onCode, onBroken) {
  let isOver = false;
  /** @type {MediaStream | null} */
  let stream = null;
  const end = () => {
    isOver = true;
    stream?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
  const run = async () => {
    stream = await navigator.mediaDevices.getUserMedia(WISH);
    if (isOver) return end();
    video.srcObject = stream;
    await video.play();
    const read = await codeReader();
    while (!isOver) {
      const code = await read(video);
      if (isOver) return undefined;
      if (code) {
        end();
        return onCode(code);
      }
      await new Promise((resolve) => { setTimeout(resolve, EVERY_MS); });
    }
    return undefined;
  };
  run().catch(() => {
    if (isOver) return;
    end();
    onBroken();
  });
  return { end };
}
