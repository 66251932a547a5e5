"""One client's connection. It belongs to one thread at a time: to whom its event was handed, until it waits again."""

from __future__ import annotations

import math
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kiosk.web.wsgi.request_reader import CONTINUE, Request, RequestReader
from kiosk.web.wsgi.response import BLOCK, Answer

IDLE_S = 60.0  # between two requests
REQUEST_S = 10.0  # for head and body together
BYTES_A_SECOND = 64 * 1024  # a long body is given more time: what a slow line must manage
ANSWER_S = 60.0  # for each piece of an answer
LAST_WORDS_S = 2.0  # for a client that still sends while it is told why not
NEVER = math.inf


class ConnectionEnded(Exception):
    """The client is gone or has said its last."""


class ClientConnection:
    """`deadline` (monotonic seconds) is when it has to have done its next step."""

    __slots__ = ("_began", "_file", "_is_last", "_now", "_out", "deadline", "is_draining", "reader", "socket")

    def __init__(
        self, connected: socket.socket, base: dict[str, Any], most_body: int, now: Callable[[], float]
    ) -> None:
        self.socket = connected
        self.reader = RequestReader(base, most_body)
        self._now = now
        self._began = now()
        self.deadline = self._began + REQUEST_S
        self._out: memoryview | None = None
        self._file: Any = None
        self._is_last = False
        self.is_draining = False

    @property
    def is_sending(self) -> bool:
        return self._out is not None

    @property
    def is_waited_for(self) -> bool:
        """The client has to send something; no answer is being made or sent."""
        return self._out is None and self.deadline != NEVER

    @property
    def is_over(self) -> bool:
        """The last answer has been sent."""
        return self._is_last and self._out is None

    def receive(self) -> None:
        """Take what has arrived. Raises RequestRefused, ConnectionEnded, OSError."""
        try:
            data = self.socket.recv(BLOCK)
        except BlockingIOError:
            return
        if not data:
            raise ConnectionEnded
        if self.is_draining:
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

    def next_request(self) -> Request | None:
        """The next whole request; None when the client has to send more first."""
        if self.reader.ready and not self._is_last:
            self.deadline = NEVER
            return self.reader.ready.popleft()
        if self.deadline == NEVER:
            self._began = self._now()
            self.deadline = self._began + (REQUEST_S if self.reader.is_within_a_request else IDLE_S)
        return None

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
