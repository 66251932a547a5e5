"""A serial line, 8N1, with the handshake that printer and cable have; found again under another name.

`serial:///dev/ttyUSB0?baud=115200&flow=dtr` or, wherever the adapter is plugged in, `serial://?serial=A50285BI`.
flow: "dtr" (most printers' own setting: DSR falls while the printer is busy), "rts", "xon", "none", or "auto": the
handshake whose wire the printer holds up, none while it holds up neither (default).
"""

from __future__ import annotations

import contextlib
import select
import termios
from pathlib import Path
from typing import TYPE_CHECKING

from ticket_printer.transport.base import BAUD, Descriptor, Flow, unreachable

if TYPE_CHECKING:
    import serial

AHEAD_S = 0.1  # of wire time may lie in the kernel: the rest can still be held back
AHEAD_BYTES = 64
LOOK_S = 0.005
USB_MODEM = "/dev/ttyACM"  # such a port is a name for USB, which loses nothing


def serial_number_of(path: str) -> str | None:
    """Of the USB adapter behind a name such as /dev/ttyUSB0 or a link to it; None for a built-in port."""
    from serial.tools.list_ports import comports

    real = str(Path(path).resolve())
    return next((port.serial_number for port in comports() if port.device in {path, real}), None)


def path_of(serial_number: str) -> str | None:
    """Where the adapter with this serial number is plugged in now."""
    from serial.tools.list_ports import comports

    return next((port.device for port in comports() if port.serial_number == serial_number), None)


class SerialTransport(Descriptor):
    """Raises OSError when the port cannot be opened, also when another program holds it."""

    def __init__(self, path: str, baud: int = BAUD, flow: Flow = "auto") -> None:
        import serial

        try:
            self._port: serial.Serial = serial.Serial(
                path, baud, timeout=0, write_timeout=0, exclusive=True, rtscts=flow == "rts"
            )
        except serial.SerialException as error:
            raise OSError(str(error)) from error
        super().__init__(self._port.fileno())
        self._flow = flow
        self.bytes_per_s = self._baud_bytes = baud / 10
        self._bare = not str(Path(path).resolve()).startswith(USB_MODEM)  # a wire, as far as is known
        self._start_anew()
        self._port.xonxoff = flow == "xon"

    def write(self, data: bytes, timeout_s: float) -> int:
        """Only so much at a time that the handshake and a fault still find most of a slip on this side."""
        room = self._room()
        if room <= 0:
            self._wait(select.POLLIN, min(timeout_s, LOOK_S))
            return 0
        return super().write(data[:room], timeout_s)

    @property
    def guarded(self) -> bool:
        self._settle()
        return self._flow in {"dtr", "rts", "xon"} or not self._bare

    def abort(self) -> None:
        self.close()

    def close(self) -> None:
        with contextlib.suppress(OSError, termios.error):
            self._port.reset_output_buffer()  # closing would wait for a stalled printer
        self._port.close()

    def _room(self) -> int:
        self._settle()
        ahead = AHEAD_BYTES if self._flow == "dtr" else max(AHEAD_BYTES, int(self._baud_bytes * AHEAD_S))
        try:
            if self._flow == "dtr" and not self._port.dsr:
                return 0
            return ahead - self._port.out_waiting
        except OSError as error:
            raise unreachable(error) from error

    def _settle(self) -> None:
        """Take the handshake that the printer shows; one that is switched off, or busy, shows it later."""
        if self._flow != "auto":
            return
        try:
            if self._port.dsr:
                self._flow = "dtr"
            elif self._port.cts:
                self._flow, self._port.rtscts = "rts", True
        except (OSError, termios.error):  # a pseudo terminal has no such wires, and loses nothing
            self._flow, self._bare = "none", False

    def _start_anew(self) -> None:
        """What an earlier user left unread is old; an XOFF from then ended as the port was opened without XON/XOFF."""
        with contextlib.suppress(OSError, termios.error):
            termios.tcflush(self._number, termios.TCIFLUSH)
