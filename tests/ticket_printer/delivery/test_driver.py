"""What becomes of a slip, told truthfully, over both kinds of line."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ticket_printer.conftest import Connect
from tests.ticket_printer.slips import SLIP, until
from ticket_printer.delivery.driver import PrintOutcome, TicketPrinter
from ticket_printer.errors import PrinterError
from ticket_printer.rendering.raster import draw
from ticket_printer.simulator.printer import SimulatedPrinter

PROVING = ["epson-tm-t20", "generic-80", "xprinter-80"]
SLIP_ROWS = 650
Either = tuple[SimulatedPrinter, str]


@pytest.mark.parametrize("profile", PROVING)
def test_a_slip_is_printed_when_the_printer_proves_it(either: Either, profile: str) -> None:
    device, url = either
    printer = TicketPrinter(url, profile)
    assert [printer.print(SLIP, job) for job in (1, 2)] == [PrintOutcome("PRINTED")] * 2
    printer.close()
    assert device.count == 2
    assert all(picture.size == draw(SLIP, 576).size for picture in device.paper.pictures)


@pytest.mark.parametrize("fault", [{"paper": "out"}, {"cover": "open"}, {"offline": True}, {"cutter_jammed": True}])
def test_a_broken_printer_gets_no_byte_and_prints_nothing_after_its_repair(
    either: Either, fault: dict[str, object]
) -> None:
    device, url = either
    device.obey(dict(fault))
    printer = TicketPrinter(url, "generic-80")
    reasons = {"paper": "paper_out", "cover": "cover_open", "offline": "offline", "cutter_jammed": "cutter"}
    reason = reasons[next(iter(fault))]
    assert printer.print(SLIP, 1) == PrintOutcome("NOT_PRINTED", reason)
    device.obey({"paper": "ok", "cover": "closed", "offline": False, "cutter_jammed": False})
    assert printer.print(SLIP, 2) == PrintOutcome("PRINTED")
    assert device.count == 1
    printer.close()


def test_a_slip_whose_rest_cannot_be_drawn_is_unknown_and_the_next_one_is_clean(either: Either) -> None:
    device, url = either
    printer = TicketPrinter(url, "generic-80")
    whole = list(printer._encoder.encode(SLIP))

    def breaks_off() -> Iterator[bytes]:
        yield from whole[: len(whole) // 2]
        raise KeyError("gone")

    assert printer.send(breaks_off(), 1) == PrintOutcome("UNKNOWN", "not_drawn")
    assert printer.print(SLIP, 2) == PrintOutcome("PRINTED")
    printer.close()
    assert device.paper.pictures[-1].size == draw(SLIP, 576).size


def test_a_slip_that_cannot_even_begin_is_not_printed_also_on_a_printer_in_doubt(either: Either) -> None:
    _, url = either
    printer = TicketPrinter(url, "generic-80")
    printer.distrust()
    first = next(iter(printer._encoder.encode(SLIP)))

    def breaks_off() -> Iterator[bytes]:
        yield first
        raise KeyError("gone")

    assert printer.send(breaks_off(), 1) == PrintOutcome("NOT_PRINTED", "not_drawn")
    assert printer.print(SLIP, 2) == PrintOutcome("PRINTED")
    printer.close()


def test_a_sensor_that_a_printer_does_not_have_warns_of_nothing(either: Either, tmp_path: Path) -> None:
    device, url = either
    device.obey({"near_end": True})
    warned = {}
    for name in ("generic-80", "generic-58"):  # the second is not known to have the sensor
        printer = TicketPrinter(url, name)
        assert until(lambda printer=printer: printer.status().state == "OK")  # type: ignore[misc]
        warned[name] = printer.status().near_end
        printer.close()
    assert warned == {"generic-80": True, "generic-58": False}


def test_a_reporting_printer_names_the_open_cover_within_two_seconds(
    device: SimulatedPrinter, connect: Connect
) -> None:
    printer = connect("epson-tm-t20")
    device.mm_per_s = 60.0
    opened = threading.Timer(0.5, device.obey, [{"cover": "open"}])
    opened.start()
    began = time.monotonic()
    assert printer.print(SLIP, 1) == PrintOutcome("UNKNOWN", "cover_open")
    assert time.monotonic() - began < 2.5


def test_a_hot_head_only_takes_longer(device: SimulatedPrinter, connect: Connect) -> None:
    printer = connect("epson-tm-t20")
    assert printer.status().state == "OK"
    device.mm_per_s = 100.0

    def heat() -> None:
        until(lambda: device.paper.printed_rows > 60)
        device.obey({"overheated": True})
        time.sleep(0.5)
        device.obey({"overheated": False})

    hand = threading.Thread(target=heat)
    hand.start()
    assert printer.print(SLIP, 1) == PrintOutcome("PRINTED")
    hand.join()


def test_a_silent_printer_is_neither_well_nor_out_of_paper(device: SimulatedPrinter, connect: Connect) -> None:
    device.obey({"silent": True})
    printer = connect("generic-80")
    found = printer.status()
    assert (found.state, found.reason) == ("UNKNOWN", "no_answer")
    assert printer.print(SLIP, 1) == PrintOutcome("NOT_PRINTED", "no_answer")
    assert device.count == 0


def test_a_printer_that_falls_silent_after_the_slip_leaves_it_unknown(
    device: SimulatedPrinter, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ticket_printer.delivery.delivery_protocol.GRACE_S", 0.5)
    monkeypatch.setattr("ticket_printer.delivery.delivery_protocol.PAPER_S", 1.0)
    printer = connect("epson-tm-t20")
    device.process_id = False
    assert printer.print(SLIP, 1) == PrintOutcome("UNKNOWN", "deadline")
    assert device.count == 1


def test_a_profile_without_proof_is_unknown_by_design(device: SimulatedPrinter, connect: Connect) -> None:
    device.obey({"silent": True})
    assert connect("generic-58").print(SLIP, 1) == PrintOutcome("UNKNOWN", "no_proof")
    assert until(lambda: device.count == 1)


@pytest.mark.parametrize("plain", [False, True])
def test_a_device_file_that_is_missing_or_a_plain_file_is_no_printer(tmp_path: Path, plain: bool) -> None:
    if plain:
        (tmp_path / "lp0").touch()
    printer = TicketPrinter(f"file://{tmp_path / 'lp0'}", "generic-80")
    assert printer.print(SLIP, 1) == PrintOutcome("NOT_PRINTED", "unreachable")
    printer.close()
    assert [path.stat().st_size for path in tmp_path.iterdir()] == [0] * plain, "nothing is created, nothing written"


def test_a_printer_that_is_not_there_is_unreachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    printer = TicketPrinter(f"tcp://127.0.0.1:{port}", "generic-80")
    assert printer.print(SLIP, 1) == PrintOutcome("NOT_PRINTED", "unreachable")


def test_a_profile_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(PrinterError, match="profiles: generic-80"):
        TicketPrinter("tcp://127.0.0.1:9", "brother")


@pytest.mark.parametrize(
    "trouble", [{"split": True}, {"late_ms": 60}, {"garbage": "ff80ff91"}, {"garbage": "1112131a"}]
)
def test_late_split_and_damaged_answers_never_hide_a_missing_proof(
    device: SimulatedPrinter, connect: Connect, trouble: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ticket_printer.delivery.delivery_protocol.GRACE_S", 0.3)
    monkeypatch.setattr("ticket_printer.delivery.delivery_protocol.PAPER_S", 1.0)
    printer = connect("epson-tm-t20")
    device.obey(dict(trouble))
    outcome = printer.print(SLIP, 1)
    assert outcome.state != "PRINTED" or device.count == 1
    device.process_id = False
    device.obey(dict(trouble))
    assert printer.print(SLIP, 2).state != "PRINTED"
