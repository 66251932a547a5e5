"""Every fault of a printer and its line: nothing is called printed that is not, nothing stale comes out, and the next
slip is clean. The long runs are marked soak."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from random import Random

import pytest

from tests.ticket_printer.benches import ON_EACH, ON_SHORT, Bench
from tests.ticket_printer.papers import dots
from tests.ticket_printer.slips import SLIP, until
from ticket_printer.delivery.driver import PrintOutcome, TicketPrinter
from ticket_printer.simulator.printer import SimulatedPrinter
from ticket_printer.transport.base import Descriptor

KNOWN_IN_S = 2.0
pytestmark = pytest.mark.usefixtures("quick")


TROUBLES = [
    ({"cover_open_at_row": 90}, {"cover": "closed"}, "cover_open"),
    ({"jams_at_cut": True}, {"cutter_jammed": False}, "cutter"),
    ({"jams_at_cut": True, "hand_needed": True}, {"cutter_jammed": False, "hand_needed": False}, "cutter"),
    ({"paper_out_at_row": 90, "waits_for_button": True}, {"paper": "ok", "button": True}, "paper_out"),
]


@ON_EACH
@pytest.mark.parametrize(("order", "repair", "reason"), TROUBLES, ids=lambda value: str(value)[:20])
def test_a_fault_in_mid_slip_is_named_within_two_seconds(
    bench: Bench, line: str, profile: str, order: dict[str, object], repair: dict[str, object], reason: str
) -> None:
    witness = bench(line, profile)
    witness.device.obey(dict(order))
    began = time.monotonic()
    assert witness.print(1) == PrintOutcome("UNKNOWN", reason)
    assert time.monotonic() - began < KNOWN_IN_S + 0.5
    witness.device.obey(dict(repair))
    assert witness.nothing_comes_out()
    witness.prints_cleanly(2)
    witness.checks()


@ON_EACH
def test_a_hot_head_only_takes_longer(bench: Bench, line: str, profile: str) -> None:
    witness = bench(line, profile, mm_per_s=60.0)
    device = witness.device

    def heat() -> None:
        until(lambda: device.paper.printed_rows > 40)
        device.obey({"overheated": True})
        until(lambda: False, 1.0)
        device.obey({"overheated": False})

    hand = threading.Thread(target=heat)
    hand.start()
    witness.prints_cleanly(1)
    hand.join()


@pytest.mark.parametrize("line", ["tcp", "serial"])
def test_one_turned_bit_is_no_fault(bench: Bench, line: str) -> None:
    """A status byte that says "offline" once, and "well" when asked again, ends nothing."""
    witness = bench(line, "epson-tm-t20", mm_per_s=100.0)
    device = witness.device

    def turn() -> None:
        until(lambda: device.paper.printed_rows > 40)
        device.obey({"flip_every": 1})
        until(lambda: False, 0.02)
        device.obey({"flip_every": None})

    hand = threading.Thread(target=turn)
    hand.start()
    outcome = witness.print(1)
    hand.join()
    assert outcome.state in {"PRINTED", "UNKNOWN"}
    witness.prints_cleanly(2)


@ON_EACH
def test_a_late_answer_of_the_slip_before_proves_nothing(bench: Bench, line: str, profile: str) -> None:
    """A printer that cannot be emptied goes on after the refill, and its answers to the old slip come then."""
    witness = bench(line, profile)
    device = witness.device
    device.obey({"clears": False, "paper_out_at_row": 150})
    assert witness.print(1) == PrintOutcome("UNKNOWN", "paper_out")
    device.obey({"paper": "ok"})
    device.obey({"paper_out_at_row": device.paper.printed_rows + 120})
    second = witness.print(2)
    assert second.state != "PRINTED"
    device.obey({"paper": "ok", "paper_out_at_row": None})
    witness.prints_cleanly(3)


@ON_EACH
def test_power_lost_in_mid_slip_is_told_and_the_next_slip_is_clean(bench: Bench, line: str, profile: str) -> None:
    witness = bench(line, profile, mm_per_s=60.0)

    def off_and_on() -> None:
        until(lambda: witness.device.paper.printed_rows > 60)
        witness.device.obey({"power": "cycle"})

    hand = threading.Thread(target=off_and_on)
    hand.start()
    assert witness.print(1).state == "UNKNOWN"
    hand.join()
    assert until(lambda: witness.printer.status().state == "OK", 5.0)
    witness.device.mm_per_s = 400.0
    witness.prints_cleanly(2)
    witness.checks()


@ON_EACH
def test_a_printer_that_stops_listening_in_mid_slip_is_told_in_time(bench: Bench, line: str, profile: str) -> None:
    witness = bench(line, profile, mm_per_s=60.0)

    def stall() -> None:
        until(lambda: witness.device.paper.printed_rows > 60)
        witness.device.obey({"stalled": True})

    hand = threading.Thread(target=stall)
    hand.start()
    began = time.monotonic()
    assert witness.print(1).state == "UNKNOWN"
    assert time.monotonic() - began < 5.0
    hand.join()
    assert witness.print(2).state == "NOT_PRINTED"
    witness.device.obey({"stalled": False})
    witness.device.mm_per_s = 400.0
    assert until(lambda: witness.printer.status().state == "OK", 5.0)
    witness.prints_cleanly(3)
    witness.checks()


@pytest.mark.parametrize(
    "trouble", [{"echo": True}, {"noise": "00"}, {"noise": "12"}, {"noise": "0000000000"}, {"flip_every": 7}]
)
@ON_EACH
def test_on_a_noisy_line_nothing_is_called_printed_that_is_not(
    bench: Bench, line: str, profile: str, trouble: dict[str, object]
) -> None:
    witness = bench(line, profile)
    witness.device.obey(dict(trouble))
    witness.device.obey({"paper_out_at_row": 100})
    assert witness.print(1).state != "PRINTED"
    quiet = {"paper": "ok", "paper_out_at_row": None, "echo": False, "noise": "", "flip_every": None}
    witness.device.obey(quiet)
    assert until(lambda: witness.printer.status().state == "OK", 5.0)
    witness.prints_cleanly(2)
    witness.checks()


def test_a_clone_that_promises_too_much_still_prints_whole_slips(bench: Bench) -> None:
    """No answer in turn: no proof, but no half slip either, and no waiting on the slips after the first."""
    witness = bench("tcp", "generic-80")
    witness.device.obey({"turns": False})
    assert witness.print(1) == PrintOutcome("UNKNOWN", "no_proof")
    began = time.monotonic()
    assert witness.print(2) == PrintOutcome("UNKNOWN", "no_proof")
    assert time.monotonic() - began < 1.5
    assert until(lambda: witness.papers() == [dots(1), dots(2)])


@ON_SHORT
def test_a_line_that_takes_a_few_bytes_at_a_time_carries_whole_slips(
    bench: Bench, line: str, profile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Now none, now one, now forty: commands are parted anywhere, also where the paper ends or the cable is pulled."""
    few, whole = Random(5), Descriptor.write

    def write(self: Descriptor, data: bytes, timeout_s: float) -> int:
        return whole(self, data[: few.choice((0, 1, 3, 7, 40, 100))], timeout_s)

    monkeypatch.setattr(Descriptor, "write", write)
    witness = bench(line, profile)
    witness.prints_cleanly(1)
    witness.device.obey({"paper_out_at_row": witness.device.paper.printed_rows + 95})
    assert witness.print(2) == PrintOutcome("UNKNOWN", "paper_out")
    witness.device.obey({"paper": "ok"})
    assert witness.nothing_comes_out()
    witness.prints_cleanly(3)
    witness.device.obey({"cable_out_at_byte": 2_501})
    assert witness.print(4).state == "UNKNOWN"
    witness.device.obey({"cable": "in"})
    assert until(lambda: witness.printer.status().state == "OK")
    witness.prints_cleanly(5)
    witness.checks()


def test_at_a_byte_a_second_nothing_is_sent_and_nobody_waits(bench: Bench) -> None:
    witness = bench("serial", "generic-80", baud=10)
    began = time.monotonic()
    assert witness.print(1) == PrintOutcome("NOT_PRINTED", "no_answer")
    assert time.monotonic() - began < 3


def test_at_9600_baud_a_slip_is_whole_within_seconds(tmp_path: Path) -> None:
    """The driver chooses the way that the line can carry."""
    path = tmp_path / "ttyS0"
    device = SimulatedPrinter(listen=None, pty=path, baud=9600, mm_per_s=200.0, cut_s=0.05)
    device.start()
    printer = TicketPrinter(f"serial://{path}?baud=9600", "epson-tm-t20")
    began = time.monotonic()
    assert printer.print(SLIP, 1) == PrintOutcome("PRINTED")
    assert time.monotonic() - began < 8
    assert device.count == 1
    printer.close()
    device.stop()
