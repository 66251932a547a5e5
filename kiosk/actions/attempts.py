"""Tries at a secret: each is counted before it is verified, so that no two of them share one count.

A try is begun in a transaction of its own, which is committed; the secret is verified outside of any transaction, since
that takes long; what follows from it is written in a second transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from contract.records import dataclass
from kiosk.domain.errors import TooMany
from kiosk.domain.lock_out import FORGOTTEN_MS, FREE_FAILURES, FREE_OF_SOURCE, block_ms

if TYPE_CHECKING:
    from kiosk.actions.account_ports import Accounts

SecretCheck = Callable[[str | None, str], bool]  # (hash or None, secret as typed): as slow for None as for a hash
EVERYBODY = "*"  # what the failures of all names of one source are counted under


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that counts as failed until it is forgiven. `account`: None when nobody has that name.

    `source`: the device or the address; `secret_hash`: what to verify against.
    """

    source: str
    person: str
    account: str | None
    secret_hash: str | None


def begin_attempt(
    accounts: Accounts, source: str, account: str | None, typed: str, secret_hash: str | None, now: int
) -> Attempt:
    """Count a try; commit it before the secret is verified. Raises TooMany while the person has to wait there.

    Names that nobody has are counted like those of people, so that waiting tells nothing about who exists.
    """
    person = _counted_as(account, typed)
    _count(accounts, source, person, FREE_FAILURES, now)
    return Attempt(source, person, account, secret_hash)


def begin_attempt_from_anywhere(
    accounts: Accounts, address: str, account: str | None, typed: str, secret_hash: str | None, now: int
) -> Attempt:
    """The same for somebody without a device: what all names failed at the address counts as well."""
    _require_no_wait(accounts, address, _counted_as(account, typed), now)
    _require_no_wait(accounts, address, EVERYBODY, now)
    attempt = begin_attempt(accounts, address, account, typed, secret_hash, now)
    _count(accounts, address, EVERYBODY, FREE_OF_SOURCE, now)
    return attempt


def forgive(accounts: Accounts, attempt: Attempt) -> None:
    """The secret was right: the person's failures there are forgotten, and this try is none of the source's."""
    accounts.pin_failures.set(attempt.source, attempt.person, 0, 0)
    failures, waits_until = accounts.pin_failures.get(attempt.source, EVERYBODY)
    if failures:
        accounts.pin_failures.set(attempt.source, EVERYBODY, failures - 1, waits_until)


def _counted_as(account: str | None, typed: str) -> str:
    return account if account is not None else "?" + sha256(typed.encode()).hexdigest()[:16]


def _count(accounts: Accounts, source: str, person: str, free: int, now: int) -> None:
    failures = _require_no_wait(accounts, source, person, now) + 1
    accounts.pin_failures.set(source, person, failures, now + block_ms(failures, free))


def _require_no_wait(accounts: Accounts, source: str, person: str, now: int) -> int:
    """The failures in a row until now. Raises TooMany."""
    failures, waits_until = accounts.pin_failures.get(source, person)
    if now < waits_until:
        raise TooMany.wait("too many wrong tries", (waits_until - now) / 1000)
    return 0 if now - waits_until > FORGOTTEN_MS else failures
