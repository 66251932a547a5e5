"""Calls about devices, pairing, clerks' sessions and administrators."""

from __future__ import annotations

import json
import secrets
from typing import Any

from flask import request

from kiosk.actions import counters, halls
from kiosk.domain.errors import BadRequest, Forbidden, TooMany, Unauthorized, UnknownTicket
from kiosk.store.credentials import hash_token, new_token, same_secret
from kiosk.store.devices import Access
from kiosk.store.unit_of_work import Actor
from kiosk.web.auth import COOKIE
from kiosk.web.calls import Context, call
from kiosk.web.models import (
    AdminSessionBody,
    AnyObject,
    HeartbeatBody,
    Nothing,
    PairBody,
    PairingShown,
    Refusal,
    SessionBody,
)
from kiosk.web.shapes import moment

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # 20 letters, no vowels: 8 of them hold 34.5 bits (RFC 8628, 6.1)
PAIRING_MS = 10 * 60_000
SESSION_MS = 12 * 3600_000
ADMIN_SESSION_MS = 12 * 3600_000
LOOPBACK = frozenset({"127.0.0.1", "::1"})
LOCAL_ROLES = frozenset({"kiosk", "tablet", "counter", "board"})
BLOCKS_MS = (60_000, 5 * 60_000, 15 * 60_000)
FREE_FAILURES = 5
OPEN_PAIRINGS = 20


@call("POST", "/api/v1/devices/pair", "", PairBody, {201: PairingShown, 404: Refusal, 429: Refusal}, journaled=False)
def pair(context: Context) -> tuple[int, Any]:
    """Ask to become a device of this office: shows a code that an administrator approves on another screen."""
    body: PairBody = context.body
    found = context.services
    if body.counter is not None:
        found.office.counter(body.counter)
    now = found.clock.now_ms()
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    here = found.pair_loopback and request.remote_addr in LOOPBACK and body.role in LOCAL_ROLES
    with found.store.raw_transaction() as transaction:
        access = Access(transaction, found.office.code)
        if len(access.pairings(now - PAIRING_MS)) >= OPEN_PAIRINGS:
            raise TooMany("too many devices ask to be paired; approve or wait ten minutes")
        access.add_pairing(code, body.role, body.name, body.counter, now, approved=here)
    return 201, {"code": code, "state": "approved" if here else "waiting"}


@call("GET", "/api/v1/devices/pair/<code>", "", None, {200: PairingShown, 404: Refusal}, writes=True, journaled=False)
def collect(context: Context, code: str) -> tuple[int, Any]:
    """The token, once, after the approval."""
    found = context.services
    now = found.clock.now_ms()
    with found.store.raw_transaction() as transaction:
        access = Access(transaction, found.office.code)
        pairing = access.pairing(code.upper())
        if pairing is None or now - pairing.made_at > PAIRING_MS:
            raise UnknownTicket("this pairing code is unknown or older than ten minutes; ask for a new one")
        if pairing.approved_at is None:
            return 200, {"code": pairing.code, "state": "waiting"}
        if not access.collect_pairing(pairing.code, now):
            return 200, {"code": pairing.code, "state": "collected"}
        token = new_token()
        access.add_device(_free_name(access, pairing.name), pairing.role, pairing.counter, hash_token(token), now)
    return 200, {"code": pairing.code, "state": "approved", "token": token}


@call(
    "POST", "/api/v1/devices/pair/<code>/approve", "admin", Nothing, {200: PairingShown, 404: Refusal}, journaled=False
)
def approve(context: Context, code: str) -> tuple[int, Any]:
    found = context.services
    with found.store.raw_transaction() as transaction:
        if not Access(transaction, found.office.code).approve_pairing(code.upper(), found.clock.now_ms()):
            raise UnknownTicket("no device waits with this code")
    return 200, {"code": code.upper(), "state": "approved"}


@call("GET", "/api/v1/devices", "admin", None, {200: AnyObject})
def devices(context: Context) -> tuple[int, Any]:
    """Devices with their last sign of life, those waiting to be paired, printers and the spool."""
    found = context.services
    now = found.clock.now_ms()
    with found.store.reading() as reading:
        access = Access(reading.transaction, reading.office)
        known = [
            {"name": d.name, "role": d.role, "counter": d.counter, "state": d.state, "seen_at": moment(d.seen_at),
             "revoked": d.revoked_at is not None, "report": json.loads(d.report)}
            for d in access.devices()
        ]  # fmt: skip
        waiting = [
            {"code": p.code, "role": p.role, "name": p.name, "counter": p.counter, "asked_at": moment(p.made_at)}
            for p in access.pairings(now - PAIRING_MS)
        ]  # fmt: skip
    return 200, {"devices": known, "pairings": waiting, "printers": found.print_states, "now": moment(now)}


