"""Every screen of the kiosk, in each size and language, with the longest names and the widest number: nothing is cut,
nothing lies on anything else, every target is big enough; measured from boxes."""

from __future__ import annotations

import pytest

from tests.pages import matrix
from tests.pages.boxes import beyond_place, broken_words, faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import made_up, press, screens, take_a_number
from tests.pages.looks import too_small

WAITING = {"vi": 18, "en": 13, "qps": 4}
LOOKS = matrix.rows(
    (*matrix.KIOSK, *matrix.TELEPHONE),  # a kiosk's page may be looked at on a telephone
    (1080, 1920, "vi"),
    (1280, 800, "en"),
    (1280, 800, "vi"),
)
SPARE = "innerWidth - document.querySelector('#stage').getBoundingClientRect().width"


@pytest.mark.parametrize(("width", "height", "language"), LOOKS)
def test_nothing_is_cut_on_any_screen(
    speaking_office: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(f"{speaking_office.address}/healthz", width, height)
    made_up(page, number="A1000", long_names=True, waiting=WAITING[language])
    page.goto(speaking_office.page_address("kiosk"))
    faults = []
    for screen in screens(page, language):
        assert page.get_attribute("html", "lang") == language, screen
        found = [*faults_of(page, matrix.least_px(language)), *beyond_place(page), *broken_words(page)]
        if page.evaluate(SPARE) > 2:
            found.append("the drawing is of another shape: what it measures is smaller on this window")
        faults += [f"{screen}: {fault}" for fault in found]
        faults += [f"{screen}: small {one}" for one in too_small(page, matrix.least_target(width, height))]
    assert faults == []


EDGE_PX = 16
NUMBER_ON_CARD = """() => { const card = document.querySelector(".card1").getBoundingClientRect();
  const range = document.createRange(); range.selectNodeContents(document.querySelector(".number b"));
  const sign = document.querySelector(".number .sign").getBoundingClientRect(), number = range.getBoundingClientRect();
  return [number.left - sign.right, card.right - number.right]; }"""


@pytest.mark.parametrize("size", [(1080, 1920), (1280, 800), (1366, 768), (1920, 1080)])
def test_the_widest_figures_stay_on_the_card(running: RunningOffice, open_page: Opener, size: tuple[int, int]) -> None:
    """All of one figure are wider than "A001", and than "A1000"; not on the sign, nor near the edge of the card."""
    page = open_page(f"{running.address}/healthz", *size)
    off: list[tuple[str, list[float]]] = []
    for number in ("A000", "A444", "A888", "A2000", "A4444", "A8888"):
        page.goto(f"{running.address}/healthz")
        page.unroute_all()
        made_up(page, number=number)
        page.goto(running.page_address("kiosk"))
        take_a_number(page)
        page.wait_for_selector("main.ticket .number b")
        room = page.evaluate(NUMBER_ON_CARD)
        off += [] if room[0] >= -1 and room[1] >= EDGE_PX else [(number, room)]
    assert off == []


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
