"""How long somebody waits after wrong PINs or passwords."""

from __future__ import annotations

import pytest

from kiosk.domain.lock_out import FORGOTTEN_MS, FREE_OF_SOURCE, block_ms

MINUTE = 60_000


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, 0), (1, 0), (4, 0), (5, 1), (6, 5), (7, 15), (8, 15), (100, 15)],
)
def test_from_the_fifth_failure_in_a_row_each_one_makes_wait_longer(failures: int, minutes: int) -> None:
    assert block_ms(failures) == minutes * MINUTE


@pytest.mark.parametrize(("failures", "minutes"), [(5, 0), (9, 0), (10, 1), (11, 5), (12, 15), (40, 15)])
def test_a_source_waits_from_the_tenth_failure_of_all_names_on(failures: int, minutes: int) -> None:
    assert block_ms(failures, FREE_OF_SOURCE) == minutes * MINUTE


def test_failures_are_forgotten_after_a_day() -> None:
    assert FORGOTTEN_MS == 24 * 60 * MINUTE
