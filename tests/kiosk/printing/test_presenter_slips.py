"""The slip in a presenter, as its owner, the next one and the staff see it."""

from __future__ import annotations

import pytest

from contract.tickets import PrintState
from kiosk.domain.print_job import EXPIRES_MS
from tests.kiosk.printing.hall import Hall, Room
from ticket_printer.delivery.presenter import TAKE_S


@pytest.fixture
def presenter(hall: Hall) -> Room:
    """A dispenser that holds its slips out, well and empty."""
    room = hall(hall={"profile": "custom-vkp80"})
    room.devices["hall"].obey({"presenter": True})
    room.threads["hall"].run_once()
    return room


def told(room: Room) -> tuple[bool, bool, str | None, str]:
    shown = room.shown("hall")
    return shown["mouth"], shown["behind"], shown["for_citizen"], shown["for_staff"]


IN_THE_WAY = "Xin lấy giúp phiếu của người trước còn trong máy."
IN_MOUTH = "Còn phiếu trong miệng máy in: lấy ra."


def test_a_slip_in_the_mouth_is_told_to_its_owner_to_the_next_one_and_to_the_staff(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    assert told(room) == (False, False, None, "Máy in sẵn sàng.")
    first = room.take()
    thread.run_once()
    assert room.outcome(first) == (PrintState.PRINTED, None)
    assert told(room) == (True, False, "Mời bà con lấy phiếu.", IN_MOUTH)
    second = room.take()
    thread.run_once()
    assert room.outcome(second) == (PrintState.QUEUED, None)
    assert told(room) == (True, True, IN_THE_WAY, IN_MOUTH)
    assert room.shown("hall")["state"] == "ok", "a slip that waits is no fault of the printer"
    held = room.shown("hall")["held_out"]
    assert (held["number"], held["state"]) == (first.number, "in_mouth")


def test_a_slip_that_was_taken_is_known_at_once_and_the_next_one_comes(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    first = room.take()
    thread.run_once()
    room.office.clock.passes(2)
    room.devices["hall"].obey({"take": True})
    thread.run_once()
    assert told(room) == (False, False, None, "Máy in sẵn sàng.")
    now = room.office.clock.now_ms()
    assert room.shown("hall")["held_out"] == {"number": first.number, "state": "taken", "since": now}
    second = room.take()
    thread.run_once()
    assert room.outcome(second) == (PrintState.PRINTED, None)
    assert room.shown("hall")["held_out"]["number"] == second.number


def test_a_slip_that_nobody_took_and_that_was_thrown_out_is_known_as_such(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    first = room.take()
    thread.run_once()
    room.office.clock.passes(TAKE_S + 1)
    thread.run_once()
    assert room.devices["hall"].slot.ejected == 1
    held = room.shown("hall")["held_out"]
    assert (held["number"], held["state"]) == (first.number, "thrown_out")
    said = "Máy in sẵn sàng. Không ai lấy phiếu vừa rồi: máy đã đẩy phiếu ra."
    assert told(room) == (False, False, None, said)


def test_a_slip_that_waits_behind_one_that_nobody_takes_ends_with_that_reason(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    room.devices["hall"].obey({"holds": True})
    room.take()
    thread.run_once()
    behind = room.take()
    thread.run_once()
    assert room.outcome(behind) == (PrintState.QUEUED, None)
    room.office.clock.passes(EXPIRES_MS / 1000 + 1)
    thread.run_once()
    assert room.outcome(behind) == (PrintState.NOT_PRINTED, "not_taken")
    assert told(room) == (True, False, "Mời bà con lấy phiếu.", IN_MOUTH)
    assert room.devices["hall"].slot.collisions == 0


def test_behind_a_slip_in_the_mouth_a_fault_is_told_at_once_too(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    room.take()
    thread.run_once()
    room.devices["hall"].obey({"paper": "out"})
    room.office.clock.passes(2)
    thread.run_once()
    waiting = room.take()
    thread.run_once()
    assert room.outcome(waiting) == (PrintState.NOT_PRINTED, "paper_out")
    assert told(room)[2] == "Máy hết giấy. Số của bà con vẫn được giữ."


def test_silence_is_not_taken_for_a_hand_that_took_the_slip(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    room.take()
    thread.run_once()
    room.devices["hall"].obey({"silent": True})
    room.office.clock.passes(2)
    thread.run_once()
    assert room.shown("hall")["held_out"]["state"] == "in_mouth"


def test_a_slip_of_before_the_start_lies_there_without_a_number(hall: Hall) -> None:
    room = hall(hall={"profile": "custom-vkp80"})
    room.devices["hall"].obey({"presenter": True, "in_mouth": True})
    room.threads["hall"].run_once()
    assert told(room)[:2] == (True, False)
    assert room.shown("hall")["held_out"]["number"] is None
