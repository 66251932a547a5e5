"""Answers about devices, and about the state of the whole office."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, cast

from typing_extensions import TypedDict

from contract.records import dataclass
from contract.times import optional_rfc3339, to_rfc3339
from kiosk.domain.storage_checks import CheckOutcome, StorageChecks
from kiosk.domain.tokens import certificate_fingerprint
from kiosk.queries.clock import ClockView
from kiosk.queries.equipment import AdminSummary, DevicesView, EquipmentFollower, EquipmentView
from kiosk.store.failures import StorageFault
from kiosk.web.api.clock_models import ClockAnswer, clock_answer
from kiosk.web.api.journal_models import EventAnswer
from kiosk.web.api.lost_number_models import LostNumbersAnswer, lost_numbers_answer
from kiosk.web.api.printer_models import Printers, printers_answer
from kiosk.web.http.dependencies import PrinterStates
from kiosk.web.http.models import Timestamp


class EquipmentDeviceAnswer(TypedDict):
    name: str
    role: str
    counter: str | None
    state: str
    seen_at: Timestamp | None


class EquipmentFollowerAnswer(TypedDict):
    """`line`: it carries the journal out of the office by itself; `refused` is a count."""

    name: str
    line: bool
    state: str
    since: Timestamp
    updated_at: Timestamp
    behind: int
    silent: bool
    refused: int


class StorageFaultAnswer(TypedDict):
    """`fault`: "full", "read_only", "damaged", "failed" or "log"; `detail` in English, for technicians."""

    fault: str
    detail: str


class CheckOutcomeAnswer(TypedDict):
    """`detail`: what was looked at, the file that was written, or the first thing that is wrong; `late`: long ago.

    `unusable`: why the office's own rules could not be counted by, in Vietnamese; empty when they could.
    """

    at: Timestamp
    ok: bool
    late: bool
    detail: str
    unusable: list[str]


class StorageChecksAnswer(TypedDict):
    """The last check of the whole database and the last backup; null when there was none.

    `reports`: whether what the last report showed could be kept for making it again; null where it always could.
    """

    verified: CheckOutcomeAnswer | None
    backup: CheckOutcomeAnswer | None
    reports: CheckOutcomeAnswer | None


class EquipmentAnswer(TypedDict):
    now: Timestamp
    clock: ClockAnswer
    last_seq: int
    printers: Printers
    devices: list[EquipmentDeviceAnswer]
    followers: list[EquipmentFollowerAnswer]
    storage: list[StorageFaultAnswer]
    checks: StorageChecksAnswer
    lost_numbers: list[LostNumbersAnswer]


class DeviceAnswer(EquipmentDeviceAnswer):
    """`report`: its last heartbeat, as it was sent. `replaced`: a later pairing stands in its place."""

    revoked: bool
    replaced: bool
    report: dict[str, Any]


class PlaceAnswer(TypedDict):
    """A name of the configuration; `silent`: what was paired there says nothing any more."""

    name: str
    state: Literal["free", "silent", "in_use"]


class WaitingPairingAnswer(TypedDict):
    """`places`: those that it may have, free ones first; empty where any name does."""

    code: str
    role: str
    name: str
    counter: str | None
    address: str | None
    asked_at: Timestamp
    places: list[PlaceAnswer]


class DevicesAnswer(TypedDict):
    """`pairings`: devices that wait for an administrator's approval; each shows `ca_fingerprint`, or is not ours."""

    ca_fingerprint: str | None
    devices: list[DeviceAnswer]
    pairings: list[WaitingPairingAnswer]
    printers: Printers
    now: Timestamp


class DossierCountsAnswer(TypedDict):
    total: int
    overdue: int
    by_field: dict[str, int]
    by_step: dict[str, int]


class SummaryAnswer(TypedDict):
    """`events`: the latest of the journal, newest first."""

    business_date: str
    epoch: str
    last_seq: int
    events: list[EventAnswer]
    dossiers: DossierCountsAnswer


@dataclass(frozen=True, slots=True)
class StorageView:
    """The storage's lasting faults with their details, and its last checks."""

    faults: Mapping[StorageFault, str]
    checks: StorageChecks


def equipment_answer(
    view: EquipmentView, printers: PrinterStates, storage: StorageView, clock: ClockView
) -> EquipmentAnswer:
    now = clock.time
    return {
        "now": to_rfc3339(clock.time),
        "clock": clock_answer(clock),
        "last_seq": view.last_seq,
        "printers": printers_answer(printers),
        "devices": [
            {
                "name": device.name,
                "role": device.role,
                "counter": device.counter,
                "state": device.state,
                "seen_at": optional_rfc3339(device.seen_at),
            }
            for device in view.devices
        ],
        "followers": [_follower(one) for one in view.followers],
        "storage": [{"fault": fault, "detail": detail} for fault, detail in storage.faults.items()],
        "checks": {
            "verified": outcome_answer(storage.checks.verified, now),
            "backup": outcome_answer(storage.checks.backup, now),
            "reports": outcome_answer(storage.checks.reports, now),
        },
        "lost_numbers": [lost_numbers_answer(one) for one in view.lost_numbers],
    }


def devices_answer(
    view: DevicesView, printers: PrinterStates, now: int, authority: bytes | None = None
) -> DevicesAnswer:
    """`authority`: the office's, in DER."""
    return {
        "ca_fingerprint": None if authority is None else certificate_fingerprint(authority),
        "devices": [
            {
                "name": device.name,
                "role": device.role,
                "counter": device.counter,
                "state": device.state,
                "seen_at": optional_rfc3339(device.seen_at),
                "revoked": device.revoked_at is not None,
                "replaced": device.name in view.replaced,
                "report": json.loads(device.report),
            }
            for device in view.devices
        ],
        "pairings": [
            {
                "code": one.request.code,
                "role": one.request.role,
                "name": one.request.name,
                "counter": one.request.counter,
                "address": one.request.address,
                "asked_at": to_rfc3339(one.request.made_at),
                "places": [{"name": place.name, "state": place.state} for place in one.places],
            }
            for one in view.pairings
        ],
        "printers": printers_answer(printers),
        "now": to_rfc3339(now),
    }


def summary_answer(view: AdminSummary) -> SummaryAnswer:
    return {
        "business_date": view.business_date,
        "epoch": view.epoch,
        "last_seq": view.last_seq,
        "events": cast(list[EventAnswer], list(view.events)),
        "dossiers": {
            "total": view.dossiers.total,
            "overdue": view.dossiers.overdue,
            "by_field": view.dossiers.by_field,
            "by_step": view.dossiers.by_step,
        },
    }


def outcome_answer(outcome: CheckOutcome | None, now: int) -> CheckOutcomeAnswer | None:
    """`now` in ms since 1970."""
    if outcome is None:
        return None
    return {
        "at": to_rfc3339(outcome.at),
        "ok": outcome.ok,
        "late": outcome.is_late(now),
        "detail": outcome.detail,
        "unusable": list(outcome.unusable),
    }


def _follower(one: EquipmentFollower) -> EquipmentFollowerAnswer:
    return {
        "name": one.name,
        "line": one.line,
        "state": one.state,
        "since": to_rfc3339(one.since),
        "updated_at": to_rfc3339(one.updated_at),
        "behind": one.behind,
        "silent": one.silent,
        "refused": one.refused,
    }
