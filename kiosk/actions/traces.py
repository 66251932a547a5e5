"""What is told of access in the journal: sign-ins, refusals, locks, guesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.events.access import AccountLocked, SecretsGuessed, SignedIn, SignInRefused

if TYPE_CHECKING:
    from contract.access_events import Secret
    from kiosk.actions.attempts import Attempt
    from kiosk.actions.ports import Unit


def record_sign_in(unit: Unit, what: Secret, account: str, address: str | None, counter: str | None = None) -> None:
    unit.record(SignedIn(what, account, address, counter))


def record_refusal(unit: Unit, what: Secret, attempt: Attempt, address: str | None, counter: str | None = None) -> None:
    """A wrong secret; when the account has to wait now, that as well. What was typed as a name is told nowhere."""
    failures, waits_until = unit.pin_failures.get(attempt.source, attempt.person)
    unit.record(SignInRefused(what, attempt.account, address, counter, failures))
    wait_s = (waits_until - unit.now) // 1000
    if wait_s > 0:
        unit.record(AccountLocked(what, attempt.account, address, counter, failures, wait_s))


def record_guesses(unit: Unit, address: str | None, count: int) -> None:
    """So many unknown tokens came from an address."""
    unit.record(SecretsGuessed("token", None, address, None, count))
