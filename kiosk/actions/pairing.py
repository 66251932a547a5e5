"""A device asks to belong to the office, an administrator approves its code, the device collects its token."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Literal

from contract.records import dataclass
from kiosk.actions.credentials import end_device
from kiosk.domain.accounts import PairingRequest
from kiosk.domain.errors import PlaceNotNamed, TooMany, UnknownPairing
from kiosk.domain.places import place_names, places
from kiosk.domain.tokens import hash_token, new_pairing_code, new_token

if TYPE_CHECKING:
    from kiosk.actions.account_ports import Accounts
    from kiosk.actions.ports import Unit
    from kiosk.domain.service import Office

PAIRING_MS = 10 * 60_000
OPEN_PAIRINGS = 100
OPEN_OF_ADDRESS = 4
LOCAL_ROLES = frozenset({"kiosk", "tablet", "counter", "board"})
PairingState = Literal["waiting", "approved", "collected"]


@dataclass(frozen=True, slots=True)
class Pairing:
    """`code` is shown; `device_code` only the device knows, and collects `token` with it, once."""

    code: str
    state: PairingState
    token: str | None = None
    device_code: str | None = None


@dataclass(frozen=True, slots=True)
class PairingInput:
    """What a device asks to be, and from where."""

    role: str
    name: str
    counter: str | None = None
    address: str = ""


def request_pairing(
    accounts: Accounts, office: Office, device: PairingInput, on_this_machine: bool, now: int
) -> Pairing:
    """A code to be approved within ten minutes; a screen of this machine needs no approval.

    A kiosk of an office whose file names kiosks gets in by itself only when a single place is free: at which machine
    it stands, and that an earlier pairing ends, is for an administrator to say; also that it gives no numbers. Raises
    UnknownCounter, TooMany.
    """
    if device.counter is not None:
        office.counter(device.counter)
    _make_room(accounts, device.address, now)
    approved = on_this_machine and device.role in LOCAL_ROLES
    name = device.name
    if approved and device.role == "kiosk" and (office.dispensers or office.information):
        offered, named = (
            places(office, accounts.devices.all(), device.role, None, now),
            place_names(office, "kiosk", None),
        )
        free = [place.name for place in offered if place.state == "free" and place.name in named]
        name, approved = (free[0], free[0] not in office.information) if len(free) == 1 else (name, False)
    code, device_code = new_pairing_code(), new_token()
    asked = PairingRequest(
        code,
        device.role,
        name,
        device.counter,
        now,
        now if approved else None,
        0,
        None,
        hash_token(device_code),
        device.address,
    )
    accounts.pairings.add(asked)
    return Pairing(code, "approved" if approved else "waiting", None, device_code)


def _make_room(accounts: Accounts, address: str, now: int) -> None:
    """Who asks again and again loses his own requests, the oldest first, and nobody else's. Raises TooMany."""
    waiting = accounts.pairings.waiting(now - PAIRING_MS)
    own = [one for one in waiting if one.address == address]
    if len(own) >= OPEN_OF_ADDRESS:
        accounts.pairings.remove(own[0].code)
    elif len(waiting) >= OPEN_PAIRINGS:
        raise TooMany("too many devices ask to be paired; approve or wait ten minutes")


def approve_pairing(unit: Unit, office: Office, code: str, name: str | None, now: int) -> Pairing:
    """Let a device in, as `name` when it is given: what was paired under that name ends.

    Without a name a kiosk gets the place of the configuration that is free or silent, if there is one only: that it is
    one more kiosk at a printer that names none has to be said.
    Raises UnknownPairing when no device waits with this code, PlaceNotNamed when the place has to be named.
    """
    request = unit.pairings.get(code.upper())
    if request is None or request.approved_at is not None:
        raise UnknownPairing("no device waits with this code")
    chosen = _chosen_name(unit, office, request, name, now)
    if chosen is not None:
        end_device(unit, chosen, now)
    if not unit.pairings.approve(request.code, chosen or request.name, now):
        raise UnknownPairing("no device waits with this code")
    return Pairing(request.code, "approved")


def _chosen_name(accounts: Accounts, office: Office, request: PairingRequest, name: str | None, now: int) -> str | None:
    """The name whose earlier pairing ends; None: the device's own name, with a number behind when it is taken."""
    offered = places(office, accounts.devices.all(), request.role, request.counter, now)
    names = [place.name for place in offered]
    if name is not None and (name in names or not names):
        return name
    named = place_names(office, request.role, request.counter)
    left = [place.name for place in offered if place.state != "in_use" and place.name in named]
    if name is None and (request.role != "kiosk" or not names):
        return request.name if request.name in left else None
    if name is None and len(left) == 1:
        return left[0]
    offered_names = ", ".join(names)
    raise PlaceNotNamed(f"say which place this device has: {offered_names}", places=offered_names)


def pairing_state(accounts: Accounts, code: str, now: int) -> Pairing:
    """How it stands with a shown code; it collects nothing. Raises UnknownPairing."""
    return _standing(accounts.pairings.get(code.upper()), now)


def pairing_of(accounts: Accounts, device_code: str, now: int) -> Pairing:
    """How it stands with the device that has this secret. Raises UnknownPairing."""
    return _standing(accounts.pairings.by_secret(hash_token(device_code)), now)


def collect_token(accounts: Accounts, device_code: str, now: int) -> Pairing:
    """The token, once, after the approval. Raises UnknownPairing."""
    request = accounts.pairings.by_secret(hash_token(device_code))
    standing = _standing(request, now)
    if request is None or standing.state != "approved" or not accounts.pairings.collect(request.code, now):
        return standing
    token = new_token()
    accounts.devices.add(_free_name(accounts, request.name), request.role, request.counter, hash_token(token), now)
    return Pairing(request.code, "approved", token)


def _standing(request: PairingRequest | None, now: int) -> Pairing:
    if request is None or now - request.made_at > PAIRING_MS:
        raise UnknownPairing("this pairing code is unknown or older than ten minutes; ask for a new one")
    state: PairingState = "waiting" if request.approved_at is None else "approved"
    return Pairing(request.code, state if request.collected_at is None else "collected")


def _free_name(accounts: Accounts, name: str) -> str:
    """A device that is in use keeps its name and token; the newcomer gets a number behind."""
    taken = {device.name for device in accounts.devices.all() if device.revoked_at is None}
    names = chain([name], (f"{name}-{n}" for n in count(2)))
    return next(free for free in names if free not in taken)
