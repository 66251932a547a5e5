"""One client's connection. It belongs to one thread at a time: to whom its event was handed, until it waits again."""

from __future__ import annotations

import math
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kiosk.web.wsgi.gate import Gate, Peer
from kiosk.web.wsgi.request_reader import CONTINUE, Request, RequestReader
from kiosk.web.wsgi.response import BLOCK, Answer

IDLE_S = 60.0  # between two requests
REQUEST_S = 10.0  # for head and body together
BYTES_A_SECOND = 64 * 1024  # a long body is given more time: what a slow line must manage
ANSWER_S = 60.0  # for each piece of an answer
LAST_WORDS_S = 2.0  # for a client that still sends while it is told why not
MOST_THROWN_AWAY = 1024 * 1024  # of what it sends meanwhile
USUAL_BYTES = 8 * 1024  # a request in one piece; room for a longer one is asked of the system and given back each time
NEVER = math.inf


class ConnectionEnded(Exception):
    """The client is gone or has said its last."""


class ClientConnection:
    """`deadline` (monotonic seconds) is when it has to have done its next step."""

    __slots__ = (
        "_began",
        "_file",
        "_is_last",
        "_now",
        "_out",
        "_thrown_away",
        "address",
        "deadline",
        "descriptor",
        "is_draining",
        "is_ended",
        "is_proxy",
        "is_running",
        "on_behalf",
        "peer",
        "reader",
        "socket",
    )

    def __init__(
        self, connected: socket.socket, address: str, base: dict[str, Any], gate: Gate, now: Callable[[], float]
    ) -> None:
        self.socket = connected
        self.descriptor = connected.fileno()
        self.address = address
        self.peer: Peer | None = None
        self.is_running = self.is_ended = self.is_proxy = False
        self.on_behalf: tuple[str, Peer | None] | None = None  # of a proxy: whose request it passes on now
        self.reader = RequestReader(base, gate.most_body)
        self._now = now
        self._began = now()
        self.deadline = self._began + REQUEST_S
        self._out: memoryview | None = None
        self._file: Any = None
        self._is_last = False
        self.is_draining = False
        self._thrown_away = 0

    @property
    def is_sending(self) -> bool:
        return self._out is not None

    @property
    def is_first(self) -> bool:
        """It is served from the reserve."""
        peer = self.peer if self.on_behalf is None else self.on_behalf[1]
        return peer is not None and peer.is_first

    @property
    def may_be_ended(self) -> bool:
        """No request of it runs, and nobody has ended it yet."""
        return not self.is_running and not self.is_ended

    def is_of(self, holder: str) -> bool:
        return self.peer is not None and self.peer.holder == holder

    @property
    def is_over(self) -> bool:
        """The last answer has been sent."""
        return self._is_last and self._out is None

    def receive(self) -> None:
        """Take what has arrived. Raises RequestRefused, ConnectionEnded, OSError."""
        try:
            data = self.socket.recv(BLOCK if self.reader.expected_bytes > USUAL_BYTES else USUAL_BYTES)
        except BlockingIOError:
            return
        if not data:
            raise ConnectionEnded
        if self.is_draining:
            self._thrown_away += len(data)
            if self._thrown_away > MOST_THROWN_AWAY:
                raise ConnectionEnded
            return
        was_within = self.reader.is_within_a_request
        self.reader.feed(data)
        if self.reader.asks_to_continue:
            self.reader.asks_to_continue = False
            self.socket.send(CONTINUE)
        if self.reader.is_within_a_request:
            if not was_within:
                self._began = self._now()
            self.deadline = self._began + REQUEST_S + self.reader.expected_bytes / BYTES_A_SECOND

    def require_open(self) -> None:
        """Raises ConnectionEnded, OSError when it was ended, or its client left, while it stood in line."""
        if self.is_ended:
            raise ConnectionEnded
        with suppress(BlockingIOError):
            if not self.socket.recv(1, socket.MSG_PEEK):
                raise ConnectionEnded

    def next_request(self) -> Request | None:
        """The next whole request, which stays until `request_done`; None when the client has to send more first."""
        if self.reader.ready and not self._is_last:
            self.deadline = NEVER
            return self.reader.ready[0]
        if self.deadline == NEVER:
            self._began = self._now()
            self.deadline = self._began + (REQUEST_S if self.reader.is_within_a_request else IDLE_S)
        return None

    def request_done(self) -> None:
        self.reader.ready.popleft()

    def send(self, answer: Answer) -> None:
        """Send as much as the client takes now; the rest is sent by `send_more`. Raises OSError."""
        self._is_last = not answer.may_continue
        self._file = answer.file
        self._out = memoryview(answer.data)
        self.send_more()

    def send_more(self) -> None:
        """Raises OSError."""
        while self._out is not None:
            try:
                sent = self.socket.send(self._out)
            except BlockingIOError:
                self.deadline = self._now() + ANSWER_S
                return
            if sent < len(self._out):
                self._out = self._out[sent:]
                self.deadline = self._now() + ANSWER_S
                return
            self._out = self._next_piece()
        self.deadline = NEVER

    def drain(self) -> None:
        """Say the last word and read on for a moment, so that it arrives before the line is cut."""
        self.is_draining = True
        self.deadline = self._now() + LAST_WORDS_S
        self.socket.shutdown(socket.SHUT_WR)

    def end(self) -> None:
        """May be called by any thread: whoever waits for this connection finds it ended."""
        self.is_ended = True
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        self.socket.close()

    def _next_piece(self) -> memoryview | None:
        if self._file is None:
            return None
        piece = self._file.file.read(BLOCK)
        if piece:
            return memoryview(piece)
        self._file.close()
        self._file = None
        return None
