"""Polls of a printer: what is published at once, what becomes an event, and what the roll learns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.printing.health_monitor import HealthMonitor, is_event
from kiosk.store.failures import StorageBusy
from tests.kiosk.printing.fake_printer import OK, OUT, SILENT, FakePrinter, PrintOffice
from ticket_printer.protocol.status import Status

OPEN, NEAR = Status("FAULT", "cover_open"), Status("OK", near_end=True)


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        (None, ("ok", None), False),
        (None, ("unknown", "no_answer"), False),
        (None, ("fault", "paper_out"), True),
        (("ok", None), ("fault", "paper_out"), True),
        (("fault", "paper_out"), ("fault", "cover_open"), True),
        (("fault", "paper_out"), ("ok", None), True),
        (("ok", None), ("unknown", "no_answer"), True),
        (("unknown", "no_answer"), ("unknown", "unreachable"), False),
        (("unknown", "no_answer"), ("ok", None), True),
        (("unknown", "no_answer"), ("fault", "paper_out"), True),
    ],
)
def test_a_fault_a_silence_and_the_return_from_either_are_events(before: object, after: object, event: bool) -> None:
    assert is_event(before, after) is event  # type: ignore[arg-type]


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintOffice]:
    made = PrintOffice(str(home), monkeypatch, hall="gate", gate=None)
    yield made
    made.close()


@pytest.fixture
def printer(office: PrintOffice) -> FakePrinter:
    return office.printers["hall"]


@pytest.fixture
def monitor(office: PrintOffice, printer: FakePrinter) -> HealthMonitor:
    return HealthMonitor(office.app, "hall", "gate", printer)  # type: ignore[arg-type]


def poll(office: PrintOffice, monitor: HealthMonitor, printer: FakePrinter, status: Status) -> None:
    office.clock.passes(2)
    printer.now = status
    monitor.poll()


def test_before_the_first_poll_a_printer_is_unknown(office: PrintOffice, monitor: HealthMonitor) -> None:
    shape = office.health()
    assert (shape["state"], shape["reason"], shape["slips_left"]) == ("unknown", "no_answer", None)
    assert (shape["fallback"], shape["since"]) == ("gate", office.clock.now_ms())
    assert monitor.is_due


def test_a_printer_is_due_when_a_second_has_gone_by(office: PrintOffice, monitor: HealthMonitor) -> None:
    monitor.poll()
    assert not monitor.is_due
    office.clock.passes(1.0)
    assert not monitor.is_due
    office.clock.passes(0.1)
    assert monitor.is_due


def test_the_state_has_the_time_since_which_it_holds_and_of_the_last_poll(
    office: PrintOffice, monitor: HealthMonitor, printer: FakePrinter
) -> None:
    poll(office, monitor, printer, OUT)
    began = office.clock.now_ms()
    poll(office, monitor, printer, OUT)
    shape = office.health()
    assert (shape["state"], shape["reason"]) == ("fault", "paper_out")
    assert (shape["since"], shape["checked_at"]) == (began, office.clock.now_ms())
    assert monitor.has_fault and monitor.reason == "paper_out"
    poll(office, monitor, printer, OPEN)
    assert office.health()["since"] == office.clock.now_ms(), "another cause is another state"
    poll(office, monitor, printer, OK)
    assert not monitor.has_fault and monitor.reason is None


def test_only_changes_are_events(office: PrintOffice, monitor: HealthMonitor, printer: FakePrinter) -> None:
    for status in (OK, OK, OUT, OUT, OPEN, SILENT, Status("UNKNOWN", "unreachable"), OK, OK):
        poll(office, monitor, printer, status)
    assert office.device_events() == [
        ("device.fault", "paper_out"),
        ("device.fault", "cover_open"),
        ("device.offline", "no_answer"),
        ("device.recovered", None),
    ]


def test_a_busy_database_hides_no_fault_and_its_event_comes_with_the_next_poll(
    office: PrintOffice, monitor: HealthMonitor, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll(office, monitor, printer, OK)

    def busy(*_: object) -> None:
        raise StorageBusy("held by another program")

    with monkeypatch.context() as patch:
        patch.setattr(office.app.store, "unit", busy)
        with pytest.raises(StorageBusy):
            poll(office, monitor, printer, OUT)
    assert office.health()["reason"] == "paper_out"
    assert office.device_events() == []
    poll(office, monitor, printer, OUT)
    assert office.device_events() == [("device.fault", "paper_out")]


def test_a_fault_that_no_poll_saw_comes_after_a_busy_database_and_before_the_return(
    office: PrintOffice, monitor: HealthMonitor, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll(office, monitor, printer, OK)
    monitor.note_failed_slip("cover_open")

    def busy(*_: object) -> None:
        raise StorageBusy("held by another program")

    with monkeypatch.context() as patch:
        patch.setattr(office.app.store, "unit", busy)
        with pytest.raises(StorageBusy):
            poll(office, monitor, printer, OK)
    poll(office, monitor, printer, OK)
    poll(office, monitor, printer, OK)
    assert office.device_events() == [("device.fault", "cover_open"), ("device.recovered", None)]


def test_a_warning_shows_how_many_slips_are_left_and_only_who_opens_the_printer_renews_the_roll(
    office: PrintOffice, monitor: HealthMonitor, printer: FakePrinter
) -> None:
    left = []
    for _ in range(3):
        with office.story.unit() as unit:
            monitor.paper.use_slip(unit)
    for status in (OK, NEAR, OK, NEAR, OPEN, OK, OUT, OPEN, SILENT, OK):
        poll(office, monitor, printer, status)
        left.append(office.health()["slips_left"])
    assert left == [697, 25, 697, 25, 25, 700, 0, 0, 0, 700]
    poll(office, monitor, printer, NEAR)
    assert office.health()["for_staff"] == "Giấy sắp hết: còn khoảng 25 phiếu."


@pytest.mark.parametrize(
    ("between", "left"), [(SILENT, 700), (OPEN, 700), (Status("FAULT", "cutter", near_end=True), 700), (NEAR, 697)]
)
def test_a_warning_that_ends_is_a_new_roll_after_a_silence_or_a_fault_and_a_flicker_otherwise(
    office: PrintOffice, monitor: HealthMonitor, printer: FakePrinter, between: Status, left: int
) -> None:
    for _ in range(3):
        with office.story.unit() as unit:
            monitor.paper.use_slip(unit)
    for status in (OK, NEAR, between, OK):
        poll(office, monitor, printer, status)
    assert office.health()["slips_left"] == left


def test_each_slip_takes_one_from_the_roll(office: PrintOffice, monitor: HealthMonitor, printer: FakePrinter) -> None:
    poll(office, monitor, printer, OK)
    for _ in range(3):
        with office.story.unit() as unit:
            monitor.paper.use_slip(unit)
    poll(office, monitor, printer, OK)
    assert office.health()["slips_left"] == 697
    assert monitor.paper.left == 697


def test_a_slip_in_the_presenter_is_why_none_can_follow_and_no_fault(
    office: PrintOffice, monitor: HealthMonitor, printer: FakePrinter
) -> None:
    poll(office, monitor, printer, Status("OK", slip_waiting=True))
    assert (monitor.has_fault, monitor.reason) == (False, "not_taken")
    shape = office.health()
    assert (shape["state"], shape["mouth"], shape["for_citizen"]) == ("ok", True, "Mời bà con lấy phiếu.")
    printer.ejected = 1
    poll(office, monitor, printer, OK)
    assert office.health()["held_out"] == {"number": None, "state": "thrown_out", "since": office.clock.now_ms()}


def test_what_a_printer_cannot_say_is_its_nature_and_no_state(
    office: PrintOffice, monitor: HealthMonitor, printer: FakePrinter
) -> None:
    printer.mute = True
    poll(office, monitor, printer, SILENT)
    assert office.health()["mute"] is True
