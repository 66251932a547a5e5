"""One open stream: its connection, how far it has been told, and what it has not taken yet."""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress

from contract.records import dataclass
from kiosk.web.http.stream import Audience

BEAT = b": beat\n\n"
OPEN = b": open\n\n"
DISCARDED = 4096


class StreamEnded(Exception):
    """The client is gone."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whose stream it is, and on which credential it rests; `is_first`: from the reserve."""

    name: str
    credential: str
    is_first: bool = False


class StreamClient:
    """`seq` is the last event it was told; `told_at` (monotonic seconds) when it last took anything."""

    __slots__ = ("_rest", "audience", "connection", "listener", "seq", "told_at")

    def __init__(
        self, connection: socket.socket, head: bytes, seq: int, audience: Audience, listener: Listener | None = None
    ) -> None:
        self.connection = connection
        self.seq = seq
        self.audience = audience
        self.listener = listener
        self.told_at = 0.0
        self._rest = memoryview(head + OPEN)

    @property
    def descriptor(self) -> int:
        return self.connection.fileno()

    @property
    def is_waiting(self) -> bool:
        """It has not taken yet what was sent last; until it has, nothing else is made for it."""
        return len(self._rest) > 0

    def is_of(self, listener: str) -> bool:
        return self.listener is not None and self.listener.name == listener

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


def without_credential(
    clients: Iterable[StreamClient], ended: Callable[[Collection[str]], set[str]]
) -> list[StreamClient]:
    """Those whose credential is over; each credential is asked for once."""
    shown: dict[str, list[StreamClient]] = {}
    for client in clients:
        if client.listener is not None and client.listener.credential:
            shown.setdefault(client.listener.credential, []).append(client)
    return [client for credential in ended(shown) for client in shown[credential]] if shown else []
