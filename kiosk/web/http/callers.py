"""Who makes a call; who tries many unknown tokens is told of in the journal, who asks beyond his role in the log."""

from __future__ import annotations

import logging

from flask import Request, request

from kiosk.actions.traces import record_guesses
from kiosk.domain.errors import Forbidden, Unauthorized
from kiosk.store.unit_of_work import Actor
from kiosk.web.http.auth import Authenticator, Caller
from kiosk.web.http.dependencies import Dependencies
from kiosk.web.http.wrong_tries import Trier

DOOR = Actor("system", "door")
log = logging.getLogger("kiosk.web.refusals")


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


def log_refusal(request: Request, given: Dependencies) -> None:
    """A known device, or somebody who is signed in, asked for what is not theirs: by device, role and call, no person.

    The first of an hour are told one by one, then the 20th, the 200th …
    """
    try:
        caller = given.authenticator.caller(request)
    except (Unauthorized, Forbidden):
        return  # a stranger, or a page of another origin, which nobody is told apart by
    count = given.refusals.note(caller.name)
    if count is not None:
        call = request.url_rule.rule if request.url_rule is not None else "an unknown address"
        where = (caller.name, caller.role, request.remote_addr, request.method, call, count)
        log.warning("%s (%s, %s) was refused %s %s; refused %d times lately", *where)
