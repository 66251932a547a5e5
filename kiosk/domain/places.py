"""A device's place: a name of the configuration, which it keeps when its token is lost and it is paired again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Literal

from contract.records import dataclass
from kiosk.domain.accounts import RegisteredDevice
from kiosk.domain.service import Office

ALIVE_MS = 60_000  # four heartbeats
MOST_SHARED = 99
SHARED = "kiosk"  # the place at the printer that names no kiosk, or of an office without a printer
PlaceState = Literal["free", "silent", "in_use"]
RANK: tuple[PlaceState, ...] = ("free", "silent", "in_use")


@dataclass(frozen=True, slots=True)
class Place:
    """`silent`: the device that was paired there says nothing any more."""

    name: str
    state: PlaceState


def place_names(office: Office, role: str, counter: str | None) -> tuple[str, ...]:
    """The names that the configuration has for a device of this role; empty where any name does."""
    if role == "kiosk" and (office.dispensers or office.information):
        named = (*office.dispensers, *sorted(office.information))
        has_shared = (office.shared_printer or not office.printers) and SHARED not in named
        return (SHARED, *named) if has_shared else named
    if role in {"counter", "tablet"} and counter in office.counters:
        return (f"{role}-{counter}",)
    return ()


def places(
    office: Office, devices: Iterable[RegisteredDevice], role: str, counter: str | None, now: int
) -> tuple[Place, ...]:
    """Free ones first, then silent ones. `now` in ms since 1970.

    Kiosks at a printer that names none are as many as there are: while each of them is in use, one more has a place,
    which is offered behind those: a newcomer is sooner a kiosk that lost its token.
    """
    valid = {device.name: device for device in devices if device.has_valid_token(now)}
    named = place_names(office, role, counter)
    numbered = [f"{SHARED}-{n}" for n in range(2, MOST_SHARED + 1)] if _has_shared(office, named) else []
    beside = [name for name in numbered if name in valid and name not in named]

    def state(name: str) -> PlaceState:
        if name not in valid:
            return "free"
        return "in_use" if is_alive(valid[name], now) else "silent"

    found = {name: state(name) for name in (*named, *beside)}
    more = next((name for name in numbered if name not in found), None)
    if more is not None and any(found[name] != "in_use" for name in (SHARED, *beside)):
        more = None
    by_state = {kind: [Place(name, kind) for name in found if found[name] == kind] for kind in RANK}
    last = [] if more is None else [Place(more, "free")]
    return (*by_state["free"], *by_state["silent"], *last, *by_state["in_use"])


def _has_shared(office: Office, named: tuple[str, ...]) -> bool:
    return SHARED in named and SHARED not in office.information and SHARED not in office.dispensers


def is_alive(device: RegisteredDevice, now: int) -> bool:
    """Whether it was heard, or paired, a short while ago."""
    last = device.made_at if device.seen_at is None else device.seen_at
    return now - last < ALIVE_MS


def replaced(devices: Iterable[RegisteredDevice], now: int) -> frozenset[str]:
    """Names of silent pairings in whose place another device was paired after they were heard last.

    A page that lost its token was paired again as "board-2": "board" and "board-2" share a place when they differ in
    the number behind only, and both belong to the same counter, or to none. Two screens that ran side by side do not.
    """
    valid = [device for device in devices if device.has_valid_token(now)]
    names = {(device.name, device.role, device.counter) for device in valid}
    kin: dict[tuple[str, str | None, str], list[RegisteredDevice]] = {}
    for device in valid:
        kin.setdefault(_place(device, names), []).append(device)
    return frozenset(
        device.name
        for group in kin.values()
        for device in group
        if not is_alive(device, now) and any(other is not device and other.made_at >= _heard(device) for other in group)
    )


def _heard(device: RegisteredDevice) -> int:
    return max(device.seen_at or 0, device.made_at)


def _place(device: RegisteredDevice, names: AbstractSet[tuple[str, str, str | None]]) -> tuple[str, str | None, str]:
    """Role, counter and the name without the number that a pairing put behind it."""
    base = re.sub(r"-\d+$", "", device.name)
    by_page = device.role if device.counter is None else f"{device.role}-{device.counter}"  # as pages call themselves
    numbered = (base, device.role, device.counter) in names or (base == by_page and device.role != "kiosk")
    return (device.role, device.counter, base if numbered else device.name)
