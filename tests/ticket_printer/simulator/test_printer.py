"""The virtual printer draws what others' commands mean, and fails like a real one."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path

import pytest
from escpos.printer import Dummy
from PIL import Image, ImageOps

from tests.ticket_printer.paper import page_commands
from tests.ticket_printer.rendering.test_band_commands import paper_of
from tests.ticket_printer.slips import SLIP, until
from ticket_printer.rendering.band_commands import Dialect
from ticket_printer.rendering.raster import draw
from ticket_printer.simulator.paper import Paper
from ticket_printer.simulator.printer import SimulatedPrinter


def ink_box(page: Image.Image) -> Image.Image:
    return page.crop(page.getbbox())


@pytest.mark.parametrize("how", ["bitImageRaster", "graphics", "bitImageColumn"])
def test_a_picture_sent_by_python_escpos_appears_dot_for_dot(how: str) -> None:
    star = ImageOps.invert(draw(SLIP, 384).crop((0, 60, 384, 204)).convert("L"))
    other = Dummy()
    other.image(star, impl=how, center=False)
    other.cut(feed=False)
    expected = ImageOps.invert(star).convert("1")
    assert ink_box(paper_of(bytes(other.output))).tobytes() == ink_box(expected).tobytes()


@pytest.mark.parametrize("native", [True, False])
def test_a_qr_sent_by_python_escpos_can_be_scanned(native: bool) -> None:
    pyzbar = pytest.importorskip("pyzbar.pyzbar")
    other = Dummy()
    other.qr("https://mc.bavi.vn/t/abc", native=native, size=6)
    other.cut()
    shown = ImageOps.expand(ImageOps.invert(paper_of(bytes(other.output)).convert("L")), 30, 255)
    assert [code.data for code in pyzbar.decode(shown)] == [b"https://mc.bavi.vn/t/abc"]


def test_text_sent_by_python_escpos_grows_with_its_size() -> None:
    heights = []
    for size in (1, 3):
        other = Dummy()
        other.set(custom_size=True, width=size, height=size)
        other.text("A012\n")
        other.cut(feed=False)
        heights.append(ink_box(paper_of(bytes(other.output))).height)
    assert heights[1] == pytest.approx(heights[0] * 3, abs=3)


def test_each_cut_slip_is_a_picture_with_a_number_and_no_half_written_file(device: SimulatedPrinter) -> None:
    with socket.create_connection(device.address) as line:
        line.sendall(page_commands(draw(SLIP, 576), Dialect()) * 2)
        assert until(lambda: device.count == 2)
    assert [path.name for path in device.paper.files] == ["paper-000001.png", "paper-000002.png"]
    folder = device.paper.files[0].parent
    assert sorted(folder.iterdir()) == device.paper.files
    on_paper = ImageOps.invert(Image.open(device.paper.files[0]).convert("L")).convert("1")
    assert on_paper.tobytes() == draw(SLIP, 576).tobytes()


def test_paper_takes_its_time(device: SimulatedPrinter) -> None:
    device.mm_per_s, device.cut_s = 150.0, 0.0
    began = time.monotonic()
    with socket.create_connection(device.address) as line:
        line.sendall(page_commands(draw(SLIP, 576), Dialect()))
        assert until(lambda: device.count == 1)
    assert 0.5 < time.monotonic() - began < 3.0


@pytest.mark.parametrize("device", [{"baud": 9600}], indirect=True)
def test_a_slow_line_is_metered(device: SimulatedPrinter) -> None:
    began = time.monotonic()
    with socket.create_connection(device.address) as line:
        line.sendall(b"\x1b@" * 240 + b"\x1dr\x01")
        line.settimeout(5)
        assert line.recv(1) == b"\x00"
    assert time.monotonic() - began > 0.45


def test_out_of_paper_it_holds_four_kilobytes_and_then_pushes_back(device: SimulatedPrinter) -> None:
    device.obey({"paper": "out"})
    with socket.create_connection(device.address) as line:
        line.settimeout(0.3)
        with pytest.raises(TimeoutError):
            for _ in range(4000):
                line.sendall(b"\x00" * 4096)
        assert 0 < device.waiting <= 4096


def test_questions_are_answered_ahead_of_the_queue_but_proofs_wait_their_turn(device: SimulatedPrinter) -> None:
    device.mm_per_s = 100.0
    with socket.create_connection(device.address) as line:
        line.settimeout(5)
        line.sendall(b"\x1bJ\xff" + b"\x1d(H\x06\x0000" + b"0007" + b"\x10\x04\x01")
        assert line.recv(1) == b"\x16"
        rows_then = device.paper.printed_rows
        answer = line.recv(7, socket.MSG_WAITALL)
        assert answer == b"\x37\x220007\x00"
        assert rows_then < 255 and device.paper.printed_rows == 255


def test_real_time_commands_are_obeyed_even_inside_a_picture(device: SimulatedPrinter) -> None:
    with socket.create_connection(device.address) as line:
        line.settimeout(5)
        line.sendall(b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x04")
        assert line.recv(1) == b"\x12"
        assert until(lambda: device.paper.printed_rows == 1)


def test_clearing_the_buffer_loses_what_waits_and_its_proof(device: SimulatedPrinter) -> None:
    device.obey({"paper": "out"})
    with socket.create_connection(device.address) as line:
        line.settimeout(0.3)
        line.sendall(b"\x1bJ\xff\x1d(H\x06\x0000" + b"0007")
        assert until(lambda: device.waiting > 0)
        line.sendall(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
        assert until(lambda: device.waiting == 0)
        device.obey({"paper": "ok"})
        with pytest.raises(TimeoutError):
            line.recv(1)


def test_a_printer_told_to_reports_each_change_by_itself(device: SimulatedPrinter) -> None:
    with socket.create_connection(device.address) as line:
        line.settimeout(5)
        line.sendall(b"\x1da\x0e")
        assert line.recv(4, socket.MSG_WAITALL)[0] & 0x08 == 0
        device.obey({"paper": "out"})
        assert line.recv(4, socket.MSG_WAITALL)[2] & 0x0C == 0x0C


@pytest.mark.parametrize("device", [{"control": ("127.0.0.1", 0)}], indirect=True)
def test_faults_are_ordered_through_the_control_port(device: SimulatedPrinter) -> None:
    with socket.create_connection(device.control_address) as control, control.makefile("rw") as lines:

        def order(text: str) -> dict[str, object]:
            print(text, file=lines, flush=True)
            found: dict[str, object] = json.loads(lines.readline())
            return found

        assert order('{"paper": "out"}')["paper"] == "out"
        assert order('{"cover": "open"}')["cover"] == "open"
        assert device.condition.stopped
        assert order('{"paper": "ok", "cover": "closed"}')["paper"] == "ok"
        assert order('{"count": true}')["count"] == 0
        assert "error" in order('{"colour": "red"}')
        assert "error" in order("not json")


def test_a_serial_line_has_the_name_it_was_given_until_it_ends(tmp_path: Path) -> None:
    link = tmp_path / "ttyPrinter"
    printer = SimulatedPrinter(listen=None, pty=link)
    printer.start()
    assert link.is_symlink() and link.exists()
    printer.stop()
    assert not link.is_symlink()


def test_papers_of_an_earlier_run_are_kept(tmp_path: Path) -> None:
    for name in ("paper-000007.png", "paper-of-mine.png"):
        (tmp_path / name).write_bytes(b"an earlier run")
    paper = Paper(576, tmp_path, lambda rows: None)
    for _ in range(2):
        paper.feed(10)
        paper.cut()
    assert [path.name for path in paper.files] == ["paper-000008.png", "paper-000009.png"]
    assert (tmp_path / "paper-000007.png").read_bytes() == b"an earlier run"
