"""Faults and slips of a printer, by hand-written tables."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from contract.tickets import PrintState
from contract.times import from_rfc3339
from kiosk.domain.calendar import OpeningHours
from kiosk.domain.errors import UnknownSlip
from kiosk.queries.printers import Fault, days, read_history, read_slip, spans
from kiosk.store.slip_history import PrinterChange
from tests.office import OfficeStory

HOURS = OpeningHours(ZoneInfo("Asia/Ho_Chi_Minh"))
NOW = from_rfc3339("2024-04-15T10:00:00+07:00")
PRINTED, NOT_PRINTED, UNKNOWN = PrintState.PRINTED, PrintState.NOT_PRINTED, PrintState.UNKNOWN


def at(minute: int) -> str:
    return f"2024-04-15T01:{minute:02}:00.000Z"


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ([], []),
        ([("recovered", None, 1)], []),
        ([("fault", "paper_out", 1)], [("fault", "paper_out", 1, None)]),
        ([("fault", "paper_out", 1), ("recovered", None, 5)], [("fault", "paper_out", 1, 5)]),
        (
            [("fault", "paper_out", 1), ("fault", "cover_open", 3), ("recovered", None, 5)],
            [("fault", "cover_open", 3, 5), ("fault", "paper_out", 1, 3)],
        ),
        (
            [("offline", "no_answer", 1), ("recovered", None, 2), ("fault", "cutter", 7)],
            [("fault", "cutter", 7, None), ("offline", "no_answer", 1, 2)],
        ),
        ([("recovered", None, 1), ("fault", "cutter", 2), ("recovered", None, 3)], [("fault", "cutter", 2, 3)]),
    ],
)
def test_a_fault_lasts_until_the_next_change(
    changes: list[tuple[str, str | None, int]], faults: list[tuple[str, str | None, int, int | None]]
) -> None:
    seen = spans(PrinterChange(kind, at(minute), reason) for kind, reason, minute in changes)
    assert list(seen) == [
        Fault(kind, reason, at(began), None if ended is None else at(ended)) for kind, reason, began, ended in faults
    ]


def test_the_last_fourteen_dates_newest_first() -> None:
    dates = [date.fromisoformat(one.day) for one in days(HOURS, NOW, [], [])]
    assert dates == [date(2024, 4, 15 - back) for back in range(14)]


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2024-04-15T00:00:00+07:00", "2024-04-15"),
        ("2024-04-14T23:45:00+07:00", "2024-04-14"),
        ("2024-04-14T17:00:00+00:00", "2024-04-15"),
        ("2024-04-02T00:00:00+07:00", "2024-04-02"),
    ],
)
def test_a_slip_is_counted_on_the_local_date_on_which_it_was_spooled(time: str, day: str) -> None:
    counted = [one for one in days(HOURS, NOW, [(from_rfc3339(time), PRINTED, 3)], []) if one.printed]
    assert [(one.day, one.printed) for one in counted] == [(day, 3)]


def test_a_slip_older_than_the_fortnight_is_not_counted() -> None:
    before = from_rfc3339("2024-04-01T23:45:00+07:00")
    assert not any(one.printed for one in days(HOURS, NOW, [(before, PRINTED, 3)], []))


def test_slips_are_counted_by_what_became_of_them() -> None:
    quarter = from_rfc3339("2024-04-15T08:00:00+07:00")
    quarters = [
        (quarter, PRINTED, 7),
        (quarter, NOT_PRINTED, 2),
        (quarter, UNKNOWN, 1),
        (quarter + 900_000, PRINTED, 3),
    ]
    today = days(HOURS, NOW, [*quarters, (quarter, PrintState.QUEUED, 5)], [Fault("fault", "cutter", at(1), at(2))])[0]
    assert (today.printed, today.not_printed, today.unknown, today.faults) == (10, 2, 1, 1)


def test_a_fault_counts_on_the_date_on_which_it_began() -> None:
    faults = [Fault("fault", "cutter", "2024-04-14T16:59:00.000Z", at(1)), Fault("fault", "cutter", at(5))]
    assert [(one.day, one.faults) for one in days(HOURS, NOW, [], faults) if one.faults] == [
        ("2024-04-15", 1),
        ("2024-04-14", 1),
    ]


def test_a_printer_nobody_used_has_an_empty_history(small_office: OfficeStory) -> None:
    with small_office.app.store.reading() as reading:
        history = read_history(reading, small_office.app.office, "hall", small_office.clock.now_ms())
        assert (history.slips, history.faults, history.doubtful) == ((), (), ())
        assert len(history.days) == 14
        with pytest.raises(UnknownSlip):
            read_slip(reading, "hall", "no-such-job")
