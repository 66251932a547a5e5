"""How long a clerk who signed in sits: until the office has closed and its last citizens have gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from contract.times import from_rfc3339
from kiosk.domain.calendar import OpeningHours, Session
from kiosk.domain.sittings import sitting_ends

HOURS = OpeningHours(
    ZoneInfo("Asia/Ho_Chi_Minh"),
    (Session(0, time(13, 30), time(17)), Session(0, time(7), time(11, 30)), Session(5, time(7), time(11))),
)
HOUR = 3600_000


def ms(text: str) -> int:
    return from_rfc3339(f"{text}:00+07:00")


@pytest.mark.parametrize(
    ("signs_in", "ends"),
    [
        ("2024-04-15T06:50", "2024-04-15T17:30"),
        ("2024-04-15T12:00", "2024-04-15T17:30"),
        ("2024-04-15T17:29", "2024-04-15T17:30"),
        ("2024-04-15T17:30", "2024-04-16T05:30"),  # over time
        ("2024-04-15T04:00", "2024-04-15T16:00"),  # twelve hours at most
        ("2024-04-20T08:00", "2024-04-20T11:30"),  # Saturday morning
        ("2024-04-21T08:00", "2024-04-21T20:00"),  # a day off
    ],
)
def test_a_sitting_ends_half_an_hour_behind_the_last_close_of_the_day(signs_in: str, ends: str) -> None:
    assert sitting_ends(HOURS, ms(signs_in)) == ms(ends)


@pytest.mark.parametrize(
    "hours",
    [replace(HOURS, always=True), replace(HOURS, holidays=frozenset({date(2024, 4, 15)})), replace(HOURS, sessions=())],
)
def test_where_nothing_closes_it_ends_after_twelve_hours(hours: OpeningHours) -> None:
    assert hours.closes_at(ms("2024-04-15T08:00")) is None
    assert sitting_ends(hours, ms("2024-04-15T08:00")) == ms("2024-04-15T20:00")
