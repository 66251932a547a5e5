"""The slip that a presenter holds out, and what became of it; kept by the print worker of that printer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from contract.records import dataclass

if TYPE_CHECKING:
    from ticket_printer.protocol.status import Status

OTHER_SERVICE = "other_service"  # another process prints: the reason why this one does not
SlipState = Literal["in_mouth", "taken", "thrown_out"]  # as the API calls them


@dataclass(frozen=True, slots=True)
class PresentedSlip:
    """`number`: of its ticket; None when it is no ticket or not known. `since`: of its state, in ms."""

    number: str | None
    state: SlipState
    since: int


class Presenter:
    """`occupied`: a slip waits to be taken. `blocked`: somebody's slip waits because of it. `last`: the last slip.

    A slip that is gone was taken unless the printer was told to eject it.
    """

    def __init__(self) -> None:
        self.occupied = False
        self.blocked = False
        self.last: PresentedSlip | None = None
        self._ejected = 0

    def present(self, number: str | None, now: int) -> None:
        """The printer was told to hold out this slip; None: one that is no ticket."""
        self.occupied, self.last = True, PresentedSlip(number, "in_mouth", now)

    def observe(self, status: Status, ejected: int, now: int) -> None:
        """Record what the printer tells. `ejected`: how many slips it was told to eject so far."""
        if status.state == "UNKNOWN":  # silence does not mean that the slip was taken
            return
        if status.slip_waiting and not self.occupied:
            self.present(None, now)
        elif self.occupied and not status.slip_waiting:
            state: SlipState = "thrown_out" if ejected > self._ejected else "taken"
            self.last = replace(self.last or PresentedSlip(None, state, now), state=state, since=now)
        self.occupied, self._ejected = status.slip_waiting, ejected
        self.blocked = self.blocked and self.occupied

    @property
    def reason(self) -> str | None:
        """Why no slip can follow; None when one can."""
        return "not_taken" if self.occupied else None

    @property
    def ejected_last(self) -> bool:
        """Whether nobody took the last slip."""
        return self.last is not None and self.last.state == "thrown_out"
