"""A server with an application of a few addresses, and a client that speaks bytes."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from kiosk.web.wsgi.batch_thread import Batching
from kiosk.web.wsgi.connection import ClientConnection
from kiosk.web.wsgi.gate import Gate
from kiosk.web.wsgi.response import Stream
from kiosk.web.wsgi.server import WsgiServer

PATIENCE_S = 10.0


@dataclass
class Hands(Stream):
    """Keeps the connections that are handed over."""

    taken: list[tuple[socket.socket, bytes]] = field(default_factory=list)

    def take_over(self, connection: socket.socket, head: bytes) -> None:
        self.taken.append((connection, head))

    def __iter__(self) -> Iterator[bytes]:
        return iter(())


@dataclass
class Application:
    """Answers by the path; `seen` are the environments, `entered` and `gate` hold a request for a test."""

    seen: list[dict[str, Any]] = field(default_factory=list)
    entered: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    gate: threading.Event = field(default_factory=threading.Event)
    stream: Hands = field(default_factory=Hands)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.seen.append(environ)
        path = environ["PATH_INFO"]
        if path == "/stream":
            start("200 OK", [("Content-Type", "text/event-stream")])
            return self.stream
        if path == "/fails":
            raise RuntimeError("on purpose")
        if path == "/waits":
            self.entered.release()
            assert self.gate.wait(PATIENCE_S)
        if path.startswith("/large/"):
            size = int(path.rpartition("/")[2])
            start("200 OK", [("Content-Length", str(size))])
            return environ["wsgi.file_wrapper"](io.BytesIO(b"x" * size))  # type: ignore[no-any-return]
        body = environ["wsgi.input"].read()
        start("200 OK", [("Content-Type", "text/plain")])
        return [path.encode(), b" ", body]


class Clock:
    """Monotonic seconds that a test adds to."""

    def __init__(self) -> None:
        self.added = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.added


@dataclass
class Served:
    server: WsgiServer
    application: Application
    clock: Clock

    def open_connections(self) -> list[ClientConnection]:
        return self.server._crowd.all()

    def connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.server.port), PATIENCE_S)
        made.settimeout(PATIENCE_S)
        return made

    def ask(self, text: bytes) -> bytes:
        """All that comes back on a connection of its own until it is closed."""
        with self.connect() as line:
            line.sendall(text)
            return to_the_end(line)


def get(path: str, *headers: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: x", *headers, "", ""]).encode()


def post(path: str, body: bytes, *headers: str) -> bytes:
    head = [f"POST {path} HTTP/1.1", "Host: x", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(head).encode() + body


def one_answer(line: socket.socket) -> tuple[int, bytes, bytes]:
    """Status, head and body of the next answer, which says its length."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += some(line)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += some(line)
    return int(head[9:12]), head, body


def some(line: socket.socket) -> bytes:
    received = line.recv(65536)
    assert received, "the line was closed"
    return received


def to_the_end(line: socket.socket) -> bytes:
    received = b""
    while piece := line.recv(65536):
        received += piece
    return received


@contextmanager
def serving(
    threads: int = 2, gate: Gate | None = None, batching: Batching | None = None, **limits: int
) -> Iterator[Served]:
    clock = Clock()
    application = Application()
    server = WsgiServer(application, "127.0.0.1", 0, threads, clock, lambda: 0.0, gate, batching=batching, **limits)
    server.start()
    yield Served(server, application, clock)
    application.gate.set()
    server.close(PATIENCE_S)


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as started:
        yield started
