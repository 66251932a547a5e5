"""How soon a page is heard after a touch:  python -m tests.bench.page_voice

From the finger on "Nghe lại" to the first sample of the clips, on a kiosk as it is and with its processor slowed to a
quarter: with clips that the page fetched while it waited, and on a device that has just begun and fetches them now.
Target 150 ms for clips that it has, at the processor's own pace.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page

from config.loading import load
from kiosk.voices.library import VoiceLibrary
from kiosk.web.pages.sentences import citizens_sentences
from tests.bench import programs as bench
from tests.browser import chromium
from tests.display_board.voices.sounds import fill

ROUNDS, PACES, MOST_MS = 40, (1, 4), 150.0
GUARD_MS = 300  # a finger's touch sooner after a change of screen is swallowed by the page
CLIPS = "() => performance.getEntriesByType('resource').filter((one) => one.name.includes('/voices/clips/')).length"
# Notes when a finger touched and when what it asked for sounded.
WATCH = """window.touchedAt = 0; window.heard = [];
document.addEventListener("pointerdown", () => { window.touchedAt = performance.now(); }, true);
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  this.addEventListener("playing", () => window.heard.push(performance.now() - window.touchedAt), { once: true });
  return play.call(this);
};"""


def give_clips(office: bench.Office) -> None:
    """Each phrase of the pages has a Vietnamese clip from now on."""
    folder = Path(office.environment["MOTCUA_HOME"])
    configuration = load(Path(office.environment["MOTCUA_CONFIG"]))
    fill(folder, "vi", VoiceLibrary(folder / "voices", configuration, citizens_sentences).phrases("vi"))


def kiosk(browser: Browser, office: bench.Office, slower: int) -> Page:
    page = browser.new_context(viewport={"width": 1080, "height": 1920}).new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.add_init_script(WATCH)
    page.goto(f"http://127.0.0.1:{office.port}/kiosk#token={office.tokens['kiosk']}")
    page.wait_for_selector("#stage[data-screen=home] .key.listen")
    page.wait_for_timeout(GUARD_MS)
    return page


def heard_ms(page: Page) -> float:
    """From the touch to the sound."""
    page.evaluate("window.heard.length = 0")
    page.click(".key.listen")
    page.wait_for_function("() => window.heard.length > 0")
    return float(page.evaluate("window.heard[0]"))


def all_fetched(page: Page) -> None:
    """Wait until the page has the clips that it fetches while it waits."""
    known, more = -1, 0
    while more != known:
        page.wait_for_timeout(1000)
        known, more = more, int(page.evaluate(CLIPS))


def slowest(times: list[float]) -> float:
    """Of 100, all but one are sooner."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def measured(browser: Browser, office: bench.Office, slower: int) -> tuple[list[float], list[float]]:
    """With clips that the page has, and on devices that have just begun."""
    page = kiosk(browser, office, slower)
    all_fetched(page)
    known = [heard_ms(page) for _ in range(ROUNDS)]
    page.context.close()
    new = []
    for _ in range(ROUNDS // 4):
        page = kiosk(browser, office, slower)
        new.append(heard_ms(page))
        page.context.close()
    return known, new


def main() -> int:
    good = True
    with bench.office(printing=False) as office, chromium() as browser:
        give_clips(office)
        for slower in PACES:
            known, new = measured(browser, office, slower)
            good &= slower > 1 or slowest(known) <= MOST_MS
            print(f"from the touch to the sound, at {slower}× less processor")
            for name, times in (("clips that the page has", known), ("a device that has just begun", new)):
                print(f"  {name}: {statistics.median(times):.0f} ms, 99 of 100 {slowest(times):.0f} ms")
    print(f"target {MOST_MS:.0f} ms with clips that it has: {'met' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
