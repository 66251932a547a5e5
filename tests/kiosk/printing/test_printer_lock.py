"""Several services may run on one state folder: on each printer one of them prints, and the others say so."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from config import places
from contract.tickets import PrintState
from kiosk.bootstrap import build_app
from kiosk.printing.printer_lock import PrinterLock
from kiosk.printing.worker import PrintWorker
from tests.kiosk.printing.conftest import Opener
from tests.kiosk.printing.fake_printer import PrintOffice
from tests.kiosk.printing.hall import Hall
from tests.office import sample_configuration

ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import sys
from kiosk.printing.printer_lock import PrinterLock
lock = PrinterLock(sys.argv[1])
print(lock.take(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def second(office: PrintOffice, opener: Opener) -> PrintOffice:
    """Another service on the same state folder and printer."""
    return opener(hall=None)


def test_one_process_holds_a_printer_until_it_dies(home: Path) -> None:
    url = "tcp://10.0.0.9:9100"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None and holder.stdout.readline() == b"True\n"
    lock, other = PrinterLock(url), PrinterLock("tcp://10.0.0.9:9101")
    assert (lock.take(), other.take()) == (False, True)
    holder.kill()
    holder.wait(10)
    holder.stdout.close()
    assert [lock.take(), lock.take()] == [True, True]
    assert not PrinterLock(url.upper()).take()
    lock.release()
    lock.release()
    assert PrinterLock(url).take()
    assert places.printer_lock(url).name == "printing-tcp-10.0.0.9-9100.lock"


def test_the_service_that_came_second_prints_nothing_and_settles_nothing(
    office: PrintOffice, second: PrintOffice
) -> None:
    (ticket,) = office.take()
    assert office.workers["hall"]._queue.claim() is not None, "its slip is being sent"
    assert second.run() is False
    assert office.outcome(ticket)[0] == PrintState.SENDING
    (another,) = second.take()
    second.run()
    second.clock.passes(31)
    second.run()
    assert (second.printers["hall"].numbers, second.outcome(another)[0]) == ([], PrintState.QUEUED)


def test_it_says_that_another_service_prints(
    office: PrintOffice, second: PrintOffice, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "kiosk.printing"):
        second.run()
        second.run()
    assert caplog.messages == ["hall: another running service prints here; this one waits for it to end"]
    health = second.health()
    assert (health["state"], health["reason"], health["for_citizen"]) == ("unknown", "other_service", None)
    assert health["for_staff"] == "Một dịch vụ khác đang in trên máy in này; dịch vụ này sẽ in khi dịch vụ kia dừng."
    assert [one.app.printer_health.prints_here("hall") for one in (office, second)] == [True, False]
    assert second.device_events() == [], "the printer has no fault"


def test_a_trial_slip_asked_of_it_ends_at_once(office: PrintOffice, second: PrintOffice) -> None:
    second.app.trials.request("hall", second.clock.now_ms())
    second.run()
    trial = second.app.trials.last("hall")
    assert trial is not None and (trial.state, trial.reason) == ("NOT_PRINTED", "other_service")


def test_it_prints_once_the_first_has_ended(
    office: PrintOffice, second: PrintOffice, caplog: pytest.LogCaptureFixture
) -> None:
    second.run()
    (lost,) = office.take()
    assert office.workers["hall"]._queue.claim() is not None
    office.workers["hall"].close()
    (ticket,) = second.take()
    with caplog.at_level(logging.WARNING, "kiosk.printing"):
        assert second.run()
    assert second.outcome(lost) == (PrintState.UNKNOWN, "interrupted"), "what the first was sending"
    assert second.outcome(ticket) == (PrintState.PRINTED, None)
    assert second.health()["state"] == "ok"
    assert caplog.messages[-1] == "hall: the other service has ended; this one prints now"


def test_two_services_print_twenty_slips_on_one_printer_and_lose_none(hall: Hall) -> None:
    room: Any = hall(hall={})
    known = room.office.app.configuration
    beside = build_app(known, room.office.clock)
    workers = [room.threads["hall"], PrintWorker(beside, known.printer[0])]
    tickets = [room.take() for _ in range(20)]
    turns = [
        threading.Thread(target=lambda worker=worker: [worker.run_once() for _ in range(25)]) for worker in workers
    ]
    for turn in turns:
        turn.start()
    for turn in turns:
        turn.join(60)
    assert [room.outcome(ticket) for ticket in tickets] == [(PrintState.PRINTED, None)] * 20
    beside.close()


def test_the_figures_tell_where_slips_are_printed(office: PrintOffice, second: PrintOffice) -> None:
    texts = []
    for service in (office, second):
        assert service.story.service.printing, "made before the turn that tells"
        service.run()
        texts.append(service.story.send("GET", "/metrics", None).text)
    assert ['motcua_printer_here{name="hall"} 1' in text for text in texts] == [True, False]
    assert 'motcua_printer_here{name="hall"} 0' in texts[1]


def test_a_service_without_printer_needs_no_lock(home: Path) -> None:
    app = build_app(sample_configuration(f"sqlite:///{home}/motcua.db"))
    assert not list(home.glob("printing-*.lock"))
    app.close()
