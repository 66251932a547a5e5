"""Clerks sign in with a PIN at a paired counter, other persons with a password.

Each in three steps: the try is counted, its secret is verified outside of any transaction, the session is opened.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from contract.records import dataclass
from kiosk.actions.attempts import Attempt, begin_attempt, begin_attempt_from_anywhere, forgive
from kiosk.actions.counters import assign_clerk, release_clerk
from kiosk.domain.errors import Forbidden, WeakSecret
from kiosk.domain.sittings import sitting_ends
from kiosk.domain.tokens import hash_token, new_token
from kiosk.domain.totp import matching_step
from kiosk.domain.weak_secrets import password_weakness

if TYPE_CHECKING:
    from kiosk.actions.account_ports import Accounts
    from kiosk.actions.ports import Unit
    from kiosk.domain.accounts import ClerkAccount
    from kiosk.domain.persons import PersonRole

SESSION_MS = 12 * 3600_000
AT_MACHINE = "machine"  # the source of those who type secrets into a command


@dataclass(frozen=True, slots=True)
class OpenedClerkSession:
    """`token` is the new session's, known only now; `clerk` a name; `expires_at` in ms since 1970."""

    token: str
    clerk: str
    counter: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class OpenedPersonSession:
    """`token` is the new session's, known only now; `expires_at` in ms since 1970; `name`: the browser's."""

    token: str
    expires_at: int
    person: str
    role: PersonRole
    name: str


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
    """After the PIN was found right; None when the clerk was disabled or got another PIN meanwhile.

    Whoever sat there hands over: their session ends, the citizen at the counter and its open work stay.
    """
    account = _active_clerk(unit, attempt.account or "")
    if account is None or account.pin_hash != attempt.secret_hash:
        return None
    forgive(unit, attempt)
    unit.person = account.id
    token, ends = new_token(), sitting_ends(unit.office.hours, unit.now)
    unit.sessions.end_at(counter)
    unit.sessions.add(hash_token(token), account.id, counter, attempt.source, ends)
    assign_clerk(unit, counter, account.name)
    return OpenedClerkSession(token, account.name, counter, ends)


def sign_out_clerk(unit: Unit, session_token: str | None, counter: str | None) -> None:
    """End the session, if one is named, and leave the counter of the device, if it has one.

    Whoever sat there has no session of it left in any browser.
    """
    if session_token:
        unit.sessions.remove(hash_token(session_token))
    if counter is not None:
        unit.sessions.end_at(counter)
        release_clerk(unit, counter)


def begin_person_sign_in(accounts: Accounts, address: str, name: str, now: int) -> Attempt:
    """Whoever guesses waits at his own address: nobody else is kept from signing in. Raises TooMany."""
    password_hash = _active_password(accounts, name)
    account = name if password_hash is not None else None
    return begin_attempt_from_anywhere(accounts, f"address {address}", account, name, password_hash, now)


def open_person_session(
    accounts: Accounts, attempt: Attempt, now: int, code: str = "", browser: str = ""
) -> OpenedPersonSession | None:
    """After the password was right: twelve hours; None when it was changed or the person disabled meanwhile.

    `code`: of the telephone, for those who have a second factor; each is good once. None when it is wrong.
    `browser`: what the browser calls itself, the same at each sign-in there.
    """
    person = accounts.persons.get(attempt.account or "")
    if person is None or not is_present(accounts, attempt, code, now):
        return None
    token, expires_at = new_token(), now + SESSION_MS
    name = f"{person.role}-{browser or secrets.token_hex(4)}"
    accounts.person_sessions.add(hash_token(token), person.name, name, now, expires_at)
    return OpenedPersonSession(token, expires_at, person.name, person.role, name)


def is_present(accounts: Accounts, attempt: Attempt, code: str, now: int) -> bool:
    """After the password was right: whether it still is, and the telephone's code beside it, if there is one.

    Both are then as if they had never been mistyped; the code is used up.
    """
    name = attempt.account
    if name is None or _active_password(accounts, name) != attempt.secret_hash:
        return False
    factor = accounts.persons.second_factor(name)
    if factor is not None:
        step = matching_step(factor.secret, code, now, factor.step)
        if step is None:
            return False
        accounts.persons.set_second_factor(name, factor._replace(step=step))
    forgive(accounts, attempt)
    return True


def change_password(accounts: Accounts, attempt: Attempt, password: str, password_hash: str) -> bool:
    """After the present password was right; every session of the person ends, this one too.

    False when it was changed meanwhile. Raises WeakSecret for a password that anybody would guess.
    """
    name = attempt.account
    if name is None or _active_password(accounts, name) != attempt.secret_hash:
        return False
    if weakness := password_weakness(password, name):
        raise WeakSecret(weakness)
    forgive(accounts, attempt)
    accounts.persons.set_password(name, password_hash)
    accounts.person_sessions.end_of(name)
    return True


def end_person_session(accounts: Accounts, token_hash: str) -> None:
    """The person signs out in one browser."""
    accounts.person_sessions.remove(token_hash)


def begin_proof(accounts: Accounts, name: str, now: int) -> Attempt:
    """Somebody with a password or else a clerk (PIN) proves at the machine itself who it is.

    `account` of the attempt is the person's name or the clerk's. Raises TooMany.
    """
    password_hash = _active_password(accounts, name)
    if password_hash is not None:
        return begin_attempt(accounts, AT_MACHINE, name, name, password_hash, now)
    clerk = _active_clerk(accounts, name)
    if clerk is None:
        return begin_attempt(accounts, AT_MACHINE, None, name, None, now)
    return begin_attempt(accounts, AT_MACHINE, clerk.name, name, clerk.pin_hash, now)


def _active_clerk(accounts: Accounts, clerk: str) -> ClerkAccount | None:
    return next((one for one in accounts.clerks.all() if clerk in {one.id, one.name} and not one.disabled), None)


def _active_password(accounts: Accounts, name: str) -> str | None:
    """The hash of a person's password; None when nobody has the name, or may sign in under it."""
    person = accounts.persons.get(name)
    return None if person is None or person.disabled else accounts.persons.password_hash(name)
