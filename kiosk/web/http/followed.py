"""The answer to whoever follows the journal: a body that the stream's own thread goes on with."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.web.http.stream import Audience
from kiosk.web.http.stream_client import Listener, StreamClient
from kiosk.web.wsgi.response import Stream

if TYPE_CHECKING:
    from kiosk.web.http.journal_stream import JournalStream


class Followed(Stream):
    """The body of an answer: frames of the events behind `after`. A server that can hands its connection over."""

    def __init__(
        self, stream: JournalStream, epoch: str, after: int, audience: Audience, listener: Listener | None
    ) -> None:
        self._stream = stream
        self._epoch = epoch
        self._after = after
        self._audience = audience
        self._listener = listener

    def take_over(self, connection: socket.socket, head: bytes) -> None:
        client = StreamClient(connection, head, self._after, self._audience, self._listener)
        self._stream.admit(client, self._epoch)

    def __iter__(self) -> Iterator[bytes]:
        """For a server that hands nothing over: what is known now, and the end."""
        return self._stream.known_frames(self._after, self._audience)
