"""Commit, then print: what the office learns of each slip."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.schema import PrinterSection
from contract.tickets import PrintState
from kiosk.actions import slips, tickets
from kiosk.domain.ticket import Ticket
from kiosk.printing.slip_content import ticket_slip
from kiosk.printing.worker import PrintWorker
from tests.office import OfficeStory, sample_configuration
from tests.ticket_printer.slips import until
from ticket_printer.delivery.driver import TicketPrinter
from ticket_printer.rendering.raster import draw
from ticket_printer.simulator.printer import SimulatedPrinter


@pytest.fixture
def device(tmp_path: Path) -> Iterator[SimulatedPrinter]:
    printer = SimulatedPrinter(paper_dir=tmp_path / "paper", mm_per_s=600.0, cut_s=0.02)
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def printing_office(home: Path, device: SimulatedPrinter, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfficeStory]:
    """The sample office with one printer; what waits for the printer waits in real time."""
    url = "tcp://{}:{}".format(*device.address)
    plain = sample_configuration(f"sqlite:///{home / 'motcua.db'}")
    section = PrinterSection(name="hall", url=url, profile="epson-tm-t20")
    server = plain.server.model_copy(update={"public_url": "https://mc.bavi.vn/"})
    story = OfficeStory("", plain.model_copy(update={"printer": [section], "server": server}))
    monkeypatch.setattr(story.clock, "monotonic", lambda: story.clock.elapsed + time.monotonic())
    yield story
    story.close()


@pytest.fixture
def thread(printing_office: OfficeStory) -> Iterator[PrintWorker]:
    """Not started: tests that need no thread go round by hand."""
    made = PrintWorker(printing_office.app, printing_office.app.configuration.printer[0])
    yield made
    made.stop()


def outcome_of(office: OfficeStory, ticket: Ticket) -> tuple[PrintState, str | None]:
    with office.app.store.reading() as reading:
        found = reading.tickets.get(ticket.id)
    return found.print_state, found.print_reason


def facts(office: OfficeStory, kind: str) -> list[dict[str, Any]]:
    """Events of the journal whose type begins so."""
    with office.app.store.reading() as reading:
        entries = reading.journal.read(reading.state.head.epoch, 0, 1000)
    events = [json.loads(entry.body) for entry in entries]
    return [event for event in events if event["type"].startswith(kind)]


def test_a_number_taken_is_printed_and_proven(
    printing_office: OfficeStory, thread: PrintWorker, device: SimulatedPrinter
) -> None:
    printing_office.app.store.after_commit.append(thread.wake)
    thread.start()
    ticket = printing_office.take_number()
    assert until(lambda: outcome_of(printing_office, ticket) == (PrintState.PRINTED, None))
    assert device.count == 1
    assert printing_office.app.printer_health.shapes()["hall"]["state"] == "ok"


def test_a_slip_says_in_vietnamese_where_to_go(printing_office: OfficeStory, thread: PrintWorker) -> None:
    app = printing_office.app
    printing_office.take_number()
    ticket = printing_office.take_number()
    with printing_office.unit() as unit:
        job = unit.spool.of_ticket(ticket.id)[0]
    slip = ticket_slip(app.configuration, app.office, ticket, job, 576)
    assert (slip.letter, slip.number, slip.shape, slip.counters) == ("A", "002", "circle", ("1", "2"))
    assert (slip.counter_word, slip.ahead_text) == ("Đến quầy", "1 người chờ trước")
    assert (slip.time_text, slip.session_text) == ("08:05 · 15/4/2024", "Buổi: Sáng")
    assert slip.qr_url == f"https://mc.bavi.vn/t/{ticket.public_token}"
    assert slip.reprint_text is None
    assert ticket_slip(app.configuration, app.office, ticket, job, 384).qr_text == "Quét: xem số"


def test_a_slip_of_a_service_that_left_the_configuration_still_comes_out_with_its_number(
    printing_office: OfficeStory, thread: PrintWorker, device: SimulatedPrinter
) -> None:
    app = printing_office.app
    ticket = printing_office.take_number("KQ")
    left = [service for service in app.configuration.service if service.code != "KQ"]
    app.configuration = app.configuration.model_copy(update={"service": left})
    with printing_office.unit() as unit:
        job = unit.spool.of_ticket(ticket.id)[0]
    slip = ticket_slip(app.configuration, app.office, ticket, job, 576)
    assert (slip.letter + slip.number, slip.shape, slip.service) == (ticket.number, "", "")
    thread.run_once()
    assert outcome_of(printing_office, ticket) == (PrintState.PRINTED, None)
    assert device.paper.pictures[0].size == draw(slip, 576).size


@pytest.mark.parametrize("broken", ["kiosk.printing.worker.ticket_slip", "ticket_printer.rendering.encoding.rows_of"])
def test_a_slip_that_cannot_be_made_holds_up_no_other(
    printing_office: OfficeStory, thread: PrintWorker, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    ticket = printing_office.take_number()
    with monkeypatch.context() as patch:
        patch.setattr(broken, lambda *_: {}["gone"])
        thread.run_once()
    assert outcome_of(printing_office, ticket) == (PrintState.NOT_PRINTED, "not_drawn")
    after = printing_office.take_number()
    thread.run_once()
    assert outcome_of(printing_office, after) == (PrintState.PRINTED, None)


def test_samples_that_cannot_be_drawn_end_no_thread_and_slips_are_drawn_one_by_one(
    printing_office: OfficeStory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = SimulatedPrinter(listen=None, pty=tmp_path / "tty", mm_per_s=600.0, cut_s=0.02)
    device.start()
    monkeypatch.setattr("kiosk.printing.worker.samples", lambda *_: {}["gone"])
    section = PrinterSection(name="hall", url=f"serial:{tmp_path / 'tty'}?baud=9600", profile="epson-tm-t20")
    thread = PrintWorker(printing_office.app, section)
    thread.start()
    ticket = printing_office.take_number()
    assert until(lambda: outcome_of(printing_office, ticket) == (PrintState.PRINTED, None))
    printing_office.clock.passes(2)
    assert until(lambda: not thread.is_alive(), 1.0) is False
    thread.stop()
    thread.join(5)
    device.stop()


def test_a_trial_slip_that_cannot_be_made_is_settled_too(
    printing_office: OfficeStory, thread: PrintWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    trials = printing_office.app.trials
    trials.request("hall", printing_office.clock.now_ms())
    monkeypatch.setattr("kiosk.printing.worker.trial_slip", lambda *_: {}["gone"])
    thread.run_once()
    told = trials.last("hall")
    assert told is not None and (told.state, told.reason) == ("NOT_PRINTED", "not_drawn")


def test_without_a_public_address_a_slip_has_no_qr(home: Path) -> None:
    section = PrinterSection(name="hall", url="tcp://127.0.0.1:9")
    known = sample_configuration(f"sqlite:///{home / 'motcua.db'}").model_copy(update={"printer": [section]})
    story = OfficeStory("", known)
    ticket = story.take_number()
    with story.unit() as unit:
        job = unit.spool.of_ticket(ticket.id)[0]
    assert ticket_slip(known, story.app.office, ticket, job, 576).qr_url is None
    story.close()


def test_without_paper_the_screen_is_told_at_once_and_nothing_comes_out_after_the_refill(
    printing_office: OfficeStory, thread: PrintWorker, device: SimulatedPrinter
) -> None:
    device.obey({"paper": "out"})
    ticket = printing_office.take_number()
    thread.run_once()
    assert outcome_of(printing_office, ticket) == (PrintState.NOT_PRINTED, "paper_out")
    assert printing_office.app.printer_health.shapes()["hall"]["reason"] == "paper_out"
    device.obey({"paper": "ok"})
    printing_office.clock.passes(3)
    assert thread.run_once() is False
    assert printing_office.app.printer_health.shapes()["hall"]["state"] == "ok"
    assert device.count == 0
    changes = [(fact["type"], fact["data"]["reason"]) for fact in facts(printing_office, "device.")]
    assert changes == [("device.fault", "paper_out"), ("device.recovered", None)]


def test_a_reprint_after_an_unknown_outcome_is_marked(
    printing_office: OfficeStory, thread: PrintWorker, device: SimulatedPrinter
) -> None:
    device.obey({"paper_out_at_row": 200})
    ticket = printing_office.take_number()
    thread.run_once()
    assert outcome_of(printing_office, ticket) == (PrintState.UNKNOWN, "paper_out")
    device.obey({"paper": "ok"})
    with printing_office.unit() as unit:
        tickets.reprint(unit, ticket.id)
        assert unit.spool.of_ticket(ticket.id)[0].marked
    printing_office.clock.passes(3)
    thread.run_once()
    assert outcome_of(printing_office, ticket) == (PrintState.PRINTED, None)


def test_a_slip_that_waited_half_a_minute_is_never_printed(
    printing_office: OfficeStory, thread: PrintWorker, device: SimulatedPrinter
) -> None:
    waiting = [printing_office.take_number() for _ in range(3)]
    printing_office.clock.passes(31)
    thread.run_once()
    assert {outcome_of(printing_office, ticket) for ticket in waiting} == {(PrintState.NOT_PRINTED, "waited too long")}
    assert device.count == 0


def test_after_a_crash_while_sending_nobody_pretends_to_know(
    printing_office: OfficeStory, thread: PrintWorker, device: SimulatedPrinter
) -> None:
    ticket = printing_office.take_number()
    with printing_office.unit("system") as unit:
        assert slips.claim(unit, "hall") is not None
    thread.start()
    assert until(lambda: outcome_of(printing_office, ticket) == (PrintState.UNKNOWN, "interrupted"))
    assert device.count == 0


def test_a_printer_that_is_switched_off_holds_nobody_up(
    printing_office: OfficeStory, thread: PrintWorker, device: SimulatedPrinter
) -> None:
    device.stop()
    ticket = printing_office.take_number()
    thread.run_once()
    assert outcome_of(printing_office, ticket) == (PrintState.NOT_PRINTED, "unreachable")


def test_an_idle_thread_loads_no_drawing_library() -> None:
    code = (
        "import sys; import kiosk.printing.worker; from ticket_printer.delivery.driver import TicketPrinter;"
        "TicketPrinter('tcp://127.0.0.1:9', 'generic-80').status();"
        "assert 'PIL' not in sys.modules and 'escpos' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_trial_slip_asked_for_on_a_page_is_printed_and_is_no_ticket(
    printing_office: OfficeStory, thread: PrintWorker, device: SimulatedPrinter
) -> None:
    trials = printing_office.app.trials
    trials.request("hall", printing_office.clock.now_ms())
    thread.run_once()
    assert device.count == 1
    found = trials.last("hall")
    assert found is not None and (found.state, trials.is_requested("hall")) == ("PRINTED", False)
    assert not facts(printing_office, "slip.")


def test_a_trial_slip_without_paper_says_why_it_did_not_come_out(
    printing_office: OfficeStory, thread: PrintWorker, device: SimulatedPrinter
) -> None:
    device.obey({"paper": "out"})
    printing_office.app.trials.request("hall", printing_office.clock.now_ms())
    thread.run_once()
    found = printing_office.app.trials.last("hall")
    assert found is not None and (found.state, found.reason) == ("NOT_PRINTED", "paper_out")


@pytest.mark.parametrize(
    ("url", "profile", "mute"),
    [
        ("tcp://10.0.0.9", "epson-tm-t20", False),
        ("file:///var/slips", "epson-tm-t20", True),
        ("file:///dev/tty", "epson-tm-t20", False),
        ("cups://hall", "epson-tm-t20", True),
        ("tcp://10.0.0.9", "generic-58", True),
    ],
)
def test_silence_is_no_fault_of_a_printer_that_cannot_speak(url: str, profile: str, mute: bool) -> None:
    assert TicketPrinter(url, profile).mute is mute
