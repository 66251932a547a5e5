"""Threads that do the same work: a few at once, each further one when all of them are busy."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

FIRST = 4  # an office seldom answers more at once; a thread that only waits holds some 20 KiB
log = logging.getLogger("kiosk.web.wsgi")


class WorkerThreads:
    """`work` runs in each of at most `most` threads; it calls `begin` and `end` around what keeps a thread busy."""

    def __init__(self, most: int, work: Callable[[], None]) -> None:
        self._most, self._work = most, work
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._free = 0

    def start(self) -> None:
        with self._lock:
            for _ in range(min(FIRST, self._most)):
                self._add()

    def begin(self) -> None:
        """The calling thread is busy; where it was the last free one, another is started."""
        with self._lock:
            self._free -= 1
            if self._free == 0 and len(self._threads) < self._most:
                self._add()

    def end(self) -> None:
        with self._lock:
            self._free += 1

    def stop(self) -> None:
        """No further one is started from now on."""
        with self._lock:
            self._most = 0

    def join(self, seconds: float) -> None:
        """Wait so long at most for each."""
        for thread in self._threads:
            thread.join(seconds)

    @property
    def count(self) -> int:
        """How many were started."""
        return len(self._threads)

    @property
    def are_alive(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def _add(self) -> None:
        thread = threading.Thread(target=self._work, name=f"web-{len(self._threads)}", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:  # the system gives no more threads: those that run go on
            log.warning("no further thread: %s", error)
            return
        self._threads.append(thread)
        self._free += 1
