"""How often somebody may do what costs the office something: counted in memory, by kind and by who does it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from kiosk.domain.errors import TooMany

REMEMBERED = 4096


class Rates:
    """`monotonic` in seconds. Who is heard of least lately is forgotten first."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._times: dict[tuple[str, str], deque[float]] = {}
        self._lock = threading.Lock()

    def take(self, kind: str, who: str, most: int, seconds: float) -> None:
        """Count one. Raises TooMany above `most` within `seconds`; what is refused is not counted."""
        now = self._monotonic()
        with self._lock:
            times = self._times.pop((kind, who), None) or deque()
            while times and now - times[0] >= seconds:
                times.popleft()
            if len(self._times) >= REMEMBERED:
                del self._times[next(iter(self._times))]
            self._times[kind, who] = times
            if len(times) >= most:
                raise TooMany.wait(f"too often from {who}", seconds - (now - times[0]))
            times.append(now)
