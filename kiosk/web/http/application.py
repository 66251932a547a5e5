"""Flask, without what this service has no use for: sessions in cookies, subdomains, a configured server name.

What is left out is done anew for every request, and was a twelfth of the time that a touch takes beside its commit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface
from werkzeug.routing import MapAdapter

if TYPE_CHECKING:
    from flask.sessions import SessionMixin

_NO_SESSION = NullSession()


class NoSessions(SessionInterface):
    """Clerks' sessions are credentials of the database; Flask keeps none."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        return _NO_SESSION

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing is kept."""


class Application(Flask):
    """`session` of Flask refuses to be written."""

    session_interface = NoSessions()

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Of a request whose host was checked before; None outside of a request. Raises nothing."""
        if request is None:
            return None
        environ = request.environ
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        scheme, method, query = environ["wsgi.url_scheme"], environ["REQUEST_METHOD"], environ["QUERY_STRING"]
        return MapAdapter(self.url_map, host, "/", "", scheme, path, method, query)
