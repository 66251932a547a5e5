"""What stands around the application for one listener: whom it believes about addresses, and what it lets in."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from contract.problems import ProblemCode
from contract.records import dataclass
from kiosk.web.http.errors import problem_response
from kiosk.web.wsgi.request_reader import FORWARDED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROXIED = "motcua.proxied"  # in the environment of a request that a proxy passed on
SIDE = "motcua.side"  # in the environment where staff have a door of their own: a `Side`
STRICT = ("Strict-Transport-Security", "max-age=31536000")
SIGN_IN = {"/api/v1/session", "/api/v1/admin/session"}
PUBLIC = re.compile(
    r"/(t/[^/]+|procedures(/[^/]+)?|ca|healthz|static/.+|fonts/[^/]+|api/v1/page/ticket|api/v1/public/(tickets|stream)/[^/]+"
    r"|api/v1/voices/(prompts/ticket|clips/[^/]+))"
)


class Proxies:
    """The addresses and networks whose word about their clients is taken."""

    def __init__(self, trusted: Sequence[str] = ()) -> None:
        self._trusted = [ipaddress.ip_network(one, strict=False) for one in trusted]

    def has(self, address: str) -> bool:
        if not self._trusted:
            return False
        try:
            known = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(known in network for network in self._trusted)

    def client(self, forwarded_for: str) -> str:
        """The last address that no trusted proxy has: what stands before it, the client may have made up. Or empty."""
        addresses = (one.strip() for one in reversed(forwarded_for.split(",")))
        return next((one for one in addresses if not self.has(one)), "")


class BehindProxies:
    """WSGI middleware: from a trusted proxy, address, scheme and host are those of its client."""

    def __init__(self, inside: WSGIApplication, proxies: Proxies) -> None:
        self._inside = inside
        self._proxies = proxies

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        forwarded: dict[str, str] = environ.pop(FORWARDED, {})
        if self._proxies.has(environ.get("REMOTE_ADDR", "")):
            environ[PROXIED] = True
            _believe(environ, forwarded, self._proxies.client(forwarded.get("HTTP_X_FORWARDED_FOR", "")))
        return self._inside(environ, start)


def _believe(environ: dict[str, Any], forwarded: dict[str, str], client: str) -> None:
    if client:
        environ["REMOTE_ADDR"] = client
    scheme = forwarded.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
    if scheme in {"http", "https"}:
        environ["wsgi.url_scheme"] = scheme
    if host := forwarded.get("HTTP_X_FORWARDED_HOST", "").rpartition(",")[2].strip():
        environ["HTTP_HOST"] = host


@dataclass(frozen=True, slots=True)
class Side:
    """Through which door of two a request came; `staff`: scheme and port of the staff's, told at the other one."""

    is_staff: bool
    staff: tuple[str, int] | None = None


class OneSide:
    """WSGI middleware of an office whose staff have a door of their own: marks each request with its door.

    At the door of public screens no cookie counts and nobody signs in.
    """

    def __init__(self, inside: WSGIApplication, side: Side) -> None:
        self._inside = inside
        self._side = side

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ[SIDE] = self._side
        if self._side.is_staff:
            return self._inside(environ, start)
        environ.pop("HTTP_COOKIE", None)
        if environ["PATH_INFO"] in SIGN_IN:
            detail = "people sign in at the staff's own address ([server] staff_bind)"
            return problem_response(ProblemCode.FORBIDDEN, detail)(environ, start)
        return self._inside(environ, start)


class TlsFromNowOn:
    """WSGI middleware of a TLS door, where no plain one is open to the network: browsers that came by a name come by
    TLS for a year. Of addresses they take no note.
    """

    def __init__(self, inside: WSGIApplication) -> None:
        self._inside = inside

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            return start(status, [*headers, STRICT], *failure)

        return self._inside(environ, begin)


class PublicOnly:
    """WSGI middleware: what citizens' telephones need, read-only, without a cookie or any other credential."""

    def __init__(self, inside: WSGIApplication) -> None:
        self._inside = inside

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        for name in ("HTTP_COOKIE", "HTTP_AUTHORIZATION"):
            environ.pop(name, None)
        inside = self._inside
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            inside = problem_response(ProblemCode.METHOD_NOT_ALLOWED, "only reading is possible at this address")
        elif not PUBLIC.fullmatch(environ["PATH_INFO"]):
            inside = problem_response(ProblemCode.NOT_FOUND, "there is nothing at this address")

        def begin(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            return start(status, [header for header in headers if header[0].lower() != "set-cookie"], *failure)

        return inside(environ, begin)
