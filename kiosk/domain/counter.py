"""A counter's day: open, paused, closed; the ticket in front of it; what its last action can undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kiosk.domain.errors import CounterBusy, TooLate

UNDO_WINDOW_MS = 60_000


class CounterState(StrEnum):
    OPEN = "OPEN"
    PAUSED = "PAUSED"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One half of an action: the event it made, the ticket's version after it, and what it changed, as it was."""

    event: str
    ticket: str
    version: int
    before: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counter:
    """`current` is the ticket called or being served; `last_served` the one its tablet may rate.

    `undo` None means that it was not loaded and stays as it is.
    """

    code: str
    state: CounterState = CounterState.CLOSED
    clerk: str | None = None
    current: str | None = None
    last_served: str | None = None
    priority_run: int = 0
    undo: tuple[UndoStep, ...] | None = None
    undo_at: int = 0

    def require_free(self, number: str | None) -> None:
        """Raises CounterBusy naming the ticket that is still called or served here."""
        if self.current is not None:
            raise CounterBusy(
                f"{number or self.current} is still at counter {self.code}; complete it or mark it as no-show",
                counter=self.code, number=number or self.current,
            )  # fmt: skip

    def acted(self, at: int, *steps: UndoStep, **changes: object) -> Counter:
        """After an action that `undo` may take back until 60 s after `at` (ms since 1970)."""
        return replace(self, undo=steps, undo_at=at, **changes)  # type: ignore[arg-type]

    def undoable(self, now: int) -> tuple[UndoStep, ...]:
        """The steps of the last action. Raises TooLate when there is none or it is older than 60 s."""
        if not self.undo or now - self.undo_at > UNDO_WINDOW_MS:
            raise TooLate(f"counter {self.code} has no action of the last 60 s to undo", counter=self.code)
        return self.undo
