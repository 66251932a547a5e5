"""A sample year: closed days, market days, the weeks around Tết, summer and mornings."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from kiosk.samples.random_days import RandomDays, play_days
from kiosk.samples.working_year import hour_share, is_market_day, working_year
from tests.office import OfficeStory

# the lunar year begins on these days
NEW_YEARS = ["2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"]
NEW_YEARS += ["2028-01-26"]


@pytest.mark.parametrize("first", NEW_YEARS)
def test_an_office_is_closed_around_the_first_day_of_the_lunar_year(first: str) -> None:
    day, year = date.fromisoformat(first), working_year()
    closed = [day + timedelta(days=n) for n in range(-8, 9) if year.is_closed(day + timedelta(days=n))]
    assert day in closed and 7 <= len(closed) <= 9
    assert closed == [closed[0] + timedelta(days=n) for n in range(len(closed))]


@pytest.mark.parametrize("day", ["2024-01-01", "2025-04-30", "2026-05-01", "2024-09-02", "2024-04-18", "2026-02-14"])
def test_days_of_the_state_are_closed(day: str) -> None:
    assert working_year().is_closed(date.fromisoformat(day))
    assert not working_year().is_closed(date.fromisoformat(day) - timedelta(days=10))


def test_working_days_are_counted_over_weekends_and_tet() -> None:
    year = working_year()
    assert year.after(date(2024, 4, 12), 1) == date(2024, 4, 15)
    assert year.after(date(2026, 2, 13), 1) == date(2026, 2, 23), "Tết of 2026"
    assert year.after(date(2024, 4, 29), 2) == date(2024, 5, 3)


def week(first: str) -> list[float]:
    """How many people come from Monday to Friday, markets left aside."""
    days = [date.fromisoformat(first) + timedelta(days=n) for n in range(5)]
    return [working_year().rush(day) / (1.5 if is_market_day(day) else 1) for day in days]


def test_more_people_come_before_tet_in_summer_on_mondays_and_on_market_days() -> None:
    usual = week("2024-03-18")
    assert sum(week("2024-01-29")) > 1.2 * sum(usual), "before Tết"
    assert sum(week("2024-02-15")) < 0.8 * sum(usual), "after it"
    assert sum(week("2024-07-01")) > 1.2 * sum(usual), "summer"
    assert usual[0] > usual[2] > usual[4]
    markets = [day for day in (date(2024, 3, 1) + timedelta(days=n) for n in range(20)) if is_market_day(day)]
    assert len(markets) == 4
    assert hour_share(8) > hour_share(14) > hour_share(16) > 0


def test_played_days_leave_tet_out_and_mornings_are_full(small_office: OfficeStory) -> None:
    small_office.clock.is_set_to("2026-02-25T08:00:00+07:00")
    played = play_days(small_office.app.store, RandomDays.of(4, None, 4), small_office.clock.now_ms())
    assert [day.isoformat() for day in played.days] == ["2026-02-12", "2026-02-13", "2026-02-23", "2026-02-24"]
    by_day = {day: counts.issued for day, counts in played.tickets.by["day"].items()}
    before, after = (sum(by_day[f"2026-02-{day}"] for day in days) for days in ((12, 13), (23, 24)))
    assert before > 1.2 * after, "the last days before Tết, and the first after it"
    hours = Counter({int(hour): counts.issued for hour, counts in played.tickets.by["hour"].items()})
    assert sum(count for hour, count in hours.items() if hour < 12) > 0.6 * hours.total()
