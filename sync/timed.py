"""A socket on which everything ends at one deadline, however slowly the bytes drip."""

from __future__ import annotations

import io
import select
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any


class Deadline:
    """A moment by the monotonic clock."""

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._until = monotonic() + seconds

    def left(self) -> float:
        """Seconds until then. Raises TimeoutError when it has passed."""
        left = self._until - self._monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        return left

    def passed(self) -> bool:
        return self._monotonic() >= self._until


class Overlong(OSError):
    """More came than may be read."""


class Timed:
    """As much of a socket as an HTTP exchange needs; `deadline` may be set anew for the next exchange.

    `room`: bytes that may still be read, heads of answers included; None: without limit.
    """

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self.socket = connected
        self.deadline = deadline
        self.room: int | None = None

    def sendall(self, data: bytes) -> None:
        """Piece by piece: over TLS the socket's own `sendall` grants each record the whole time anew."""
        rest = memoryview(data)
        while rest:
            self.socket.settimeout(self.deadline.left())
            rest = rest[self.socket.send(rest) :]

    def makefile(self, *_: Any) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self))

    def certificate(self) -> dict[str, Any]:
        """Of the server, as `SSLSocket.getpeercert` tells it; empty without TLS."""
        return (self.socket.getpeercert() or {}) if isinstance(self.socket, ssl.SSLSocket) else {}

    def still_open(self) -> bool:
        """Whether the other side has neither hung up nor said anything that nobody asked for."""
        return not select.select([self.socket], [], [], 0)[0]

    def close(self) -> None:
        with suppress(OSError):
            self.socket.close()


class _Reader(io.RawIOBase):
    def __init__(self, timed: Timed) -> None:
        self._timed = timed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._timed.socket.settimeout(self._timed.deadline.left())
        count = self._timed.socket.recv_into(buffer)
        if self._timed.room is not None:
            self._timed.room -= count
            if self._timed.room < 0:
                raise Overlong
        return count
