"""Every kind of line: found by its address, bounded in time, and one error for all that goes wrong."""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import serial

from tests.ticket_printer.papers import parts
from tests.ticket_printer.slips import until
from ticket_printer.delivery.connection import Connection, retry_delay
from ticket_printer.delivery.driver import PrintOutcome, TicketPrinter
from ticket_printer.errors import PrinterError
from ticket_printer.simulator.printer import SimulatedPrinter
from ticket_printer.transport import open_transport
from ticket_printer.transport.address import HANDSHAKES, without_handshake
from ticket_printer.transport.files import LPGETSTATUS, DeviceFile, fault_of_port_status
from ticket_printer.transport.tcp import TcpTransport
from ticket_printer.transport.usb import device_file

Serial = Callable[..., tuple[SimulatedPrinter, Path]]


@pytest.fixture
def serial_printer(tmp_path: Path, request: pytest.FixtureRequest) -> Serial:
    def make(**kind: Any) -> tuple[SimulatedPrinter, Path]:
        path = tmp_path / "ttyS9"
        printer = SimulatedPrinter(listen=None, pty=path, **({"mm_per_s": 400.0, "cut_s": 0.05} | kind))
        printer.start()
        request.addfinalizer(printer.stop)
        return printer, path

    return make


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("lpt://1", "use tcp://, serial://, usb://, file://, cups://"),
        ("serial:///dev/ttyS0?baud=fast", "baud is a number"),
        ("serial:///dev/ttyS0?flow=dsr", "flow is one of auto, dtr, rts, xon, none"),
    ],
)
def test_an_address_nobody_understands_says_what_would_be_understood(url: str, hint: str) -> None:
    with pytest.raises(PrinterError, match=hint) as caught:
        open_transport(url)
    assert (caught.value.reason, caught.value.retryable) == ("unsupported", False)
    assert TicketPrinter(url, "generic-80").status().reason == "unsupported"


@pytest.mark.parametrize(
    "url", ["tcp://127.0.0.1:1", "serial:///dev/ttyNone", "serial://?serial=none", "usb://zz:1", "file:///none/lp0"]
)
def test_what_is_not_there_is_unreachable_and_worth_another_try(url: str) -> None:
    with pytest.raises(PrinterError) as caught:
        open_transport(url)
    assert (caught.value.reason, caught.value.retryable) == ("unreachable", True)


def test_tries_to_connect_grow_rarer_but_never_rarer_than_two_seconds() -> None:
    assert [retry_delay(n) for n in (0, 1, 2, 3, 4, 50)] == [0, 0.25, 0.5, 1.0, 2.0, 2.0]


def test_a_printer_that_is_away_is_not_knocked_at_for_each_slip() -> None:
    now = [0.0]
    tries = []
    connection = Connection("tcp://127.0.0.1:1", False, lambda: now[0])
    for _ in range(60):
        now[0] += 0.1
        with pytest.raises(PrinterError) as caught:
            connection.link()
        tries.append("later" not in str(caught.value))
    assert 5 <= sum(tries) <= 8


def test_a_second_program_on_the_same_serial_line_is_refused(serial_printer: Serial) -> None:
    _, path = serial_printer()
    first = open_transport(f"serial://{path}")
    with pytest.raises(PrinterError, match="lock"):
        open_transport(f"serial://{path}")
    first.close()


@pytest.mark.parametrize("flow", ["auto", "rts", "xon", "none"])
def test_slips_go_over_a_serial_line_with_each_handshake(serial_printer: Serial, flow: str) -> None:
    """Switched off, nothing is proven. A pseudo terminal has no wires to hold up and loses nothing."""
    device, path = serial_printer(xon=flow == "xon")
    printer = TicketPrinter(f"serial://{path}?baud=115200&flow={flow}", "generic-80")
    whole = PrintOutcome("UNKNOWN", "no_proof") if flow == "none" else PrintOutcome("PRINTED")
    assert printer.send(parts(1), 1) == whole
    assert until(lambda: device.count == 1)
    printer.close()


def test_xoff_holds_the_line_and_no_later_user_inherits_it(serial_printer: Serial) -> None:
    device, path = serial_printer(xon=True)
    device.obey({"paper": "out"})
    line = open_transport(f"serial://{path}?flow=xon")
    data = b"".join(parts(1))
    sent = 0
    while taken := line.write(data[sent : sent + 256], 0.3):
        sent += taken
        until(lambda count=sent: device.cable.received >= count, 0.2)
    assert 2000 < sent < len(data)
    line.abort()
    device.obey({"power": "cycle", "paper": "ok"})
    printer = TicketPrinter(f"serial://{path}?flow=xon", "epson-tm-t20")
    assert until(lambda: printer.status().state == "OK", 3.0)
    printer.close()


