"""Trial prints requested on a page and made by the print worker, since a printer has one user at a time."""

from __future__ import annotations

import threading

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class TrialPrint:
    """`state` WAITING until the printer's outcome is known; times in ms since 1970."""

    asked_at: int
    state: str = "WAITING"
    reason: str | None = None


class TrialPrints:
    """The last trial print of each printer. Not durable: nobody waits for it after a restart."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requested: set[str] = set()
        self._last: dict[str, TrialPrint] = {}

    def request(self, printer: str, now: int) -> TrialPrint:
        """One at a time: a second request while one waits gets that one."""
        with self._lock:
            if printer not in self._requested:
                self._requested.add(printer)
                self._last[printer] = TrialPrint(now)
            return self._last[printer]

    def is_requested(self, printer: str) -> bool:
        return printer in self._requested

    def finish(self, printer: str, state: str, reason: str | None) -> None:
        """Record what became of it."""
        with self._lock:
            self._requested.discard(printer)
            self._last[printer] = TrialPrint(self._last[printer].asked_at, state, reason)

    def last(self, printer: str) -> TrialPrint | None:
        return self._last.get(printer)
