// A QR code (ISO/IEC 18004) of a short address: byte mode, level M, versions 1 to 6, the best of the eight masks.

const SVG = "http://www.w3.org/2000/svg";
// version: [codewords of data, of correction in each block, blocks], level M (table 9 of the standard)
const SIZES = { 1: [16, 10, 1], 2: [28, 16, 1], 3: [44, 26, 1], 4: [64, 18, 2], 5: [86, 24, 2], 6: [108, 16, 4] };
const ALIGN = { 1: 0, 2: 18, 3: 22, 4: 26, 5: 30, 6: 34 };
const MASKS = [
  (r, c) => (r + c) % 2 === 0, (r) => r % 2 === 0, (r, c) => c % 3 === 0, (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0, (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0, (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

function multiply(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

function correction(data, length) {
  const divisor = new Array(length).fill(0);
  divisor[length - 1] = 1;
  let root = 1;
  for (let i = 0; i < length; i += 1) {
    for (let j = 0; j < length; j += 1) divisor[j] = multiply(divisor[j], root) ^ (divisor[j + 1] || 0);
    root = multiply(root, 2);
  }
  const rest = new Array(length).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((value, i) => { rest[i] ^= multiply(value, factor); });
  }
  return rest;
}

function codewords(bytes, version) {
  const [capacity, ecc, blocks] = SIZES[version];
  const bits = [0, 1, 0, 0];
  const push = (value, length) => { for (let i = length - 1; i >= 0; i -= 1) bits.push((value >> i) & 1); };
  push(bytes.length, 8);
  bytes.forEach((byte) => push(byte, 8));
  push(0, Math.min(4, capacity * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  for (let pad = 0xec; bits.length < capacity * 8; pad ^= 0xec ^ 0x11) push(pad, 8);
  const data = Array.from({ length: capacity }, (_, i) => parseInt(bits.slice(i * 8, i * 8 + 8).join(""), 2));
  const parts = Array.from({ length: blocks }, (_, i) => data.slice((i * capacity) / blocks, ((i + 1) * capacity) / blocks));
  const checks = parts.map((part) => correction(part, ecc));
  const mix = (rows) => rows[0].flatMap((_, i) => rows.map((row) => row[i]));
  return [...mix(parts), ...mix(checks)];
}

function skeleton(version) {
  const size = version * 4 + 17;
  const dark = Array.from({ length: size }, () => new Array(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (r, c, value) => { if (r >= 0 && c >= 0 && r < size && c < size) { dark[r][c] = value; fixed[r][c] = true; } };
  for (let i = 0; i < size; i += 1) { set(6, i, i % 2 === 0); set(i, 6, i % 2 === 0); }
  const square = (row, column, reach, pale) => {
    for (let r = -reach; r <= reach; r += 1) for (let c = -reach; c <= reach; c += 1) set(row + r, column + c, !pale.includes(Math.max(Math.abs(r), Math.abs(c))));
  };
  for (const [r, c] of [[3, 3], [3, size - 4], [size - 4, 3]]) square(r, c, 4, [2, 4]);
  if (ALIGN[version]) square(ALIGN[version], ALIGN[version], 2, [1]);
  return { size, dark, fixed, set };
}

function format({ size, set }, mask) {
  let rest = mask; // level M is 00
  for (let i = 0; i < 10; i += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  const bit = (i) => ((bits >> i) & 1) === 1;
  for (let i = 0; i < 15; i += 1) {
    set(i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, 8, bit(i));
    set(8, i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i, bit(i));
  }
  set(size - 8, 8, true);
}

function place({ size, dark, fixed }, words, mask) {
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    const column = right <= 6 ? right - 1 : right;
    for (let step = 0; step < size; step += 1) for (const c of [column, column - 1]) {
      const r = ((column + 1) & 2) === 0 ? size - 1 - step : step;
      if (fixed[r][c]) continue;
      const bit = at < words.length * 8 && ((words[at >> 3] >> (7 - (at & 7))) & 1) === 1;
      dark[r][c] = bit !== MASKS[mask](r, c);
      at += 1;
    }
  }
}

function penalty({ size, dark }) {
  let total = 0;
  for (let a = 0; a < size; a += 1) for (const get of [(b) => dark[a][b], (b) => dark[b][a]]) {
    let run = 0;
    for (let b = 0; b < size; b += 1) {
      run = b > 0 && get(b) === get(b - 1) ? run + 1 : 1;
      if (run === 5) total += 3; else if (run > 5) total += 1;
    }
  }
  for (let r = 1; r < size; r += 1) for (let c = 1; c < size; c += 1) {
    if (dark[r][c] === dark[r - 1][c] && dark[r][c] === dark[r][c - 1] && dark[r][c] === dark[r - 1][c - 1]) total += 3;
  }
  return total;
}

/** Rows of true (dark) and false. Throws RangeError for more than 106 bytes. */
export function modules(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = Object.keys(SIZES).map(Number).find((one) => bytes.length <= SIZES[one][0] - 2);
  if (!version) throw new RangeError("the address is too long for its square");
  const words = codewords(bytes, version);
  const all = MASKS.map((_, mask) => {
    const grid = skeleton(version);
    format(grid, mask);
    place(grid, words, mask);
    return grid;
  });
  return all.reduce((best, grid) => (penalty(grid) < penalty(best) ? grid : best)).dark;
}

export function qr(text) {
  const rows = modules(text);
  const path = rows.flatMap((row, r) => row.map((dark, c) => (dark ? `M${c} ${r}h1v1h-1z` : ""))).join("");
  const element = document.createElementNS(SVG, "svg");
  element.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
  element.setAttribute("shape-rendering", "crispEdges");
  element.innerHTML = `<path fill="#1D1A16" d="${path}"/>`;
  return element;
}
