"""What a technician sees of slips and printers."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from contract.tickets import PrintState, TicketState
from kiosk.domain.print_job import DoubtfulSlip, PrintJob
from kiosk.store.journal import JournalEntry, canonical
from kiosk.store.slip_history import PrinterChange
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import DAY, EPOCH, NOW
from tests.kiosk.store.test_tickets import WAITING

QUARTER_MS = 900_000
QUARTER = NOW // QUARTER_MS * QUARTER_MS


def job_id(at: int, n: int = 0) -> str:
    """As a UUIDv7 made at that time."""
    text = f"{at:012x}"
    return f"{text[:8]}-{text[8:]}-7000-8000-{n:012d}"


def job(at: int, n: int = 0, printer: str = "hall", state: PrintState = PrintState.PRINTED) -> PrintJob:
    return PrintJob(job_id(at, n), f"t{n}", f"A{n:03d}", printer, 0, True, at, state, None, at)


def add(tables: OfficeTables, *jobs: PrintJob) -> None:
    for one in jobs:
        tables.spool.add(one)


def test_the_last_slips_of_a_printer_come_newest_first(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, job(NOW), job(NOW + 2, 2), job(NOW + 1, 1), job(NOW + 3, 3, "door"))
    add(other, job(NOW + 9, 9))
    assert tables.slip_history.latest("hall", 2) == [job(NOW + 2, 2), job(NOW + 1, 1)]
    assert len(tables.slip_history.latest("hall", 9)) == 3


def test_one_slip_is_found_at_its_printer_only(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, job(NOW))
    add(other, job(NOW, 5))
    assert tables.slip_history.get("hall", job_id(NOW)) == job(NOW)
    assert tables.slip_history.get("door", job_id(NOW)) is None
    assert tables.slip_history.get("hall", job_id(NOW, 5)) is None


def test_slips_are_counted_by_quarter_of_an_hour_and_outcome(tables: OfficeTables, other: OfficeTables) -> None:
    printed, unknown = PrintState.PRINTED, PrintState.UNKNOWN
    add(tables, job(QUARTER - 1, 1), job(QUARTER, 2), job(QUARTER + 1, 3), job(QUARTER + QUARTER_MS, 4, state=unknown))
    add(tables, job(QUARTER, 5, "door"))
    add(other, job(QUARTER, 6))
    assert sorted(tables.slip_history.quarters("hall", QUARTER)) == [
        (QUARTER, printed, 2),
        (QUARTER + QUARTER_MS, unknown, 1),
    ]
    assert (QUARTER - QUARTER_MS, printed, 1) in tables.slip_history.quarters("hall", QUARTER - 1)


def test_slips_in_doubt_are_those_of_the_day_by_time_of_issue(tables: OfficeTables, other: OfficeTables) -> None:
    unsure = WAITING._replace(print_state=PrintState.UNKNOWN, print_reason="no_answer")
    tables.tickets.add(unsure._replace(issued_at=NOW + 5))
    tables.tickets.add(unsure._replace(id="t2", number="A002", issued_at=NOW, state=TicketState.SERVING))
    tables.tickets.add(WAITING._replace(id="t3", number="A003", print_state=PrintState.PRINTED))
    tables.tickets.add(unsure._replace(id="t4", business_date="2024-04-14"))
    other.tickets.add(unsure)
    assert tables.slip_history.doubtful(DAY) == [
        DoubtfulSlip("t2", "A002", "SERVING", "no_answer", NOW),
        DoubtfulSlip("t1", "A001", "WAITING", "no_answer", NOW + 5),
    ]


def event(seq: int, kind: str, subject: str, what: str = "printer", reason: str | None = "paper_out") -> JournalEntry:
    body = {
        "actor": {},
        "data": {"kind": what, "reason": reason},
        "seq": seq,
        "subject": subject,
        "time": f"2024-04-15T01:00:0{seq}.000Z",
        "type": kind,
    }
    return JournalEntry(seq, canonical(body))


def test_changes_of_a_printer_are_read_from_the_journal(tables: OfficeTables, other: OfficeTables) -> None:
    tables.journal.append(
        EPOCH,
        [
            event(1, "device.fault", "hall"),
            event(2, "device.fault", "door"),
            event(3, "ticket.called", "hall"),
            event(4, "device.offline", "hall", what="kiosk"),
            event(5, "device.recovered", "hall", reason=None),
        ],
    )
    tables.journal.append("epoch-0", [event(6, "device.fault", "hall")])
    other.journal.append(EPOCH, [event(7, "device.fault", "hall")])
    assert list(tables.slip_history.changes(EPOCH, 5, "hall")) == [
        PrinterChange("fault", "2024-04-15T01:00:01.000Z", "paper_out"),
        PrinterChange("recovered", "2024-04-15T01:00:05.000Z", None),
    ]
    assert list(tables.slip_history.changes(EPOCH, 5, "hal%")) == []


@pytest.mark.parametrize(("last_seq", "found"), [(50_000, 1), (50_001, 0)])
def test_changes_are_looked_for_in_the_last_fifty_thousand_events(
    tables: OfficeTables, last_seq: int, found: int
) -> None:
    tables.journal.append(EPOCH, [event(1, "device.fault", "hall")])
    assert len(list(tables.slip_history.changes(EPOCH, last_seq, "hall"))) == found


def test_an_event_without_reason_is_a_change_without_reason(tables: OfficeTables) -> None:
    entry = event(1, "device.fault", "hall")
    body = json.loads(entry.body)
    del body["data"]["reason"]
    tables.journal.append(EPOCH, [replace(entry, body=canonical(body))])
    assert [change.reason for change in tables.slip_history.changes(EPOCH, 1, "hall")] == [None]


def test_a_slip_made_at_the_first_moment_counts(tables: OfficeTables) -> None:
    add(tables, replace(job(QUARTER), id=f"{QUARTER:012x}"[:8] + "-" + f"{QUARTER:012x}"[8:]))
    assert tables.slip_history.quarters("hall", QUARTER) == [(QUARTER, PrintState.PRINTED, 1)]
