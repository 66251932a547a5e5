"""Presenters of kiosk printers hold a cut slip until somebody takes it (Custom VKP80 class)."""

from __future__ import annotations

from collections.abc import Callable

from ticket_printer.delivery.connection import Connection
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.commands import GS

TAKE_S = 20.0  # a slip left so long is ejected when the next one wants to come
EJECT_S = 2.0
TICK_S = 0.05
EJECT_COMMAND = GS + b"e\x05"  # VKP80 II command reference


class PresenterDriver:
    """Whether the presenter holds a slip, and since when. At first nobody knows, so it is asked.

    `occupied`: it holds a slip, as far as is known. `ejected` counts the slips that nobody took in time.
    """

    def __init__(self, connection: Connection, monotonic: Callable[[], float]) -> None:
        self._connection = connection
        self._monotonic = monotonic
        self._since = monotonic()
        self.occupied = True
        self.ejected = 0

    def note_presented(self) -> None:
        """A slip was just printed and is held out."""
        self._since = self._monotonic()
        self.occupied = True

    def free(self) -> bool:
        """Whether the next slip may try to come; one that nobody took in time is ejected.

        A printer that does not answer may: what is wrong shows in the status before the slip, and silence does not
        mean that the slip was taken, so it is asked again.
        """
        if not self.occupied:
            return True
        try:
            status = self._connection.status()
            if status.slip_waiting and self._monotonic() - self._since >= TAKE_S:
                self._connection.link().send(EJECT_COMMAND, self._monotonic() + EJECT_S)
                self.ejected += self._wait_until_empty()
                status = self._connection.status()
        except PrinterError:
            self._connection.drop()
            return True
        self.occupied = status.slip_waiting or status.state == "UNKNOWN"
        return not status.slip_waiting

    def _wait_until_empty(self) -> bool:
        """Whether the slip is gone; a printer that fell silent has not said so."""
        link, until = self._connection.link(), self._monotonic() + EJECT_S
        while (status := link.status()).slip_waiting and self._monotonic() < until:
            link.listen(TICK_S)
        return not status.slip_waiting and status.state != "UNKNOWN"
