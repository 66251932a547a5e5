"""One process alone talks to a printer: a lock of the kernel's, which ends with its process however that ends."""

from __future__ import annotations

import os
import weakref

from config import places
from config.locks import locked


class PrinterLock:
    """Held by the process that prints. Two services that use one printer under two names meet at its address."""

    def __init__(self, url: str) -> None:
        self._path = places.printer_lock(url)
        self._closing: weakref.finalize[..., PrinterLock] | None = None

    def take(self) -> bool:
        """Whether this process may print, now and until it releases."""
        if self._closing is None:
            try:
                self._closing = weakref.finalize(self, os.close, locked(self._path))
            except BlockingIOError:
                return False
        return True

    def release(self) -> None:
        if self._closing is not None:
            self._closing()
            self._closing = None
