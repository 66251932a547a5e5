"""No screen that citizens touch stays unmeasured: the walks of the fit tests reach each one that a page has."""

from __future__ import annotations

import re

import pytest

from tests.sources import ROOT

STATIC = ROOT / "kiosk/web/static"
WALKS = {
    "kiosk/screens.js": ("kiosk_walk", "test_kiosk_seldom"),
    "tablet/app.js": ("tablet_walk",),
}
REACHED = re.compile(r'on\(page, "(\w+)"\)')
REACHED_IN_TURN = re.compile(r"for screen in \(([^)]*)\)")


@pytest.mark.parametrize("file", WALKS)
def test_every_screen_of_a_page_is_walked(file: str) -> None:
    source = (STATIC / file).read_text(encoding="utf-8")
    (named,) = re.findall(r"const SCREENS = \{([^}]*)\}", source)
    walked: set[str] = set()
    for walk in WALKS[file]:
        text = (ROOT / f"tests/pages/{walk}.py").read_text(encoding="utf-8")
        walked |= {*REACHED.findall(text), *re.findall(r'"(\w+)"', " ".join(REACHED_IN_TURN.findall(text)))}
    assert {one.strip() for one in named.split(",")} - walked == set()


def test_the_walks_are_measured_with_letters_of_both_sizes() -> None:
    for walk, tests in {
        "kiosk_walk": ("test_kiosk_fit", "test_large_letters", "test_added_language"),
        "test_kiosk_seldom": ("test_large_letters",),
        "tablet_walk": ("test_added_language", "test_large_letters"),
    }.items():
        for test in tests:
            assert walk in (ROOT / f"tests/pages/{test}.py").read_text(encoding="utf-8"), (walk, test)
