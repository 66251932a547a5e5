"""The virtual printer fails as real ones do, told by its control port."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ticket_printer.conftest import Connect
from tests.ticket_printer.papers import parts
from tests.ticket_printer.slips import until
from ticket_printer.delivery.driver import PrintOutcome, TicketPrinter
from ticket_printer.delivery.presenter import EJECT_COMMAND, TAKE_S
from ticket_printer.protocol.commands import CLEAR_ERROR, CUT
from ticket_printer.protocol.replies import FullStatus, ReplyParser
from ticket_printer.protocol.status import Status
from ticket_printer.simulator.printer import SimulatedPrinter

FEED = b"\x1bJ\x40"
PRESENT = b"\x1de\x03\x0c"


@pytest.fixture
def line(device: SimulatedPrinter) -> Iterator[socket.socket]:
    with socket.create_connection(device.address) as found:
        found.settimeout(2)
        yield found


def ask(line: socket.socket, n: int) -> int:
    line.sendall(b"\x10\x04" + bytes([n]))
    return line.recv(1)[0]


def silent(line: socket.socket) -> bool:
    line.settimeout(0.2)
    try:
        return line.recv(1) == b"never"
    except TimeoutError:
        return True
    finally:
        line.settimeout(2)


def test_a_cover_opened_in_mid_slip_looks_like_a_hot_head_too(device: SimulatedPrinter, line: socket.socket) -> None:
    device.obey({"cover_open_at_row": 20})
    line.sendall(FEED)
    assert until(lambda: device.condition.cover_open)
    assert ask(line, 2) & 0x44 == 0x44 and ask(line, 3) & 0x40
    device.obey({"cover": "closed"})
    assert ask(line, 3) == 0x12
    assert until(lambda: device.paper.printed_rows == 0x40), "it goes on by itself"


def test_a_jam_at_the_cut_needs_the_command_and_sometimes_a_hand(device: SimulatedPrinter, line: socket.socket) -> None:
    device.obey({"jams_at_cut": True, "hand_needed": True})
    line.sendall(FEED + CUT)
    assert until(lambda: device.condition.cutter_jammed)
    assert ask(line, 3) & 0x08
    line.sendall(b"\x10\x05\x01")
    assert ask(line, 3) & 0x08
    device.obey({"hand_needed": False})
    line.sendall(b"\x10\x05\x01")
    assert until(lambda: device.count == 1), "redone from where it stopped"
    device.obey({"jams_at_cut": True})
    line.sendall(FEED + CUT)
    assert until(lambda: device.condition.cutter_jammed)
    line.sendall(CLEAR_ERROR)
    assert until(lambda: device.waiting == 0) and device.count == 1


def test_some_printers_wait_for_the_button_after_a_refill(device: SimulatedPrinter, line: socket.socket) -> None:
    device.obey({"paper": "out", "waits_for_button": True})
    device.obey({"paper": "ok"})
    assert ask(line, 1) & 0x28 == 0x28
    device.obey({"button": True})
    assert ask(line, 1) == 0x16


def test_a_lying_clone_is_always_well(device: SimulatedPrinter, line: socket.socket) -> None:
    device.obey({"lies": True, "paper": "out"})
    assert [ask(line, n) for n in (1, 2, 3, 4)] == [0x16, 0x12, 0x12, 0x12]


def test_answers_come_late_or_together(device: SimulatedPrinter, line: socket.socket) -> None:
    device.obey({"late_ms": 150})
    began = time.monotonic()
    ask(line, 1)
    assert time.monotonic() - began >= 0.14
    device.obey({"late_ms": 0, "merge_ms": 150})
    line.sendall(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03")
    assert line.recv(10) == b"\x16\x12\x12"


def test_a_noisy_line_adds_turns_and_repeats(device: SimulatedPrinter, line: socket.socket) -> None:
    device.obey({"noise": "ff"})
    line.sendall(b"\x10\x04\x04")
    assert line.recv(2, socket.MSG_WAITALL) == b"\xff\x12"
    device.obey({"noise": "", "flip_every": 1})
    assert (ask(line, 4) ^ 0x12).bit_count() == 1
    device.obey({"flip_every": None, "echo": True})
    line.sendall(b"\x1b@")
    assert line.recv(2, socket.MSG_WAITALL) == b"\x1b@"


def test_a_clone_may_know_neither_proof_nor_clearing(device: SimulatedPrinter, line: socket.socket) -> None:
    device.obey({"process_id": False, "turns": False, "clears": False, "paper": "out"})
    line.sendall(FEED + b"\x1dr\x01\x1d(H\x06\x00000001")
    assert until(lambda: device.waiting > 0)
    line.sendall(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
    device.obey({"paper": "ok"})
    assert until(lambda: device.paper.printed_rows == 0x40) and silent(line)


def test_a_pulled_cable_cuts_the_line_at_a_byte_and_the_rest_is_lost(device: SimulatedPrinter) -> None:
    device.obey({"cable_out_at_byte": 10})
    with socket.create_connection(device.address) as line:
        line.sendall(bytes(30))
        assert until(lambda: device.cable.out)
    assert device.cable.received == 10
    assert device.obey({"cable": "in"})["cable"] == "in"
    with socket.create_connection(device.address) as line:
        assert ask(line, 4) == 0x12


def test_switching_off_and_on_loses_the_buffer_and_the_line(device: SimulatedPrinter, line: socket.socket) -> None:
    device.obey({"paper": "out"})
    line.sendall(FEED * 50)
    assert until(lambda: device.waiting > 0)
    device.obey({"power": "cycle", "paper": "ok"})
    assert until(lambda: device.waiting == 0)
    with pytest.raises(ConnectionError):
        for _ in range(50):
            line.sendall(b"\x00")
            if line.recv(1) == b"":
                raise ConnectionResetError


def test_with_the_cable_out_a_serial_line_is_gone_and_may_come_back_under_another_name(tmp_path: Path) -> None:
    printer = SimulatedPrinter(listen=None, pty=tmp_path / "ttyUSB0")
    printer.start()
    printer.obey({"cable": "out", "path": str(tmp_path / "ttyUSB1")})
    assert until(lambda: not (tmp_path / "ttyUSB0").is_symlink())
    printer.obey({"cable": "in"})
    assert until((tmp_path / "ttyUSB1").is_symlink)
    printer.stop()
    assert not (tmp_path / "ttyUSB1").is_symlink()


# ---- presenters
presenting = pytest.mark.parametrize("device", [{"presenter": True}], indirect=True)


def presented(n: int) -> list[bytes]:
    return [*parts(n), PRESENT]


@presenting
def test_a_presenter_tells_what_lies_in_its_mouth(device: SimulatedPrinter, line: socket.socket) -> None:
    line.sendall(FEED + CUT + PRESENT)
    assert until(lambda: device.condition.in_mouth)
    line.sendall(b"\x10\x04\x14")
    assert ReplyParser(presenter=True).feed(line.recv(6, socket.MSG_WAITALL)) == [FullStatus(b"\x20\x00\x00\x00")]
    device.obey({"take": True})
    assert not device.condition.in_mouth
    line.sendall(FEED + CUT + PRESENT + EJECT_COMMAND)
    assert until(lambda: device.slot.ejected == 1)


@presenting
def test_the_next_slip_waits_until_the_one_before_was_taken(device: SimulatedPrinter, connect: Connect) -> None:
    printer = connect("custom-vkp80")
    assert printer.free_presenter() and printer.send(presented(1), 1) == PrintOutcome("PRINTED")
    assert printer.status().slip_waiting and not printer.free_presenter()
    device.obey({"take": True})
    assert printer.free_presenter() and printer.send(presented(2), 2) == PrintOutcome("PRINTED")
    assert device.slot.collisions == 0 and device.count == 2


@presenting
def test_silence_does_not_mean_that_a_slip_was_taken(device: SimulatedPrinter, connect: Connect) -> None:
    printer = connect("custom-vkp80")
    assert printer.free_presenter() and printer.send(presented(1), 1) == PrintOutcome("PRINTED")
    device.obey({"silent": True})
    assert printer.free_presenter() and printer.send(presented(2), 2) == PrintOutcome("NOT_PRINTED", "no_answer")
    device.obey({"silent": False})
    assert not printer.free_presenter(), "it still lies there"
    assert printer.send(presented(3), 3) == PrintOutcome("NOT_PRINTED", "not_taken")
    device.obey({"take": True})
    assert printer.free_presenter() and device.slot.collisions == 0


@presenting
def test_a_slip_of_before_the_start_is_not_pushed_out_by_the_next_one(
    device: SimulatedPrinter, connect: Connect
) -> None:
    before = connect("custom-vkp80")
    assert before.send(presented(1), 1) == PrintOutcome("PRINTED")
    before.close()
    again = connect("custom-vkp80")
    assert not again.free_presenter()
    device.obey({"take": True})
    assert again.free_presenter() and again.send(presented(2), 2) == PrintOutcome("PRINTED")
    assert device.slot.collisions == 0


@presenting
def test_a_slip_that_nobody_takes_is_thrown_out_for_the_next_one(device: SimulatedPrinter) -> None:
    skipped = [0.0]
    printer = TicketPrinter(
        "tcp://{}:{}".format(*device.address), "custom-vkp80", monotonic=lambda: time.monotonic() + skipped[0]
    )
    assert printer.send(presented(1), 1) == PrintOutcome("PRINTED")
    assert not printer.free_presenter()
    skipped[0] = TAKE_S
    assert printer.free_presenter() and device.slot.ejected == 1
    printer.close()


# ---- another kind of printer, by order
def test_it_becomes_a_presenter_and_a_slow_line_by_order(either: tuple[SimulatedPrinter, str]) -> None:
    device, url = either
    baud = 115200 if url.startswith("serial") else 460800
    shown = device.obey({"presenter": True, "baud": baud})
    assert (shown["presenter"], shown["baud"]) == (True, baud)
    printer = TicketPrinter(url, "custom-vkp80")
    assert until(printer.free_presenter)
    began = time.monotonic()
    assert printer.send(presented(1), 1) == PrintOutcome("PRINTED")
    assert time.monotonic() - began > 0.9 * len(b"".join(presented(1))) * 10 / baud, "the line is metered"
    assert device.obey({})["mouth"] is True and not printer.free_presenter()
    device.obey({"take": True, "baud": None})
    assert until(printer.free_presenter)
    printer.close()
    assert device.obey({"presenter": False})["presenter"] is False


def test_a_printer_that_is_no_presenter_any_more_has_no_mouth(device: SimulatedPrinter, line: socket.socket) -> None:
    device.obey({"presenter": True})
    line.sendall(FEED + CUT + PRESENT)
    assert until(lambda: device.condition.in_mouth)
    assert device.obey({"presenter": False})["mouth"] is False


def test_it_says_xoff_by_order_and_lets_go_when_it_is_told_to_stop(
    device: SimulatedPrinter, line: socket.socket
) -> None:
    assert device.obey({"xon": True, "paper": "out"})["xon"] is True
    line.sendall(bytes(3000))
    assert line.recv(1) == b"\x13"
    assert device.obey({"xon": False})["xon"] is False
    assert line.recv(1) == b"\x11"


@pytest.mark.parametrize("order", [{"baud": 0}, {"baud": "fast"}, {"baud": -9600}])
def test_a_rate_that_is_none_is_refused(device: SimulatedPrinter, order: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        device.obey(order)
    assert device.baud is None


@pytest.mark.parametrize("word", ["paper_out", "cover_open"])
def test_a_fault_at_a_row_of_the_slip_counts_from_the_last_cut(
    device: SimulatedPrinter, line: socket.socket, word: str
) -> None:
    line.sendall(FEED + CUT)
    assert until(lambda: device.count == 1)
    before = device.obey({f"{word}_at_slip_row": 20})
    assert (before["rows"], before["slip_rows"]) == (device.paper.printed_rows, 0)
    line.sendall(FEED + CUT)
    assert until(lambda: bool(getattr(device.condition, word)))
    after = device.obey({})
    assert (after["slip_rows"], after["rows"]) == (20, int(str(before["rows"])) + 20)
    device.obey({"paper": "ok", "cover": "closed"})
    assert until(lambda: device.count == 2)


@presenting
def test_a_mouth_may_hold_its_slip_against_every_order(device: SimulatedPrinter, line: socket.socket) -> None:
    device.obey({"holds": True})
    line.sendall(FEED + CUT + PRESENT + EJECT_COMMAND + b"\x1dr\x01")
    assert line.recv(1) == b"\x00"
    assert device.condition.in_mouth and device.slot.ejected == 0


@presenting
def test_a_mark_that_was_not_found_is_told_and_stops_no_slip(device: SimulatedPrinter, connect: Connect) -> None:
    device.obey({"mark_lost": True})
    printer = connect("custom-vkp80")
    assert printer.status() == Status("OK")
    assert printer.free_presenter() and printer.send(presented(1), 1) == PrintOutcome("PRINTED")
    assert printer.status().slip_waiting
