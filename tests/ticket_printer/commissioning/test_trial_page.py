"""The trial slip: a ruler that measures, letters that are all there, a code that is read."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from PIL import Image
from pyzbar.pyzbar import decode

from tests.ticket_printer.slips import until
from ticket_printer.commissioning.examination import raster_commands
from ticket_printer.commissioning.trial_extras import extras
from ticket_printer.commissioning.trial_page import SHADES, TrialWording, accented_letters, ruler, shades, trial_page
from ticket_printer.protocol.codepage import PAGES
from ticket_printer.protocol.profiles import profile
from ticket_printer.rendering.typeface import word
from ticket_printer.simulator.printer import SimulatedPrinter

WORDS = TrialWording(
    title="PHIẾU THỬ MÁY IN",
    about="hall · 08:05 · 15/4/2024",
    letters="Chữ có dấu: 67 chữ thường, 67 chữ hoa",
    shades="Độ đậm, từ nhạt đến đen",
    scan="Quét ô này: điện thoại phải hiện chữ MOTCUA TEST",
    code="MOTCUA TEST",
    end="Máy cắt giấy dưới dòng này.",
)


def ink(picture: Image.Image, left: int, top: int, right: int, bottom: int) -> int:
    return sum(picture.crop((left, top, right, bottom)).histogram()[1:])


def test_every_accented_letter_stands_on_the_page_once_small_and_once_capital() -> None:
    small = accented_letters()
    both = small + small.upper()
    assert len(set(both)) == len(both) == 134
    assert all(unicodedata.normalize("NFC", letter) == letter and not letter.isascii() for letter in both)
    assert {"ẵ", "ợ", "đ", "ỵ", "ở"} <= set(small) and {"Ẫ", "Ợ", "Đ", "Ỳ"} <= set(small.upper())


def test_no_two_letters_look_alike() -> None:
    both = accented_letters() + accented_letters().upper()
    assert len({word(letter, 34).tobytes() for letter in both}) == 134


@pytest.mark.parametrize("width", [384, 512, 576])
def test_the_ruler_has_a_bar_at_either_edge_and_a_stroke_each_millimetre(width: int) -> None:
    picture = ruler(width)
    assert ink(picture, 0, 0, 4, 84) == ink(picture, width - 4, 0, width, 84) == 4 * 84
    strokes = [mm for mm in range(1, width // 8 - 1) if ink(picture, mm * 8, 0, mm * 8 + 1, 16) == 16]
    assert strokes == list(range(1, width // 8 - 1))
    between = [mm for mm in range(1, width // 8 - 1) if ink(picture, mm * 8 + 4, 0, mm * 8 + 5, 16)]
    assert between == []


def test_the_shades_grow_from_white_to_black() -> None:
    picture = shades(576)
    each = 576 // len(SHADES)
    found = [ink(picture, place * each, 0, place * each + each - 4, 56) for place in range(len(SHADES))]
    assert found == sorted(found) and found[-1] == (each - 4) * 56 and found[0] * 14 < found[-1]


@pytest.mark.parametrize("width", [384, 576])
def test_the_printed_page_is_whole_and_its_code_is_read(width: int, tmp_path: Path) -> None:
    device = SimulatedPrinter(width_dots=width, paper_dir=tmp_path, mm_per_s=5000.0, cut_s=0.0)
    device.start()
    page = trial_page(WORDS, width)
    feed(device, b"".join(raster_commands(page)) + b"\x1dVB\0")
    assert until(lambda: device.count == 1)
    device.stop()
    paper = device.paper.pictures[0]
    assert paper.size == page.size
    assert paper.convert("1").tobytes() == bytes(255 - byte for byte in page.tobytes())
    assert [found.data for found in decode(paper.convert("L"))] == [b"MOTCUA TEST"]


def test_the_second_slip_shows_a_doubled_bar_a_middle_and_the_printers_own_code(tmp_path: Path) -> None:
    device = SimulatedPrinter(paper_dir=tmp_path, mm_per_s=5000.0, cut_s=0.0)
    device.start()
    feed(device, extras(profile("generic-80"), "MOTCUA TEST"))
    assert until(lambda: device.count == 1)
    device.stop()
    paper = device.paper.pictures[0].convert("L")
    assert [found.data for found in decode(paper)] == [b"MOTCUA TEST"]
    wide = [y for y in range(paper.height) if ink_of_row(paper, y, 0, 192) == 192]
    assert len(wide) == 32, "the bar and its double are equally wide and high"
    rows = range(paper.height)
    middle = [y for y in rows if ink_of_row(paper, y, 264, 312) == 48 and not ink_of_row(paper, y, 0, 200)]
    assert len(middle) == 48


@pytest.mark.parametrize(("name", "width"), [("generic-58", 384), ("generic-80", 576)])
def test_the_printers_own_letters_are_sent_once_each_by_their_pages(name: str, width: int) -> None:
    data = extras(profile(name), "MOTCUA TEST")
    assert in_own_type(data) == accented_letters() + accented_letters().upper()
    assert data.count(b"\n", data.index(b"\x1bt")) == -(-134 // (width // 24))


def in_own_type(data: bytes) -> str:
    """The marked letters behind the first change of the code page."""
    seen, page, at = "", 0, data.index(b"\x1bt")
    while at < len(data):
        if data[at : at + 2] == b"\x1bt":
            page, at = data[at + 2], at + 3
            continue
        seen += next((letter for letter, byte in PAGES[page].items() if byte == data[at]), "")
        at += 1
    return seen


def ink_of_row(paper: Image.Image, y: int, left: int, right: int) -> int:
    return sum(1 for x in range(left, right) if paper.getpixel((x, y)) == 0)


def feed(device: SimulatedPrinter, data: bytes) -> None:
    """As a port would bring it, as fast as the buffer takes it."""
    while data:
        room = device.wait_for_room(False, 1.0)
        device.receive(data[:room])
        data = data[room:]
