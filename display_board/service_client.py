"""What the board needs of an HTTP client; whoever starts the board hands one in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

NOT_MODIFIED = 304


class ServiceUnavailable(Exception):
    """The service did not answer as it should. `status` is that of HTTP, None when there was no response."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


class ServiceResponse(Protocol):
    """`headers` are found by names in any case."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def body(self) -> bytes: ...


class ServiceClient(Protocol):
    """The kiosk service over one connection, not to be shared between threads. Paths begin with `/api/v1/`.

    Every call raises ServiceUnavailable for a status beside 2xx and 304, for silence and for a broken response.
    """

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> ServiceResponse:
        """One whole response."""
        ...

    def send(self, method: str, path: str, body: object) -> None:
        """Sends `body` as JSON."""
        ...

    def stream(self, path: str) -> AbstractContextManager[Iterator[bytes]]:
        """The bytes of a stream as they arrive, over a connection of its own, until it closes or falls silent."""
        ...


ConnectService = Callable[[float], ServiceClient]
"""Makes a client whose exchanges, and silences of a stream, end after so many seconds."""
