"""Runs the WSGI application for one request and makes the bytes of its answer."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterable, Iterator
from email.utils import formatdate
from http import HTTPStatus
from typing import IO, Any

from kiosk.web.wsgi.printable import printable_path
from kiosk.web.wsgi.request_reader import Request

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
BLOCK = 64 * 1024
WITHOUT_BODY = ("204", "304")
CLOSE, KEEP = "Connection: close\r\n", "Connection: keep-alive\r\n"
log = logging.getLogger("kiosk.web.wsgi")


class Stream:
    """The body of an answer that goes on for as long as the client listens, without a thread of the requests."""

    def take_over(self, connection: socket.socket, head: bytes) -> None:
        """From now on the connection, which does not block, belongs to the stream; it sends `head` first."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[bytes]:
        """For a server that hands nothing over: what is known now, and the end."""
        raise NotImplementedError


class FileBody:
    """`wsgi.file_wrapper`: a file that is sent piece by piece as the client takes it, without a thread."""

    def __init__(self, file: IO[bytes], block: int = BLOCK) -> None:
        self.file = file
        self._block = block

    def __iter__(self) -> FileBody:
        return self

    def __next__(self) -> bytes:
        piece = self.file.read(self._block)
        if not piece:
            raise StopIteration
        return piece

    def close(self) -> None:
        self.file.close()


class Answer:
    """What goes out: `data` first, then what `file` holds, or `stream` takes the connection over."""

    __slots__ = ("data", "file", "may_continue", "stream")

    def __init__(self, data: bytes, may_continue: bool) -> None:
        self.data = data
        self.may_continue = may_continue
        self.file: FileBody | None = None
        self.stream: Stream | None = None


class _Head:
    """`start_response` of one request."""

    __slots__ = ("headers", "status")

    def __init__(self) -> None:
        self.status = ""
        self.headers: list[tuple[str, str]] = []

    def __call__(self, status: str, headers: list[tuple[str, str]], failure: Any = None) -> Callable[[bytes], object]:
        self.status, self.headers = status, headers
        return _no_write


def _no_write(_: bytes) -> object:
    raise NotImplementedError("answers are returned, not written")


class DateHeader:
    """The header's value, made anew once a second. `now_s`: seconds since 1970."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._made = (-1, "")

    def text(self) -> str:
        second = int(self._now_s())
        made, text = self._made
        if made != second:
            text = formatdate(second, usegmt=True)
            self._made = (second, text)
        return text


def answer(application: Application, request: Request, date: DateHeader) -> Answer:
    """Never raises: what the application lets through is logged and answered with 500."""
    head = _Head()
    try:
        body = application(request.environ, head)
        try:
            made = _answer_with(head, body, request, date)
        except BaseException:
            _close(body)
            raise
        if made.file is None and made.stream is None:
            _close(body)
        return made
    except Exception:
        log.exception(
            "unexpected error in %s %s", request.environ["REQUEST_METHOD"], printable_path(request.environ["PATH_INFO"])
        )
        return refusal(500, date)
    finally:
        request.environ["wsgi.input"].close()


def refusal(status: int, date: DateHeader) -> Answer:
    """An answer of the server itself, after which the connection ends."""
    text = f"{status} {HTTPStatus(status).phrase}"
    body = f"{text}\n".encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    return Answer(_head_bytes(text, headers, date, CLOSE) + body, False)


def _answer_with(head: _Head, body: Iterable[bytes], request: Request, date: DateHeader) -> Answer:
    status, headers, environ = head.status, head.headers, request.environ
    if isinstance(body, Stream):
        made = Answer(_head_bytes(status, headers, date, CLOSE), False)
        made.stream = body
        return made
    has_body = environ["REQUEST_METHOD"] != "HEAD" and not status.startswith(WITHOUT_BODY)
    length = next((value for name, value in headers if name.lower() == "content-length"), None)
    connection = _connection_line(request)
    if isinstance(body, FileBody) and has_body and length is not None and int(length) > BLOCK:
        made = Answer(_head_bytes(status, headers, date, connection), request.may_continue)
        made.file = body
        return made
    data = b"".join(body)
    if length is None and not status.startswith(WITHOUT_BODY):
        headers = [*headers, ("Content-Length", str(len(data)))]
    head_bytes = _head_bytes(status, headers, date, connection)
    return Answer(head_bytes + data if has_body else head_bytes, request.may_continue)


def _connection_line(request: Request) -> str:
    """HTTP/1.1 keeps the connection unless told, HTTP/1.0 only when told."""
    if not request.may_continue:
        return CLOSE
    return KEEP if request.environ["SERVER_PROTOCOL"] == "HTTP/1.0" else ""


def _head_bytes(status: str, headers: list[tuple[str, str]], date: DateHeader, connection: str) -> bytes:
    lines = "".join([f"{name}: {value}\r\n" for name, value in headers])
    return f"HTTP/1.1 {status}\r\nDate: {date.text()}\r\n{lines}{connection}\r\n".encode("latin-1")


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()
