"""The kiosk's screens that are seldom seen: nothing is cut, nothing lies on anything else, and axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.pages import axe, matrix
from tests.pages.boxes import beyond_place, faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import PASS, choose, on, press, touch, type_number
from tests.pages.looks import too_small
from tests.pages.test_kiosk_camera import BROWSER

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7h-7z"/></svg>'
CHOICES = ("Không phải đến đâu nữa", "Một cơ quan", "Hai cơ quan trở lên")
FURTHER = {
    "code": "offices",
    "name": "Bà con phải đến mấy cơ quan để làm xong việc này?",
    "names": {"en": "How many offices did you have to go to until this was done?"},
    "criterion": 4,
    "choices": [{"code": f"c{at}", "name": name, "names": {}, "pictogram": "check"} for at, name in enumerate(CHOICES)],
}
BELOW = ".place, .bar, .head0 { visibility: hidden !important; }"  # what an overlay lies on is not read with it
LOOKS = matrix.rows((*matrix.KIOSK, *matrix.TELEPHONE), (1080, 1920, "vi"), (1280, 800, "en"))


class Changed:
    """What the service answers, changed on its way: `board` is put over the board's answer, None cuts the line."""

    def __init__(self, page: Page) -> None:
        self.board: dict[str, Any] | None = {}
        self.printers: dict[str, Any] | None = None
        page.add_init_script(f"({BROWSER})('')")
        page.route("**/api/v1/printers", self._printers)
        page.route("**/api/v1/tickets", self._ticket)
        page.route("**/qr.svg*", lambda route: route.fulfill(body=SQUARE, content_type="image/svg+xml"))
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
        body["shown"]["survey"]["further"] = [FURTHER]
        route.fulfill(response=answer, json=body)

    def _printers(self, route: Route) -> None:
        if self.printers is None:
            route.continue_()
        else:
            route.fulfill(json={"here": "hall", "printers": {"hall": self.printers}})

    def _ticket(self, route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        if self.printers is not None and answer.status < 300:
            body |= {"number": "A1000", "follow_url": "https://mc.bavi.vn/t/3Kd9xQw7Yz2a"}
            body["print"] = {**body["print"], "state": "NOT_PRINTED", "reason": self.printers["reason"]}
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
    yield from by_camera(page, language)
    yield from further_questions(page, language)
    yield from without_paper(page, changed, language)
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


def by_camera(page: Page, language: str) -> Iterator[str]:
    choose(page, language)
    press(page, ".folder")
    on(page, "code")
    press(page, ".look")
    on(page, "camera")
    yield "camera"
    for screen in ("code", "home"):
        press(page, ".key.back")
        on(page, screen)


def further_questions(page: Page, language: str) -> Iterator[str]:
    choose(page, language)
    press(page, ".speech")
    on(page, "rate")
    page.route("**/api/v1/ratings/token", lambda route: route.fulfill(status=201, json=PASS | {"language": language}))
    type_number(page, "A012")
    press(page, ".go")
    on(page, "faces")
    press(page, "[data-level=very_satisfied]")
    on(page, "rated")
    press(page, ".rated .more")
    on(page, "further")
    yield "further"
    press(page, ".key.done")
    on(page, "rated")
    press(page, ".key.done")
    on(page, "home")


def without_paper(page: Page, changed: Changed, language: str) -> Iterator[str]:
    changed.printers = {"state": "fault", "reason": "paper_out", "profile": "", "mute": False, "fallback": ""}
    page.clock.run_for(2500)
    page.wait_for_selector(".nopaper")
    choose(page, language)
    yield "home without paper"
    page.clock.fast_forward(600_000)
    touch(page)
    page.clock.run_for(1000)  # another number is given without a question
    on(page, "home")
    choose(page, language)
    press(page, ".take")
    on(page, "service")
    yield "service without paper"
    touch(page)
    press(page, "[data-service=DD]")
    on(page, "priority")
    yield "priority without paper"
    touch(page)
    press(page, ".take")
    page.clock.run_for(1000)
    on(page, "ticket")
    page.wait_for_selector(".trouble")
    yield "ticket without paper"
    press(page, ".key.done")
    on(page, "home")
    changed.printers = None
    page.clock.run_for(2500)


@pytest.mark.parametrize(("width", "height", "language"), LOOKS)
def test_nothing_is_cut_on_a_screen_that_is_seldom_seen(
    speaking_office: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(f"{speaking_office.address}/healthz", width, height)
    page.clock.install()
    changed = Changed(page)
    page.goto(speaking_office.page_address("kiosk"))
    faults = []
    for screen in seldom(page, changed, language):
        if screen != "down":  # that one may be left meanwhile
            assert page.get_attribute("html", "lang") == language, screen
        found = axe.faults_of(page, screen)
        found += [] if page.locator(".bar .call").count() == 1 else [f"{screen}: no key calls an officer"]
        is_over = screen in {"help", "still there"}
        style = page.add_style_tag(content=BELOW) if is_over else None
        boxes = [*faults_of(page, matrix.least_px(language)), *([] if is_over else beyond_place(page))]
        found += [f"{screen}: {fault}" for fault in boxes]
        found += [f"{screen}: small {one}" for one in too_small(page, matrix.least_target(width, height))]
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
