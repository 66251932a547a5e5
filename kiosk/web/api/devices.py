"""Calls about devices: pairing, and what each says of itself."""

from __future__ import annotations

import json

from flask import request

from kiosk.actions import pairing
from kiosk.actions.credentials import remove_device
from kiosk.actions.devices import record_heartbeat, rename_device
from kiosk.domain.errors import BadRequest
from kiosk.queries.equipment import read_devices
from kiosk.web.api.device_models import (
    ApproveBody,
    CollectBody,
    HeartbeatBody,
    NameBody,
    PairBody,
    PairingAnswer,
    pairing_answer,
)
from kiosk.web.api.equipment_models import DevicesAnswer, devices_answer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.doors import PROXIED
from kiosk.web.http.models import MISSING, ProblemDetails

LOOPBACK = frozenset({"127.0.0.1", "::1"})
PAIRINGS_A_MINUTE = 20  # of one address
COLLECTS_A_MINUTE = 240  # eight pages that ask every two seconds
MOST_REPORT = 4000


@call(
    "POST",
    "/api/v1/devices/pair",
    "",
    PairBody,
    {201: PairingAnswer, 429: ProblemDetails, **MISSING},
    journaled=False,
)
def pair(context: Context[PairBody]) -> tuple[int, PairingAnswer]:
    """Ask to become a device of this office: shows a code that an administrator approves on another screen."""
    body, given = context.body, context.dependencies
    address = request.remote_addr or ""
    given.rates.take("pairing", address, PAIRINGS_A_MINUTE, 60)
    device = pairing.PairingInput(body.role, body.name, body.counter, address)
    on_this_machine = given.pair_loopback and request.remote_addr in LOOPBACK and PROXIED not in request.environ
    with context.writing() as tables:
        requested = pairing.request_pairing(tables, given.office, device, on_this_machine, context.now)
    return 201, pairing_answer(requested, given.authority())


@call("GET", "/api/v1/devices/pair/<code>", "", None, {200: PairingAnswer, **MISSING}, operation_id="devices_pairing")
def state(context: Context, code: str) -> tuple[int, PairingAnswer]:
    """Whether a shown code was approved. It collects nothing, and nothing changes."""
    with context.reading() as reading:
        standing = pairing.pairing_state(reading, code, context.now)
    return 200, pairing_answer(standing)


@call(
    "POST",
    "/api/v1/devices/pair/token",
    "",
    CollectBody,
    {200: PairingAnswer, 429: ProblemDetails, **MISSING},
    journaled=False,
)
def collect(context: Context[CollectBody]) -> tuple[int, PairingAnswer]:
    """The token, once, after the approval, for the device that asked: by the secret that it shows to nobody."""
    given, address = context.dependencies, request.remote_addr or ""
    given.rates.take("collecting", address, COLLECTS_A_MINUTE, 60)
    with context.reading() as reading:
        standing = pairing.pairing_of(reading, context.body.device_code, context.now)
    if standing.state == "approved":
        with context.writing() as tables:
            standing = pairing.collect_token(tables, context.body.device_code, context.now)
    return 200, pairing_answer(standing)


@call(
    "POST",
    "/api/v1/devices/pair/<code>/approve",
    "admin technician",
    ApproveBody,
    {200: PairingAnswer, **MISSING},
    journaled=False,
)
def approve(context: Context[ApproveBody], code: str) -> tuple[int, PairingAnswer]:
    """Let a device in. With `name` it takes that place of the configuration, and what was paired there ends."""
    with context.acting() as unit:
        approved = pairing.approve_pairing(unit, context.dependencies.office, code, context.body.name, context.now)
        asked = unit.pairings.get(approved.code)
        if asked is not None:
            context.about(asked.name, asked.role)
        context.leave_trace(unit)
    return 200, pairing_answer(approved)


@call("DELETE", "/api/v1/devices/<device>", "admin technician", None, {204: None, **MISSING}, journaled=False)
def remove(context: Context, device: str) -> tuple[int, None]:
    """Put a device away: its token and the sessions of its clerks end."""
    with context.acting() as unit:
        remove_device(unit, device)
        context.leave_trace(unit)
    return 204, None


@call(
    "PUT",
    "/api/v1/devices/<device>/name",
    "admin technician",
    NameBody,
    {204: None, **MISSING},
    journaled=False,
    operation_id="devices_rename",
)
def rename(context: Context[NameBody], device: str) -> tuple[int, None]:
    """Another name for a device, which goes on working."""
    context.about(device, context.body.name)
    with context.writing() as tables:
        rename_device(tables, device, context.body.name)
    return 204, None


@call("GET", "/api/v1/devices", "admin technician", None, {200: DevicesAnswer})
def devices(context: Context) -> tuple[int, DevicesAnswer]:
    """Devices with their last sign of life, those waiting to be paired, printers and the spool."""
    now, office = context.now, context.dependencies.office
    with context.reading() as reading:
        view = read_devices(reading, office, now, now - pairing.PAIRING_MS)
    return 200, devices_answer(view, context.dependencies.printer_health, now, context.dependencies.authority())


@call(
    "POST", "/api/v1/devices/heartbeat", "kiosk tablet counter board sync", HeartbeatBody, {204: None}, journaled=False
)
def heartbeat(context: Context[HeartbeatBody]) -> tuple[int, None]:
    body = context.body
    report = body.model_dump()
    if len(json.dumps(report, ensure_ascii=False)) > MOST_REPORT:
        raise BadRequest("a heartbeat holds at most 4,000 characters")
    with context.acting() as unit:
        record_heartbeat(unit, context.caller.name, report)
    return 204, None
