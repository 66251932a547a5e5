"""Notices two machines that send in one office's name: a copied disk gives two runs that take turns."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

DUPLICATE_S = 900.0  # how long a duplicate is remembered: longer than an idle follower stays silent


class SenderRuns:
    """A restart retires the run before it for good; a retired run that sends again is a duplicate sender."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._last: dict[str, str] = {}
        self._known: dict[str, set[str]] = {}
        self._duplicate_at: dict[str, float] = {}

    def record(self, office: str, run: str) -> bool:
        """Notes which run sent (nothing for one without a name); returns whether there was a duplicate lately."""
        with self._lock:
            now = self._monotonic()
            known = self._known.setdefault(office, set())
            if run and run in known and self._last.get(office) != run:
                self._duplicate_at[office] = now
            if run:
                known.add(run)
                self._last[office] = run
            return office in self._duplicate_at and now - self._duplicate_at[office] < DUPLICATE_S
