"""A slip in the spool: how long it may wait, and whether paper of it may be about."""

from __future__ import annotations

import pytest

from contract.tickets import PrintState
from kiosk.domain.print_job import PrintJob

QUEUED, SENDING = PrintState.QUEUED, PrintState.SENDING
PRINTED, NOT_PRINTED, UNKNOWN = PrintState.PRINTED, PrintState.NOT_PRINTED, PrintState.UNKNOWN


def job(state: PrintState, reason: str | None = None) -> PrintJob:
    return PrintJob("j", "t", "A001", "hall", 0, False, 1_000, state, reason)


@pytest.mark.parametrize(("now", "expired"), [(1_000, False), (31_000, False), (31_001, True)])
def test_a_slip_may_wait_for_half_a_minute(now: int, expired: bool) -> None:
    assert job(QUEUED).has_expired(now) is expired


def test_a_new_slip_is_queued_and_nothing_became_of_it() -> None:
    new = PrintJob("j", "t", "A001", "hall", 0, False, 1_000)
    assert (new.state, new.reason, new.updated_at, new.was_sent) == (QUEUED, None, 0, False)


@pytest.mark.parametrize(
    ("slip", "sent"),
    [
        (job(QUEUED), False),
        (job(SENDING), False),
        (job(PRINTED), True),
        (job(UNKNOWN, "interrupted"), True),
        (job(NOT_PRINTED, "paper_out"), False),
        (job(NOT_PRINTED, "seen_by_clerk"), True),
    ],
)
def test_paper_of_a_slip_may_be_about_if_it_was_sent(slip: PrintJob, sent: bool) -> None:
    assert slip.was_sent is sent
