// Reading codes from the pictures of a camera. No screen.

const FORMATS = ["qr_code", "code_128", "code_39"]; // of slips and appointment slips
const EVERY_MS = 150;
const WISH = { video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false };

/** What browsers that read codes call it; others have none. @returns {any} */
const reader = () => /** @type {any} */ (globalThis).BarcodeDetector;

/** Whether this machine has a camera and a browser that reads codes, on a page that may use both. */
let isAble = false;

export const canLook = () => isAble;

/** Asked once, when the page begins; until it is answered no camera is offered. */
export async function askForCamera() {
  if (!globalThis.isSecureContext || !navigator.mediaDevices || !reader()) return;
  try {
    const [formats, devices] = [await reader().getSupportedFormats(), await navigator.mediaDevices.enumerateDevices()];
    isAble = formats.includes(FORMATS[0]) && devices.some((one) => one.kind === "videoinput");
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
    const detector = new (reader())({ formats: FORMATS });
    while (!isOver) {
      const [code] = await detector.detect(video);
      if (isOver) return undefined;
      if (code?.rawValue) {
        end();
        return onCode(code.rawValue);
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
