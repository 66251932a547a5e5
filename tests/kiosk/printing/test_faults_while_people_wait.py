"""Slips between the queue and the paper while a printer is not well."""

from __future__ import annotations

import socket
import time

import pytest

from config import places
from contract.tickets import PrintState
from kiosk.actions import slips
from kiosk.printing.advice import for_citizen
from kiosk.printing.presenter import Presenter
from kiosk.printing.worker import PrintWorker
from kiosk.store.failures import StorageBusy
from tests.kiosk.printing.hall import Hall
from tests.ticket_printer.slips import until
from ticket_printer.delivery.driver import PrintOutcome
from ticket_printer.simulator.printer import SimulatedPrinter
from ticket_printer.slip import Slip


def test_whoever_waits_for_a_printer_that_stands_still_is_told_at_once(hall: Hall) -> None:
    room = hall(hall={})
    room.devices["hall"].obey({"cover": "open"})
    waiting = [room.take() for _ in range(5)]
    began = time.monotonic()
    room.threads["hall"].run_once()
    assert time.monotonic() - began < 2
    assert {room.outcome(ticket) for ticket in waiting} == {(PrintState.NOT_PRINTED, "cover_open")}
    room.devices["hall"].obey({"cover": "closed"})
    room.office.clock.passes(3)
    assert room.threads["hall"].run_once() is False and room.devices["hall"].count == 0


def test_a_printer_that_is_away_is_not_knocked_at_for_each_person(hall: Hall) -> None:
    room = hall(hall={})
    room.devices["hall"].stop()
    began = time.monotonic()
    waiting = [room.take() for _ in range(40)]
    while room.threads["hall"].run_once():
        pass
    assert {room.outcome(ticket) for ticket in waiting} == {(PrintState.NOT_PRINTED, "unreachable")}
    assert time.monotonic() - began < 5


def half_a_slip(device: SimulatedPrinter) -> None:
    """What a service sent before it died, or before its cable was pulled: it waits in the printer for paper."""
    with socket.create_connection(device.address) as line:
        line.sendall(b"\x1bJ\xff\x1dVB\x00")
        assert until(lambda: device.waiting > 0)


def nothing_old_comes_out(device: SimulatedPrinter) -> bool:
    """After the refill."""
    device.obey({"paper": "ok"})
    return not until(lambda: device.paper.printed_rows > 0, 0.3)


def test_after_a_crash_in_mid_slip_the_printer_is_emptied_before_the_next_one(hall: Hall) -> None:
    room = hall(hall={})
    device = room.devices["hall"]
    device.obey({"paper": "out"})
    half_a_slip(device)
    ticket = room.take()
    with room.office.unit("system") as unit:
        assert slips.claim(unit, "hall") is not None
    room.threads["hall"].run_once()
    assert room.outcome(ticket) == (PrintState.UNKNOWN, "interrupted")
    assert nothing_old_comes_out(device)


def test_a_service_that_is_new_empties_the_printer_of_a_slip_that_the_old_one_gave_up(hall: Hall) -> None:
    room = hall(hall={})
    device = room.devices["hall"]
    device.obey({"paper": "out"})
    half_a_slip(device)
    ticket = room.take()
    with room.office.unit("system") as unit:
        job = slips.claim(unit, "hall")
        assert job is not None
        slips.settle(unit, job, PrintState.SENDING, PrintState.UNKNOWN, "unreachable")
    room.threads["hall"].run_once()
    assert room.outcome(ticket) == (PrintState.UNKNOWN, "unreachable")
    assert nothing_old_comes_out(device)


