"""Clerks sign in with a PIN at a paired counter, administrators with a password.

Each in three steps: the try is counted, its secret is verified outside of any transaction, the session is opened.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from kiosk.actions.attempts import Attempt, begin_attempt, begin_attempt_from_anywhere, forgive
from kiosk.actions.counters import assign_clerk, release_clerk
from kiosk.actions.credentials import end_administrator
from kiosk.actions.ports import Accounts, Unit
from kiosk.domain.accounts import ADMINISTRATOR, ClerkAccount
from kiosk.domain.errors import BadRequest, Forbidden
from kiosk.domain.tokens import hash_token, new_token
from kiosk.domain.totp import matching_step
from kiosk.domain.weak_secrets import password_weakness

SESSION_MS = 12 * 3600_000
AT_MACHINE = "machine"  # the source of those who type secrets into a command


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


def begin_clerk_sign_in(accounts: Accounts, device: str, counter: str | None, clerk: str, now: int) -> Attempt:
    """A clerk, by id or name, tries to sign in at the counter of a device.

    Raises Forbidden for a device without a counter, TooMany while the clerk has to wait at this device.
    """
    if counter is None:
        raise Forbidden("pair this device with a counter first")
    account = _active_clerk(accounts, clerk)
    if account is None:
        return begin_attempt(accounts, device, None, clerk, None, now)
    return begin_attempt(accounts, device, account.id, clerk, account.pin_hash, now)


def open_clerk_session(unit: Unit, attempt: Attempt, counter: str) -> OpenedClerkSession | None:
    """After the PIN was found right; None when the clerk was disabled or got another PIN meanwhile."""
    account = _active_clerk(unit, attempt.account or "")
    if account is None or account.pin_hash != attempt.secret_hash:
        return None
    forgive(unit, attempt)
    unit.person = account.id
    token = new_token()
    unit.sessions.add(hash_token(token), account.id, counter, attempt.source, unit.now + SESSION_MS)
    assign_clerk(unit, counter, account.name)
    return OpenedClerkSession(token, account.name, counter)


def sign_out_clerk(unit: Unit, session_token: str | None, counter: str | None) -> None:
    """End the session, if one is named, and leave the counter of the device, if it has one."""
    if session_token:
        unit.sessions.remove(hash_token(session_token))
    if counter is not None:
        release_clerk(unit, counter)


def begin_administrator_sign_in(accounts: Accounts, address: str, name: str, now: int) -> Attempt:
    """Whoever guesses waits at his own address: nobody else is kept from signing in. Raises TooMany."""
    password_hash = accounts.administrators.password_hash(name)
    account = name if password_hash is not None else None
    return begin_attempt_from_anywhere(accounts, f"address {address}", account, name, password_hash, now)


def open_administrator_session(
    accounts: Accounts, attempt: Attempt, now: int, code: str = ""
) -> OpenedAdminSession | None:
    """After the password was found right: twelve hours; None when it was changed meanwhile.

    `code`: of the telephone, for those who have a second factor; each is good once. None when it is wrong.
    """
    name = attempt.account
    if name is None or accounts.administrators.password_hash(name) != attempt.secret_hash:
        return None
    factor = accounts.administrators.second_factor(name)
    if factor is not None:
        step = matching_step(factor.secret, code, now, factor.step)
        if step is None:
            return None
        accounts.administrators.set_second_factor(name, factor._replace(step=step))
    forgive(accounts, attempt)
    token, expires_at = new_token(), now + SESSION_MS
    device = f"admin-{secrets.token_hex(4)}"
    accounts.devices.add(device, "admin", None, hash_token(token), now, expires_at)
    accounts.devices.set_state(device, None, "new", json.dumps({ADMINISTRATOR: name}, ensure_ascii=False))
    return OpenedAdminSession(token, expires_at)


def change_password(accounts: Accounts, attempt: Attempt, password: str, password_hash: str, now: int) -> bool:
    """After the present password was found right; every session of the administrator ends, this one too.

    False when it was changed meanwhile. Raises BadRequest for a password that anybody would guess.
    """
    name = attempt.account
    if name is None or accounts.administrators.password_hash(name) != attempt.secret_hash:
        return False
    if weakness := password_weakness(password, name):
        raise BadRequest(weakness)
    forgive(accounts, attempt)
    accounts.administrators.set_password(name, password_hash)
    end_administrator(accounts, name, now)
    return True


def begin_proof(accounts: Accounts, name: str, now: int) -> Attempt:
    """An administrator (password) or else a clerk (PIN) proves at the machine itself who it is.

    `account` of the attempt is the administrator's name or the clerk's. Raises TooMany.
    """
    password_hash = accounts.administrators.password_hash(name)
    if password_hash is not None:
        return begin_attempt(accounts, AT_MACHINE, name, name, password_hash, now)
    clerk = _active_clerk(accounts, name)
    if clerk is None:
        return begin_attempt(accounts, AT_MACHINE, None, name, None, now)
    return begin_attempt(accounts, AT_MACHINE, clerk.name, name, clerk.pin_hash, now)


def _active_clerk(accounts: Accounts, clerk: str) -> ClerkAccount | None:
    return next((one for one in accounts.clerks.all() if clerk in {one.id, one.name} and not one.disabled), None)
