"""How long somebody who typed wrong secrets has to wait: policy as arithmetic."""

from __future__ import annotations

FREE_FAILURES = 5  # in a row, of one person at one source
FREE_OF_SOURCE = 10  # of all names tried at one source together
BLOCKS_MS = (60_000, 5 * 60_000, 15 * 60_000)
FORGOTTEN_MS = 24 * 3600_000  # after so long without a failure they are counted anew


def block_ms(failures: int, free: int = FREE_FAILURES) -> int:
    """How long to wait after so many failures in a row: 0 before there are `free` of them, then 1, 5, 15, 15, … min.

    Whoever goes on has one try for each wait: ten thousand guesses at ten a second are seven tries.
    """
    return 0 if failures < free else BLOCKS_MS[min(failures - free, len(BLOCKS_MS) - 1)]
