"""How long somebody waits after wrong PINs or passwords."""

from __future__ import annotations

import pytest

from kiosk.domain.lock_out import ADMINISTRATOR_BLOCKS_MS, CLERK_BLOCKS_MS, block_ms

MINUTE = 60_000


@pytest.mark.parametrize(
    ("failures", "clerk", "administrator"),
    [
        (0, 0, 0),
        (1, 0, 0),
        (4, 0, 0),
        (5, 1, 1),
        (6, 0, 0),
        (9, 0, 0),
        (10, 5, 1),
        (14, 0, 0),
        (15, 15, 1),
        (20, 15, 1),
        (25, 15, 1),
    ],
)
def test_each_fifth_failure_in_a_row_makes_wait_longer(failures: int, clerk: int, administrator: int) -> None:
    assert block_ms(failures, CLERK_BLOCKS_MS) == clerk * MINUTE
    assert block_ms(failures, ADMINISTRATOR_BLOCKS_MS) == administrator * MINUTE
