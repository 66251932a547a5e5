"""Words without which nobody can act are 7.3 mm high on a kiosk without any key (EN 301 549, 5.1.4 at 0.6 m)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.pages import matrix
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import screens
from tests.pages.must_read import LYING, UPRIGHT, too_small_to_act
from tests.pages.test_kiosk_seldom import Changed, seldom

SPOKEN = ("vi", "en")  # the made-up language is a fifth longer than any that people write
LOOKS = [
    row
    for row in matrix.rows(matrix.KIOSK, (1080, 1920, "vi"), (1280, 800, "vi"), (1280, 800, "en"))
    if row.values[2] in SPOKEN
]


def faults_of(page: Page) -> list[str]:
    lying = page.is_visible("#stage.wide")
    return too_small_to_act(page, LYING if lying else UPRIGHT)


@pytest.mark.parametrize(("width", "height", "language"), LOOKS)
def test_what_must_be_read_is_so_large_on_every_screen(
    running: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(running.page_address("kiosk"), width, height)
    faults = [f"{screen}: {fault}" for screen in screens(page, language) for fault in faults_of(page)]
    assert faults == []


@pytest.mark.parametrize(("width", "height", "language"), LOOKS)
def test_what_must_be_read_is_so_large_on_screens_that_are_seldom_seen(
    running: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(f"{running.address}/healthz", width, height)
    page.clock.install()
    changed = Changed(page)
    page.goto(running.page_address("kiosk"))
    faults = [f"{screen}: {fault}" for screen in seldom(page, changed, language) for fault in faults_of(page)]
    assert faults == []
