// The pages' modules and their tests: what is surely wrong, and the house rules of size.

import js from "@eslint/js";

const named = (names) => Object.fromEntries(names.split(" ").map((name) => [name, "readonly"]));

const BROWSER = named(
  "window document location history navigator localStorage sessionStorage indexedDB performance fetch Response Blob FileReader URL URLSearchParams "
  + "AbortController AbortSignal DOMException DOMParser Element TextDecoderStream TextEncoder Node NodeFilter HTMLElement HTMLInputElement HTMLButtonElement "
  + "HTMLTextAreaElement HTMLSelectElement KeyboardEvent Event "
  + "Audio AudioContext AudioWorkletNode MediaRecorder atob btoa CustomEvent Intl crypto getComputedStyle innerWidth innerHeight "
  + "addEventListener ResizeObserver BroadcastChannel SharedWorker setTimeout clearTimeout setInterval clearInterval console",
);
const WORKLET = named("AudioWorkletProcessor registerProcessor");
const NODE = named("process globalThis structuredClone Response setImmediate ReadableStream");

const RULES = {
  ...js.configs.recommended.rules,
  "max-lines": ["error", 300],
  "max-lines-per-function": ["error", { max: 40, skipComments: true }],
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "prefer-const": "error",
  "no-var": "error",
  eqeqeq: ["error", "always"],
  "no-shadow": ["error", { hoist: "never" }],
  "no-implicit-globals": "error",
  "object-shorthand": "error",
  "no-else-return": "error",
  "no-console": "error",
  curly: ["error", "multi-line"],
  semi: ["error", "always"],
  quotes: ["error", "double", { avoidEscape: true, allowTemplateLiterals: true }],
};

export default [
  { ignores: [".venv/", "build/", "node_modules/"] },
  { files: ["kiosk/web/static/**/*.js"], languageOptions: { globals: BROWSER }, rules: RULES },
  { files: ["kiosk/web/static/lib/browser_check.js"], languageOptions: { globals: named("Element"), sourceType: "script" }, rules: { "no-var": "off" } },
  { files: ["kiosk/web/static/offline/worker.js"], languageOptions: { globals: named("self caches Response OFFER"), sourceType: "script" }, rules: { "no-implicit-globals": "off", "no-redeclare": "off" } },
  { files: ["kiosk/web/static/voices/worklet.js"], languageOptions: { globals: WORKLET } },
  { files: ["tests/js/**/*.js", "eslint.config.js"], languageOptions: { globals: { ...BROWSER, ...NODE } }, rules: { ...RULES, "max-lines-per-function": "off" } },
];
