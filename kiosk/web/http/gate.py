"""What the HTTP server asks of the office before it runs a request: who sends it, how much of its body is taken."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request
from werkzeug.exceptions import HTTPException

from kiosk.domain.errors import DomainError
from kiosk.store.failures import StorageBusy, StorageFailed
from kiosk.web.http.auth import FIRST_ROLES, Authenticator
from kiosk.web.http.calls import CALLS, QUICK_BYTES
from kiosk.web.http.doors import Proxies
from kiosk.web.wsgi.gate import Peer
from kiosk.web.wsgi.request_reader import FORWARDED


class ServiceGate:
    """Kiosks and counters are served from the reserve; a long body is taken from whoever may send it, by its call."""

    def __init__(self, app: Flask, authenticator: Authenticator, proxies: Proxies | None = None) -> None:
        self._proxies = proxies or Proxies()
        self._map = app.url_map
        self._authenticator = authenticator
        self._calls = {declared.name: declared for declared in CALLS}

    def peer(self, environ: dict[str, Any]) -> Peer | None:
        holder = self._authenticator.remembered(environ.get("HTTP_AUTHORIZATION", ""))
        return None if holder is None else Peer(holder.name, holder.role in FIRST_ROLES)

    def is_proxy(self, address: str) -> bool:
        return self._proxies.has(address)

    def client(self, environ: dict[str, Any]) -> str:
        return self._proxies.client(environ.get(FORWARDED, {}).get("HTTP_X_FORWARDED_FOR", ""))

    def most_body(self, environ: dict[str, Any]) -> int:
        try:
            endpoint, _ = self._map.bind("").match(environ["PATH_INFO"], environ["REQUEST_METHOD"])
        except HTTPException:
            return QUICK_BYTES
        declared = self._calls.get(str(endpoint))
        if declared is None or declared.max_bytes <= QUICK_BYTES or not declared.roles:
            return QUICK_BYTES
        try:
            self._authenticator.authorise(Request(environ), declared.roles)
        except (DomainError, StorageBusy, StorageFailed):
            return QUICK_BYTES
        return declared.max_bytes
