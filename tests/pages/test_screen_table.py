"""No screen that citizens see stays unmeasured: the walks of the fit tests reach each one that a page has, and every
walk is made in each size and language, with letters of both sizes."""

from __future__ import annotations

import re

import pytest

from kiosk.web.pages.routes import PAGES
from tests.pages import (
    matrix,
    test_added_language,
    test_kiosk_fit,
    test_kiosk_seldom,
    test_large_letters,
    test_own_pages_fit,
)
from tests.sources import ROOT

STATIC = ROOT / "kiosk/web/static"
# The walks of each page of the public door, and the tests that measure on them.
WALKS = {
    "kiosk": ("kiosk_walk", "test_kiosk_seldom"),
    "tablet": ("tablet_walk",),
    "ticket": ("phone_walk",),
    "filing": ("filing_walk",),
    "board": ("test_board_page",),  # nobody touches it; its states: test_board_states
}
MEASURED = {
    "kiosk_walk": ("test_kiosk_fit", "test_large_letters", "test_added_language"),
    "test_kiosk_seldom": ("test_large_letters",),
    "tablet_walk": ("test_added_language", "test_large_letters"),
    "phone_walk": ("test_own_pages_fit",),
    "filing_walk": ("test_own_pages_fit",),
    "test_board_page": (),
}
NAMED = {"kiosk": "kiosk/screens.js", "tablet": "tablet/app.js"}
REACHED = re.compile(r'on\(page, "(\w+)"\)')
REACHED_IN_TURN = re.compile(r"for screen in \(([^)]*)\)")


def test_every_page_of_the_public_door_has_its_walk() -> None:
    assert {page.name for page in PAGES.values() if not page.is_staff} == set(WALKS)
    assert {walk for walks in WALKS.values() for walk in walks} == set(MEASURED)
    for walk, tests in MEASURED.items():
        for test in tests:
            assert walk in (ROOT / f"tests/pages/{test}.py").read_text(encoding="utf-8"), (walk, test)


@pytest.mark.parametrize("page", NAMED)
def test_every_screen_of_a_page_is_walked(page: str) -> None:
    """Of the pages that name their screens; what the others show is told by their sentences (test_own_pages_fit)."""
    source = (STATIC / NAMED[page]).read_text(encoding="utf-8")
    (named,) = re.findall(r"const SCREENS = \{([^}]*)\}", source)
    walked: set[str] = set()
    for walk in WALKS[page]:
        text = (ROOT / f"tests/pages/{walk}.py").read_text(encoding="utf-8")
        walked |= {*REACHED.findall(text), *re.findall(r'"(\w+)"', " ".join(REACHED_IN_TURN.findall(text)))}
    assert {one.strip() for one in named.split(",")} - walked == set()


LOOKS = {
    "kiosk": (test_kiosk_fit.LOOKS, (*matrix.KIOSK, *matrix.TELEPHONE)),
    "kiosk, seldom": (test_kiosk_seldom.LOOKS, (*matrix.KIOSK, *matrix.TELEPHONE)),
    "kiosk, large letters": (test_large_letters.KIOSK, matrix.KIOSK),
    "tablet": (test_added_language.TABLET, matrix.TABLET),
    "tablet, large letters": (test_large_letters.TABLET, matrix.TABLET),
    "telephone, both": (test_own_pages_fit.TELEPHONE, matrix.TELEPHONE),
    "filing PC, both": (test_own_pages_fit.FILING, matrix.FILING),
}


@pytest.mark.parametrize("walk", LOOKS)
def test_every_walk_is_made_in_each_size_and_language(walk: str) -> None:
    rows, sizes = LOOKS[walk]
    made = {row.values for row in rows}
    assert made == {(*size, language) for size in sizes for language in ("vi", "en", "qps")}
    assert {"1280×800", "1366×768"} <= {f"{width}×{height}" for width, height in sizes} or walk.startswith("telephone")
    often = [row for row in rows if not row.marks]
    assert 0 < len(often) < len(rows), "some of them in every run"
