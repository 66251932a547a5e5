"""The calendar: business date, opening hours, holidays, half days."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from contract.times import from_rfc3339
from kiosk.domain.calendar import DAYS, OpeningHours, Session

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING, AFTERNOON = (time(7), time(11, 30)), (time(13, 30), time(17))
WEEK = tuple(Session(day, *hours) for day in range(5) for hours in (AFTERNOON, MORNING))  # not in order of the clock
HOURS = OpeningHours(ZONE, WEEK, frozenset({date(2024, 4, 18)}))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2024-04-15T06:59:59.999+07:00", False),
        ("2024-04-15T07:00:00+07:00", True),
        ("2024-04-15T11:29:59.999+07:00", True),
        ("2024-04-15T11:30:00+07:00", False),
        ("2024-04-15T13:30:00+07:00", True),
        ("2024-04-15T17:00:00+07:00", False),
        ("2024-04-20T08:00:00+07:00", False),
        ("2024-04-18T08:00:00+07:00", False),
        ("2024-04-15T02:00:00Z", True),
    ],
)
def test_the_office_is_open_by_its_table_of_hours(moment: str, is_open: bool) -> None:
    assert HOURS.is_open(from_rfc3339(moment)) is is_open


def test_an_office_that_is_always_open_has_no_table() -> None:
    always = OpeningHours(ZONE, always=True)
    assert always.is_open(from_rfc3339("2024-04-14T03:00:00+07:00"))
    assert not OpeningHours(ZONE).is_open(from_rfc3339("2024-04-15T08:00:00+07:00"))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2024-04-15T06:00:00+07:00", "2024-04-15T07:00:00+07:00"),
        ("2024-04-15T07:00:00+07:00", "2024-04-15T13:30:00+07:00"),
        ("2024-04-15T12:00:00+07:00", "2024-04-15T13:30:00+07:00"),
        ("2024-04-15T13:30:00+07:00", "2024-04-16T07:00:00+07:00"),
        ("2024-04-17T17:30:00+07:00", "2024-04-19T07:00:00+07:00"),
        ("2024-04-19T17:30:00+07:00", "2024-04-22T07:00:00+07:00"),
    ],
)
def test_the_next_opening_leaves_out_nights_weekends_and_holidays(moment: str, opens: str) -> None:
    opening = HOURS.next_opening(from_rfc3339(moment))
    assert opening is not None and opening.isoformat() == opens


def test_the_next_opening_is_looked_for_within_a_month() -> None:
    monday_only = (Session(0, *MORNING),)
    now = from_rfc3339("2024-04-15T12:00:00+07:00")
    mondays = [date(2024, 4, 22), date(2024, 4, 29), date(2024, 5, 6), date(2024, 5, 13)]
    until_13_may = OpeningHours(ZONE, monday_only, frozenset(mondays[:3])).next_opening(now)
    assert until_13_may is not None and until_13_may.isoformat() == "2024-05-13T07:00:00+07:00"
    assert OpeningHours(ZONE, monday_only, frozenset(mondays)).next_opening(now) is None
    assert OpeningHours(ZONE).next_opening(now) is None
    thursdays = frozenset({date(2024, 4, 18), date(2024, 4, 25), date(2024, 5, 2), date(2024, 5, 9)})
    assert OpeningHours(ZONE, (Session(3, *MORNING),), thursdays).next_opening(now) is None  # 16 May is too far
    last_day = OpeningHours(
        ZONE,
        (Session(2, *MORNING),),
        frozenset(date(2024, 4, day) for day in (17, 24)) | {date(2024, 5, 1), date(2024, 5, 8)},
    )
    opening = last_day.next_opening(now)
    assert opening is not None and opening.date() == date(2024, 5, 15)  # the thirtieth day from now, and the last


def test_the_sessions_of_a_day_come_in_order() -> None:
    monday = HOURS.sessions_on(date(2024, 4, 15))
    assert [(s.weekday, s.opens, s.closes) for s in monday] == [(0, *MORNING), (0, *AFTERNOON)]
    assert HOURS.sessions_on(date(2024, 4, 18)) == []
    assert HOURS.sessions_on(date(2024, 4, 21)) == []


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-04-14T16:59:59Z", "2024-04-14"),
        ("2024-04-14T17:00:00Z", "2024-04-15"),
        ("2024-04-14T17:30:00Z", "2024-04-15"),
        ("2024-12-31T17:00:00Z", "2025-01-01"),
    ],
)
def test_the_civil_day_is_that_of_the_office_not_of_greenwich(moment: str, day: str) -> None:
    assert HOURS.civil_date(from_rfc3339(moment)) == day
    assert HOURS.local(from_rfc3339(moment)).date().isoformat() == day


def test_local_time_has_the_zone_of_the_office() -> None:
    assert HOURS.local(from_rfc3339("2024-04-15T01:05:10.500Z")).isoformat() == "2024-04-15T08:05:10.500000+07:00"


@pytest.mark.parametrize(
    ("moment", "half"),
    [("2024-04-15T11:59:59+07:00", "morning"), ("2024-04-15T12:00:00+07:00", "afternoon")],
)
def test_the_slip_names_the_half_of_the_day(moment: str, half: str) -> None:
    assert HOURS.half_day(from_rfc3339(moment)) == half


def test_weekdays_are_counted_from_monday() -> None:
    assert DAYS == ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize(
    "zone", ["Asia/Ho_Chi_Minh", "Asia/Kathmandu", "Australia/Eucla", "Europe/Berlin", "Asia/Kolkata"]
)
@pytest.mark.parametrize("day", ["2024-03-31", "2024-10-27", "2024-04-15"])
def test_a_quarter_of_an_hour_has_the_local_hour_and_day_of_all_its_times(zone: str, day: str) -> None:
    hours, midnight = OpeningHours(ZoneInfo(zone)), from_rfc3339(f"{day}T00:00:00Z")
    for now in range(midnight, midnight + 86_400_000, 7 * 60_000 + 1):
        local, quarter = hours.local(now), hours.quarter(now)
        assert (local.date(), local.hour, local.utcoffset()) == (quarter.date(), quarter.hour, quarter.utcoffset())
        assert 0 <= local.timestamp() - quarter.timestamp() < 900
