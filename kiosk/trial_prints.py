"""Trial slips asked for on a page and printed by the print thread, since a printer has one user at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trial:
    """`state` WAITING until the printer's outcome is known; times in ms since 1970."""

    asked_at: int
    state: str = "WAITING"
    reason: str | None = None


class Trials:
    """The last trial of each printer. Not durable: nobody waits for it after a restart."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: set[str] = set()
        self._last: dict[str, Trial] = {}

    def ask(self, printer: str, now: int) -> Trial:
        """One at a time: who asks again while one waits gets that one."""
        with self._lock:
            if printer not in self._asked:
                self._asked.add(printer)
                self._last[printer] = Trial(now)
            return self._last[printer]

    def wanted(self, printer: str) -> bool:
        return printer in self._asked

    def done(self, printer: str, state: str, reason: str | None) -> None:
        with self._lock:
            self._asked.discard(printer)
            self._last[printer] = Trial(self._last[printer].asked_at, state, reason)

    def last(self, printer: str) -> Trial | None:
        return self._last.get(printer)
