"""When a public screen is dark: outside the opening hours, with some minutes before and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.domain.calendar import DAYS, OpeningHours, Session

AROUND_MS = 15 * 60_000
LUNCH_MS = 3 * 3600_000  # a break that is shorter keeps the screen lit


def hours_of(office: Mapping[str, Any]) -> OpeningHours:
    """From the section `office` that the service gives every page. Raises KeyError, ValueError."""
    sessions = tuple(
        Session(DAYS.index(day), time.fromisoformat(row["from"]), time.fromisoformat(row["to"]))
        for row in office["hours"]
        for day in row["days"]
    )
    holidays = frozenset(date.fromisoformat(day) for day in office["holidays"])
    return OpeningHours(ZoneInfo(office["timezone"]), sessions, holidays, office["opening"] == "always")


def is_lit(hours: OpeningHours, now_ms: int) -> bool:
    """Whether somebody may come to the screen: it is open now, soon, was just now, or in the break of noon."""
    if hours.is_open(now_ms):
        return True
    if hours.is_open(now_ms - AROUND_MS) or hours.is_open(now_ms + AROUND_MS):
        return True
    closes_behind = any(hours.is_open(now_ms - back) for back in range(AROUND_MS, LUNCH_MS + 1, AROUND_MS))
    opens_ahead = any(hours.is_open(now_ms + ahead) for ahead in range(AROUND_MS, LUNCH_MS + 1, AROUND_MS))
    return closes_behind and opens_ahead
