"""Around every request, before Flask sees it: foreign host names are refused, answers get their security headers."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from contract.problems import ProblemCode
from kiosk.web.http.errors import problem_response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAGE_HEADERS = [
    (
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
        "object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
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
REMEMBERED = 64  # host names that were accepted and are not looked at again


class HostCheck:
    """WSGI middleware. A page of another name must not reach us through a name that resolves to this PC."""

    def __init__(self, inside: WSGIApplication, trusted: frozenset[str]) -> None:
        self._inside = inside
        self._trusted = trusted
        self._accepted: set[str] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        headers = API_HEADERS if environ["PATH_INFO"].startswith("/api/") else PAGE_HEADERS
        host = environ.get("HTTP_HOST") or environ["SERVER_NAME"]
        inside = self._inside
        if host not in self._accepted and not self._accepts(host):
            inside = problem_response(ProblemCode.BAD_JSON, f'"{host}" is not an address of this service')
        return inside(environ, _adding(headers, start_response))

    def _accepts(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        name = name.strip("[]").lower() or host
        if not (name == "localhost" or name in self._trusted or _is_address(name)):
            return False
        if len(self._accepted) < REMEMBERED:
            self._accepted.add(host)
        return True


def _adding(headers: list[tuple[str, str]], start_response: StartResponse) -> Any:
    """Adds headers to an answer. A Cache-Control that the answer brings itself stays."""

    def start(status: str, given: list[tuple[str, str]], *failure: Any) -> Callable[[bytes], object]:
        decided = any(name == "Cache-Control" for name, _ in given)
        more = [header for header in headers if header[0] != "Cache-Control"] if decided else headers
        return start_response(status, given + more, *failure)

    return start


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
