// Keys by their place on the keyboard (a Telex keyboard changes nothing), and the fast burst of a scanner.

const BURST_MS = 40;
const SETTLE_MS = 55;
const SHORTEST_SCAN = 8;
const SIGNS = { Period: ".", NumpadDecimal: ".", Minus: "-", NumpadSubtract: "-", Slash: "/" };

/** The sign a key stands for, by position: letters are capitals. */
export function signOf(code) {
  const match = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code);
  return match ? match[1] || match[2] || match[3] : SIGNS[code] || "";
}

const inField = (target) => target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select");

/**
 * Listen to the whole page: `onKey(code, event)` for single keys while no field has the cursor,
 * `onScan(text)` for a burst ending in Enter, wherever the cursor is. `busy()`: a dialog is open.
 */
export function listen({ onKey, onScan, busy }) {
  let burst = "";
  let last = 0;
  let waiting = null;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const now = performance.now();
    const fast = now - last < BURST_MS;
    last = now;
    if (event.code === "Enter" || event.code === "NumpadEnter") {
      if (fast && burst.length >= SHORTEST_SCAN) {
        clearTimeout(waiting);
        event.preventDefault();
        event.stopPropagation();
        emptyField(event.target, burst);
        onScan(burst);
        burst = "";
        return;
      }
      burst = "";
    } else {
      const sign = signOf(event.code);
      burst = fast ? burst + sign : sign;
      if (fast) clearTimeout(waiting);
    }
    if (inField(event.target) || busy() || (fast && burst.length > 2)) return;
    if (event.code === "Enter" && event.target instanceof HTMLButtonElement) return;
    if (event.code === "Space" || event.code.startsWith("Numpad") || event.key === "?") event.preventDefault();
    waiting = setTimeout(() => onKey(event.code, event), SETTLE_MS);
  }, true);
  document.addEventListener("keyup", (event) => {
    if (event.code === "Space" && !inField(event.target) && !busy()) event.preventDefault();
  }, true);
}

/** What the scanner typed into a field by chance leaves it again. */
function emptyField(target, burst) {
  if (inField(target) && target.value.length >= burst.length) target.value = target.value.slice(0, target.value.length - burst.length);
}
