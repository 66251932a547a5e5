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
    """What lies in the mouth, and since when. At first nobody knows, so it is asked.

    `occupied`: a slip lies there, as far as is known. `thrown_out` counts the slips that nobody took in time.
    """

    def __init__(self, connection: Connection, monotonic: Callable[[], float]) -> None:
        self._connection = connection
        self._monotonic = monotonic
        self._since = monotonic()
        self.occupied = True
        self.thrown_out = 0

    def presented(self) -> None:
        self._since = self._monotonic()
        self.occupied = True

    def free(self) -> bool:
        """Whether the next slip may try to come; one that nobody took in time is thrown out.

        A printer that does not answer may: what is wrong shows in the status before the slip, and silence does not
        mean that the mouth is empty, so it is asked again.
        """
        if not self.occupied:
            return True
        try:
            line = self._connection.line()
            if line.status().mouth and self._monotonic() - self._since >= TAKE_S:
                line.send(EJECT_COMMAND, self._monotonic() + EJECT_S)
                self.thrown_out += self._emptied()
            found = line.status()
        except PrinterError:
            self._connection.drop()
            return True
        self.occupied = found.mouth or found.state == "UNKNOWN"
        return not found.mouth

    def _emptied(self) -> bool:
        """Waits; a printer that fell silent has not said so."""
        line, until = self._connection.line(), self._monotonic() + EJECT_S
        while (found := line.status()).mouth and self._monotonic() < until:
            line.listen(TICK_S)
        return not found.mouth and found.state != "UNKNOWN"
