"""Slips on their way: sizes, order and what the paper shows, in each way."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.ticket_printer.conftest import Connect
from tests.ticket_printer.paper import REALTIME, BareHead, codes_in, paper_of, read_aloud
from tests.ticket_printer.slips import SLIP, until
from ticket_printer.protocol.codepage import tcvn_bytes
from ticket_printer.protocol.profiles import Profile, profile, profiles
from ticket_printer.rendering import encoding
from ticket_printer.rendering.encoding import encode_slip
from ticket_printer.rendering.layout import SlipRow
from ticket_printer.rendering.raster import draw
from ticket_printer.rendering.render_mode import RenderKind, RenderMode, choose_render_mode
from ticket_printer.rendering.stored_graphics import StoredGraphics, select_graphics
from ticket_printer.simulator.printer import SimulatedPrinter
from ticket_printer.slip import Slip

EPSON, CLONE = profile("epson-tm-t20"), profile("xprinter-80")
KINDS: list[RenderKind] = ["raster", "stored", "mixed", "text"]


def way(kind: RenderKind) -> RenderMode:
    return RenderMode(kind, 1.0, True)


def stock(known: Profile = EPSON, slip: Slip = SLIP, width: int = 576) -> StoredGraphics:
    return select_graphics([slip], width, known.centring, known.doubling, 262_144)


def size(known: Profile, kind: RenderKind) -> int:
    return len(b"".join(encode_slip(SLIP, 576, known, way(kind), stock(known).keys)))


def test_the_standard_slip_fits_a_raster_only_printer_in_18000_bytes() -> None:
    assert size(CLONE, "raster") <= 18_000
    assert size(profile("generic-80"), "raster") * 10 / 115_200 <= 1.6


def test_where_pictures_lie_in_the_printer_the_standard_slip_is_4500_bytes() -> None:
    found = size(EPSON, "stored")
    assert found <= 4_500
    assert found * 10 / 115_200 <= 0.4 and found * 10 / 9_600 <= 5.0


@pytest.mark.parametrize("name", profiles())
def test_at_9600_baud_the_drivers_own_choice_takes_at_most_five_seconds(name: str) -> None:
    known = profile(name)
    chosen = choose_render_mode(known, 9600)
    data = b"".join(encode_slip(SLIP, known.width_dots, known, chosen, stock(known, SLIP, known.width_dots).keys))
    assert len(data) * 10 / 9600 <= 5.0


@pytest.mark.parametrize("name", profiles())
@pytest.mark.parametrize("kind", KINDS)
def test_each_piece_is_whole_commands_and_none_is_obeyed_at_once(name: str, kind: RenderKind) -> None:
    known = profile(name)
    kept = stock(known, SLIP, known.width_dots)
    head = BareHead(known.width_dots)
    for piece in kept.upload() if kind == "stored" else ():
        head.feed(piece)
        assert not REALTIME.search(piece)
    for piece in encode_slip(SLIP, known.width_dots, known, way(kind), kept.keys):
        head.feed(piece)  # complains about a command that is cut in two
        assert not REALTIME.search(piece)
    assert len(head.paper.pictures) == 1


@pytest.mark.parametrize("name", ["generic-80", "generic-80-narrow", "generic-58", "epson-tm-t20"])
def test_a_drawn_slip_is_the_picture_dot_for_dot(name: str) -> None:
    known = profile(name)
    page = paper_of(encode_slip(SLIP, known.width_dots, known, choose_render_mode(known, None)), known.width_dots)
    assert page.tobytes() == draw(SLIP, known.width_dots).tobytes()


def test_a_slip_of_stored_pictures_looks_like_a_drawn_one_but_for_the_printers_own_code() -> None:
    kept, page = stock(), draw(SLIP, 576)
    paper = paper_of([*kept.upload(), *encode_slip(SLIP, 576, EPSON, way("stored"), kept.keys)])
    assert paper.size == page.size
    assert codes_in(paper) == codes_in(page) == [SLIP.qr_url]
    assert _without_code(paper).tobytes() == _without_code(page).tobytes()


def _without_code(page: Image.Image) -> Image.Image:
    """The code stands above the thanks, 116 dots high."""
    bare = page.copy()
    bare.paste(0, (0, page.height - 170, page.width, page.height - 40))
    return bare


def test_a_ticket_unlike_the_stored_ones_is_drawn_where_it_differs() -> None:
    kept, other = stock(), replace(SLIP, ahead=17, ahead_text="17 người chờ trước", qr_url=None)
    paper = paper_of([*kept.upload(), *encode_slip(other, 576, EPSON, way("stored"), kept.keys)])
    assert paper.tobytes() == draw(other, 576).tobytes()


def test_the_first_bytes_leave_before_the_last_row_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    real = encoding.draw_row
    monkeypatch.setattr(
        encoding, "draw_row", lambda row, slip, width: (drawn.append(row.name), real(row, slip, width))[1]
    )
    pieces = encode_slip(replace(SLIP, office="BỘ PHẬN MỘT CỬA XÃ BA TƠ", thanks="Cảm ơn!"), 576, CLONE, way("raster"))
    assert next(pieces).startswith(b"\x1b@")
    assert drawn == []
    sent = 0
    while "number" not in drawn:
        sent += len(next(pieces))
    assert sent < 3_500, "the number is on the wire early"
    assert not {"time", "code", "thanks"} & set(drawn)


def test_the_paper_moves_while_the_rest_is_still_to_be_drawn(
    device: SimulatedPrinter, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    real = encoding.draw_row

    def slow(row: SlipRow, slip: Slip, width: int) -> Image.Image:
        if row.name == "code":
            seen.append(until(lambda: device.paper.printed_rows > 200))
        return real(row, slip, width)

    monkeypatch.setattr(encoding, "draw_row", slow)
    assert connect("generic-80").print(SLIP, 1).state == "PRINTED"
    assert seen == [True], "the number is on the paper before the code is drawn"


def test_rows_that_tickets_share_are_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    list(encode_slip(SLIP, 576, CLONE, way("raster")))
    drawn: list[str] = []
    real = encoding.draw_row
    monkeypatch.setattr(
        encoding, "draw_row", lambda row, slip, width: (drawn.append(row.name), real(row, slip, width))[1]
    )
    list(
        encode_slip(replace(SLIP, number="013", qr_url="https://mc.bavi.vn/t/8Zd9xQw7Yz2b"), 576, CLONE, way("raster"))
    )
    assert drawn == ["number", "time", "code"]


@pytest.mark.parametrize("kind", ["mixed", "text"])
def test_a_proven_code_page_prints_vietnamese_in_the_printers_letters(kind: RenderKind, tmp_path: Path) -> None:
    data = b"".join(encode_slip(replace(SLIP, reprint_text="In lại"), 576, EPSON, way(kind)))
    assert tcvn_bytes("Đến quầy 1 hoặc 2") in data and tcvn_bytes("3 người chờ trước") in data
    page = paper_of(data)
    text = read_aloud(page.resize((page.width * 2, page.height * 2)), tmp_path).lower()
    for words in ("thứ tự", "hộ tịch", "giữ phiếu", "cảm ơn", "in lại"):
        assert words in text, text
    assert codes_in(page) == [SLIP.qr_url]


@pytest.mark.parametrize(("kind", "codes"), [("mixed", [SLIP.qr_url]), ("text", [])])
def test_without_a_code_page_the_words_lose_their_marks_and_nothing_else(
    kind: RenderKind, codes: list[str], tmp_path: Path
) -> None:
    data = b"".join(encode_slip(SLIP, 576, CLONE, way(kind)))
    for words in (b"Den quay 1 hoac 2", b"3 nguoi cho truoc", b"08:05 - 15/4/2024 - Buoi: Sang", b"Tu phap - Ho tich"):
        assert words in data
    assert kind == "mixed" or b"?" not in data
    assert (b"Quet o" in data) is bool(codes), "nobody is told to scan what is not there"
    assert codes_in(paper_of(data)) == codes


@pytest.mark.parametrize("name", ["generic-80", "generic-58"])
def test_a_line_of_letters_is_never_broken_in_a_word(name: str) -> None:
    known = profile(name)
    long = replace(SLIP, service="Đất đai – Xây dựng – Môi trường và Nông nghiệp", counters=("1", "2", "3", "4", "5"))
    data = b"".join(encode_slip(long, known.width_dots, known, way("text")))
    printed = [line for line in data.split(b"\n") if b"dai" in line or b"trong" in line or b"nghiep" in line]
    assert all(len(line) <= known.columns + 8 for line in printed)
    assert b"Dat dai - Xay dung" in data and b"Den quay 1 2 3 4 5" in data


def test_a_slip_is_drawn_and_encoded_before_anyone_notices() -> None:
    b"".join(encode_slip(SLIP, 576, CLONE, way("raster")))
    spent = []
    for ordinal in range(31):
        slip = replace(SLIP, number=f"{ordinal:03}", qr_url=f"https://mc.bavi.vn/t/3Kd9xQw7Yz{ordinal:02}")
        began = time.thread_time()
        b"".join(encode_slip(slip, 576, CLONE, way("raster")))
        spent.append(time.thread_time() - began)
    assert statistics.median(spent) < 0.040
