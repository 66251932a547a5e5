"""Who makes a call; whoever tries many unknown tokens is told of in the journal."""

from __future__ import annotations

from flask import Request, request

from kiosk.actions.traces import record_guesses
from kiosk.domain.errors import Unauthorized
from kiosk.store.unit_of_work import Actor
from kiosk.web.http.auth import Authenticator, Caller
from kiosk.web.http.dependencies import Dependencies
from kiosk.web.http.wrong_tries import Trier

DOOR = Actor("system", "door")


def trier_of(caller: Caller) -> Trier:
    """Who makes the present request, for calls whose wrong tries are limited."""
    return Trier(caller.name, request.remote_addr or "")


def caller_of(request: Request, authenticator: Authenticator, roles: frozenset[str], given: Dependencies) -> Caller:
    """Raises Unauthorized, Forbidden."""
    try:
        return authenticator.authorise(request, roles)
    except Unauthorized:
        address = request.remote_addr or ""
        count = given.guesses.note(address) if "Authorization" in request.headers else None
        if count is not None:
            with given.store.unit(DOOR, given.clock.now_ms) as unit:
                record_guesses(unit, address, count)
        raise
