"""The contract of every wire to a printer. Every call is bounded in time."""

from __future__ import annotations

import os
import select
from typing import Literal, Protocol

from ticket_printer.errors import PrinterError

CHUNK = 1024
BAUD = 115200  # of a serial line whose address names none
Flow = Literal["auto", "dtr", "rts", "xon", "none"]
FLOWS = ("auto", "dtr", "rts", "xon", "none")
BROKEN = select.POLLERR | select.POLLNVAL


class Transport(Protocol):
    """`bytes_per_s` None: faster than any paper. `answers`: whether anything can come back. `guarded`: whether the wire
    keeps bytes from being lost: by a handshake, or as TCP and USB do.

    `write` returns how many bytes were taken within the time, `read` what came within it. `finish` hands a whole slip
    over where the wire collects it first. `port_fault`: the reason of a fault that the port itself tells, if any.
    `abort` closes and drops what is still on its way. All raise PrinterError when the wire is gone.
    """

    bytes_per_s: float | None
    answers: bool

    @property
    def guarded(self) -> bool: ...
    def write(self, data: bytes, timeout_s: float) -> int: ...
    def read(self, timeout_s: float) -> bytes: ...
    def finish(self, timeout_s: float) -> None: ...
    def port_fault(self) -> str | None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


def unreachable(detail: object) -> PrinterError:
    return PrinterError("unreachable", retryable=True, detail=str(detail))


class Descriptor:
    """A wire over one non-blocking file descriptor."""

    bytes_per_s: float | None = None
    answers = True

    @property
    def guarded(self) -> bool:
        return True

    def __init__(self, number: int) -> None:
        self._number = number

    def write(self, data: bytes, timeout_s: float) -> int:
        try:
            return os.write(self._number, data[:CHUNK]) if self._wait(select.POLLOUT, timeout_s) else 0
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as error:
            raise unreachable(error) from error

    def read(self, timeout_s: float) -> bytes:
        try:
            data = os.read(self._number, CHUNK) if self._wait(select.POLLIN, timeout_s) else None
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            raise unreachable(error) from error
        return self.ended() if data == b"" else data or b""

    def ended(self) -> bytes:
        """The other side reads and writes no more."""
        raise unreachable("the printer closed the connection")

    def finish(self, timeout_s: float) -> None: ...

    def port_fault(self) -> str | None:
        return None

    def _wait(self, event: int, timeout_s: float) -> bool:
        poll = select.poll()
        poll.register(self._number, event)
        events = poll.poll(max(0.0, timeout_s) * 1000)
        if any(bits & BROKEN and not bits & event for _, bits in events):
            raise OSError("the line is broken")
        return bool(events)
