"""Whoever changes what they sign in with proves first that it is they who sit there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import request

from kiosk.actions.sign_in import begin_person_sign_in, is_present
from kiosk.actions.traces import record_refusal
from kiosk.domain.errors import Forbidden, Unauthorized
from kiosk.store.tables import OfficeTables
from kiosk.web.http.calls import Context


class _SomebodyElse(Exception):
    """Takes the transaction back, so that nothing is told as done."""


@contextmanager
def proven(context: Context[Any], password: str, code: str) -> Iterator[OfficeTables]:
    """A writing transaction, the caller's act, once the present password was right, and the telephone's code if there
    is one. A wrong one counts and is told like one at the sign-in. Raises Unauthorized, Forbidden, TooMany.
    """
    name, given, address = context.caller.person, context.dependencies, request.remote_addr or ""
    if name is None:
        raise Forbidden("this token belongs to no person; sign in with name and password")
    with given.verifications.of_devices.turn(context.caller.name):
        with given.store.writing() as tables:  # a try is no act
            attempt = begin_person_sign_in(tables, address, name, context.now)
        is_right = given.same_secret(attempt.secret_hash, password)
    try:
        if is_right:
            with context.writing() as tables:
                if not is_present(tables, attempt, code.replace(" ", ""), context.now):
                    raise _SomebodyElse
                yield tables
            return
    except _SomebodyElse:
        pass
    with given.store.unit(context.caller.actor, given.clock.now_ms) as unit:
        record_refusal(unit, "password", attempt, address)
    raise Unauthorized("the present password or code is wrong")
