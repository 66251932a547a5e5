"""What citizens read on the paper."""

from __future__ import annotations

import statistics
import subprocess
import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageOps

from tests.ticket_printer.slips import SLIP
from ticket_printer.escpos_bytes import Dialect, slip_bytes
from ticket_printer.raster import draw
from ticket_printer.signs import PICTOGRAMS, lettered_shape, pictogram
from ticket_printer.slip import Slip

NARROW = replace(SLIP, counter_word="Quầy", qr_text="Quét: xem số")
LONG = replace(
    SLIP, letter="C", shape="square", number="1204", service="Đất đai – Xây dựng – Môi trường", ahead=14,
    ahead_text="14 người chờ trước", counters=("3", "4", "5", "6"), reprint_text="In lại",
)  # fmt: skip


def read_aloud(picture: Image.Image, folder: Path) -> str:
    """What tesseract reads, with words only."""
    shown = ImageOps.expand(ImageOps.invert(picture.convert("L")), 40, 255)
    shown.resize((shown.width * 2, shown.height * 2)).save(folder / "slip.png")
    command = ["tesseract", str(folder / "slip.png"), "-", "-l", "vie", "--psm", "4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return unicodedata.normalize("NFC", " ".join(done.stdout.split()))


def test_a_reader_of_vietnamese_reads_every_line_without_a_wrong_mark(tmp_path: Path) -> None:
    text = read_aloud(draw(SLIP, 576), tmp_path)
    for line in ("BỘ PHẬN MỘT CỬA XÃ BA VÌ", "Tư pháp – Hộ tịch", "3 người chờ trước", "Buổi: Sáng", "theo dõi số"):
        assert line.replace("–", "-") in text.replace("–", "-").replace("—", "-"), text
    assert "giữ phiếu, chờ gọi số. Xin cảm ơn" in text


@pytest.mark.parametrize("width", [576, 512, 384])
@pytest.mark.parametrize("slip", [SLIP, NARROW, LONG, replace(SLIP, qr_url=None, ahead=0, ahead_text="Không phải chờ")])
def test_nothing_is_clipped_at_the_edge_of_any_paper(slip: Slip, width: int) -> None:
    page = draw(slip, width)
    left, _, right, _ = page.getbbox() or (0, 0, 0, 0)
    assert page.width == width
    assert left >= 4 and right <= width - 4


@pytest.mark.parametrize(("width", "rows", "figure_height"), [(576, (600, 720), 130), (384, (560, 680), 90)])
def test_the_number_is_large_and_the_slip_as_long_as_the_hand_expects(
    width: int, rows: tuple[int, int], figure_height: int
) -> None:
    page = draw(NARROW if width == 384 else SLIP, width)
    assert rows[0] <= page.height <= rows[1]
    column = page.crop((width // 2, 0, width - 8, page.height))
    data = [any(column.crop((0, y, column.width, y + 1)).tobytes()) for y in range(column.height)]
    longest = max(len(run) for run in "".join("#" if ink else " " for ink in data).split())
    assert longest >= figure_height


def test_the_qr_holds_the_address_of_the_ticket(tmp_path: Path) -> None:
    pyzbar = pytest.importorskip("pyzbar.pyzbar")
    for width in (576, 384):
        shown = ImageOps.expand(ImageOps.invert(draw(NARROW, width).convert("L")), 40, 255)
        found = pyzbar.decode(shown)
        assert [code.data.decode() for code in found] == [SLIP.qr_url]


def test_without_a_public_address_there_is_no_qr_and_no_invitation_to_scan(tmp_path: Path) -> None:
    assert "Quét" not in read_aloud(draw(replace(SLIP, qr_url=None), 576), tmp_path)


def test_a_reprint_says_so(tmp_path: Path) -> None:
    first = replace(SLIP, qr_url=None)
    assert "In lại" in read_aloud(draw(replace(first, reprint_text="In lại"), 576), tmp_path)
    assert "In lại" not in read_aloud(draw(first, 576), tmp_path)


def test_letters_given_as_base_and_marks_look_the_same() -> None:
    apart = replace(SLIP, service=unicodedata.normalize("NFD", SLIP.service))
    assert draw(apart, 576).tobytes() == draw(SLIP, 576).tobytes()


def test_the_typeface_holds_every_vietnamese_letter() -> None:
    import fontpkg_noto_sans

    known = TTFont(Path(fontpkg_noto_sans.ROOT) / "files" / "NotoSans[wdth,wght].ttf").getBestCmap()
    vowels = "aăâeêioôơuưy"
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = {unicodedata.normalize("NFC", v + m) for v in vowels for m in marks} | {"đ"}
    assert {c for c in letters | {c.upper() for c in letters} if ord(c) not in known} == set()


def test_five_services_have_five_shapes_and_pictograms_that_differ() -> None:
    shapes = ("circle", "square", "triangle", "diamond", "star")
    assert len({lettered_shape(shape, "A", 142).tobytes() for shape in shapes}) == 5
    assert len({pictogram(name, 48).tobytes() for name in [*PICTOGRAMS, "unknown"]}) == 6


def test_people_are_drawn_up_to_five_and_then_only_counted() -> None:
    def ink(ahead: int) -> int:
        page = draw(replace(SLIP, ahead=ahead, ahead_text="người chờ"), 576)
        return sum(byte.bit_count() for byte in page.tobytes())

    assert ink(0) < ink(1) < ink(5)
    assert ink(6) == ink(0)


def test_a_slip_is_drawn_and_encoded_before_anyone_notices() -> None:
    slip_bytes(draw(SLIP, 576), Dialect())
    spent = []
    for ordinal in range(31):
        slip = replace(SLIP, number=f"{ordinal:03}", qr_url=f"https://mc.bavi.vn/t/3Kd9xQw7Yz{ordinal:02}")
        began = time.thread_time()
        slip_bytes(draw(slip, 576), Dialect())
        spent.append(time.thread_time() - began)
    assert statistics.median(spent) < 0.040
