"""Periods of official reports, by a table written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.reports.periods import KINDS, InvalidPeriod, Period, period_of, range_of

PERIODS = [
    ("day", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("week", "2024-W15", "2024-04-08", "2024-04-14"),
    ("week", "2026-W53", "2026-12-28", "2027-01-03"),
    ("week", "2025-W01", "2024-12-30", "2025-01-05"),
    ("month", "2024-04", "2024-03-15", "2024-04-14"),
    ("month", "2024-01", "2023-12-15", "2024-01-14"),
    ("month", "2024-03", "2024-02-15", "2024-03-14"),
    ("quarter", "2024-Q1", "2023-12-15", "2024-03-14"),
    ("quarter", "2024-Q2", "2024-03-15", "2024-06-14"),
    ("quarter", "2024-Q3", "2024-06-15", "2024-09-14"),
    ("quarter", "2024-Q4", "2024-09-15", "2024-12-14"),
    ("half-year", "2024-H1", "2023-12-15", "2024-06-14"),
    ("nine-months", "2024-N9", "2023-12-15", "2024-09-14"),
    ("year", "2024", "2023-12-15", "2024-12-14"),
    ("calendar-month", "2024-02", "2024-02-01", "2024-02-29"),
    ("calendar-month", "2026-12", "2026-12-01", "2026-12-31"),
    ("calendar-month", "2023-02", "2023-02-01", "2023-02-28"),
    ("calendar-quarter", "2026-Q1", "2026-01-01", "2026-03-31"),
    ("calendar-quarter", "2024-Q2", "2024-04-01", "2024-06-30"),
    ("calendar-quarter", "2024-Q3", "2024-07-01", "2024-09-30"),
    ("calendar-quarter", "2024-Q4", "2024-10-01", "2024-12-31"),
    ("year", "2026", "2025-12-15", "2026-12-14"),
    ("calendar-year", "2026", "2026-01-01", "2026-12-31"),
]


@pytest.mark.parametrize(("kind", "text", "first", "last"), PERIODS)
def test_a_period_has_its_two_days(kind: str, text: str, first: str, last: str) -> None:
    assert period_of(kind, text) == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_every_kind_is_one(kind: str) -> None:
    assert period_of(kind, KINDS[kind]).days >= 1


@pytest.mark.parametrize("year", range(2023, 2029))
def test_the_quarters_of_a_year_follow_each_other_and_fill_it(year: int) -> None:
    for kind, whole in (("quarter", "year"), ("calendar-quarter", "calendar-year")):
        quarters = [period_of(kind, f"{year}-Q{number}") for number in range(1, 5)]
        assert sum(quarter.days for quarter in quarters) == period_of(whole, str(year)).days
        assert (quarters[0].first, quarters[-1].last) == (
            period_of(whole, str(year)).first,
            period_of(whole, str(year)).last,
        )


WRONG = [
    ("fortnight", "2024", "các loại: day, week"),
    ("month", "04/2024", "viết như 2024-04"),
    ("month", "2024-13", "viết như 2024-04"),
    ("week", "2024-W54", "viết như 2024-W15"),
    ("quarter", "2024-Q5", "viết như 2024-Q2"),
    ("day", "2023-02-29", "viết như 2024-04-14"),
    ("year", "24", "viết như 2024"),
]


@pytest.mark.parametrize(("kind", "text", "help_text"), WRONG)
def test_what_is_no_period_is_refused_with_how_it_is_written(kind: str, text: str, help_text: str) -> None:
    with pytest.raises(InvalidPeriod, match=help_text):
        period_of(kind, text)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2024-04-15", "2024-04-14"),
        ("15/04/2024", "2024-04-15"),
        ("20240415", "2024-04-15"),
        ("2010-01-01", "2024-01-01"),
    ],
)
def test_impossible_ranges_are_refused(first: str, last: str) -> None:
    with pytest.raises(
        InvalidPeriod, match=r"không phải là ngày; viết|ngày đầu sau ngày cuối; hãy|nhiều nhất mười năm; hãy"
    ):
        range_of(first, last)
    assert range_of("2023-12-15", "2024-04-14").days == 122
