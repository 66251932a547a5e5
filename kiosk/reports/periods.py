"""Periods of official reports, as ranges of local dates with both ends included.

Reports by Nghị định 09/2019/NĐ-CP are cut on the 14th: a month runs from the 15th of the month before to the 14th, the
year from 15/12 to 14/12; the day of the cut is dated data (`periods` in `forms/law.toml`). Ratings and the index of
Quyết định 766/QĐ-TTg use calendar quarters, so each kind has a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from contract.records import dataclass
from kiosk.reports.dated_rules import NoForm, cut_day_on
from kiosk.reports.wording import translate

MOST_DAYS = 3660
KINDS = {
    "day": "2024-04-14",
    "week": "2024-W15",
    "month": "2024-04",
    "quarter": "2024-Q2",
    "half-year": "2024-H1",
    "nine-months": "2024-N9",
    "year": "2024",
    "calendar-month": "2024-04",
    "calendar-quarter": "2024-Q2",
    "calendar-year": "2024",
}
_FORMS = {
    "day": re.compile(r"(\d{4})-(\d{2})-(\d{2})"),
    "week": re.compile(r"(\d{4})-W(\d{2})"),
    "month": re.compile(r"(\d{4})-(\d{2})"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "half-year": re.compile(r"(\d{4})-H(1)"),
    "nine-months": re.compile(r"(\d{4})-N(9)"),
    "year": re.compile(r"(\d{4})"),
    "calendar-month": re.compile(r"(\d{4})-(\d{2})"),
    "calendar-quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "calendar-year": re.compile(r"(\d{4})"),
}


class InvalidPeriod(ValueError):
    """The text is no period of its kind; the message says how one is written."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Local dates `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def period_of(kind: str, text: str) -> Period:
    """The period that `text` names, in the form of KINDS. Raises InvalidPeriod."""
    if kind not in KINDS:
        sentence = "there is no kind of period “{kind}”; write one of: {known}"
        raise InvalidPeriod(translate(sentence, kind=kind, known=", ".join(KINDS)))
    match = _FORMS[kind].fullmatch(text)
    try:
        if match is None:
            raise ValueError("another form")
        return _BUILDERS[kind](*map(int, match.groups()))
    except (ValueError, NoForm) as error:
        sentence = "“{given}” is no period of the kind {kind}; write for example {example}"
        raise InvalidPeriod(translate(sentence, given=text, kind=kind, example=KINDS[kind])) from error


def range_of(first: str, last: str) -> Period:
    """Any range of ISO dates. Raises InvalidPeriod unless they are in order and at most ten years apart."""
    begin, end = _day(first), _day(last)
    if begin > end:
        raise InvalidPeriod(translate("the first day lies behind the last; change one of them"))
    if (end - begin).days > MOST_DAYS:
        raise InvalidPeriod(translate("a report covers at most ten years; choose fewer"))
    return Period(begin, end)


def _day(text: str) -> date:
    match = _FORMS["day"].fullmatch(text)
    try:
        if match is None:
            raise ValueError("another form")
        return date(*map(int, match.groups()))
    except ValueError:
        sentence = "“{given}” is no date; write year-month-day, for example 2024-04-14"
        raise InvalidPeriod(translate(sentence, given=text)) from None


def _one_day(year: int, month: int, day: int) -> Period:
    return Period(date(year, month, day), date(year, month, day))


def _week(year: int, number: int) -> Period:
    """ISO 8601: Monday to Sunday."""
    monday = date.fromisocalendar(year, number, 1)
    return Period(monday, monday + timedelta(days=6))


def _reported_months(year: int, first: int, last: int) -> Period:
    """From the day behind the cut before the first month to the cut of the last."""
    before = date(year - 1, 12, 1) if first == 1 else date(year, first - 1, 1)
    return Period(_cut(before) + timedelta(days=1), _cut(date(year, last, 1)))


def _cut(month: date) -> date:
    """By the rule of the month's last day; a cut behind its end is its end."""
    end = _calendar_months(month.year, month.month, month.month).last
    return month.replace(day=min(cut_day_on(end), end.day))


def _calendar_months(year: int, first: int, last: int) -> Period:
    end = date(year + 1, 1, 1) if last == 12 else date(year, last + 1, 1)
    return Period(date(year, first, 1), end - timedelta(days=1))


_BUILDERS: dict[str, Callable[..., Period]] = {
    "day": _one_day,
    "week": _week,
    "month": lambda year, month: _reported_months(year, month, month),
    "quarter": lambda year, number: _reported_months(year, 3 * number - 2, 3 * number),
    "half-year": lambda year, _: _reported_months(year, 1, 6),
    "nine-months": lambda year, _: _reported_months(year, 1, 9),
    "year": lambda year: _reported_months(year, 1, 12),
    "calendar-month": lambda year, month: _calendar_months(year, month, month),
    "calendar-quarter": lambda year, number: _calendar_months(year, 3 * number - 2, 3 * number),
    "calendar-year": lambda year: _calendar_months(year, 1, 12),
}
