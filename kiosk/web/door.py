"""Around every request, before Flask sees it: foreign host names are refused, answers get their security headers."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kiosk.web.errors import problem

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAGE_HEADERS = [
    (
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
]
# An answer of the API is never shown as a page, so nothing of it may be loaded or framed.
API_HEADERS = [
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
]
REMEMBERED = 64


class Door:
    """WSGI middleware. A page of another name must not reach us through a name that resolves to this PC."""

    def __init__(self, inside: WSGIApplication, trusted: frozenset[str]) -> None:
        self._inside = inside
        self._trusted = trusted
        self._known: set[str] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        headers = API_HEADERS if environ["PATH_INFO"].startswith("/api/") else PAGE_HEADERS
        host = environ.get("HTTP_HOST") or environ["SERVER_NAME"]
        inside = self._inside
        if host not in self._known and not self._let_in(host):
            inside = problem("bad-json", f'"{host}" is not an address of this service')
        return inside(environ, _with(headers, start_response))

    def _let_in(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        name = name.strip("[]").lower() or host
        if not (name == "localhost" or name in self._trusted or _is_address(name)):
            return False
        if len(self._known) < REMEMBERED:
            self._known.add(host)
        return True


def _with(headers: list[tuple[str, str]], start_response: StartResponse) -> Any:
    def start(status: str, given: list[tuple[str, str]], *failure: Any) -> Callable[[bytes], object]:
        return start_response(status, given + headers, *failure)

    return start


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
