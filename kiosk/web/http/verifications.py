"""Who may have a PIN or a password verified now: each verification takes 19 MiB and a processor for a while."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.domain.errors import TooMany

MOST_WAITING = 8
WAIT_S = 5.0


class VerificationSlot:
    """One verification at a time. Whoever has one running or waiting gets no second; few may wait."""

    def __init__(self, wait_s: float = WAIT_S) -> None:
        self._wait_s = wait_s
        self._slot = threading.Lock()
        self._waiting: set[str] = set()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, source: str) -> Iterator[None]:
        """Raises TooMany."""
        with self._lock:
            if source in self._waiting or len(self._waiting) >= MOST_WAITING:
                raise TooMany("another PIN or password is being verified; try again in a second")
            self._waiting.add(source)
        try:
            if not self._slot.acquire(timeout=self._wait_s):
                raise TooMany("too many PINs and passwords are being verified; try again in a second")
            try:
                yield
            finally:
                self._slot.release()
        finally:
            with self._lock:
                self._waiting.discard(source)


class Verifications:
    """Two slots: one for devices with a credential, one for everybody else, who can't keep the first ones waiting."""

    def __init__(self) -> None:
        self.of_devices = VerificationSlot()
        self.of_anybody = VerificationSlot()
