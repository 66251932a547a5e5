"""The outcome of printing: PRINTED, NOT_PRINTED or UNKNOWN, recorded once."""

from __future__ import annotations

import pytest

from contract.tickets import PrintState
from kiosk.actions import slips
from kiosk.actions.slip_decisions import decide_slip
from kiosk.domain.errors import IllegalTransition, UnknownTicket
from kiosk.domain.print_job import PrintJob
from tests.kiosk.actions.memory import MONDAY, MemoryUnit
from tests.kiosk.actions.test_calling import issue

QUEUED, SENDING = PrintState.QUEUED, PrintState.SENDING
PRINTED, NOT_PRINTED, UNKNOWN = PrintState.PRINTED, PrintState.NOT_PRINTED, PrintState.UNKNOWN


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


def spool(unit: MemoryUnit, printer: str = "hall", state: PrintState = QUEUED, age: int = 0) -> PrintJob:
    """A slip of a new ticket, `age` ms old."""
    ticket = issue(unit)
    job = PrintJob(f"job-{ticket.number}", ticket.id, ticket.number, printer, 0, False, unit.now - age, state)
    unit.spool.add(job)
    unit.tickets.set_print_state(ticket.id, state, None)
    return job


def printed_as(unit: MemoryUnit, job: PrintJob) -> tuple[PrintState, str | None]:
    """What spool and ticket agree on."""
    row, ticket = unit.spool.rows[job.id], unit.tickets.get(job.ticket)
    assert (row.state, row.reason) == (ticket.print_state, ticket.print_reason)
    return row.state, row.reason


def test_slips_of_a_printer_are_claimed_one_by_one_the_oldest_first(unit: MemoryUnit) -> None:
    late, early, other = spool(unit), spool(unit, age=1_000), spool(unit, "side", age=2_000)
    claimed = [slips.claim(unit, "hall") for _ in range(3)]
    assert [job.id if job else None for job in claimed] == [early.id, late.id, None]
    assert [printed_as(unit, job) for job in (early, late, other)] == [(SENDING, None), (SENDING, None), (QUEUED, None)]
    assert unit.spool.rows[early.id].updated_at == MONDAY


@pytest.mark.parametrize(("age", "claimed"), [(0, True), (30_000, True), (30_001, False)])
def test_a_slip_of_half_a_minute_ago_no_longer_comes_out(unit: MemoryUnit, age: int, claimed: bool) -> None:
    spool(unit, age=age)
    assert (slips.claim(unit, "hall") is not None) is claimed


def test_a_slip_that_another_took_meanwhile_is_not_claimed(unit: MemoryUnit, monkeypatch: pytest.MonkeyPatch) -> None:
    job = spool(unit)
    monkeypatch.setattr(unit.spool, "next_for", lambda printer: job)
    unit.spool.move(job.id, QUEUED, NOT_PRINTED, "paper_out", MONDAY)
    assert slips.claim(unit, "hall") is None
    assert unit.tickets.get(job.ticket).print_state is QUEUED


def test_a_slip_handed_over_waits_at_the_other_printer_in_its_old_place(unit: MemoryUnit) -> None:
    job = spool(unit, age=1_000)
    spool(unit, "side")
    claimed = slips.claim(unit, "hall")
    assert claimed is not None
    slips.reroute_slip(unit, claimed, "side")
    assert printed_as(unit, job) == (QUEUED, None)
    again = slips.claim(unit, "side")
    assert again is not None and again.id == job.id


def test_a_slip_that_is_settled_is_not_handed_over(unit: MemoryUnit) -> None:
    job = spool(unit, state=PRINTED)
    slips.reroute_slip(unit, job, "side")
    assert printed_as(unit, job) == (PRINTED, None)


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [(PRINTED, "slip.printed"), (NOT_PRINTED, "slip.not_printed"), (UNKNOWN, "slip.unknown")],
)
def test_an_outcome_is_recorded_once(unit: MemoryUnit, outcome: PrintState, kind: str) -> None:
    job = spool(unit, state=SENDING)
    unit.events.clear()
    slips.settle(unit, job, SENDING, outcome, "paper_out")
    slips.settle(unit, job, SENDING, PRINTED, None)
    assert printed_as(unit, job) == (outcome, "paper_out")
    assert unit.events == [(kind, job.ticket, {"number": "A001", "printer": "hall", "reason": "paper_out"})]


def test_a_printer_that_stands_still_refuses_all_its_slips(unit: MemoryUnit) -> None:
    jobs = [spool(unit) for _ in range(2)]
    other, sending = spool(unit, "side"), spool(unit, state=SENDING)
    assert slips.refuse(unit, "hall", "cover_open") == 2
    assert [printed_as(unit, job) for job in jobs] == [(NOT_PRINTED, "cover_open")] * 2
    assert [printed_as(unit, job)[0] for job in (other, sending)] == [QUEUED, SENDING]
    assert slips.refuse(unit, "hall", "cover_open") == 0


