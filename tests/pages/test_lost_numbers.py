"""Numbers that the machine lost, as clerk and citizen see them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kiosk.domain.lost_numbers import LostNumbers, NumberRange
from kiosk.maintenance.initialise import start_new_epoch
from tests.office import OfficeStory
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.pages.test_counter_page import counter

LOST = LostNumbers("2024-04-15", (NumberRange("A", 2, 4),), 40)


@pytest.fixture
def lost(home: Path) -> Iterator[RunningOffice]:
    """A001 is known, A002 to A004 were lost, A005 came afterwards."""
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    story.take_number()
    story.clock.passes(60)
    start_new_epoch(story.app, "damaged", LOST)
    story.clock.passes(60)
    story.take_number()
    yield from serving(story)


def test_one_touch_lets_the_holder_of_a_lost_number_back_in_line(lost: RunningOffice, open_page: Opener) -> None:
    page = counter(lost, open_page)
    card = page.locator(".trouble", has_text="A002–A004")
    expect(card).to_be_visible()
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(folder) / "lost.png"))
    card.get_by_role("button", name="A003").click()
    expect(page.locator(".toast")).to_contain_text("A003")
    expect(page.locator(".rows").first).to_have_text(re.compile("A003.*A005"))
    card.get_by_role("button", name="Đã xử lý, cất đi").click()
    expect(card).to_have_count(0)
