"""How long somebody who typed wrong secrets has to wait: policy as arithmetic."""

from __future__ import annotations

FREE_FAILURES = 5  # in a row, of one person at one source
FREE_OF_SOURCE = 10  # of all names tried at one source together
BLOCKS_MS = (60_000, 5 * 60_000, 15 * 60_000)
FORGOTTEN_MS = 24 * 3600_000  # after so long without a failure they are counted anew


def block_ms(failures: int, free: int = FREE_FAILURES) -> int:
    """How long to wait after so many failures in a row: 0, but after each `free` of them the next of 1, 5, 15 min.

    The last one repeats.
    """
    rounds, rest = divmod(failures, free)
    return BLOCKS_MS[min(rounds, len(BLOCKS_MS)) - 1] if rounds and not rest else 0
