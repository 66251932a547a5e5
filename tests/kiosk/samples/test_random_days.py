"""How many days and citizens a random sample has."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.calendar import OpeningHours
from kiosk.samples.guard import require_empty
from kiosk.samples.random_days import RandomDays, fill_random
from tests.office import OfficeStory

# (days asked for, events asked for, days, tickets a day)
SIZES = [
    (None, None, 30, 60),
    (3, None, 3, 60),
    (None, 1, 1, 1),
    (None, 1500, 1, 334),
    (None, 1501, 2, 167),
    (None, 3000, 2, 334),
    (10, 9000, 10, 200),
    (10, 9, 10, 1),
]


@pytest.mark.parametrize(("days", "events", "played", "tickets"), SIZES)
def test_days_and_tickets_follow_from_what_is_asked_for(
    days: int | None, events: int | None, played: int, tickets: int
) -> None:
    size = RandomDays.of(days, events, 7)
    assert (size.days, size.events, size.seed, size.tickets_a_day) == (played, events, 7, tickets)


def test_the_same_seed_plays_the_same_days(small_office: OfficeStory) -> None:
    require_empty(small_office.app.store)
    count = fill_random(small_office.app.store, RandomDays.of(1, None, 7), small_office.clock.now_ms())
    assert count == len(small_office.events()) - 1
    days = {event["business_date"] for event in small_office.events()[1:]}
    assert days == {"2024-04-12"}  # the Friday before the Monday of the test
    kinds = small_office.types()
    assert kinds.count("ticket.issued") >= 45
    assert kinds[-1] == "office.day_closed"


def test_an_office_that_is_always_open_is_played_from_seven_to_five(small_office: OfficeStory) -> None:
    store = small_office.app.store
    store.office = replace(store.office, hours=OpeningHours(ZoneInfo("Asia/Ho_Chi_Minh"), always=True))
    fill_random(store, RandomDays.of(1, 60, 7), small_office.clock.now_ms())
    played = small_office.events()[1:]
    assert {event["business_date"] for event in played} == {"2024-04-14"}  # a Sunday
    assert min(event["time"] for event in played) >= "2024-04-14T00:00:00.000Z"
    assert max(event["time"] for event in played) < "2024-04-14T10:32:00.000Z"
