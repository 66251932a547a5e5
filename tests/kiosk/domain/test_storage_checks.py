"""When the last check or backup no longer says anything of today."""

from __future__ import annotations

import pytest

from kiosk.domain.storage_checks import CheckOutcome

HOUR_MS = 3_600_000
NOW = 1_713_146_400_000  # 2024-04-15 09:00 in Ba Vì


@pytest.mark.parametrize(
    ("hours_ago", "late"),
    [(0, False), (24, False), (26, False), (27, True), (24 * 400, True), (-1, False), (-27, True), (-24 * 3650, True)],
)
def test_a_day_and_two_hours_in_either_direction(hours_ago: int, late: bool) -> None:
    """A clock that was ahead when it was noted must not make it good for years."""
    assert CheckOutcome(NOW - hours_ago * HOUR_MS, True, "7 events").is_late(NOW) is late
