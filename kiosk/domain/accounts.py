"""Who may act: devices with their tokens, clerks with their PINs, and what came of pairing and signing in.

Times are ms since 1970 UTC.
"""

from __future__ import annotations

from typing import NamedTuple


class RegisteredDevice(NamedTuple):
    """What holds a token. `state` is "new", "online", "offline" or "fault"; `report` its last heartbeat, as JSON."""

    name: str
    role: str
    counter: str | None
    made_at: int
    expires_at: int | None
    revoked_at: int | None
    seen_at: int | None
    state: str
    report: str

    def has_valid_token(self, now: int) -> bool:
        """Whether its token may still be used: not revoked, not expired."""
        return not self.revoked_at and (self.expires_at is None or now <= self.expires_at)


class PairingRequest(NamedTuple):
    """A device that asks to become one of the office: shows `code` until somebody approves it.

    Its token is collected with another secret, which it shows to nobody. `address`: from where it asked.
    """

    code: str
    role: str
    name: str
    counter: str | None
    made_at: int
    approved_at: int | None
    tries: int
    collected_at: int | None
    secret_hash: str | None
    address: str | None


class SecondFactor(NamedTuple):
    """Of a person; `step`: the last one whose code was used."""

    secret: str
    step: int


class ClerkAccount(NamedTuple):
    """A clerk; a disabled one cannot sign in."""

    id: str
    name: str
    pin_hash: str
    disabled: bool


class ClerkSession(NamedTuple):
    """A clerk (by id) signed in at the counter of a paired device."""

    clerk: str
    counter: str
    device: str
    expires_at: int

    def has_ended(self, now: int) -> bool:
        return now > self.expires_at


class PinFailures(NamedTuple):
    """Wrong PINs of one person at one device since the last right one."""

    failures: int = 0
    blocked_until: int = 0
