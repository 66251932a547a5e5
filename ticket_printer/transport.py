"""The wire to a printer, opened by address: serial, TCP, or a device file. Every call is bounded in time."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, urlsplit

from ticket_printer.errors import PrinterError

CONNECT_S = 2.0
CHUNK = 1024
BAUD = 115200
SEND_BUFFER = 4096  # what the kernel holds cannot be taken back: keep it small
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Transport(Protocol):
    """`bytes_per_s` None: faster than any paper. `answers`: whether anything can come back."""

    bytes_per_s: float | None
    answers: bool

    def write(self, data: bytes, timeout_s: float) -> int: ...
    def read(self, timeout_s: float) -> bytes: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


def open_transport(url: str) -> Transport:
    """Raises PrinterError: unreachable (retryable) or unsupported."""
    parts = urlsplit(url)
    try:
        if parts.scheme == "tcp":
            return TcpTransport(parts.hostname or "", parts.port or 9100)
        if parts.scheme == "serial":
            return SerialTransport(parts)
        if parts.scheme == "file":
            return FileTransport(parts.path)
    except (OSError, ValueError) as error:
        raise PrinterError("unreachable", True, f"{url}: {error}") from error
    raise PrinterError("unsupported", False, f"{parts.scheme}:// is not supported yet; use serial://, tcp:// or file://")


class Descriptor:
    """A non-blocking file descriptor."""

    bytes_per_s: float | None = None
    answers = True

    def __init__(self, number: int) -> None:
        self._number = number

    def write(self, data: bytes, timeout_s: float) -> int:
        """How many bytes were taken within the time; raises PrinterError when the wire is gone."""
        try:
            _, writable, _ = select.select([], [self._number], [], timeout_s)
            return os.write(self._number, data[:CHUNK]) if writable else 0
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as error:
            raise PrinterError("unreachable", True, str(error)) from error

    def read(self, timeout_s: float) -> bytes:
        """What came within the time, empty when nothing did."""
        try:
            readable, _, _ = select.select([self._number], [], [], timeout_s)
            data = os.read(self._number, CHUNK) if readable else None
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            raise PrinterError("unreachable", True, str(error)) from error
        if data == b"":
            raise PrinterError("unreachable", True, "the printer closed the connection")
        return data or b""


class TcpTransport(Descriptor):
    """A printer's port 9100."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), CONNECT_S)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)
        super().__init__(self._socket.fileno())

    def abort(self) -> None:
        """Close so that bytes still on their way are dropped."""
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self._socket.close()

    def close(self) -> None:
        self._socket.close()


class SerialTransport(Descriptor):
    """A serial line, 8N1, by default with hardware handshake left to the driver of the port."""

    def __init__(self, parts: SplitResult) -> None:
        import serial

        baud = int(parse_qs(parts.query).get("baud", [str(BAUD)])[0])
        try:
            self._port = serial.Serial(parts.path, baud, timeout=0, write_timeout=0, exclusive=True)
        except serial.SerialException as error:
            raise OSError(str(error)) from error
        super().__init__(self._port.fileno())
        self.bytes_per_s = baud / 10

    def abort(self) -> None:
        with contextlib.suppress(OSError):
            self._port.reset_output_buffer()
        self.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._port.reset_output_buffer()  # closing would wait for a stalled printer
        self._port.close()


class FileTransport(Descriptor):
    """A device file or a plain file: nothing is ever read from it."""

    answers = False

    def __init__(self, path: str) -> None:
        super().__init__(os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CREAT | os.O_APPEND, 0o600))

    def read(self, timeout_s: float) -> bytes:
        return b""

    def abort(self) -> None:
        self.close()

    def close(self) -> None:
        os.close(self._number)
