"""Sockets on which everything ends at one deadline, however slowly the bytes arrive."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    _Socket = socket.socket
else:
    _Socket = object


class Deadline:
    """A point in time of the monotonic clock."""

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._until = monotonic() + seconds

    def remaining(self) -> float:
        """Seconds until the deadline. Raises TimeoutError when it has passed."""
        remaining = self._until - self._monotonic()
        if remaining <= 0:
            raise TimeoutError("the deadline has passed")
        return remaining

    def has_passed(self) -> bool:
        return self._monotonic() >= self._until


class ResponseTooLong(OSError):
    """The server sent more bytes than may be read."""


class DeadlineIo(_Socket):
    """Gives `sendall` and reads of a socket one common deadline, which is set anew for each exchange.

    `bytes_left`: how many bytes may still be read, the heads of responses included; None means without limit.
    """

    deadline: Deadline
    bytes_left: int | None = None

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Sends piece by piece: the `sendall` of a TLS socket gives each record the whole timeout anew."""
        rest = memoryview(data)
        while rest:
            self.settimeout(self.deadline.remaining())
            rest = rest[self.send(rest) :]

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        """Raises TimeoutError after the deadline, ResponseTooLong beyond `bytes_left`."""
        self.settimeout(self.deadline.remaining())
        count = super().recv_into(buffer)
        if self.bytes_left is not None:
            self.bytes_left -= count
            if self.bytes_left < 0:
                raise ResponseTooLong
        return count


class DeadlineSocket(DeadlineIo, socket.socket):
    """A TCP socket with a deadline."""

    def __init__(self, family: int, deadline: Deadline) -> None:
        super().__init__(family, socket.SOCK_STREAM)
        self.deadline = deadline


class DeadlineTlsSocket(DeadlineIo, ssl.SSLSocket):
    """A TLS socket with a deadline; an `ssl.SSLContext` makes it, so `deadline` is set after the handshake."""
