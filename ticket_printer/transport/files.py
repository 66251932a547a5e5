"""Device files: a printer's own (/dev/usb/lp0) takes bytes and returns answers, a pipe only takes bytes.

None is ever created: where the printer is not plugged in, its name is missing, and a plain file of that name would take
slips for a printer and hide it when it comes.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import struct
from pathlib import Path

from ticket_printer.transport.base import Descriptor, Transport

LPGETSTATUS = 0x060B  # linux/lp.h, as usblp answers it
SOFT_RESET = 0x5007  # drivers/usb/class/usblp.c: LPIOC_SOFT_RESET
NO_ERROR, SELECTED, PAPER_OUT = 0x08, 0x10, 0x20


def fault_of_port_status(port_status: int) -> str | None:
    """Three bits that the USB printer class knows (usbprint11, GET_PORT_STATUS)."""
    if port_status & PAPER_OUT:
        return "paper_out"
    return None if port_status & SELECTED and port_status & NO_ERROR else "offline"


def open_file(path: str) -> Transport:
    """Raises OSError: also for a plain file, which is no printer, and for a pipe that nobody reads."""
    mode = Path(path).stat().st_mode
    if stat.S_ISCHR(mode):
        return DeviceFile(path)
    if stat.S_ISFIFO(mode):
        return PipeTransport(path)
    raise OSError(f"{path} is neither a device file nor a pipe")


class PipeTransport(Descriptor):
    """A named pipe to another program. Nothing is ever read from it."""

    answers = False

    def __init__(self, path: str) -> None:
        super().__init__(os.open(path, os.O_WRONLY | os.O_NONBLOCK))

    def read(self, timeout_s: float) -> bytes:
        return b""

    def abort(self) -> None:
        self.close()

    def close(self) -> None:
        os.close(self._number)


class DeviceFile(Descriptor):
    """The kernel's usblp. Non-blocking: a plain write would wait for ever while paper is out."""

    def __init__(self, path: str) -> None:
        super().__init__(os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY))

    def ended(self) -> bytes:
        self.answers = False  # as /dev/null does: nothing will ever come
        return b""

    def port_fault(self) -> str | None:
        """None also where the device knows no such question."""
        try:
            answer = fcntl.ioctl(self._number, LPGETSTATUS, struct.pack("i", 0))
        except OSError:
            return None
        return fault_of_port_status(struct.unpack("i", answer)[0])

    def abort(self) -> None:
        """The class' own reset empties the printer's buffer."""
        with contextlib.suppress(OSError):
            fcntl.ioctl(self._number, SOFT_RESET)
        self.close()

    def close(self) -> None:
        os.close(self._number)
