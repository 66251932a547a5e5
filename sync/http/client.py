"""HTTP exchanges with bounds: one deadline, a limited response, verified TLS, no redirects, failures in words.

requests prepares what is asked, urllib3 writes it, opens tunnels and parses responses; both read and write through our
sockets only.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from http.client import HTTPException
from typing import Any

from requests import PreparedRequest, Request
from urllib3 import HTTPResponse as RawResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from contract.records import dataclass
from sync.errors import SyncError
from sync.http.connections import SILENT, ConnectionFactory, Endpoint, deadline_io
from sync.http.deadline_socket import Deadline, DeadlineIo, ResponseTooLong
from sync.http.resolver import Resolver
from sync.http.tls import TlsSettings, explain_tls_error
from sync.http.unexpected import REDIRECTIONS, redirected
from sync.policy import AdaptiveTimeout, retry_after_s

MEBIBYTE = 1024 * 1024
ANSWER_S = 20.0  # for a whole exchange; grows on a line that needs longer (`AdaptiveTimeout`)
MAX_HEAD_BYTES = 64 * 1024  # of a response
CHUNK_BYTES = 64 * 1024
USER_AGENT = "motcua-sync"

TOO_LONG = "the answer is too long"
BROKEN = "the answer broke off"
HUNG_UP = "the server hangs up without an answer; it may ask for a certificate of this machine"
STATUS = "the server answers with status {status}"
DENIED = "the server does not accept our credential (status {status})"
RETRYABLE_STATUSES = frozenset({408, 425, 429})
_Failure = SyncError | OSError | HTTPException | HTTPError | UnicodeError


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """`headers` are found by names in any case; `body` as it came over the wire, never decompressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class HttpStream:
    """A response whose body goes on: `chunks` raises SyncError when the server falls silent or breaks off."""

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class HttpClient:
    """A kept-alive connection to one server; not to be shared between threads. Every failure is a SyncError.

    After a failure the connection is closed, so that a late response is never taken for the next one's.
    """

    def __init__(
        self,
        ca_file: str = "",
        max_bytes: int = MEBIBYTE,
        timeout_s: float = ANSWER_S,
        wall: Callable[[], float] = time.time,
        tls: TlsSettings | None = None,
        proxy: str = "",
        resolver: Resolver | None = None,
        timeout: AdaptiveTimeout | None = None,
    ) -> None:
        """`max_bytes`: of a response's body; `timeout_s`: for a whole exchange at first."""
        self.timeout = timeout or AdaptiveTimeout.starting_at(timeout_s)
        self._factory = ConnectionFactory(tls or TlsSettings(ca_file), proxy, resolver or Resolver())
        self._max_bytes = max_bytes
        self._wall = wall
        self._endpoint: Endpoint | None = None
        self._connection: HTTPConnection | None = None

    def server_certificate(self, url: str) -> Mapping[str, Any]:
        """Connects and sends nothing; the certificate as `ssl.SSLSocket.getpeercert` gives it, empty without TLS."""
        with self._closing_after_failure():
            connected = deadline_io(self._connect(Endpoint.of(url)))
            return (connected.getpeercert() or {}) if isinstance(connected, ssl.SSLSocket) else {}

    def request(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """As `exchange`, but any status beside 2xx raises SyncError with that status."""
        response = self.exchange(method, url, body, headers)
        self._check_status(response)
        return response

    def exchange(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """Sends one request and reads the whole response, of whatever status. Raises ValueError for a bad header."""
        prepared = _prepared(method, url, body, headers or {})
        began = time.monotonic()
        with self._closing_after_failure():
            raw = self._send(prepared, body)[0]
            try:
                response = HttpResponse(raw.status, raw.headers, self._read_body(raw))
            finally:
                raw.close()
        self.timeout = self.timeout.shortened(time.monotonic() - began)
        return response

    @contextmanager
    def stream(self, url: str, headers: Mapping[str, str], silence_s: float) -> Iterator[HttpStream]:
        """GETs a body that may go on for ever; no more than `silence_s` seconds may pass without a byte of it."""
        prepared = _prepared("GET", url, None, headers)
        try:
            with self._closing_after_failure():
                raw, connected = self._send(prepared, None)
            yield HttpStream(raw.status, raw.headers, self._chunks(raw, connected, silence_s))
        finally:
            self.close()

    def _chunks(self, raw: RawResponse, connected: DeadlineIo, silence_s: float) -> Iterator[bytes]:
        connected.bytes_left = None
        with self._closing_after_failure():
            while True:
                connected.deadline = Deadline(silence_s)
                chunk = raw.read1(CHUNK_BYTES)
                if not chunk:
                    return
                yield chunk

    def _send(self, prepared: PreparedRequest, body: bytes | None) -> tuple[RawResponse, DeadlineIo]:
        connection = self._connect(Endpoint.of(prepared.url or ""))
        connected = deadline_io(connection)
        connected.bytes_left = self._max_bytes + MAX_HEAD_BYTES
        method, path, headers = prepared.method or "GET", prepared.path_url, prepared.headers
        with suppress(ConnectionError):  # a server that hangs up before the end may have said why
            connection.request(method, path, body, headers, preload_content=False, decode_content=False)
        return connection.getresponse(), connected

    def _connect(self, endpoint: Endpoint) -> HTTPConnection:
        """The kept connection, unless the server hung up or sent something that nobody asked for; else a new one."""
        deadline = Deadline(self.timeout.wait_s)
        if self._connection is not None and self._endpoint == endpoint and self._connection.is_connected:
            deadline_io(self._connection).deadline = deadline
            return self._connection
        self.close()
        self._endpoint = endpoint
        self._connection = self._factory.connect(endpoint, self.timeout.connect_s, deadline)
        return self._connection

    def _read_body(self, raw: RawResponse) -> bytes:
        received = bytearray()
        while chunk := raw.read(CHUNK_BYTES):
            received += chunk
            if len(received) > self._max_bytes:
                raise SyncError(TOO_LONG, retryable=True)
        return bytes(received)

    @contextmanager
    def _closing_after_failure(self) -> Iterator[None]:
        try:
            yield
        except (SyncError, OSError, HTTPException, HTTPError, UnicodeError) as error:
            self.close()
            raise self._explain(error) from error
        except BaseException:
            self.close()
            raise

    def _explain(self, error: _Failure) -> SyncError:
        """The failure in words; a silence lengthens the next timeout."""
        cause = _cause(error)
        if isinstance(cause, TimeoutError) or (isinstance(cause, SyncError) and cause.reason == SILENT):
            self.timeout = self.timeout.lengthened()
            return SyncError(SILENT, retryable=True)
        if isinstance(cause, SyncError):
            return cause
        if isinstance(cause, ResponseTooLong):
            return SyncError(TOO_LONG, retryable=True)
        if isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return SyncError(HUNG_UP, retryable=True)
        if isinstance(cause, ssl.SSLError):
            now = datetime.fromtimestamp(self._wall()).astimezone()
            return explain_tls_error(cause, now.strftime("%H:%M %d/%m/%Y"))
        if isinstance(cause, ConnectionError) and self._endpoint is not None and self._endpoint.scheme == "https":
            return SyncError(HUNG_UP, retryable=True)  # TLS 1.3 refuses our certificate after the handshake
        return SyncError(BROKEN, retryable=True)

    def _check_status(self, response: HttpResponse) -> None:
        status = response.status
        if 200 <= status < 300:
            return
        if status in REDIRECTIONS:
            raise redirected(status, response.headers)
        reason = DENIED if status in {401, 403} else STATUS
        wait_s = retry_after_s(response.headers.get("Retry-After"), self._wall, response.headers.get("Date"))
        retryable = status >= 500 or status in RETRYABLE_STATUSES
        raise SyncError(reason, retryable=retryable, retry_after_s=wait_s, status=status, facts={"status": status})

    def close(self) -> None:
        if self._connection is not None:
            with suppress(OSError):
                self._connection.close()
            self._connection = None


def _cause(error: BaseException) -> BaseException:
    """What urllib3 wrapped into an error of its own."""
    while isinstance(error, HTTPError) and error.__cause__ is not None:
        error = error.__cause__
    return error


def _prepared(method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> PreparedRequest:
    """The request as requests writes it: address and headers are checked before a connection is made."""
    return Request(method, url, {"User-Agent": USER_AGENT, **headers}, data=body).prepare()
