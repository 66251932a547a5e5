// The phone's bell: a chime and a shake when the turn comes, for as long as the browser lets the page sound.

const PITCHES_HZ = [659, 784, 988];
const STEP_S = 0.28;
const AGAIN_MS = 3500;
const TIMES = 5;
const SHAKE_MS = [400, 150, 400, 150, 800];

export class Bell {
  /** @type {AudioContext | null} */
  sound = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  again = undefined;
  /** Whether the screen is kept lit. */
  isLit = false;

  get isOn() {
    return this.sound !== null;
  }

  /** From a touch: the browser allows sound, a first soft chime shows it. */
  async allow() {
    this.sound = new AudioContext();
    this.chime(0.5);
    await this.keepLit();
  }

  /** A dark screen puts the page to sleep; it is kept lit where the browser can. Asked again when the page is seen again. */
  async keepLit() {
    if (!this.isOn || !("wakeLock" in navigator)) return;
    try {
      const lock = await navigator.wakeLock.request("screen");
      this.isLit = true;
      lock.addEventListener("release", () => { this.isLit = false; });
    } catch {
      this.isLit = false; // the battery is low, or the page is not seen
    }
  }

  /** Five times, until somebody touches the page. */
  ring() {
    this.hush();
    if (!this.isOn) return;
    let left = TIMES;
    const once = () => {
      this.sound?.resume();
      this.chime(1);
      navigator.vibrate?.(SHAKE_MS);
      left -= 1;
      if (left > 0) this.again = setTimeout(once, AGAIN_MS);
    };
    once();
  }

  hush() {
    clearTimeout(this.again);
    navigator.vibrate?.(0);
  }

  /** @param {number} volume 0 to 1 */
  chime(volume) {
    const { sound } = this;
    if (!sound) return;
    PITCHES_HZ.forEach((pitch, index) => {
      const [source, gain] = [sound.createOscillator(), sound.createGain()];
      const at = sound.currentTime + index * STEP_S;
      source.frequency.value = pitch;
      gain.gain.setValueAtTime(0.4 * volume, at);
      gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
      source.connect(gain).connect(sound.destination);
      source.start(at);
      source.stop(at + 0.5);
    });
  }
}
