"""A machine whose letters are twice as large: its screen is turned by two keys, and looked at after each turn."""

from __future__ import annotations

from collections.abc import Collection

from playwright.sync_api import Page

from tests.pages.boxes import broken_words, faults_of, lines_of
from tests.pages.kiosk_walk import press, touch
from tests.pages.looks import too_small

LARGEST_PX = 100  # letters that are so large already need not grow: 18 mm on a kiosk, 12 mm on a tablet
BESIDE = 1.4  # times as large: 10 mm and more
MOST_TURNS = 30
FLOW = ".large .flow, .large .screen"
# The keys that stand whole on the glass, and all of them.
WHOLE = """flow => {
  const glass = document.querySelector(flow).getBoundingClientRect();
  const keys = [...document.querySelector(flow).querySelectorAll('button')].filter((one) => one.checkVisibility());
  const isWhole = (box) => box.top >= glass.top - 2 && box.bottom <= glass.bottom + 2
    || box.height > 0.75 * glass.height; // that one is touched wherever it is
  return keys.map((one, at) => [`${at} ${one.innerText.trim().slice(0, 30)}`, isWhole(one.getBoundingClientRect())]);
}"""
ASIDE = "flow => document.querySelector(flow).scrollWidth - document.querySelector(flow).clientWidth"


def take(page: Page, large: bool) -> None:
    """Letters of that size, by the key of the page."""
    if (page.get_attribute(".larger", "aria-pressed") == "true") is not large:
        press(page, ".larger")
    page.wait_for_selector("#stage.large" if large else "#stage:not(.large)")


def grow(page: Page) -> None:
    """Large letters where the screen of the moment has no key for them, as its citizen chose them a screen before."""
    page.evaluate("document.documentElement.style.fontSize = '200%'; dispatchEvent(new Event('resize'))")
    page.wait_for_selector("#stage.large")


def sizes(page: Page) -> dict[str, float]:
    """The type in which each text stands; what stands in several, as a name and as what explains it, has the place of
    its size beside it.
    """
    found: dict[str, set[float]] = {}
    for line in lines_of(page):
        found.setdefault(line.text, set()).add(line.size)
    placed = ((text, enumerate(sorted(of_text, reverse=True))) for text, of_text in found.items())
    return {f"{text} ({at})" if at else text: size for text, places in placed for at, size in places}


def keys_beside(page: Page) -> set[str]:
    """Words of the keys that keep their place beside the column."""
    return {words.strip() for words in page.locator("#stage .bar .key span").all_inner_texts()}


def not_twice(
    before: dict[str, float], after: dict[str, float], beside: Collection[str] = (), language: str = "vi"
) -> list[str]:
    """Texts that did not become twice as large, or as large as it needs; keys `beside` grow as they can.

    A text of the made-up `language`, a third longer than any real one, may lack a twentieth of it.
    """
    enough = 0.95 if language == "qps" else 0.99
    short = [
        (text, size, after[text], BESIDE if text in beside else 2) for text, size in before.items() if text in after
    ]
    return [f"not twice: {one}" for one in short if one[2] < min(one[3] * one[1], LARGEST_PX) * enough]


def faults_at_every_turn(page: Page, least: float, target: int) -> list[str]:
    """From the beginning of the screen to its end; every key of it is whole on the glass once."""
    page.eval_on_selector(FLOW, "flow => { flow.scrollTop = 0; flow.dispatchEvent(new Event('scroll')); }")
    faults, keys = set(), set()
    seen = set()
    for _ in range(MOST_TURNS):
        touch(page)
        faults |= {*faults_of(page, least), *broken_words(page)}
        faults |= {f"small {one}" for one in too_small(page, target)}
        found = page.evaluate(WHOLE, FLOW)
        keys |= {name for name, _ in found}
        seen |= {name for name, is_whole in found if is_whole}
        if page.is_hidden(".turnkey.down") or page.is_disabled(".turnkey.down"):
            break
        press(page, ".turnkey.down")
    aside = page.evaluate(ASIDE, FLOW)
    faults |= {f"never whole: {name}" for name in keys - seen} | ({f"{aside} px aside"} if aside > 1 else set())
    return sorted(faults)
