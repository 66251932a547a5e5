"""One slip on its way: sent in pieces that the printer answers for, watched, and proven.

No more than `WINDOW` bytes lie unanswered, less than any printer's buffer: the questions in between always get through,
a fault is known at once, and little is left in the printer to come out after a refill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from ticket_printer.commands import process_id
from ticket_printer.errors import PrinterError
from ticket_printer.line import Line
from ticket_printer.pieces import PIECE, pieces
from ticket_printer.status import PASSING, Status

WINDOW = 3584  # bytes; printers hold 4096
ON_THE_WIRE_S = 0.5  # of a slow line: longer, and a question waits too long behind what was sent
PAPER_S = 3.0  # 150 mm at 50 mm/s: longer slips on slower printers do not exist
GRACE_S = 8.0
HOT_S = 12.0  # more for a head that has to cool down
LOOK_S = 0.25
SILENT_S = 1.2
NO_TURN_S = 2.0
FORGOTTEN_S = 3.0  # a well printer needs less for what lies unanswered, its cut included
QUIET_S = 0.5  # longer than a cut: a barrier that was none shows by a real one coming after it
BARRIERS = 3
TICK_S = 0.02
Proof = Literal["process_id", "queue", "none"]


def mark(job: int) -> int:
    """A job number for `process_id`: three figures that count up and one that gives a flipped bit away."""
    a, b, c = (int(figure) for figure in f"{job % 999 + 1:03}")
    return int(f"{a}{b}{c}{(3 * a + 7 * b + 9 * c) % 10}") - 1


class Delivery:
    """Use once. `run` returns None when the slip is proven, or why it is not; PrinterError tells a fault.

    `turns`: whether the printer answers questions in turn; None: not known yet. `watched`: whether it told its state.
    `begun`: whether anything was sent.
    """

    def __init__(
        self, line: Line, proof: Proof, job: int, monotonic: Callable[[], float], turns: bool | None, watched: bool
    ) -> None:
        self._line = line
        self._watched = watched
        self._proof: Proof = proof if line.transport.answers else "none"
        self._job = mark(job)
        self._monotonic = monotonic
        self.turns = turns is not False and self._proof != "none"
        line.answered_in_turn = turns is True
        self.begun = self._asked_again = False
        self._begun = self._heard = self._moved = self._looked = self._wire_free = monotonic()
        self._bytes_per_s = line.transport.bytes_per_s
        self._window = min(WINDOW, int((self._bytes_per_s or WINDOW / ON_THE_WIRE_S) * ON_THE_WIRE_S))
        self._deadline = self._begun + PAPER_S + GRACE_S

    def run(self, parts: Iterable[bytes]) -> str | None:
        self._line.fresh()
        for piece in pieces(parts, min(PIECE, self._window)):
            self._make_room(len(piece))
            self._extend(len(piece))
            self.begun = True
            if self.turns:
                self._line.send_in_turn(piece, self._deadline)
            else:
                self._line.send(piece, self._deadline)
            self._line.listen(0.0)
            self._heed_told()
        self._line.transport.finish(max(0.0, self._deadline - self._monotonic()))
        return self._proven()

    def _extend(self, count: int) -> None:
        """So many bytes more are on the wire: the slip may take longer, and the printer hears questions later."""
        if self._bytes_per_s:
            self._deadline += count / self._bytes_per_s
            self._wire_free = max(self._wire_free, self._monotonic()) + count / self._bytes_per_s

    def _make_room(self, count: int) -> None:
        """Until so many bytes more are safe to send; a printer that never answers in turn is sent the rest blindly."""
        if not self.turns:
            return
        if not self._watch(lambda: not self._line.owed or sum(self._line.owed) + count <= self._window):
            self.turns = False
            self._line.owed.clear()

    def _proven(self) -> str | None:
        if self._proof == "process_id":
            self._line.send(process_id(self._job), self._deadline)
            self._watch(lambda: self._line.printed(self._job), maybe_never=False)
            if self.turns and self._line.owed:  # answers keep their order: a question before the proof was never heard
                raise PrinterError("garbled", True)
        elif not self.turns or not self._answered_for():
            if self._watched:
                self._look()
            return "no_proof"
        after = self._line.status()
        if after.state == "OK":
            return None if self._proof == "process_id" or self._line.stray == 0 else "garbled"
        return after.reason

    def _answered_for(self) -> bool:
        """Answers in turn carry no name: whatever came too much stood for one that is still to come."""
        for _ in range(BARRIERS):
            self._line.send_in_turn(b"", self._deadline)
        self.turns = self._watch(lambda: not self._line.owed)
        until = self._monotonic() + QUIET_S
        while (left := until - self._monotonic()) > 0 and self._line.stray == 0:
            self._line.listen(left)
        return self.turns

    def _watch(self, done: Callable[[], bool], maybe_never: bool = True) -> bool:
        """Listen until it is done; False when a printer that is well never answered anything in turn for so long.

        Raises PrinterError with the fault, no_answer or deadline; the last also when a well printer forgot the slip.
        """
        self._moved = self._heard = max(self._monotonic(), self._wire_free)
        owed = len(self._line.owed)
        while not done():
            self._line.listen(TICK_S)
            now = self._monotonic()
            if len(self._line.owed) != owed:
                self._moved, owed = now, len(self._line.owed)
            self._heed_told()
            well = now - max(self._looked, self._wire_free) >= LOOK_S and self._look()
            if well and now - self._moved > NO_TURN_S and not self._line.answered_in_turn and maybe_never:
                if self._asked_again:
                    return False
                self._ask_again()
            if now >= self._deadline or (well and now - self._moved > FORGOTTEN_S):
                raise PrinterError("deadline", True)
        return True

    def _ask_again(self) -> None:
        """A printer that was without power for a moment did not hear the first question, and answers this one.

        Then an older question stays without its answer, and the slip is not proven.
        """
        self._asked_again, self._moved = True, self._monotonic()
        self._line.send_in_turn(b"", self._deadline)

    def _heed_told(self) -> None:
        """A fault that the printer sent by itself counts when it says so again: one bit may have been turned."""
        told = self._line.told
        if told is not None and told.state == "FAULT":
            self._line.told = None
            self._look(told)

    def _look(self, told: Status | None = None) -> bool:
        """Whether the printer says that it is well; a fault is raised when it stands."""
        seen = self._line.status()
        if seen.stands_still and told is None:
            seen = self._line.status()
        self._looked = now = self._monotonic()
        if seen.state == "UNKNOWN":
            if told is not None and told.stands_still:
                raise PrinterError(str(told.reason), True)
            if now - self._heard > SILENT_S:
                raise PrinterError(str(seen.reason), True)
            return False
        self._heard = now
        if seen.stands_still:
            raise PrinterError(str(seen.reason), True)
        if seen.reason in PASSING:
            self._moved = now
            self._deadline = max(self._deadline, min(now + GRACE_S, self._begun + PAPER_S + GRACE_S + HOT_S))
        return seen.state == "OK"
