"""The devices and followers around the counters, and the state of the whole office for administrators."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from contract.dossiers import STEPS, DossierStatus
from contract.followers import is_board
from contract.records import dataclass
from kiosk.domain.name_order import name_key
from kiosk.domain.places import Place, places, replaced
from kiosk.queries.followers import behind, epochs_of, is_silent

if TYPE_CHECKING:
    from kiosk.domain.accounts import PairingRequest, RegisteredDevice
    from kiosk.domain.dossier import Dossier
    from kiosk.domain.followers import FollowerStatus, Upstream
    from kiosk.domain.lost_numbers import LostNumbersNotice
    from kiosk.domain.service import Office
    from kiosk.store.store import Reading

NO_PRINTER = "no_printer"
GONE_MS = 24 * 3600_000
LATEST = 60


@dataclass(frozen=True, slots=True)
class EquipmentFollower:
    """`line`: it carries the journal out of the office by itself. `refused` is a count; times in ms since 1970."""

    name: str
    line: bool
    state: str
    since: int
    updated_at: int
    behind: int
    silent: bool
    refused: int


@dataclass(frozen=True, slots=True)
class EquipmentView:
    """Devices heard of within a day, the followers of the journal, and what was lost and not dismissed."""

    last_seq: int
    devices: tuple[RegisteredDevice, ...]
    followers: tuple[EquipmentFollower, ...]
    lost_numbers: tuple[LostNumbersNotice, ...]


@dataclass(frozen=True, slots=True)
class DossierCounts:
    """`overdue`: not finished and past their date; the mappings begin with what occurs most."""

    total: int
    overdue: int
    by_field: dict[str, int]
    by_step: dict[str, int]


@dataclass(frozen=True, slots=True)
class AdminSummary:
    """`events`: the latest of the journal, newest first, as they were chained."""

    business_date: str
    epoch: str
    last_seq: int
    events: tuple[dict[str, Any], ...]
    dossiers: DossierCounts


@dataclass(frozen=True, slots=True)
class WaitingPairing:
    """A device that asks to be paired, and the places of the configuration that it may have."""

    request: PairingRequest
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class DevicesView:
    """Every device that was ever paired, and those that ask to be. `replaced`: names; a later pairing stands there."""

    devices: tuple[RegisteredDevice, ...]
    replaced: frozenset[str]
    pairings: tuple[WaitingPairing, ...]


def read_equipment(reading: Reading, office: Office, upstream: Upstream, now: int) -> EquipmentView:
    """`now` in ms since 1970."""
    every = reading.devices.all()
    gone = replaced(every, now)
    devices = [without_printer(office, one) for one in every if one.revoked_at is None and one.name not in gone]
    screens = {device.name for device in devices if device.role == "board"}
    epochs = epochs_of(reading)
    followers = (
        EquipmentFollower(
            one.name,
            one.name != upstream.bundle and not is_screen(one, screens),
            one.state,
            one.since,
            one.updated_at,
            behind(one, epochs),
            is_silent(reading, one, epochs, now),
            len(one.refused),
        )
        for one in reading.followers.all()
    )
    present = tuple(device for device in devices if device.seen_at is not None and now - device.seen_at < GONE_MS)
    lost = tuple(reading.lost_numbers.open())
    return EquipmentView(reading.state.head.seq, present, tuple(followers), lost)


def is_screen(follower: FollowerStatus, screens: set[str]) -> bool:
    """Whether a follower is a board of the waiting room and not a line out of the office."""
    return follower.name in screens or is_board(follower.name)


def read_devices(reading: Reading, office: Office, now: int, pairing_since: int) -> DevicesView:
    """Pairings asked for since then and not approved yet; times in ms since 1970."""
    devices = reading.devices.all()
    waiting = (
        WaitingPairing(one, places(office, devices, one.role, one.counter, now))
        for one in reading.pairings.waiting(pairing_since)
    )
    marked = tuple(without_printer(office, device) for device in devices)
    return DevicesView(marked, replaced(devices, now), tuple(waiting))


def without_printer(office: Office, device: RegisteredDevice) -> RegisteredDevice:
    """A kiosk at which no printer is known to stand has a fault, whatever it says of itself."""
    if device.role != "kiosk" or not office.lacks_printer(device.name):
        return device
    report = {**json.loads(device.report), "reason": NO_PRINTER}
    return device._replace(state="fault", report=json.dumps(report, ensure_ascii=False))


def read_clerks(reading: Reading) -> list[tuple[str, str]]:
    """(id, name) of the clerks who may sign in, as names are listed."""
    clerks = sorted(reading.clerks.all(), key=lambda clerk: name_key(clerk.name))
    return [(clerk.id, clerk.name) for clerk in clerks if not clerk.disabled]


def read_summary(reading: Reading, now: int) -> AdminSummary:
    """`now` in ms since 1970."""
    state = reading.state
    entries = reading.journal.read(state.head.epoch, max(0, state.head.seq - LATEST), LATEST)
    return AdminSummary(
        state.business_date,
        state.head.epoch,
        state.head.seq,
        tuple(json.loads(entry.body) for entry in reversed(entries)),
        count_dossiers(reading.dossiers.all(), now),
    )


def count_dossiers(dossiers: list[Dossier], now: int) -> DossierCounts:
    """`now` in ms since 1970."""
    return DossierCounts(
        total=len(dossiers),
        overdue=sum(one.finished_at is None and one.due_at is not None and one.due_at < now for one in dossiers),
        by_field=dict(Counter(one.field for one in dossiers).most_common()),
        by_step=dict(Counter(STEPS[DossierStatus(one.status)] for one in dossiers).most_common()),
    )
