"""What a connection sends becomes WSGI environments; llhttp (by httptools) reads the bytes, this file bounds them."""

from __future__ import annotations

import io
import tempfile
from collections import deque
from collections.abc import Callable
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser, parse_url

from contract.records import dataclass

MOST_HEAD = 32 * 1024
MOST_HEADERS = 100
MOST_BODY = 8 * 1024 * 1024  # for anybody
IN_HAND = 64 * 1024  # a body that is taken without asking whether it may be longer
IN_MEMORY = 256 * 1024  # a longer body waits in a temporary file
KEPT_NAMES = 256
BODY_REFUSED = "motcua.body_refused"  # in the environment of a request whose body was not read
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
FORWARDED = "motcua.forwarded"  # in the environment: the headers below, for an application that trusts its proxy
# Headers that only a trusted proxy may set. Nobody else reads them.
OF_PROXIES = frozenset(
    {
        "HTTP_FORWARDED",
        "HTTP_X_FORWARDED_BY",
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_FORWARDED_PORT",
        "HTTP_X_FORWARDED_PROTO",
    }
)
# The server has joined the chunks and undone the framing.
OF_FRAMING = frozenset({"HTTP_TRANSFER_ENCODING"})
WITHOUT_PREFIX = {"HTTP_CONTENT_TYPE": "CONTENT_TYPE", "HTTP_CONTENT_LENGTH": "CONTENT_LENGTH"}
_keys: dict[bytes, str | None] = {}


class RequestRefused(Exception):
    """What was sent is no request that this server takes; `status` says why. The connection ends."""

    def __init__(self, status: int) -> None:
        super().__init__(f"refused with {status}")
        self.status = status


@dataclass(slots=True)
class Request:
    """One whole request. `may_continue`: the client would keep the connection open."""

    environ: dict[str, Any]
    may_continue: bool