def test_slips_are_refused_fifty_and_expire_two_hundred_at_a_time(unit: MemoryUnit) -> None:
    for _ in range(260):
        spool(unit, age=40_000)
    assert slips.refuse(unit, "hall", "cover_open") == 50
    assert slips.expire(unit, "hall", "cover_open") == 200
    assert slips.expire(unit, "hall", "cover_open") == 10


def test_slips_older_than_half_a_minute_are_not_printed_ever(unit: MemoryUnit) -> None:
    stale, fresh = spool(unit, age=30_001), spool(unit, age=30_000)
    assert slips.expire(unit, "hall", "paper_out") == 1
    assert (printed_as(unit, stale), printed_as(unit, fresh)) == ((NOT_PRINTED, "paper_out"), (QUEUED, None))


def test_after_a_crash_nobody_knows_of_the_slip_that_was_being_sent(unit: MemoryUnit) -> None:
    sent, other, waits = spool(unit, state=SENDING), spool(unit, "side", SENDING), spool(unit)
    assert slips.recover(unit, "hall") == 1
    assert printed_as(unit, sent) == (UNKNOWN, "interrupted")
    assert [printed_as(unit, job)[0] for job in (other, waits)] == [SENDING, QUEUED]


def test_slips_of_a_printer_that_left_are_settled(unit: MemoryUnit) -> None:
    kept, waits, sent = spool(unit), spool(unit, "old"), spool(unit, "old", SENDING)
    assert slips.settle_orphans(unit, ["hall", "side"]) == 2
    assert printed_as(unit, kept) == (QUEUED, None)
    assert printed_as(unit, waits) == (NOT_PRINTED, "unsupported")
    assert printed_as(unit, sent) == (UNKNOWN, "interrupted")


def job(state: PrintState, reason: str | None = None) -> PrintJob:
    return PrintJob("j", "t", "A001", "hall", 0, False, 0, state, reason)


@pytest.mark.parametrize(
    ("newest_first", "doubt"),
    [
        ([], False),
        ([job(NOT_PRINTED, "paper_out")], False),
        ([job(PRINTED)], False),
        ([job(PRINTED, "no_proof")], False),
        ([job(UNKNOWN, "interrupted")], True),
        ([job(UNKNOWN, "no_proof")], False),
        ([job(NOT_PRINTED, "seen_by_clerk")], True),
        ([job(NOT_PRINTED, "paper_out"), job(UNKNOWN, "timeout")], True),
        ([job(PRINTED), job(UNKNOWN, "timeout")], False),
        ([job(UNKNOWN, "timeout"), job(PRINTED)], True),
    ],
)
def test_the_last_slip_that_was_sent_leaves_a_doubt_or_not(newest_first: list[PrintJob], doubt: bool) -> None:
    assert slips.left_in_doubt(newest_first) is doubt


@pytest.mark.parametrize(("came_out", "state"), [(True, PRINTED), (False, NOT_PRINTED)])
def test_a_clerk_decides_of_a_slip_in_doubt(unit: MemoryUnit, came_out: bool, state: PrintState) -> None:
    slip = spool(unit, state=UNKNOWN)
    unit.events.clear()
    ticket = decide_slip(unit, slip.ticket, came_out)
    assert ticket == unit.tickets.get(slip.ticket)
    assert (ticket.print_state, ticket.print_reason) == (state, "seen_by_clerk")
    assert [(kind, data["reason"]) for kind, _, data in unit.events] == [
        (f"slip.{state.value.lower()}", "seen_by_clerk")
    ]


@pytest.mark.parametrize("state", [QUEUED, SENDING, PRINTED, NOT_PRINTED])
def test_there_is_nothing_to_decide_of_any_other_slip(unit: MemoryUnit, state: PrintState) -> None:
    slip = spool(unit, state=state)
    with pytest.raises(IllegalTransition, match="the slip of A001 is not in doubt") as refused:
        decide_slip(unit, slip.ticket, True)
    assert refused.value.facts == {"number": "A001", "state": state.value}


def test_only_the_newest_slip_of_a_ticket_is_decided(unit: MemoryUnit) -> None:
    old = spool(unit, state=UNKNOWN)
    unit.spool.add(PrintJob("job-2", old.ticket, old.number, "hall", 0, True, unit.now, PRINTED))
    with pytest.raises(IllegalTransition):
        decide_slip(unit, old.ticket, True)


def test_a_ticket_without_slip_has_nothing_to_decide(unit: MemoryUnit) -> None:
    with pytest.raises(IllegalTransition):
        decide_slip(unit, issue(unit).id, True)
    with pytest.raises(UnknownTicket):
        decide_slip(unit, "none", True)
