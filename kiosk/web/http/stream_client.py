"""One open stream: its connection, how far it has been told, and what it has not taken yet."""

from __future__ import annotations

import socket
from contextlib import suppress

BEAT = b": beat\n\n"
OPEN = b": open\n\n"
DISCARDED = 4096


class StreamEnded(Exception):
    """The client is gone."""


class StreamClient:
    """`seq` is the last event it was told; `told_at` (monotonic seconds) when it last took anything."""

    __slots__ = ("_rest", "connection", "seq", "told_at", "whole")

    def __init__(self, connection: socket.socket, head: bytes, seq: int, whole: bool) -> None:
        self.connection = connection
        self.seq = seq
        self.whole = whole
        self.told_at = 0.0
        self._rest = memoryview(head + OPEN)

    @property
    def descriptor(self) -> int:
        return self.connection.fileno()

    @property
    def is_waiting(self) -> bool:
        """It has not taken yet what was sent last; until it has, nothing else is made for it."""
        return len(self._rest) > 0

    def tell(self, frames: bytes, last: int, now: float) -> None:
        """Send events up to `last`; what the client can't take now is sent by `flush`. Raises StreamEnded."""
        self.seq = last
        if frames:
            self._rest = memoryview(frames)
            self.flush(now)

    def beat(self, now: float) -> None:
        """Raises StreamEnded."""
        self._rest = memoryview(BEAT)
        self.flush(now)

    def flush(self, now: float) -> None:
        """Raises StreamEnded."""
        try:
            sent = self.connection.send(self._rest)
        except BlockingIOError:
            return
        except OSError as error:
            raise StreamEnded from error
        self._rest = self._rest[sent:]
        self.told_at = now

    def listen(self) -> None:
        """A client says nothing on its stream: what it sends is thrown away. Raises StreamEnded when it left."""
        try:
            if not self.connection.recv(DISCARDED):
                raise StreamEnded
        except BlockingIOError:
            pass
        except OSError as error:
            raise StreamEnded from error

    def close(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()
