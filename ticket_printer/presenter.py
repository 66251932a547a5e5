"""Presenters of kiosk printers hold a cut slip in their mouth until somebody takes it (Custom VKP80 class)."""

from __future__ import annotations

from collections.abc import Callable

from ticket_printer.commands import GS
from ticket_printer.connection import Connection
from ticket_printer.errors import PrinterError

TAKE_S = 20.0  # a slip left so long is thrown out when the next one wants to come
EJECT_S = 2.0
TICK_S = 0.05
EJECT_COMMAND = GS + b"e\x05"  # VKP80 II command reference


class Presenter:
    """What lies in the mouth, and since when."""

    def __init__(self, connection: Connection, monotonic: Callable[[], float]) -> None:
        self._connection = connection
        self._monotonic = monotonic
        self._since = float("-inf")
        self._in_mouth = False

    def presented(self) -> None:
        self._since = self._monotonic()
        self._in_mouth = True

    def free(self) -> bool:
        """Whether the mouth is empty; a slip that nobody took in time is thrown out."""
        if not self._in_mouth:
            return True
        try:
            line = self._connection.line()
            if line.status().mouth and self._monotonic() - self._since >= TAKE_S:
                line.send(EJECT_COMMAND, self._monotonic() + EJECT_S)
                self._wait_until_empty()
            self._in_mouth = line.status().mouth
        except PrinterError:
            self._connection.drop()
            self._in_mouth = False  # what is wrong shows in the status before the next slip
        return not self._in_mouth

    def _wait_until_empty(self) -> None:
        line, until = self._connection.line(), self._monotonic() + EJECT_S
        while line.status().mouth and self._monotonic() < until:
            line.listen(TICK_S)
