"""The way to one printer: opened when needed, again after a fault, with growing patience; emptied when in doubt."""

from __future__ import annotations

from collections.abc import Callable

from ticket_printer.commands import ASK_PAPER_IN_TURN, CLEAR_BUFFERS, CLEAR_ERROR
from ticket_printer.errors import PrinterError
from ticket_printer.line import Line
from ticket_printer.transport import Address

FIRST_RETRY_S, LAST_RETRY_S = 0.25, 2.0
CLEAR_S = 0.3
ROUND_S = 1.0  # a question in turn, to a printer that has nothing else to do
QUIET_S = 0.8  # longer than any pause between two old answers: a cut, or one piece of a slip
CATCH_UP_S = 4.0


def retry_delay(failures: int) -> float:
    """Seconds until the next try to connect after so many failures in a row; none after a line that worked."""
    return 0.0 if failures == 0 else min(LAST_RETRY_S, FIRST_RETRY_S * 2.0 ** (min(failures, 16) - 1))


class Connection:
    """`doubtful`: a piece of an earlier slip may still be in the printer, and answers to it may still come."""

    def __init__(self, url: str, presenter: bool, monotonic: Callable[[], float]) -> None:
        self._address = Address(url)
        self._presenter = presenter
        self._monotonic = monotonic
        self._line: Line | None = None
        self._failures = 0
        self._not_before = float("-inf")
        self._refused = "unreachable"  # why it could not be opened last
        self._full = False  # what was to be thrown away may still be in the printer
        self._told_to_empty: Line | None = None
        self._pieces = False  # and half a command of it
        self.doubtful = False

    @property
    def bytes_per_s(self) -> float | None:
        return self._address.bytes_per_s

    @property
    def answers(self) -> bool:
        """Whether anything can come back: on the open line, else on a line of this kind."""
        return self._address.answers if self._line is None else self._line.transport.answers

    @property
    def opened(self) -> Line | None:
        """The line if it is open and its printer was emptied after the last fault."""
        return None if self._full else self._line

    def line(self) -> Line:
        """Raises PrinterError: unreachable or unsupported, at once while it is too early for another try."""
        if self._line is None:
            self._line = self._opened()
        if self._full and self._told_to_empty is not self._line:
            self._empty(self._line)
        return self._line

    def heard(self) -> None:
        """The printer answered: what was sent on this line before arrived. A write alone proves nothing."""
        if self._line is not None and self._told_to_empty is self._line:
            self._full = False

    def distrust(self) -> None:
        """Something went wrong in mid-slip: drop what is on the wire, and empty the printer as soon as it listens."""
        self.doubtful = self._full = self._pieces = True
        self._told_to_empty = None
        self.drop()

    def trust(self) -> None:
        self.doubtful = False

    def drop(self) -> None:
        if self._line is not None:
            self._line.transport.abort()
            self._line = None

    def close(self) -> None:
        if self._line is not None:
            self._line.transport.close()
            self._line = None

    def caught_up(self, ending: bytes) -> bool:
        """Whether the printer answers in turn again and owes nothing: an old answer could pass for a new one.

        `ending` ends what may have been cut short in the printer. Old answers come before new ones, so after a long
        silence one question must bring just one answer.
        """
        until = self._monotonic() + CATCH_UP_S
        try:
            line = self.line()
            if self._pieces:
                line.send(ending, until)
            while self._monotonic() < until:
                if self._rounds_off(line):
                    self._pieces = False
                    line.fresh()
                    return True
        except PrinterError:
            self.drop()
        return False

    def _rounds_off(self, line: Line) -> bool:
        line.fresh()
        _listen(line, QUIET_S)
        line.stray = 0
        line.owed.append(len(ASK_PAPER_IN_TURN))
        line.send(ASK_PAPER_IN_TURN, self._monotonic() + CLEAR_S)
        until = self._monotonic() + ROUND_S
        while line.owed and self._monotonic() < until:
            line.listen(CLEAR_S / 3)
        answered = not line.owed
        _listen(line, CLEAR_S)
        return answered and line.stray == 0

    def _opened(self) -> Line:
        if self._monotonic() < self._not_before:
            raise PrinterError(self._refused, True, "the next try to connect comes later")
        try:
            found = Line(self._address.open(), self._monotonic, self._presenter)
        except PrinterError as error:
            self._failures += 1
            self._refused = error.reason
            self._not_before = self._monotonic() + retry_delay(self._failures)
            raise
        self._failures = 0
        return found

    def _empty(self, line: Line) -> None:
        try:
            line.send(CLEAR_ERROR + CLEAR_BUFFERS, self._monotonic() + CLEAR_S)
        except PrinterError as error:
            if error.reason == "unreachable":
                self.drop()
                raise
            return  # the printer is too full to listen; the next use of the line tries again
        self._told_to_empty = line
        line.listen(CLEAR_S)


def _listen(line: Line, silence_s: float) -> None:
    """Until nothing came for so long, a few seconds at most."""
    for _ in range(20):
        if not line.listen(silence_s):
            return