def test_a_service_that_is_new_empties_the_printer_of_a_trial_in_which_the_old_one_died(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = hall(hall={})
    device, thread, trials = room.devices["hall"], room.threads["hall"], room.office.app.trials

    class Dies(BaseException): ...

    def half(slip: Slip, job: int) -> PrintOutcome:
        half_a_slip(device)
        raise Dies

    thread.run_once()
    thread._printer.close()  # the simulated printer has room for one line
    device.obey({"paper": "out"})
    monkeypatch.setattr(thread, "_current_fault", lambda: None)
    monkeypatch.setattr(thread._printer, "print", half)
    trials.request("hall", room.office.clock.now_ms())
    with pytest.raises(Dies):
        thread.run_once()
    thread.close()  # as the kernel does when the process dies
    fresh = PrintWorker(room.office.app, room.office.app.configuration.printer[0])
    room.threads["hall"] = fresh
    trials.finish("hall", "UNKNOWN", "interrupted")
    fresh.run_once()
    assert nothing_old_comes_out(device)
    room.office.clock.passes(3)
    ticket = room.take()
    fresh.run_once()
    assert room.outcome(ticket) == (PrintState.PRINTED, None)
    assert not places.trial_mark("hall").exists()


def test_a_database_that_is_busy_leaves_no_slip_between_queue_and_paper(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = hall(hall={})
    thread, device = room.threads["hall"], room.devices["hall"]
    device.obey({"paper": "out"})
    thread.run_once()
    device.obey({"cover": "open"})
    ticket = room.take()
    with monkeypatch.context() as busy:
        busy.setattr(
            thread._monitor, "_record", lambda *_: (_ for _ in ()).throw(StorageBusy("held by another program"))
        )
        with pytest.raises(StorageBusy):
            thread.run_once()
    assert room.outcome(ticket)[0] is PrintState.QUEUED, "nothing was sent, and it does not look as if"
    thread.run_once()
    assert room.outcome(ticket) == (PrintState.NOT_PRINTED, "cover_open")


def test_causes_are_told_in_the_words_of_citizens_and_of_staff(hall: Hall) -> None:
    room = hall(hall={})
    room.threads["hall"].run_once()
    assert room.shown("hall")["for_citizen"] is None
    assert room.shown("hall")["for_staff"] == "Máy in sẵn sàng."
    room.office.clock.passes(60)
    room.devices["hall"].obey({"paper": "out"})
    room.threads["hall"].run_once()
    shown = room.shown("hall")
    assert (shown["state"], shown["reason"], shown["slips_left"]) == ("fault", "paper_out", 0)
    assert shown["for_citizen"] == "Máy hết giấy. Số của bà con vẫn được giữ."
    assert shown["for_staff"] == "Hết giấy: lắp cuộn mới rồi đóng nắp."
    assert shown["since"] == room.office.clock.now_ms()
    assert for_citizen("unknown", "no_answer", Presenter()) == "Máy chưa in được. Số của bà con vẫn được giữ."


def test_each_new_cause_is_an_event_and_a_silence_that_goes_on_is_not(hall: Hall) -> None:
    room = hall(hall={})
    thread, device = room.threads["hall"], room.devices["hall"]
    well = {"silent": False, "cover": "closed", "paper": "ok"}
    for order in ({}, {"paper": "out"}, {"cover": "open"}, {"silent": True}, {}, well):
        device.obey(dict(order))
        room.office.clock.passes(2)
        thread.run_once()
    told = [(event["type"], event["data"]["reason"]) for event in room.office.events() if "device" in event["type"]]
    assert told == [
        ("device.fault", "paper_out"),
        ("device.fault", "cover_open"),
        ("device.offline", "no_answer"),
        ("device.recovered", None),
    ]


def test_a_busy_database_hides_no_fault_and_loses_no_event(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    room = hall(hall={})
    thread = room.threads["hall"]
    thread.run_once()
    room.devices["hall"].obey({"paper": "out"})
    room.office.clock.passes(2)
    store = room.office.app.store
    with monkeypatch.context() as busy:
        busy.setattr(store, "unit", lambda *_: (_ for _ in ()).throw(StorageBusy("held by another program")))
        with pytest.raises(StorageBusy):
            thread.run_once()
        assert room.shown("hall")["reason"] == "paper_out"
    room.office.clock.passes(2)
    thread.run_once()
    faults = [event["data"]["reason"] for event in room.office.events() if event["type"] == "device.fault"]
    assert faults == ["paper_out"]
