"""When people come to an office through a year: closed days, weekdays, market days, Tết, the summer, the morning."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from contract.records import dataclass

WEEKDAYS = (1.25, 1.05, 1.0, 0.95, 0.75)
MARKET_EVERY, MARKET = 5, 1.5  # days from one market to the next
BEFORE_TET_DAYS, BEFORE_TET = 14, 1.4
AFTER_TET_DAYS, AFTER_TET = 7, 0.5
SUMMER, SUMMER_MONTHS = 1.25, (6, 7, 8)  # copies for schools
HOURS = {7: 1.2, 8: 1.8, 9: 1.7, 10: 1.2, 11: 0.7, 13: 0.7, 14: 0.9, 15: 0.7, 16: 0.4}
OTHER_HOUR = 0.3
TET = "Tết"


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """From `first` to `last`, both included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class WorkingYear:
    """`yearly`: month and day ("09-02") of closed days that have the same date each year."""

    yearly: frozenset[str]
    closed: tuple[ClosedDays, ...]

    def is_closed(self, day: date) -> bool:
        return f"{day:%m-%d}" in self.yearly or any(one.first <= day <= one.last for one in self.closed)

    def is_working(self, day: date) -> bool:
        return day.weekday() < len(WEEKDAYS) and not self.is_closed(day)

    def after(self, day: date, working_days: int) -> date:
        """The day that lies so many working days after another."""
        while working_days:
            day += timedelta(days=1)
            working_days -= self.is_working(day)
        return day

    def rush(self, day: date) -> float:
        """How many people come compared with an ordinary Wednesday."""
        weekday = WEEKDAYS[min(day.weekday(), len(WEEKDAYS) - 1)]
        market = MARKET if is_market_day(day) else 1.0
        summer = SUMMER if day.month in SUMMER_MONTHS else 1.0
        return weekday * market * summer * self._near_tet(day)

    def _near_tet(self, day: date) -> float:
        for one in self.closed:
            if one.name.startswith(TET):
                if 0 < (one.first - day).days <= BEFORE_TET_DAYS:
                    return BEFORE_TET
                if 0 < (day - one.last).days <= AFTER_TET_DAYS:
                    return AFTER_TET
        return 1.0


def is_market_day(day: date) -> bool:
    return day.toordinal() % MARKET_EVERY == 0


def hour_share(hour: int) -> float:
    """How many people come in a local hour, compared with others of the day."""
    return HOURS.get(hour, OTHER_HOUR)


@cache
def working_year() -> WorkingYear:
    """As `holidays.toml` has it."""
    data = tomllib.loads(files("kiosk.samples").joinpath("holidays.toml").read_text(encoding="utf-8"))
    closed = tuple(ClosedDays(one["name"], one["from"], one["to"]) for one in data["closed"])
    return WorkingYear(frozenset(data["yearly"]), closed)
