// Reads codes from pictures: by the browser itself where it can, else by jsQR, which is fetched when a camera is opened.

import { h } from "../lib/dom.js";

const FORMATS = ["qr_code", "code_128", "code_39"]; // of slips and appointment slips
const MOST_PX = 800; // of the picture's width: a square held before the camera fills a third of it
/** @typedef {(video: HTMLVideoElement) => Promise<string>} ReadCode answers "" while there is no code */

/** What browsers that read codes call it; others have none. @returns {any} */
const ofBrowser = () => /** @type {any} */ (globalThis).BarcodeDetector;

/** @returns {Promise<ReadCode | null>} */
async function browsersReader() {
  if (!ofBrowser() || !(await ofBrowser().getSupportedFormats()).includes(FORMATS[0])) return null;
  const detector = new (ofBrowser())({ formats: FORMATS });
  return async (video) => (await detector.detect(video))[0]?.rawValue || "";
}

/** @type {Promise<void> | null} */
let fetched = null;

/** @returns {Promise<void>} */
const fetchDecoder = () => new Promise((resolve, reject) => {
  document.head.append(h("script", {
    src: new URL("../vendor/jsqr.js", import.meta.url).href, onload: () => resolve(),
    onerror: () => { fetched = null; reject(new Error("jsqr.js is not given")); },
  }));
});

/** It reads squares alone. @returns {Promise<ReadCode>} */
async function fetchedReader() {
  fetched = fetched || fetchDecoder();
  await fetched;
  const canvas = h("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  return async (video) => {
    if (!video.videoWidth) return "";
    const scale = Math.min(1, MOST_PX / video.videoWidth);
    const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
    Object.assign(canvas, { width, height });
    context.drawImage(video, 0, 0, width, height);
    const picture = context.getImageData(0, 0, width, height);
    return /** @type {any} */ (globalThis).jsQR(picture.data, width, height, { inversionAttempts: "dontInvert" })?.data || "";
  };
}

/** What reads codes on this machine. Rejects when there is nothing that does. */
export const codeReader = async () => (await browsersReader()) || fetchedReader();
