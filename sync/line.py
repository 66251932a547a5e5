"""One HTTP exchange with bounds: a deadline, at most so many bytes of answer, TLS verified, no redirects."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from sync.connector import SyncError
from sync.dialling import SILENT, Dialler, Place
from sync.names import Names
from sync.policy import Patience, retry_after_s
from sync.timed import Deadline, Overlong, Timed
from sync.trust import Trust, meaning

MEBIBYTE = 1024 * 1024
ANSWER_S = 20.0  # for a whole exchange; grows on a line that needs longer (`Patience`)
PIECE = 64 * 1024

TOO_LONG = "the answer is too long"
MOST_HEAD = 64 * 1024  # bytes of an answer's head
BROKEN = "the answer broke off"
HUNG_UP = "the server hangs up without an answer; it may ask for a certificate of this machine"
STATUS = "the server answers with status {status}"
DENIED = "the server does not accept our credential (status {status})"
PASSING = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by the names of RFC 9110, capitalised as there: `Retry-After`."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line:
    """A kept-alive line to one server; not to be shared between threads. Every failure is a SyncError.

    After a failure the connection is closed, so that a late answer is never taken for the next one's.
    """

    def __init__(
        self, ca_file: str = "", most_bytes: int = MEBIBYTE, read_s: float = ANSWER_S,
        wall: Callable[[], float] = time.time, trust: Trust | None = None, proxy: str = "", names: Names | None = None,
    ) -> None:  # fmt: skip
        self.patience = Patience.of(read_s)
        self._dialler = Dialler(trust or Trust(ca_file), proxy, names)
        self._most_bytes = most_bytes
        self._wall = wall
        self._place: Place | None = None
        self._timed: Timed | None = None

    def reach(self, url: str) -> Mapping[str, Any]:
        """Connect and send nothing; the server's certificate as Python tells it, empty over plain HTTP."""
        try:
            timed = self._connection(Place.of(url))
        except (SyncError, OSError) as error:
            self.close()
            raise self._failure(error) from error
        return timed.certificate()

    def exchange(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Any status below 300 is an answer; anything else raises SyncError with its status."""
        began = time.monotonic()
        try:
            answer = self._exchange(method, url, body, headers or {})
        except BaseException as error:
            self.close()
            if isinstance(error, SyncError | OSError | HTTPException):
                raise self._failure(error) from error
            raise
        self.patience = self.patience.answered(time.monotonic() - began)
        self._refuse(answer)
        return answer

    def _exchange(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        timed = self._connection(Place.of(url))
        with suppress(ConnectionError):  # who hangs up before the end may have said why
            timed.sendall(_head(method, url, body, headers) + (body or b""))
        timed.room = self._most_bytes + MOST_HEAD
        response = HTTPResponse(timed, method=method)  # type: ignore[arg-type]
        try:
            response.begin()
            told = {name.title(): value for name, value in response.headers.items()}
            answer = Answer(response.status, told, self._bounded(response))
            if response.will_close:
                self.close()
        finally:
            response.close()
        return answer

    def _connection(self, place: Place) -> Timed:
        deadline = Deadline(self.patience.wait_s)
        if self._timed is not None and self._place == place and self._timed.still_open():
            self._timed.deadline = deadline
            return self._timed
        self.close()
        self._timed = self._dialler.dial(place, self.patience.connect_s, deadline)
        self._place = place
        return self._timed

    def _bounded(self, response: HTTPResponse) -> bytes:
        """The body as it came over the wire, never unpacked; never more than the bound."""
        received = bytearray()
        while piece := response.read(PIECE):
            received += piece
            if len(received) > self._most_bytes:
                raise SyncError(TOO_LONG, retryable=True)
        if response.length:  # fewer bytes than the head promised
            raise SyncError(BROKEN, retryable=True)
        return bytes(received)

    def _failure(self, error: SyncError | OSError | HTTPException) -> SyncError:
        if isinstance(error, SyncError):
            if error.reason == SILENT:
                self.patience = self.patience.longer()
            return error
        if isinstance(error, Overlong):
            return SyncError(TOO_LONG, retryable=True)
        if isinstance(error, TimeoutError):
            self.patience = self.patience.longer()
            return SyncError(SILENT, retryable=True)
        if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return SyncError(HUNG_UP, retryable=True)
        if isinstance(error, ssl.SSLError):
            now = datetime.fromtimestamp(self._wall()).astimezone()
            return meaning(error, now.strftime("%H:%M %d/%m/%Y"))
        if isinstance(error, ConnectionError) and self._place is not None and self._place.scheme == "https":
            return SyncError(HUNG_UP, retryable=True)  # TLS 1.3 refuses our certificate after the handshake
        return SyncError(BROKEN, retryable=True)

    def _refuse(self, answer: Answer) -> None:
        status = answer.status
        if 200 <= status < 300:
            return
        reason = DENIED if status in {401, 403} else STATUS
        asked = retry_after_s(answer.headers.get("Retry-After"), self._wall, answer.headers.get("Date"))
        passing = status >= 500 or status in PASSING
        raise SyncError(reason, retryable=passing, retry_after_s=asked, status=status, facts={"status": status})

    def close(self) -> None:
        if self._timed is not None:
            with suppress(OSError):
                self._timed.close()
            self._timed = None


def _head(method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{method} {target} HTTP/1.1", f"Host: {Place.of(url).named}", "User-Agent: motcua-sync"]
    lines += ["Accept-Encoding: identity"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}"] if body is not None else []
    return "\r\n".join([*lines, "", ""]).encode("latin-1")
