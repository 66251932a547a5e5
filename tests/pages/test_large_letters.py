"""Letters twice as large on the machines: every word is, nothing is cut, and two keys turn what is longer than the
glass; they end with their citizen."""

from __future__ import annotations

import pytest

from tests.pages import axe, matrix, tablet_walk
from tests.pages.boxes import beyond_place, broken_words, faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import made_up, on, press, screens, take_a_number, touch
from tests.pages.looks import too_small
from tests.pages.test_kiosk_seldom import Changed, seldom
from tests.pages.turning import faults_at_every_turn, grow, keys_beside, not_twice, sizes, take

LEAST_PX = 52  # twice the smallest type of the kiosk: capitals of 9.6 mm on 21.5", 9.7 mm on 15.6"
TARGET_PX = 80
TABLET_TARGET_PX = 118  # 20 mm on 10.1"
TABLET_LEAST_PX = 24
TOUCHED = ("idle, no line", "serving, no line")  # the others have no key, or are places to go to
KIOSK = matrix.rows(matrix.KIOSK, (1080, 1920, "vi"), (1280, 800, "en"))


@pytest.mark.parametrize(("width", "height", "language"), KIOSK)
def test_every_screen_of_the_kiosk_is_whole_with_letters_twice_as_large(
    speaking_office: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(f"{speaking_office.address}/healthz", width, height)
    made_up(page, number="A1000", long_names=True, waiting=13)
    page.goto(speaking_office.page_address("kiosk"))
    faults = []
    for screen in screens(page, language):
        touch(page)
        take(page, large=False)
        before = sizes(page)
        take(page, large=True)
        if screen == "search found":
            page.wait_for_selector(".found .procedure")
        assert page.get_attribute("#stage", "data-screen") == screen.split()[0] or " " in screen, screen
        found = [*not_twice(before, sizes(page), keys_beside(page), language), *beyond_place(page)]
        found += faults_at_every_turn(page, LEAST_PX, TARGET_PX)
        faults += [f"{screen}: {fault}" for fault in (*found, *axe.faults_of(page, "axe"))]
    assert faults == []


@pytest.mark.parametrize(("width", "height", "language"), KIOSK)
def test_screens_that_are_seldom_seen_are_whole_with_letters_twice_as_large(
    speaking_office: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(f"{speaking_office.address}/healthz", width, height)
    page.clock.install()
    changed = Changed(page)
    page.goto(speaking_office.page_address("kiosk"))
    on(page, "home")
    faults = []
    for screen in seldom(page, changed, language):
        if screen not in {"help", "still there"}:
            take(page, large=True)
        elif page.is_hidden(".large"):
            page.eval_on_selector(".larger", "one => one.click()")
        if screen in {"help", "still there"}:
            below = page.add_style_tag(content=".flow, .bar, .turner { visibility: hidden !important; }")
            found = [*faults_of(page, LEAST_PX), *broken_words(page)]
            below.evaluate("one => one.remove()")
        else:
            found = faults_at_every_turn(page, LEAST_PX, TARGET_PX)
        faults += [f"{screen}: {fault}" for fault in found]
    assert faults == []


def test_large_letters_end_with_their_citizen(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/healthz", 1080, 1920)
    page.clock.install()
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    take(page, large=True)
    press(page, ".take")
    on(page, "service")
    press(page, "[data-service=HT]")
    on(page, "priority")
    press(page, ".take")
    page.clock.run_for(1000)
    page.wait_for_selector("#stage.large main.ticket .card1")
    press(page, ".key.done")
    page.wait_for_selector("#stage:not(.large)[data-screen=home]")
    take(page, large=True)
    page.clock.run_for(40_000)
    page.wait_for_selector("#stage:not(.large)[data-screen=home]")
    assert page.get_attribute(".larger", "aria-pressed") == "false"


def test_a_ticket_whose_letters_grow_is_the_ticket_that_it_was(running: RunningOffice, open_page: Opener) -> None:
    """What the printer said stays said, and no countdown of a drawing before goes on behind it."""
    page = open_page(f"{running.address}/healthz", 1080, 1920)
    page.add_init_script(COUNTDOWNS)
    page.goto(running.page_address("kiosk"))
    take_a_number(page)
    page.wait_for_selector("main.ticket .card1")
    page.wait_for_selector("main.ticket[data-print=NOT_PRINTED]")
    for large in (True, False, True):
        take(page, large)
        assert page.get_attribute("main.ticket", "data-print") == "NOT_PRINTED"
        assert page.evaluate("window.countdowns.size") == 1
    press(page, ".key.done")
    on(page, "home")
    assert page.evaluate("window.countdowns.size") == 0, "it would send the next citizen to the first screen"


# The rings that run: each is redrawn ten times a second.
COUNTDOWNS = """(() => { window.countdowns = new Set();
  const [set, clear] = [window.setInterval, window.clearInterval];
  window.setInterval = (act, ms, ...more) => {
    const one = set(act, ms, ...more);
    if (ms === 100) window.countdowns.add(one);
    return one;
  };
  window.clearInterval = (one) => { window.countdowns.delete(one); clear(one); };
})()"""
TABLET = matrix.rows(matrix.TABLET, (1280, 800, "vi"))


@pytest.mark.parametrize(("width", "height", "language"), TABLET)
def test_every_screen_of_the_tablet_is_whole_with_letters_twice_as_large(
    speaking_office: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(f"{speaking_office.address}/healthz", width, height)
    tablet_walk.opened(speaking_office, page)
    faults = []
    for screen in tablet_walk.screens(speaking_office, page, language):
        if page.is_visible(".larger"):
            take(page, large=False)
            before = sizes(page)
            take(page, large=True)
            faults += [f"{screen}: {fault}" for fault in not_twice(before, sizes(page))]
        found = [*faults_at_every_turn(page, LEAST_PX, TABLET_TARGET_PX), *axe.faults_of(page, "axe")]
        faults += [f"{screen}: {fault}" for fault in found]
    assert faults == []


@pytest.mark.parametrize(("width", "height", "language"), TABLET)
def test_screens_of_the_tablet_that_are_seldom_seen_are_whole_with_letters_of_both_sizes(
    speaking_office: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    faults = []
    for screen, page in tablet_walk.seldom(speaking_office, open_page, (width, height), language):
        assert page.get_attribute("html", "lang") == language, screen
        found = [*faults_of(page, TABLET_LEAST_PX), *broken_words(page), *axe.faults_of(page, "axe")]
        found += [f"small {one}" for one in too_small(page, TABLET_TARGET_PX)] if screen in TOUCHED else []
        before = sizes(page)
        grow(page)
        found += not_twice(before, sizes(page)) if screen != "slide" else []  # it is larger than that already
        found += axe.faults_of(page, "axe, large")
        if screen in TOUCHED:
            found += faults_at_every_turn(page, LEAST_PX, TABLET_TARGET_PX)
        else:
            found += [*faults_of(page, LEAST_PX), *broken_words(page)]
        faults += [f"{screen}: {fault}" for fault in found]
    assert faults == []
