"""Who speaks for an office: two runs that take turns are two machines with one database, one of them a copy."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

TWIN_S = 900.0  # longer than an idle follower stays silent


class Runs:
    """A restart retires the run before it for good; a retired run that speaks again has a twin."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._last: dict[str, str] = {}
        self._known: dict[str, set[str]] = {}
        self._twins: dict[str, float] = {}

    def heard(self, office: str, run: str) -> bool:
        """Note who spoke (nothing for a sender without a name); whether the office has had a twin lately."""
        with self._lock:
            now = self._monotonic()
            known = self._known.setdefault(office, set())
            if run and run in known and self._last.get(office) != run:
                self._twins[office] = now
            if run:
                known.add(run)
                self._last[office] = run
            return office in self._twins and now - self._twins[office] < TWIN_S
