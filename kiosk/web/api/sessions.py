"""Calls by which clerks and other persons sign in and out."""

from __future__ import annotations

from flask import request

from kiosk.actions.sign_in import (
    begin_clerk_sign_in,
    begin_person_sign_in,
    change_password,
    end_person_session,
    open_clerk_session,
    open_person_session,
    sign_out_clerk,
)
from kiosk.actions.traces import record_refusal, record_sign_in
from kiosk.domain.errors import Forbidden, Unauthorized
from kiosk.queries.equipment import read_clerks
from kiosk.web.api.session_models import (
    AdminSessionAnswer,
    AdminSessionBody,
    ClerksAnswer,
    PasswordBody,
    SessionAnswer,
    SessionBody,
    admin_session_answer,
)
from kiosk.web.http.auth import PERSON, cookie_name
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import ProblemDetails


@call(
    "POST",
    "/api/v1/session",
    "counter",
    SessionBody,
    {200: SessionAnswer, 403: ProblemDetails, 429: ProblemDetails},
    journaled=False,
    operation_id="devices_sign_in",
)
def sign_in(context: Context[SessionBody]) -> tuple[int, SessionAnswer]:
    """A clerk sits down at a paired counter: PIN and device together. Whoever sat there hands over."""
    body, caller, given = context.body, context.caller, context.dependencies
    with given.verifications.of_devices.turn(caller.name):
        with context.writing() as tables:
            attempt = begin_clerk_sign_in(tables, caller.name, caller.counter, body.clerk, context.now)
        is_right = given.same_secret(attempt.secret_hash, body.pin)
    signed_in = None
    if is_right and caller.counter is not None:
        with context.acting() as unit:
            signed_in = open_clerk_session(unit, attempt, caller.counter)
            if signed_in is not None:
                record_sign_in(unit, "pin", attempt.account or "", request.remote_addr, caller.counter)
    if signed_in is None:
        with context.acting() as unit:
            record_refusal(unit, "pin", attempt, request.remote_addr, caller.counter)
        raise Unauthorized("clerk or PIN is wrong")
    context.headers["Set-Cookie"] = _cookie(signed_in.token, max(1, (signed_in.expires_at - context.now) // 1000))
    return 200, {"clerk": signed_in.clerk, "counter": signed_in.counter}


@call("DELETE", "/api/v1/session", "counter", None, {204: None}, journaled=False, operation_id="devices_sign_out")
def sign_out(context: Context) -> tuple[int, None]:
    with context.acting() as unit:
        sign_out_clerk(unit, request.cookies.get(cookie_name(request)), context.caller.counter)
    context.headers["Set-Cookie"] = _cookie("", 0)
    return 204, None


@call("GET", "/api/v1/clerks", "counter admin head", None, {200: ClerksAnswer}, operation_id="devices_clerks")
def clerks(context: Context) -> tuple[int, ClerksAnswer]:
    """Names for the sign-in form."""
    with context.reading() as reading:
        rows = read_clerks(reading)
    return 200, {"clerks": [{"id": clerk, "name": name} for clerk, name in rows]}


@call(
    "POST",
    "/api/v1/admin/session",
    "",
    AdminSessionBody,
    {200: AdminSessionAnswer, 401: ProblemDetails, 429: ProblemDetails},
    journaled=False,
    operation_id="devices_admin_sign_in",
)
def admin_sign_in(context: Context[AdminSessionBody]) -> tuple[int, AdminSessionAnswer]:
    """A person's name and password, and the telephone's code if there is one, for a token of twelve hours.

    `browser`: what the browser calls itself, so that the journal tells one from another.
    """
    body, given, address = context.body, context.dependencies, request.remote_addr or ""
    with given.verifications.of_anybody.turn(address):
        with context.writing() as tables:
            attempt = begin_person_sign_in(tables, address, body.name, context.now)
        is_right = given.same_secret(attempt.secret_hash, body.password)
    signed_in = None
    if is_right:
        with context.acting() as unit:
            signed_in = open_person_session(unit, attempt, unit.now, body.code.replace(" ", ""), body.browser)
            if signed_in is not None:
                unit.acts_as(signed_in.role, signed_in.name, signed_in.person)
                record_sign_in(unit, "password", attempt.account or "", address)
    if signed_in is None:
        with context.acting() as unit:
            record_refusal(unit, "password", attempt, address)
        raise Unauthorized("name or password is wrong")
    return 200, admin_session_answer(signed_in)


@call(
    "DELETE",
    "/api/v1/admin/session",
    "admin head technician reader",
    None,
    {204: None},
    journaled=False,
    operation_id="devices_admin_sign_out",
)
def admin_sign_out(context: Context) -> tuple[int, None]:
    """The session ends, in every page that holds its token; a token of no person stays."""
    if context.caller.person is not None:
        with context.writing() as tables:
            end_person_session(tables, context.caller.credential.removeprefix(PERSON))
    return 204, None


@call(
    "PUT",
    "/api/v1/admin/password",
    "admin head technician reader",
    PasswordBody,
    {204: None, 401: ProblemDetails, 429: ProblemDetails},
    journaled=False,
    operation_id="devices_admin_password",
)
def admin_password(context: Context[PasswordBody]) -> tuple[int, None]:
    """Another password for the person whose session this is; every session of theirs ends."""
    body, given, address = context.body, context.dependencies, request.remote_addr or ""
    name = context.caller.person
    if name is None:
        raise Forbidden("this token belongs to no person; sign in with name and password")
    with given.verifications.of_devices.turn(context.caller.name):
        with given.store.writing() as tables:  # a try is no act
            attempt = begin_person_sign_in(tables, address, name, context.now)
        is_right = given.same_secret(attempt.secret_hash, body.password)
        new_hash = given.hash_secret(body.new_password) if is_right else ""
    done = False
    if is_right:
        with context.writing() as tables:
            done = change_password(tables, attempt, body.new_password, new_hash)
    if not done:
        with given.store.unit(context.caller.actor, given.clock.now_ms) as unit:
            record_refusal(unit, "password", attempt, address)
        raise Unauthorized("the present password is wrong")
    return 204, None


def _cookie(token: str, seconds: int) -> str:
    secure = "; Secure" if request.is_secure else ""
    return f"{cookie_name(request)}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}"
