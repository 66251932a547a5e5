// The signs of the services: shape, letter and colour, and the pictograms of _pictograms.html.

const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
  circle: '<circle cx="50" cy="50" r="47"/>',
  square: '<rect x="4" y="4" width="92" height="92" rx="9"/>',
  triangle: '<path d="M43 8q7-11 14 0l38 77q5 11-7 11H12Q0 96 5 85z"/>',
  diamond: '<path d="M44 3q6-6 12 0l41 41q6 6 0 12L56 97q-6 6-12 0L3 56q-6-6 0-12z"/>',
  star: '<path stroke-linejoin="round" d="m50 3 14 29 32 4-23 22 6 32-29-15-29 15 6-32L4 36l32-4z"/>',
};
const LETTER_Y = { circle: 68, square: 68, triangle: 86, diamond: 68, star: 72 };
const LETTER_SIZE = { circle: 52, square: 52, triangle: 46, diamond: 50, star: 42 };

/**
 * @param {string} kind
 * @param {string} box
 * @param {string} inner
 */
function svg(kind, box, inner) {
  const element = document.createElementNS(SVG, "svg");
  element.setAttribute("class", kind);
  element.setAttribute("viewBox", box);
  element.setAttribute("aria-hidden", "true");
  element.innerHTML = inner;
  return element;
}

/**
 * Shape and letter of a service as SVG, 1 em wide; `edge` adds the white edge that dark grounds need.
 * @param {Api.Service} service
 */
export function sign(service, { letter = service.letter, edge = "" } = {}) {
  const inked = service.ink && service.ink.toUpperCase() !== "#FFFFFF";
  const stroke = edge || (inked ? "#1D1A16" : "");
  const line = stroke ? `stroke="${stroke}" stroke-width="${edge ? 5 : 4}"` : "";
  const text = `<text x="50" y="${LETTER_Y[service.shape]}" font-size="${LETTER_SIZE[service.shape]}" text-anchor="middle" fill="${service.ink || "#FFFFFF"}"></text>`;
  const element = svg("sign", "0 0 100 100", `<g fill="${service.colour}" ${line}>${SHAPES[service.shape]}</g>${text}`);
  const label = element.querySelector("text");
  if (label) label.textContent = letter;
  return element;
}

/**
 * A pictogram in the colour of the words around it; --hole is the ground behind it.
 * @param {string} name
 */
export function picto(name) {
  const known = document.getElementById(`p-${name}`) ? name : "more";
  return svg("picto", "0 0 100 100", `<use href="#p-${known}"/>`);
}

/** @param {string} colour */
const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/**
 * Relative luminance of red, green and blue, WCAG 2.
 * @param {number[]} colour
 */
function luminance(colour) {
  const [red, green, blue] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const [INK, DEEP_ENOUGH, STEP] = [channels("#1D1A16"), 7, 0.05];

/**
 * Words and lines in the colour of a service must be dark: a light colour goes towards ink until it stands 7 to 1 on white.
 * @param {Api.Service} service
 */
export function deep(service) {
  const tone = channels(service.colour);
  for (let share = 0; share <= 1; share += STEP) {
    const mixed = tone.map((value, index) => Math.round(value + (INK[index] - value) * share));
    if (1.05 / (luminance(mixed) + 0.05) >= DEEP_ENOUGH) return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("").toUpperCase()}`;
  }
  return "#1D1A16";
}

/** The name people use for a shape, as the voice says it. */
export const SHAPE_NAMES = { circle: "circle shape", square: "square shape", triangle: "triangle shape", diamond: "diamond shape", star: "star shape" };

/** @typedef {"laugh" | "smile" | "plain" | "worry" | "sad"} Face */

/** The faces of so many levels, best first. @type {Record<number, Face[]>} */
const FACES = {
  5: ["laugh", "smile", "plain", "worry", "sad"], 4: ["laugh", "smile", "worry", "sad"], 3: ["laugh", "smile", "sad"], 2: ["smile", "sad"],
};
const MOUTHS = {
  laugh: '<path class="w" d="M23 42q9-13 18 0M59 42q9-13 18 0" fill="none" stroke-width="8"/><path class="f" d="M27 52h46q3 0 3 3a26 26 0 0 1-52 0q0-3 3-3z"/>',
  smile: '<circle class="f" cx="35" cy="40" r="7"/><circle class="f" cx="65" cy="40" r="7"/><path class="w" d="M30 60q20 20 40 0" fill="none" stroke-width="8"/>',
  plain: '<circle class="f" cx="35" cy="42" r="7"/><circle class="f" cx="65" cy="42" r="7"/><path class="w" d="M32 66h36" fill="none" stroke-width="8"/>',
  worry: '<circle class="f" cx="35" cy="45" r="7"/><circle class="f" cx="65" cy="45" r="7"/><path class="w" d="M34 72q16-10 32 0" fill="none" stroke-width="8"/>',
  sad: '<circle class="f" cx="35" cy="47" r="7"/><circle class="f" cx="65" cy="47" r="7"/><path class="w" d="m23 37 15-7M77 37l-15-7M31 74q19-22 38 0" fill="none" stroke-width="7"/>',
};
const GROUNDS = { laugh: "#0F4F3A", smile: "#F4B81B", plain: "#57503F", worry: "#AD4417", sad: "#A8261B" };
const RIMS = { ...GROUNDS, smile: "#8A6500" };

/**
 * The face of level `index` of `count`, best first: mouth, eyes and brows tell it before the colour.
 * @param {number} index
 * @param {number} count
 */
export function face(index, count) {
  const kind = FACES[count][index];
  const ink = kind === "smile" ? "#1D1A16" : "#FFFFFF";
  const inner = `<circle cx="50" cy="50" r="49" fill="${GROUNDS[kind]}"/><g fill="${ink}" stroke-linecap="round" stroke-linejoin="round">${MOUTHS[kind]
    .replaceAll('class="w"', `stroke="${ink}"`)
    .replaceAll('class="f"', "")}</g>`;
  return svg("face", "0 0 100 100", inner);
}

/**
 * The edge of a face's card.
 * @param {number} index
 * @param {number} count
 */
export const faceRim = (index, count) => RIMS[FACES[count][index]];
