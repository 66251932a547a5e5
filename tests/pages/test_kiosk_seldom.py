"""The kiosk's screens that are seldom seen: nothing is cut, nothing lies on anything else, and axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.pages import axe
from tests.pages.boxes import beyond_place, faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import choose, on, press
from tests.pages.looks import too_small

BELOW = ".place, .bar, .head0 { visibility: hidden !important; }"  # what an overlay lies on is not read with it
LOOKS = [
    (1080, 1920, "vi", 90, 26),
    (1280, 800, "en", 80, 24),
    *(
        pytest.param(*look, marks=pytest.mark.soak)
        for look in (
            (1080, 1920, "en", 90, 26),
            (1280, 800, "vi", 80, 24),
            (1366, 768, "en", 80, 24),
            (320, 640, "en", 90, 26),
        )
    ),
]


class Changed:
    """What the service answers, changed on its way: `board` is put over the board's answer, None cuts the line."""

    def __init__(self, page: Page) -> None:
        self.board: dict[str, Any] | None = {}
        page.route(re.compile(r"/api/v1/board$"), self._board)
        page.route("**/api/v1/page/kiosk", self._page)

    def _board(self, route: Route) -> None:
        over = self.board  # it may be changed while the service is asked
        if over is None:
            route.abort()
        else:
            answer = route.fetch()
            route.fulfill(response=answer, json=answer.json() | over)

    def _page(self, route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        body["shown"]["kiosk"]["second_number"] = "ask"
        route.fulfill(response=answer, json=body)


def seldom(page: Page, changed: Changed, language: str) -> Iterator[str]:
    """Each of them in turn; over the screen below it: "help" and "still there"."""
    on(page, "home")
    choose(page, language)
    press(page, ".bar .call")
    page.wait_for_selector(".note:not([hidden])")
    yield "help"
    for screen in ("ticket", "another"):
        choose(page, language)
        press(page, ".take")
        on(page, "service")
        press(page, "[data-service=HT]")
        on(page, "priority")
        press(page, ".take")
        page.clock.run_for(4000)
        on(page, screen)
        if screen == "ticket":
            press(page, ".key.done")
            on(page, "home")
    yield "another"
    page.clock.fast_forward(61_000)
    page.clock.run_for(1500)
    page.wait_for_selector(".over:not([hidden]) .still")
    yield "still there"
    press(page, ".over .leave")
    on(page, "home")
    choose(page, language)
    changed.board = None
    page.clock.run_for(21_000)
    on(page, "down")
    yield "down"
    changed.board = {"open": False, "next_opening": (datetime.now(UTC) + timedelta(hours=15)).isoformat()}
    page.clock.run_for(4000)
    on(page, "closed")
    choose(page, language)
    yield "closed"


@pytest.mark.parametrize(("width", "height", "language", "target", "least"), LOOKS)
def test_nothing_is_cut_on_a_screen_that_is_seldom_seen(
    running: RunningOffice, open_page: Opener, width: int, height: int, language: str, target: int, least: int
) -> None:
    page = open_page(f"{running.address}/healthz", width, height)
    page.clock.install()
    changed = Changed(page)
    page.goto(running.page_address("kiosk"))
    faults = []
    for screen in seldom(page, changed, language):
        assert screen == "down" or page.get_attribute("html", "lang") == language, (
            screen
        )  # that one may be left meanwhile
        found = axe.faults_of(page, screen)
        is_over = screen in {"help", "still there"}
        style = page.add_style_tag(content=BELOW) if is_over else None
        found += [f"{screen}: {fault}" for fault in (*faults_of(page, least), *([] if is_over else beyond_place(page)))]
        found += [f"{screen}: small {one}" for one in too_small(page, target)]
        faults += found
        if style:
            style.evaluate("one => one.remove()")
    assert faults == []


SCREENS = """() => {
  const stage = document.querySelector('#stage');
  window.screens = [];
  new MutationObserver(() => window.screens.push(stage.dataset.screen)).observe(stage, { attributes: true });
}"""


def test_a_machine_that_rests_goes_on_resting_when_its_citizen_is_gone(
    running: RunningOffice, open_page: Opener
) -> None:
    """The language ends after half a minute; no first screen is shown whose keys lead nowhere."""
    page = open_page(f"{running.address}/healthz")
    page.clock.install()
    changed = Changed(page)
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    choose(page, "en")
    changed.board = None
    page.clock.run_for(21_000)
    on(page, "down")
    page.evaluate(SCREENS)
    page.clock.run_for(12_000)
    page.wait_for_selector("html[lang=vi]")
    assert set(page.evaluate("window.screens")) <= {"down"}
