"""How long somebody waits after wrong PINs or passwords."""

from __future__ import annotations

import pytest

from kiosk.domain.lock_out import FORGOTTEN_MS, FREE_OF_SOURCE, block_ms

MINUTE = 60_000


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, 0), (1, 0), (4, 0), (5, 1), (6, 0), (9, 0), (10, 5), (14, 0), (15, 15), (20, 15), (25, 15)],
)
def test_each_fifth_failure_in_a_row_makes_wait_longer(failures: int, minutes: int) -> None:
    assert block_ms(failures) == minutes * MINUTE


@pytest.mark.parametrize(("failures", "minutes"), [(5, 0), (9, 0), (10, 1), (15, 0), (20, 5), (30, 15), (40, 15)])
def test_a_source_waits_after_each_tenth_failure_of_all_names(failures: int, minutes: int) -> None:
    assert block_ms(failures, FREE_OF_SOURCE) == minutes * MINUTE


def test_failures_are_forgotten_after_a_day() -> None:
    assert FORGOTTEN_MS == 24 * 60 * MINUTE
