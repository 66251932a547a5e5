"""What is over ends here, and everywhere: tokens, sessions, PINs, passwords.

The tables these functions change note what ended, so that the store closes open streams after the commit and a restored
backup brings nothing back (kiosk/store/ended_file.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.actions.counters import release_clerk
from kiosk.domain.errors import UnknownDevice

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.accounts import ClerkAccount


def end_device(unit: Unit, name: str, now: int) -> bool:
    """A device's token and the sessions of its clerks end; False when there was no valid token."""
    _end_sittings_of(unit, name)
    return unit.devices.revoke(name, now)


def remove_device(unit: Unit, name: str) -> None:
    """Put a device away: its token and its sessions end, it is listed no more. Raises UnknownDevice."""
    _end_sittings_of(unit, name)
    if not unit.devices.remove(name):
        raise UnknownDevice(f'there is no device "{name}"')


def _end_sittings_of(unit: Unit, device: str) -> None:
    """Whoever signed in on the device leaves the counter, so that the next device there acts in nobody's name."""
    sat = unit.sessions.counters_of(device)
    unit.sessions.end_of(device)
    for code in sat:
        release_clerk(unit, code)


def end_clerk(unit: Unit, clerk: ClerkAccount) -> None:
    """The clerk is signed in nowhere any more and has left the counter."""
    unit.sessions.end_of_clerk(clerk.id)
    for counter in unit.counters.all():
        if counter.clerk == clerk.name:
            release_clerk(unit, counter.code)


def set_pin(unit: Unit, clerk: ClerkAccount, pin_hash: str, disabled: bool) -> None:
    """Another PIN, or none for a clerk who left: whoever signed in with the old one has to do so again."""
    unit.clerks.update(clerk.id, pin_hash, disabled)
    end_clerk(unit, clerk)
