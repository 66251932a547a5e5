// Reading codes from the pictures of a camera: by the browser where it can, else by the service, which keeps no picture. Cards
// of persons are read by neither: they are for scanners. No screen.

import { api } from "../lib/api.js";
import { pause, Problem, Unreachable } from "../lib/http.js";
import { hasCardForm } from "./id_card.js";

const FORMATS = ["qr_code", "code_128", "code_39"]; // of slips and appointment slips
const EVERY_MS = 300;
const REST_MS = 2000; // behind a code that is not told: whoever holds one there makes the service start a program a picture
const WIDTH = 640; // of the picture that the service reads
const HEIGHT = 480;
const WISH = { video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false };

/** What browsers that read codes call it; others have none. @returns {any} */
const detectorOf = () => /** @type {any} */ (globalThis).BarcodeDetector;

/** Whether this machine has a camera, on a page that may use it. */
let isAble = false;
let byBrowser = false;

export const canLook = () => isAble;

async function browserReads() {
  try {
    return Boolean(detectorOf()) && (await detectorOf().getSupportedFormats()).includes(FORMATS[0]);
  } catch {
    return false;
  }
}

/** Asked once, when the page begins; until it is answered no camera is offered. */
export async function askForCamera() {
  if (!globalThis.isSecureContext || !navigator.mediaDevices) return;
  byBrowser = await browserReads();
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  isAble = devices.some((one) => one.kind === "videoinput");
}

/**
 * The dots of a picture in grey, row by row.
 * @param {Uint8ClampedArray} dots red, green, blue, and a fourth for each
 */
export function greyOf(dots) {
  const grey = new Uint8Array(dots.length / 4);
  for (let n = 0; n < grey.length; n += 1) grey[n] = (77 * dots[4 * n] + 150 * dots[4 * n + 1] + 29 * dots[4 * n + 2]) >> 8;
  return grey;
}

/** Asks the service what is in the middle of a picture; no answer is no code. @returns {(video: HTMLVideoElement) => Promise<string>} */
function serviceReader() {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const { videoWidth, videoHeight } = video;
    if (!paper || !videoWidth) return "";
    const part = Math.min(videoWidth / WIDTH, videoHeight / HEIGHT);
    const [width, height] = [part * WIDTH, part * HEIGHT];
    paper.drawImage(video, (videoWidth - width) / 2, (videoHeight - height) / 2, width, height, 0, 0, WIDTH, HEIGHT);
    try {
      const { text, over } = await api("POST", "camera-pictures", greyOf(paper.getImageData(0, 0, WIDTH, HEIGHT).data).buffer);
      if (!text && over) await pause(REST_MS);
      return text || "";
    } catch (error) {
      if (error instanceof Unreachable || (error instanceof Problem && error.status === 429)) return "";
      throw error;
    }
  };
}

/** @returns {(video: HTMLVideoElement) => Promise<string>} */
function browserReader() {
  const detector = new (detectorOf())({ formats: FORMATS });
  return async (video) => {
    /** @type {string[]} */
    const texts = (await detector.detect(video)).map((/** @type {any} */ one) => one.rawValue);
    return texts.find((text) => text && !hasCardForm(text)) || "";
  };
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
    const read = byBrowser ? browserReader() : serviceReader();
    while (!isOver) {
      const text = await read(video);
      if (isOver) return undefined;
      if (text) {
        end();
        return onCode(text);
      }
      await pause(EVERY_MS);
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
