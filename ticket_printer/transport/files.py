"""Files: a plain file takes bytes and says nothing; a printer's device file (/dev/usb/lp0) speaks both ways."""

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


def trouble_of(port_status: int) -> str | None:
    """Three bits that the USB printer class knows (usbprint11, GET_PORT_STATUS)."""
    if port_status & PAPER_OUT:
        return "paper_out"
    return None if port_status & SELECTED and port_status & NO_ERROR else "offline"


def open_file(path: str) -> Transport:
    """Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISCHR(Path(path).stat().st_mode):
            return DeviceFile(path)
    return FileTransport(path)


class FileTransport(Descriptor):
    """Nothing is ever read from it."""

    answers = False

    def __init__(self, path: str) -> None:
        super().__init__(os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CREAT | os.O_APPEND, 0o600))

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

    def trouble(self) -> str | None:
        """None also where the device knows no such question."""
        try:
            found = fcntl.ioctl(self._number, LPGETSTATUS, struct.pack("i", 0))
        except OSError:
            return None
        return trouble_of(struct.unpack("i", found)[0])

    def abort(self) -> None:
        """The class' own reset empties the printer's buffer."""
        with contextlib.suppress(OSError):
            fcntl.ioctl(self._number, SOFT_RESET)
        self.close()

    def close(self) -> None:
        os.close(self._number)
