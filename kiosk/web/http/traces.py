"""The acts that leave a trace: what administrators change, and addresses that try unknown tokens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from kiosk.domain.events.access import Administered
from kiosk.web.http.auth import Caller

FORGOTTEN_S = 3600.0
TOLD_AT = frozenset(20 * 10**power for power in range(6))  # 20, 200, 2,000 …: a flood makes few events
MOST_ADDRESSES = 1000
MOST_CHARACTERS = 100


def administered(caller: Caller, method: str, act: str, path: Mapping[str, str], address: str) -> Administered | None:
    """The event of a call by which a person changes something of the office; None for any other call."""
    if not caller.administers or method == "GET":
        return None
    return Administered(act, "/".join(path.values())[:MOST_CHARACTERS], address)


class TokenGuesses:
    """Unknown tokens by address, or refusals by device, in memory; after an hour without one it begins anew.

    `told_one_by_one`: so many at first.
    """

    def __init__(self, monotonic: Callable[[], float], told_one_by_one: int = 0) -> None:
        self._monotonic = monotonic
        self._first = told_one_by_one
        self._counts: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def note(self, address: str) -> int | None:
        """Count one more; the count when it is one that is told, else None."""
        now = self._monotonic()
        with self._lock:
            count, last = self._counts.get(address, (0, now))
            count = 1 if now - last > FORGOTTEN_S else count + 1
            if len(self._counts) >= MOST_ADDRESSES and address not in self._counts:
                self._counts.clear()
            self._counts[address] = (count, now)
        return count if count <= self._first or count in TOLD_AT else None
