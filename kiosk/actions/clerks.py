"""Clerks come, get another PIN, leave and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.actions.credentials import set_pin
from kiosk.domain.errors import BadRequest, PersonExists, UnknownPerson, WeakSecret
from kiosk.domain.weak_secrets import pin_weakness

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.accounts import ClerkAccount


def require_good_pin(pin: str) -> None:
    """Raises WeakSecret for a PIN that anybody would guess."""
    if weakness := pin_weakness(pin):
        raise WeakSecret(weakness)


def add_clerk(unit: Unit, name: str, pin_hash: str) -> str:
    """The new clerk's id. Raises PersonExists."""
    if any(one.name == name for one in unit.clerks.all()):
        raise PersonExists(f'"{name}" exists already')
    clerk_id = unit.new_id()
    unit.clerks.add(clerk_id, name, pin_hash)
    return clerk_id


def change_clerk(unit: Unit, clerk_id: str, disabled: bool, pin_hash: str | None) -> None:
    """Whoever is signed in has to do so again.

    Raises UnknownPerson, BadRequest for one who comes back without a PIN.
    """
    clerk = known_clerk(unit, clerk_id)
    if disabled:
        set_pin(unit, clerk, "", True)
    elif pin_hash is not None:
        set_pin(unit, clerk, pin_hash, False)
    elif clerk.disabled:
        raise BadRequest("a clerk who comes back gets another PIN")


def known_clerk(unit: Unit, clerk_id: str) -> ClerkAccount:
    """Raises UnknownPerson."""
    clerk = next((one for one in unit.clerks.all() if one.id == clerk_id), None)
    if clerk is None:
        raise UnknownPerson(f'there is no clerk "{clerk_id}"')
    return clerk
