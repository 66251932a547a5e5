"""A counter's day: open, paused, closed; the ticket in front of it; what its last action can undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contract.records import dataclass
from contract.tickets import CounterState
from kiosk.domain.errors import CounterBusy, NothingToUndo
from kiosk.domain.ticket import Ticket, TicketField

UNDO_WINDOW_MS = 60_000


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One half of an action: the event it made, the ticket's version after it, and what it changed, as it was.

    `counter_state`: the state that the counter had, where the action paused or closed it too.
    """

    event: str
    ticket: str
    version: int
    before: Mapping[str, TicketField]
    counter_state: CounterState | None = None

    def is_last_of(self, ticket: Ticket) -> bool:
        """Whether nothing was done with the ticket since."""
        return (self.ticket, self.version) == (ticket.id, ticket.version)

    def with_dossier(self, after: Ticket, code: str) -> UndoStep:
        """Of a ticket that a dossier was linked to since, which an undo keeps."""
        before = dict(self.before)
        linked = before.get("dossiers")
        if isinstance(linked, tuple) and code not in linked:
            before["dossiers"] = (*linked, code)
        return replace(self, version=after.version, before=before)


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
                counter=self.code,
                number=number or self.current,
            )

    def acted(self, at: int, *steps: UndoStep) -> Counter:
        """After an action that `undo` may take back until 60 s after `at` (ms since 1970)."""
        return replace(self, undo=steps, undo_at=at)

    def undoable(self, now: int) -> tuple[UndoStep, ...]:
        """The steps of the last action. Raises NothingToUndo when there is none or it is older than 60 s."""
        if not self.undo or now - self.undo_at > UNDO_WINDOW_MS:
            raise NothingToUndo(f"counter {self.code} has no action of the last 60 s to undo", counter=self.code)
        return self.undo