def test_a_low_dsr_holds_the_line_back_and_nothing_is_lost(
    serial_printer: Serial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pseudo terminal has no modem lines: the level is read from the simulated printer instead."""
    device, path = serial_printer(mm_per_s=4.0)
    lows = []

    def dsr(port: serial.Serial) -> bool:
        lows.append(device.busy)
        return not device.busy

    monkeypatch.setattr(serial.Serial, "dsr", property(dsr))
    line = open_transport(f"serial://{path}?flow=dtr")
    data = b"".join(parts(1))
    sent, end = 0, time.monotonic() + 20
    while sent < len(data) and time.monotonic() < end:
        sent += line.write(data[sent:], 0.2)
        until(lambda count=sent: device.cable.received >= count, 1.0)  # as a real line, which takes its time
    assert sent == len(data) and any(lows)
    assert until(lambda: device.count == 1)
    line.close()


WIRES = [  # what the printer holds up → what its slips come to
    (True, False, PrintOutcome("PRINTED")),
    (False, True, PrintOutcome("PRINTED")),
    (False, False, PrintOutcome("UNKNOWN", "no_proof")),
]


@pytest.mark.parametrize(("dsr", "cts", "outcome"), WIRES)
def test_a_line_that_names_no_handshake_takes_the_one_it_finds_and_proves_nothing_without(
    serial_printer: Serial, monkeypatch: pytest.MonkeyPatch, dsr: bool, cts: bool, outcome: PrintOutcome
) -> None:
    """A cable of three wires loses bytes unseen; the slip is on the paper all the same."""
    device, path = serial_printer()
    monkeypatch.setattr(serial.Serial, "dsr", property(lambda port: dsr))
    monkeypatch.setattr(serial.Serial, "cts", property(lambda port: cts))
    printer = TicketPrinter(f"serial://{path}?baud=115200", "generic-80")
    assert printer.send(parts(1), 1) == outcome
    assert until(lambda: device.count == 1)
    printer.close()


def test_a_handshake_that_shows_later_counts_from_then_on(
    serial_printer: Serial, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = serial_printer()
    wires = {"dsr": False}
    monkeypatch.setattr(serial.Serial, "dsr", property(lambda port: wires["dsr"]))
    monkeypatch.setattr(serial.Serial, "cts", property(lambda port: False))
    line = open_transport(f"serial://{path}")
    assert not line.guarded
    wires["dsr"] = True
    assert line.guarded
    line.close()


def test_a_dead_dsr_ends_in_time_and_not_in_a_hang(serial_printer: Serial, monkeypatch: pytest.MonkeyPatch) -> None:
    _, path = serial_printer()
    monkeypatch.setattr(serial.Serial, "dsr", property(lambda port: False))
    printer = TicketPrinter(f"serial://{path}?flow=dtr", "generic-80")
    began = time.monotonic()
    assert printer.send(parts(1), 1) == PrintOutcome("NOT_PRINTED", "no_answer")
    assert time.monotonic() - began < 3
    printer.close()


def test_a_device_file_speaks_both_ways(serial_printer: Serial) -> None:
    device, path = serial_printer()
    printer = TicketPrinter(f"file://{path}", "generic-80")
    assert printer.send(parts(1), 1) == PrintOutcome("PRINTED")
    assert device.count == 1
    printer.close()


def test_a_device_that_answers_nothing_is_not_listened_to_for_ever() -> None:
    line = open_transport("file:///dev/null")
    assert isinstance(line, DeviceFile) and line.read(0.01) == b"" and not line.answers
    line.close()


@pytest.mark.parametrize(("bits", "trouble"), [(0x18, None), (0x38, "paper_out"), (0x10, "offline"), (0x08, "offline")])
def test_a_port_that_tells_more_than_the_printer_is_heard(
    serial_printer: Serial, monkeypatch: pytest.MonkeyPatch, bits: int, trouble: str | None
) -> None:
    """usblp knows three bits even of a printer that answers nothing."""
    device, path = serial_printer()
    device.obey({"silent": True})
    real = fcntl.ioctl

    def ioctl(number: int, request: int, *rest: Any) -> Any:
        return struct.pack("i", bits) if request == LPGETSTATUS else real(number, request, *rest)

    monkeypatch.setattr(fcntl, "ioctl", ioctl)
    assert fault_of_port_status(bits) == trouble
    printer = TicketPrinter(f"file://{path}", "generic-80")
    found = printer.status()
    assert (found.state, found.reason) == (("FAULT", trouble) if trouble else ("UNKNOWN", "no_answer"))
    printer.close()


def test_a_usb_printer_is_found_by_vendor_product_and_serial_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, serial_number in (("lp0", "A1"), ("lp1", "B2")):
        interface = tmp_path / name / "1-1" / "1-1:1.0"
        interface.mkdir(parents=True)
        for file, text in (("idVendor", "04b8"), ("idProduct", "0202"), ("serial", serial_number)):
            (interface.parent / file).write_text(f"{text}\n", encoding="ascii")
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "device").symlink_to(interface)
    monkeypatch.setattr("ticket_printer.transport.usb.CLASSES", tmp_path / "class")
    assert device_file("04b8", "0202", None) == Path("/dev/usb/lp0")
    assert device_file("04b8", "0202", "B2") == Path("/dev/usb/lp1")
    assert device_file("04b8", "0203", None) is None


def test_two_printers_print_at_once_and_a_dead_one_slows_nobody(tmp_path: Path) -> None:
    well, dead = SimulatedPrinter(mm_per_s=400.0, cut_s=0.05), SimulatedPrinter()
    well.start()
    dead.start()
    dead.obey({"stalled": True})
    printers = [TicketPrinter("tcp://{}:{}".format(*one.address), "generic-80") for one in (well, dead)]
    said: dict[int, list[PrintOutcome]] = {0: [], 1: []}

    def work(which: int) -> None:
        said[which] = [printers[which].send(parts(n), n) for n in range(3)]

    threads = [threading.Thread(target=work, args=(which,)) for which in (0, 1)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    threads[0].join()
    took = time.monotonic() - began
    threads[1].join()
    assert said[0] == [PrintOutcome("PRINTED")] * 3 and took < 6
    assert {outcome.state for outcome in said[1]} == {"NOT_PRINTED"}
    assert sorted(map(len, (well.paper.pictures, dead.paper.pictures))) == [0, 3]
    for one in (*printers,):
        one.close()
    well.stop()
    dead.stop()


def test_a_pipe_gets_whole_slips_and_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "slips"
    os.mkfifo(path)
    printer = TicketPrinter(f"file://{path}", "generic-80")
    assert printer.send(parts(1), 1) == PrintOutcome("NOT_PRINTED", "unreachable"), "nobody reads it"
    printer.close()
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(path.read_bytes()))
    reader.start()
    assert until(lambda: printer.send(parts(2), 2) == PrintOutcome("UNKNOWN", "no_proof")), "somebody reads it"
    printer.close()
    reader.join()
    assert received[0].startswith(b"".join(parts(2)))


def test_a_connection_whose_other_end_is_gone_is_ended_by_the_kernel() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = open_transport(f"tcp://127.0.0.1:{server.getsockname()[1]}")
        assert isinstance(line, TcpTransport)
        option = line._socket.getsockopt
        assert option(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        seconds = [option(socket.IPPROTO_TCP, name) for name in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL)]
        assert sum(seconds) < 10 and option(socket.IPPROTO_TCP, socket.TCP_KEEPCNT) == 3
        assert option(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 10_000
        line.close()


@pytest.mark.parametrize(
    ("url", "proof", "wrong"),
    [
        ("serial:///dev/ttyUSB0?baud=115200", "queue", False),
        ("serial:///dev/ttyUSB0?flow=none", "process_id", True),
        ("serial:///dev/ttyUSB0", "none", False),
        ("serial:///dev/ttyUSB0?baud=9600&flow=dtr", "queue", False),
        ("serial://?serial=A50285BI&flow=xon", "process_id", False),
        ("tcp://10.0.0.9", "queue", False),
        ("usb://04b8:0202", "process_id", False),
    ],
)
def test_a_serial_line_that_proves_slips_may_not_switch_the_handshake_off(url: str, proof: str, wrong: bool) -> None:
    assert without_handshake(url, proof) is wrong
    assert HANDSHAKES == ("flow=dtr", "flow=rts", "flow=xon")