class RequestReader:
    """Reads the requests of one connection. `base`: what every environment holds.

    `most_body_of` an environment: how many bytes its body may have. A longer body is not read: its request comes
    without it and marked, for an answer that says why not.
    """

    __slots__ = (
        "_base",
        "_body",
        "_environ",
        "_file",
        "_head_bytes",
        "_headers",
        "_in_head",
        "_is_cut",
        "_length",
        "_most_body",
        "_most_body_of",
        "_parser",
        "_refusal",
        "_started",
        "_target",
        "asks_to_continue",
        "ready",
    )

    def __init__(self, base: dict[str, Any], most_body_of: Callable[[dict[str, Any]], int]) -> None:
        self._base = base
        self._most_body_of = most_body_of
        self._is_cut = False
        self._parser = HttpRequestParser(self)
        self._refusal = 400
        self.ready: deque[Request] = deque()
        self.asks_to_continue = False
        self._begin()

    @property
    def is_within_a_request(self) -> bool:
        return self._started

    @property
    def expected_bytes(self) -> int:
        """What the request that is being read has announced as its body."""
        return int(self._environ.get("CONTENT_LENGTH") or 0) if self._started else 0

    def feed(self, data: bytes) -> None:
        """Whole requests are appended to `ready`. Raises RequestRefused."""
        if self._is_cut:
            return
        if self._in_head:
            self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            # No other protocol is spoken here: the request is answered as it is, then the connection ends.
            if not self.ready:
                raise RequestRefused(400) from None
            self.ready[-1].may_continue = False
        except HttpParserError:
            if not self._refusal:
                return
            raise RequestRefused(self._refusal) from None
        if self._in_head and self._head_bytes > MOST_HEAD:
            raise RequestRefused(431)

    def _begin(self) -> None:
        self._environ: dict[str, Any] = dict(self._base)
        self._target = b""
        self._headers = 0
        self._head_bytes = 0
        self._in_head = True
        self._started = False
        self._body: list[bytes] = []
        self._length = 0
        self._most_body = IN_HAND
        self._file: IO[bytes] | None = None

    def _refuse(self, status: int) -> None:
        self._refusal = status
        raise RequestRefused(status)

    # called by the parser

    def on_message_begin(self) -> None:
        self._started = True

    def on_url(self, part: bytes) -> None:
        self._target += part

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers += 1
        if self._headers > MOST_HEADERS:
            self._refuse(431)
        key = _keys[name] if name in _keys else _key(name)
        if key is None:
            return
        if key in OF_PROXIES:
            forwarded = self._environ.setdefault(FORWARDED, {})
            text = value.decode("latin-1")
            forwarded[key] = f"{forwarded[key]},{text}" if key in forwarded else text
            return
        text = value.decode("latin-1")
        environ = self._environ
        if key in environ:
            text = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ', '}{text}"
        environ[key] = text

    def on_headers_complete(self) -> None:
        environ, parser = self._environ, self._parser
        self._in_head = False
        environ["REQUEST_METHOD"] = parser.get_method().decode("latin-1")
        version = parser.get_http_version()
        environ["SERVER_PROTOCOL"] = f"HTTP/{version}"
        if "HTTP_HOST" not in environ and version != "1.0":
            self._refuse(400)
        environ["PATH_INFO"], environ["QUERY_STRING"] = _path_and_query(self._target)
        announced = int(environ.get("CONTENT_LENGTH") or 0)
        if announced > MOST_BODY:
            self._refuse(413)
        if announced > IN_HAND:
            self._most_body = self._most_body_of(environ)
            if announced > self._most_body:
                self._cut()
        if environ.pop("HTTP_EXPECT", "").lower() == "100-continue":
            self.asks_to_continue = True

    def on_body(self, part: bytes) -> None:
        self._length += len(part)
        if self._length > self._most_body and self._most_body == IN_HAND:
            self._most_body = self._most_body_of(self._environ)
        if self._length > MOST_BODY:
            self._refuse(413)
        if self._length > self._most_body:
            self._environ["CONTENT_LENGTH"] = str(self._length)
            self._cut()
        if self._file is None and self._length > IN_MEMORY:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - the environment owns it
            self._file.writelines(self._body)
        if self._file is None:
            self._body.append(part)
        else:
            self._file.write(part)

    def on_message_complete(self) -> None:
        environ = self._environ
        if self._file is None:
            environ["wsgi.input"] = io.BytesIO(b"".join(self._body))
        else:
            self._file.seek(0)
            environ["wsgi.input"] = self._file
        if self._length:
            environ["CONTENT_LENGTH"] = str(self._length)
        self.asks_to_continue = False
        self.ready.append(Request(environ, self._parser.should_keep_alive()))
        self._begin()

    def _cut(self) -> None:
        """The request ends here, without its body, and with it the connection. Raises RequestRefused."""
        if self._file is not None:
            self._file.close()
        self._environ["wsgi.input"] = io.BytesIO()
        self._environ[BODY_REFUSED] = True
        self.asks_to_continue = False
        self.ready.append(Request(self._environ, False))
        self._is_cut = True
        self._begin()
        self._refuse(0)


def _key(name: bytes) -> str | None:
    """The WSGI name of a header; None for one that is left out.

    A name with an underscore is left out: it would stand for the same name with a hyphen.
    """
    if b"_" in name:
        return None
    plain = f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
    key = None if plain in OF_FRAMING else WITHOUT_PREFIX.get(plain, plain)
    if len(_keys) < KEPT_NAMES:
        _keys[name] = key
    return key


def _path_and_query(target: bytes) -> tuple[str, str]:
    """Of a request's target, in WSGI's way: latin-1 text of the bytes. Raises RequestRefused."""
    if not target.startswith(b"/") or b"#" in target:
        try:
            url = parse_url(target)
        except HttpParserError:
            raise RequestRefused(400) from None
        path, query = url.path or b"/", url.query or b""
    else:
        path, _, query = target.partition(b"?")
    if b"%" in path:
        path = unquote_to_bytes(path)
    return path.decode("latin-1"), query.decode("latin-1")
