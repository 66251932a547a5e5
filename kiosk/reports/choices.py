"""What somebody can choose who orders a report: its title, and the periods that lie behind a day, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from contract.records import dataclass
from kiosk.reports.periods import Period, period_of
from kiosk.reports.wording import translate

# How many of each kind are offered, and what they are called, with days of the newest. The names of kinds are those of
# `kiosk.reports.periods`.
KINDS = {
    "week": ("Week", 14),
    "month": ("Month of reports (from day {first_day} to day {last_day})", 18),
    "quarter": ("Quarter of reports", 8),
    "half-year": ("Six months", 3),
    "nine-months": ("Nine months", 3),
    "year": ("Year of reports (from {first} to {last})", 4),
    "calendar-month": ("Calendar month", 18),
    "calendar-quarter": ("Calendar quarter", 8),
    "calendar-year": ("Calendar year", 4),
}


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """`which`: as `period_of` reads it; `title`: for people, without the dates."""

    which: str
    title: str
    period: Period


@dataclass(frozen=True, slots=True)
class PeriodKindChoice:
    """The newest period first; the first has begun, and may not have ended."""

    kind: str
    title: str
    choices: tuple[PeriodChoice, ...]


def title_of(description: str) -> str:
    """What a report is called, of the description it has in the catalogue."""
    return translate(description)


def period_choices(today: date) -> list[PeriodKindChoice]:
    """Every kind of period with those that begun by `today`, cut by the rules in force here (`office_forms.using`)."""
    return [_kind_choice(kind, title, tuple(_choices(kind, today, most))) for kind, (title, most) in KINDS.items()]


def _kind_choice(kind: str, title: str, choices: tuple[PeriodChoice, ...]) -> PeriodKindChoice:
    first, last = choices[0].period.first, choices[0].period.last
    words = translate(
        title,
        first=f"{first.day}/{first.month}",
        last=f"{last.day}/{last.month}",
        first_day=first.day,
        last_day=last.day,
    )
    return PeriodKindChoice(kind, words, choices)


def _choices(kind: str, today: date, most: int) -> Iterator[PeriodChoice]:
    offered = 0
    for which, title in _candidates(kind, today):
        period = period_of(kind, which)
        if period.first <= today:
            yield PeriodChoice(which, title, period)
            offered += 1
            if offered == most:
                return


def _candidates(kind: str, today: date) -> Iterator[tuple[str, str]]:
    """Names of periods, newest first, from one that may not have begun yet."""
    if kind == "week":
        for back in range(20):
            year, week, _ = (today - timedelta(weeks=back)).isocalendar()
            yield f"{year}-W{week:02d}", translate("week {number}/{year}", number=week, year=year)
        return
    for year in range(today.year + 1, today.year - 5, -1):
        yield from _of_year(kind, year)


def _of_year(kind: str, year: int) -> Iterator[tuple[str, str]]:
    if kind.endswith("month"):
        for number in range(12, 0, -1):
            yield f"{year}-{number:02d}", translate("month {number}/{year}", number=number, year=year)
    elif kind.endswith("quarter"):
        for number, roman in ((4, "IV"), (3, "III"), (2, "II"), (1, "I")):
            yield f"{year}-Q{number}", translate("quarter {number}/{year}", number=roman, year=year)
    else:
        suffix = {"half-year": "-H1", "nine-months": "-N9"}.get(kind, "")
        sentence = {"half-year": "6 months of {year}", "nine-months": "9 months of {year}"}.get(kind, "year {year}")
        yield f"{year}{suffix}", translate(sentence, year=year)
