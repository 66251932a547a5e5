"""What must hold of every screen that people touch."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

MEASURE = """() => { const stage = document.querySelector('#stage');
  const drawn = (px) => Math.round(px * stage.offsetWidth / stage.getBoundingClientRect().width);
  return [...stage.querySelectorAll('button')].filter(b => b.checkVisibility()).map(b => ({
  words: b.innerText, width: drawn(b.getBoundingClientRect().width), height: drawn(b.getBoundingClientRect().height),
  over: b.scrollWidth > b.clientWidth || [...b.querySelectorAll('b, small, span')]
    .some(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'),
})); }"""


def buttons(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(MEASURE)
    assert found
    return found


def too_small(page: Page, least: int) -> list[dict[str, Any]]:
    """Targets smaller than `least` px of the drawing in one direction."""
    return [b for b in buttons(page) if min(b["width"], b["height"]) < least]


def cut_off(page: Page) -> list[dict[str, Any]]:
    """Targets whose words do not fit."""
    return [b for b in buttons(page) if b["over"]]


def stop_time(page: Page) -> None:
    """From here on only the test moves the page's clock, a second ahead: what this machine takes does not count."""
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 1"))


def on_screen(page: Page, name: str) -> None:
    page.wait_for_selector(f"#stage[data-screen={name}]")
    page.wait_for_timeout(300)  # touches right after a change of screen belong to the one before


GAPS = """() => {
  const all = [...document.querySelectorAll('#stage button')].filter((one) => one.offsetParent !== null)
    .map((one) => ({ words: one.innerText.trim().slice(0, 30), box: one.getBoundingClientRect() }));
  const across = (a, b) => Math.max(0, a.left - b.right, b.left - a.right);
  const along = (a, b) => Math.max(0, a.top - b.bottom, b.top - a.bottom);
  return all.flatMap((one, place) => all.slice(place + 1).map((other) =>
    [Math.hypot(across(one.box, other.box), along(one.box, other.box)), one.words, other.words]));
}"""


def too_near(page: Page, least: float) -> list[Any]:
    """Pairs of targets less than `least` px of the screen apart, with the distance."""
    return [pair for pair in page.evaluate(GAPS) if pair[0] < least]
