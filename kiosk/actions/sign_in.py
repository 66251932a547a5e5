"""Clerks sign in with a PIN at a paired counter, administrators with a password."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.actions.counters import assign_clerk, release_clerk
from kiosk.actions.ports import Accounts, Unit
from kiosk.domain.accounts import ADMINISTRATOR
from kiosk.domain.errors import Forbidden, TooMany
from kiosk.domain.lock_out import ADMINISTRATOR_BLOCKS_MS, CLERK_BLOCKS_MS, block_ms
from kiosk.domain.tokens import hash_token, new_token

SESSION_MS = 12 * 3600_000
ADMINISTRATION = "admin"  # the device under which the failures of administrators are counted
AT_MACHINE = "machine"  # the same of those who type secrets into a command
SecretCheck = Callable[[str | None, str], bool]  # (hash or None, secret as typed): as slow for None as for a hash


@dataclass(frozen=True, slots=True)
class OpenedClerkSession:
    """`token` is the new session's, known only now; `clerk` a name."""

    token: str
    clerk: str
    counter: str


@dataclass(frozen=True, slots=True)
class OpenedAdminSession:
    """`token` is that of a device made for the session; `expires_at` in ms since 1970."""

    token: str
    expires_at: int


def sign_in_clerk(
    unit: Unit, device: str, counter: str | None, clerk: str, pin: str, same_secret: SecretCheck
) -> OpenedClerkSession | None:
    """A clerk, by id or name, signs in at the counter of a device.

    None when clerk or PIN is wrong: the failure is counted, so the transaction must be committed. Raises Forbidden
    for a device without a counter, TooMany while the clerk is locked out at this device.
    """
    if counter is None:
        raise Forbidden("pair this device with a counter first")
    failures = _failures(unit, device, clerk, unit.now, "PINs")
    account = next((one for one in unit.clerks.all() if clerk in {one.id, one.name} and not one.disabled), None)
    if not same_secret(account.pin_hash if account else None, pin) or account is None:
        failures += 1
        blocked_until = unit.now + block_ms(failures, CLERK_BLOCKS_MS)
        unit.pin_failures.set(device, clerk, failures, blocked_until)
        return None
    unit.pin_failures.set(device, clerk, 0, 0)
    unit.person = account.id
    token = new_token()
    unit.sessions.add(hash_token(token), account.id, counter, device, unit.now + SESSION_MS)
    assign_clerk(unit, counter, account.name)
    return OpenedClerkSession(token, account.name, counter)


def sign_out_clerk(unit: Unit, session_token: str | None, counter: str | None) -> None:
    """End the session, if one is named, and leave the counter of the device, if it has one."""
    if session_token:
        unit.sessions.remove(hash_token(session_token))
    if counter is not None:
        release_clerk(unit, counter)


def require_not_locked_out(accounts: Accounts, administrator: str, now: int) -> None:
    """Raises TooMany while an administrator is locked out."""
    _failures(accounts, ADMINISTRATION, administrator, now, "passwords")


def sign_in_administrator(
    accounts: Accounts, name: str, password_is_right: bool, now: int
) -> OpenedAdminSession | None:
    """Open a session of twelve hours; None when the password is wrong: the failure is counted, so commit.

    The password is checked before, since that takes long and would keep other writers waiting. Raises TooMany.
    """
    failures = _failures(accounts, ADMINISTRATION, name, now, "passwords")
    if not password_is_right:
        failures += 1
        blocked_until = now + block_ms(failures, ADMINISTRATOR_BLOCKS_MS)
        accounts.pin_failures.set(ADMINISTRATION, name, failures, blocked_until)
        return None
    accounts.pin_failures.set(ADMINISTRATION, name, 0, 0)
    token, expires_at = new_token(), now + SESSION_MS
    device = f"admin-{secrets.token_hex(4)}"
    accounts.devices.add(device, "admin", None, hash_token(token), now, expires_at)
    accounts.devices.set_state(device, None, "new", json.dumps({ADMINISTRATOR: name}, ensure_ascii=False))
    return OpenedAdminSession(token, expires_at)


def prove_person(accounts: Accounts, name: str, secret: str, same_secret: SecretCheck, now: int) -> str | None:
    """The account of an administrator (password) or else of a clerk (PIN) at the machine itself.

    None when it is not that person: the failure is counted, so commit. Raises TooMany.
    """
    failures = _failures(accounts, AT_MACHINE, name, now, "passwords")
    password_hash, account = accounts.administrators.password_hash(name), name
    if password_hash is None:
        clerk = next((one for one in accounts.clerks.all() if name in {one.id, one.name} and not one.disabled), None)
        password_hash, account = (clerk.pin_hash, clerk.name) if clerk else (None, name)
    if not same_secret(password_hash, secret):
        failures += 1
        accounts.pin_failures.set(AT_MACHINE, name, failures, now + block_ms(failures, CLERK_BLOCKS_MS))
        return None
    accounts.pin_failures.set(AT_MACHINE, name, 0, 0)
    return account


def _failures(accounts: Accounts, device: str, person: str, now: int, secrets_typed: str) -> int:
    """Wrong secrets in a row. Raises TooMany while the person is locked out at the device."""
    failures, blocked_until = accounts.pin_failures.get(device, person)
    if now < blocked_until:
        raise TooMany(f"too many wrong {secrets_typed}; wait {(blocked_until - now) // 1000 + 1} s")
    return failures
