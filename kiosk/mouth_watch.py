"""The slip that a presenter holds out, and what became of it; kept by the print thread of that printer."""

from __future__ import annotations

from typing import Any, Literal

from ticket_printer.status import Status

Fate = Literal["in_mouth", "taken", "thrown_out"]


class MouthWatch:
    """`occupied`: a slip lies in the mouth. `behind`: somebody's slip waits because of it.

    A slip that is gone was taken unless the printer was told to throw it out.
    """

    def __init__(self) -> None:
        self.occupied = False
        self.behind = False
        self._slip: tuple[str | None, Fate, int] | None = None  # number, fate, since when
        self._thrown_out = 0

    def presented(self, number: str | None, now: int) -> None:
        """The printer was told to hold out this slip; None: one that is no ticket."""
        self.occupied, self._slip = True, (number, "in_mouth", now)

    def look(self, status: Status, thrown_out: int, now: int) -> None:
        """After what the printer says. `thrown_out` counts the slips that it was made to throw out."""
        if status.state == "UNKNOWN":  # silence does not mean that the mouth is empty
            return
        if status.mouth and not self.occupied:
            self.presented(None, now)
        elif self.occupied and not status.mouth:
            number = self._slip[0] if self._slip else None
            self._slip = (number, "thrown_out" if thrown_out > self._thrown_out else "taken", now)
        self.occupied, self._thrown_out = status.mouth, thrown_out
        self.behind = self.behind and self.occupied

    @property
    def reason(self) -> str | None:
        """Why no slip can follow; None when one can."""
        return "not_taken" if self.occupied else None

    @property
    def thrown_out(self) -> bool:
        """Whether nobody took the last slip."""
        return self._slip is not None and self._slip[1] == "thrown_out"

    def shown(self) -> dict[str, Any] | None:
        """The last slip: `number` (None: not known), `state`, and since when in ms; None before the first."""
        return None if self._slip is None else dict(zip(("number", "state", "since"), self._slip, strict=True))
