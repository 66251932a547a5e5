"""Every screen of the kiosk, in each size and language, with the longest names and the widest number: nothing is cut,
nothing lies on anything else, every target is big enough; measured from boxes."""

from __future__ import annotations

import pytest

from tests.pages.boxes import beyond_place, broken_words, faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import made_up, press, screens
from tests.pages.looks import too_small

# Width, height, language, people who wait, least target and least type in px of the drawing: upright on 21.5" 0.25 mm
# a px, so that 26 px are capitals of 4.8 mm; lying on 15.6" 0.253 mm, so that 80 px are 20 mm.
LOOKS = [
    (1080, 1920, "vi", 18, 90, 26),
    (1280, 800, "en", 13, 80, 24),
    (1280, 800, "vi", 13, 80, 24),
    *(
        pytest.param(*look, marks=pytest.mark.soak)
        for look in (
            (1080, 1920, "en", 13, 90, 26),
            (1366, 768, "vi", 1, 80, 24),
            (1366, 768, "en", 18, 80, 24),
            (1920, 1080, "en", 4, 80, 24),
            (1920, 1080, "vi", 0, 80, 24),
            (360, 740, "vi", 13, 90, 26),  # a kiosk's page looked at on a telephone
            (320, 640, "en", 18, 90, 26),
        )
    ),
]


@pytest.mark.parametrize(("width", "height", "language", "waiting", "target", "least"), LOOKS)
def test_nothing_is_cut_on_any_screen(
    running: RunningOffice,
    open_page: Opener,
    width: int,
    height: int,
    language: str,
    waiting: int,
    target: int,
    least: int,
) -> None:
    page = open_page(f"{running.address}/healthz", width, height)
    made_up(page, number="A1000", long_names=True, waiting=waiting)
    page.goto(running.page_address("kiosk"))
    faults = []
    for screen in screens(page, language):
        assert page.get_attribute("html", "lang") == language, screen
        faults += [
            f"{screen}: {fault}" for fault in (*faults_of(page, least), *beyond_place(page), *broken_words(page))
        ]
        faults += [f"{screen}: small {one}" for one in too_small(page, target)]
    assert faults == []


def test_more_people_look_more(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/healthz")
    figures = {}
    wanted = made_up(page)
    for waiting in (1, 3, 4, 5, 13, 18):
        wanted["waiting"] = waiting
        page.goto(f"{running.address}/healthz")
        page.goto(running.page_address("kiosk"))
        page.wait_for_selector("[data-screen=home]")
        press(page, ".take")
        page.wait_for_selector("[data-service=HT] .little")
        figures[waiting] = page.locator("[data-service=HT] .little .picto").count()
    assert figures == {1: 1, 3: 3, 4: 4, 5: 5, 13: 13, 18: 18}
