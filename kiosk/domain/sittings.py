"""How long a clerk who signed in sits at a counter. Times are ms since 1970 UTC."""

from __future__ import annotations

from kiosk.domain.calendar import OpeningHours

LONGEST_MS = 12 * 3600_000
AFTER_CLOSE_MS = 30 * 60_000  # for the last citizens


def sitting_ends(hours: OpeningHours, now: int) -> int:
    """Half an hour behind the office's close, or after twelve hours; whoever signs in later still works over time."""
    closes = hours.closes_at(now)
    if closes is None or now >= closes + AFTER_CLOSE_MS:
        return now + LONGEST_MS
    return min(now + LONGEST_MS, closes + AFTER_CLOSE_MS)