@call(
    "POST", "/api/v1/devices/heartbeat", "kiosk tablet counter board sync", HeartbeatBody, {204: None}, journaled=False
)
def heartbeat(context: Context) -> tuple[int, Any]:
    found, caller = context.services, context.caller
    body: HeartbeatBody = context.body
    now = found.clock.now_ms()
    report = json.dumps(body.model_dump(), ensure_ascii=False)
    if len(report) > 4000:
        raise BadRequest("a heartbeat holds at most 4,000 characters")
    with found.store.reading() as reading:
        device = Access(reading.transaction, reading.office).device(caller.name)
    if device is None:
        return 204, None
    with found.store.unit(Actor(caller.role, caller.name), now) as unit:
        Access(unit.transaction, found.office.code).seen(caller.name, now, body.state, report)
        if device.state != body.state:
            kind = {"online": "recovered" if device.state == "fault" else "online"}.get(body.state, "fault")
            halls.device_changed(unit, device.role, device.name, kind, body.reason)
    return 204, None


@call("POST", "/api/v1/session", "counter", SessionBody, {200: AnyObject, 403: Refusal, 429: Refusal}, journaled=False)
def sign_in(context: Context) -> tuple[int, Any]:
    """A clerk sits down at a paired counter: PIN and device together."""
    body: SessionBody = context.body
    found, caller = context.services, context.caller
    if caller.counter is None:
        raise Forbidden("pair this device with a counter first")
    now = found.clock.now_ms()
    failed: Unauthorized | None = None
    token = new_token()
    with found.store.unit(Actor("counter", caller.name), now) as unit:
        access = Access(unit.transaction, found.office.code)
        clerk = next((c for c in access.clerks() if body.clerk in {c[0], c[1]} and not c[3]), None)
        failures, blocked_until = access.pin_failures(caller.name, body.clerk)
        if now < blocked_until:
            raise TooMany(f"too many wrong PINs; wait {(blocked_until - now) // 1000 + 1} s")
        if not same_secret(clerk[2] if clerk else None, body.pin) or clerk is None:
            failures += 1
            block = (
                BLOCKS_MS[min((failures - FREE_FAILURES) // FREE_FAILURES, 2)] if failures % FREE_FAILURES == 0 else 0
            )
            access.set_pin_failures(caller.name, body.clerk, failures, now + block)
            failed = Unauthorized("clerk or PIN is wrong")
        else:
            access.set_pin_failures(caller.name, body.clerk, 0, 0)
            access.add_session(hash_token(token), clerk[0], caller.counter, caller.name, now + SESSION_MS)
            counters.sign_in(unit, caller.counter, clerk[1])
    if failed is not None or clerk is None:
        raise failed or Unauthorized("clerk or PIN is wrong")
    context.headers["Set-Cookie"] = (
        f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={SESSION_MS // 1000}"
        + ("; Secure" if request.is_secure else "")
    )
    return 200, {"clerk": clerk[1], "counter": caller.counter}


@call("DELETE", "/api/v1/session", "counter", None, {204: None}, journaled=False)
def sign_out(context: Context) -> tuple[int, Any]:
    found, caller = context.services, context.caller
    with found.store.unit(Actor("counter", caller.name), found.clock.now_ms()) as unit:
        cookie = request.cookies.get(COOKIE)
        if cookie:
            Access(unit.transaction, found.office.code).drop_session(hash_token(cookie))
        if caller.counter is not None:
            counters.sign_out(unit, caller.counter)
    context.headers["Set-Cookie"] = f"{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
    return 204, None


@call("GET", "/api/v1/clerks", "counter admin", None, {200: AnyObject})
def clerks(context: Context) -> tuple[int, Any]:
    """Names for the sign-in form."""
    with context.services.store.reading() as reading:
        found = Access(reading.transaction, reading.office).clerks()
    return 200, {"clerks": [{"id": c[0], "name": c[1]} for c in found if not c[3]]}


@call("POST", "/api/v1/admin/session", "", AdminSessionBody, {200: AnyObject, 401: Refusal}, journaled=False)
def admin_sign_in(context: Context) -> tuple[int, Any]:
    """An administrator's name and password for a token of twelve hours."""
    body: AdminSessionBody = context.body
    found = context.services
    now = found.clock.now_ms()
    with found.store.reading() as reading:
        access = Access(reading.transaction, reading.office)
        known = access.administrator_hash(body.name)
        failures, blocked_until = access.pin_failures("admin", body.name)
    if now < blocked_until:
        raise TooMany(f"too many wrong passwords; wait {(blocked_until - now) // 1000 + 1} s")
    if not same_secret(known, body.password):
        with found.store.raw_transaction() as transaction:
            block = BLOCKS_MS[0] if (failures + 1) % FREE_FAILURES == 0 else 0
            Access(transaction, found.office.code).set_pin_failures("admin", body.name, failures + 1, now + block)
        raise Unauthorized("name or password is wrong")
    token = new_token()
    with found.store.raw_transaction() as transaction:
        access = Access(transaction, found.office.code)
        access.set_pin_failures("admin", body.name, 0, 0)
        name = f"admin-{secrets.token_hex(4)}"
        access.add_device(name, "admin", None, hash_token(token), now, now + ADMIN_SESSION_MS)
    return 200, {"token": token, "expires_at": moment(now + ADMIN_SESSION_MS)}


def _free_name(access: Access, wanted: str) -> str:
    """A device that is in use keeps its name and token; the newcomer gets a number behind."""
    known = {device.name for device in access.devices() if device.revoked_at is None}
    return next(name for n in range(1, 10_000) if (name := wanted if n == 1 else f"{wanted}-{n}") not in known)
