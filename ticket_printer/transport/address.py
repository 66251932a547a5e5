"""A printer's address: opened again after each fault, even if the adapter has another name by then."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from ticket_printer.errors import PrinterError
from ticket_printer.transport.base import BAUD, FLOWS, Flow, Transport, unreachable


class PrinterAddress:
    """`url` as in [[printer]]. A wire's own module is loaded when the wire is opened: a printer has one of five."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._parts = urlsplit(url)
        self._options = {name: values[-1] for name, values in parse_qs(self._parts.query).items()}
        self._serial_number = self._options.get("serial")
        ways: dict[str, Callable[[], Transport]] = {
            "tcp": self._tcp,
            "serial": self._serial,
            "usb": self._usb,
            "file": self._file,
            "cups": self._cups,
        }
        self._ways = ways

    def open(self) -> Transport:
        """Raises PrinterError: unreachable (retryable) or unsupported."""
        if wrong := self._wrong():
            raise PrinterError("unsupported", retryable=False, detail=f"{self._url}: {wrong}")
        try:
            return self._ways[self._parts.scheme]()
        except (OSError, ValueError) as error:
            raise unreachable(f"{self._url}: {error}") from error

    @property
    def answers(self) -> bool:
        """Whether such a line can bring anything back: a queue and a plain file cannot."""
        scheme = self._parts.scheme
        return Path(self._parts.path).is_char_device() if scheme == "file" else scheme != "cups"

    @property
    def bytes_per_s(self) -> float | None:
        """Of the line; None: faster than any paper."""
        return self._baud / 10 if self._parts.scheme == "serial" and not self._wrong() else None

    @property
    def _baud(self) -> int:
        return int(self._options.get("baud", BAUD))

    def _wrong(self) -> str | None:
        if self._parts.scheme not in self._ways:
            return f"use {'://, '.join(self._ways)}://"
        if not re.fullmatch(r"[1-9]\d{2,6}", self._options.get("baud", str(BAUD))):
            return "baud is a number such as 115200"
        return None if self._options.get("flow", "auto") in FLOWS else f"flow is one of {', '.join(FLOWS)}"

    def _tcp(self) -> Transport:
        from ticket_printer.transport.tcp import PORT, TcpTransport

        return TcpTransport(self._parts.hostname or "", self._parts.port or PORT)

    def _serial(self) -> Transport:
        """Under its name, unless the adapter that had it is plugged in elsewhere."""
        from ticket_printer.transport.serial_line import SerialTransport, path_of, serial_number_of

        path = self._parts.path
        if self._serial_number is not None and (not Path(path).exists() or not self._is_mine(path)):
            path = path_of(self._serial_number) or path
        flow: Flow = self._options.get("flow", "auto")  # type: ignore[assignment] # checked with the address
        line = SerialTransport(path, self._baud, flow)
        self._serial_number = self._serial_number or serial_number_of(path)
        return line

    def _is_mine(self, path: str) -> bool:
        from ticket_printer.transport.serial_line import serial_number_of

        return serial_number_of(path) in {None, self._serial_number}

    def _usb(self) -> Transport:
        from ticket_printer.transport.usb import open_usb

        return open_usb(self._parts.netloc, self._serial_number)

    def _file(self) -> Transport:
        from ticket_printer.transport.files import open_file

        return open_file(self._parts.path)

    def _cups(self) -> Transport:
        from ticket_printer.transport.cups import CupsTransport

        return CupsTransport(self._parts.netloc)


HANDSHAKES = tuple(f"flow={name}" for name in FLOWS if name not in {"auto", "none"})


def without_handshake(url: str, proof: str) -> bool:
    """Whether the flow control of a serial line is switched off under a profile that proves slips.

    Bytes that such a line loses among letters leave no trace in the printer's answers. A line that names no flow takes
    the handshake that the printer shows.
    """
    parts = urlsplit(url)
    flow = parse_qs(parts.query).get("flow", ["auto"])[-1]
    return parts.scheme == "serial" and proof != "none" and flow == "none"
