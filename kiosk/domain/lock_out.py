"""How long somebody who typed wrong secrets has to wait: policy as arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

FREE_FAILURES = 5
CLERK_BLOCKS_MS = (60_000, 5 * 60_000, 15 * 60_000)
ADMINISTRATOR_BLOCKS_MS = (60_000,)


def block_ms(failures: int, blocks: Sequence[int]) -> int:
    """How long to wait after so many failures in a row: 0, but after each fifth one the next of `blocks`.

    The last of `blocks` repeats.
    """
    rounds, rest = divmod(failures, FREE_FAILURES)
    return blocks[min(rounds, len(blocks)) - 1] if rounds and not rest else 0
