"""Print jobs: first come, first printed; a claim counts once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract.tickets import PrintState
from kiosk.domain.print_job import PrintJob
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW

JOB = PrintJob("j1", "t1", "A001", "hall", 4, False, NOW, PrintState.QUEUED, None, NOW)


def job(name: str, at: int, printer: str = "hall", state: PrintState = PrintState.QUEUED) -> PrintJob:
    return replace(JOB, id=name, created_at=at, printer=printer, state=state)


def add(tables: OfficeTables, *jobs: PrintJob) -> None:
    for one in jobs:
        tables.spool.add(one)


def names(jobs: list[PrintJob]) -> list[str]:
    return [one.id for one in jobs]


@pytest.mark.parametrize("one", [JOB, replace(JOB, marked=True, state=PrintState.SENDING, reason="x", updated_at=9)])
def test_a_job_is_read_as_it_was_spooled(tables: OfficeTables, one: PrintJob) -> None:
    add(tables, one)
    (found,) = tables.spool.of_ticket("t1")
    assert found == one
    assert (type(found.marked), type(found.state)) == (bool, PrintState)


def test_slips_come_out_in_the_order_of_their_tickets(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, job("c", 3), job("b", 1), job("a", 1), job("door", 0, "door"))
    add(tables, job("sent", 0, state=PrintState.SENDING), job("printed", 0, state=PrintState.PRINTED))
    add(other, job("theirs", 0))
    found = tables.spool.next_for("hall")
    assert found is not None and found.id == "a"
    assert names(tables.spool.queued_for("hall", 10)) == ["a", "b", "c"]
    assert names(tables.spool.queued_for("hall", 2)) == ["a", "b"]
    assert tables.spool.next_for("window") is None


def test_what_is_queued_or_being_sent_is_unsettled_at_every_printer(tables: OfficeTables, other: OfficeTables) -> None:
    for n, state in enumerate(PrintState):
        add(tables, job(state.value, 10 - n, "hall" if n % 2 else "door", state))
    add(other, job("theirs", 0), job("theirs too", 0, state=PrintState.SENDING))
    assert sorted(names(tables.spool.unsettled())) == ["QUEUED", "SENDING"]
    assert names(tables.spool.sending()) == ["SENDING"]


def test_unsettled_jobs_come_oldest_first(tables: OfficeTables) -> None:
    add(tables, job("b", 2), job("z", 1, "door"), job("a", 2))
    assert names(tables.spool.unsettled()) == ["z", "a", "b"]


def test_the_slips_of_a_ticket_come_newest_first(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, job("first", 1), job("second", 2), job("second b", 2), replace(job("x", 9), ticket="t2"))
    add(other, job("theirs", 5))
    assert names(tables.spool.of_ticket("t1")) == ["second b", "second", "first"]


def test_a_job_is_claimed_once(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        add(office, JOB, job("j2", 5))
    assert tables.spool.move("j1", PrintState.QUEUED, PrintState.SENDING, None, NOW + 1)
    assert not tables.spool.move("j1", PrintState.QUEUED, PrintState.SENDING, None, NOW + 2)
    assert not tables.spool.move("j9", PrintState.QUEUED, PrintState.SENDING, None, NOW)
    assert tables.spool.of_ticket("t1")[0] == replace(JOB, state=PrintState.SENDING, updated_at=NOW + 1)
    assert tables.spool.move("j1", PrintState.SENDING, PrintState.UNKNOWN, "no_answer", NOW + 3)
    assert tables.spool.of_ticket("t1")[0] == replace(
        JOB, state=PrintState.UNKNOWN, reason="no_answer", updated_at=NOW + 3
    )
    assert tables.spool.next_for("hall") == job("j2", 5)
    assert names(other.spool.queued_for("hall", 9)) == ["j2", "j1"]


def test_a_slip_of_which_nothing_was_sent_goes_to_another_printer_in_its_old_place(
    tables: OfficeTables, other: OfficeTables
) -> None:
    for office in (tables, other):
        add(office, replace(JOB, state=PrintState.SENDING, reason="cover_open"), job("j2", 5, state=PrintState.SENDING))
    add(tables, job("later", NOW + 1, "door"))
    assert tables.spool.reroute("j1", PrintState.SENDING, "door", NOW + 7)
    assert not tables.spool.reroute("j1", PrintState.SENDING, "door", NOW + 8)
    assert tables.spool.next_for("door") == replace(JOB, printer="door", updated_at=NOW + 7)
    assert names(tables.spool.sending()) == ["j2"]
    assert sorted(names(other.spool.sending())) == ["j1", "j2"]
