"""What citizens read on the paper."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw

from tests.ticket_printer.paper import codes_in, read_aloud
from tests.ticket_printer.slips import SLIP
from ticket_printer.rendering import composing, row_drawing
from ticket_printer.rendering.layout import LAYOUT, sizes_for
from ticket_printer.rendering.pictograms import PICTOGRAMS, lettered_shape, pictogram
from ticket_printer.rendering.raster import draw, draw_row
from ticket_printer.rendering.typeface import font, missing_letters, word, wrapped
from ticket_printer.slip import Slip

MARKS = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
NARROW = replace(SLIP, counter_word="Quầy", qr_text="Quét: xem số")
LONG = replace(
    SLIP,
    letter="C",
    shape="square",
    number="1204",
    service="Đất đai – Xây dựng – Môi trường",
    ahead=14,
    ahead_text="14 người chờ trước",
    counters=("3", "4", "5", "6"),
    reprint_text="In lại",
)


@pytest.mark.parametrize("width", [576, 512, 384])
@pytest.mark.parametrize(
    "slip",
    [
        SLIP,
        NARROW,
        LONG,
        replace(SLIP, qr_url=None, ahead=0, ahead_text="Không phải chờ"),
        replace(SLIP, ahead=5, ahead_text="Trước ông/bà còn 5 người"),
        replace(SLIP, ahead=4, ahead_text="Trước bà con còn 4 người nữa đang chờ đến lượt ở quầy này"),
        replace(SLIP, ahead=12, ahead_text="Trước bà con còn 12 người nữa đang chờ đến lượt ở quầy này"),
    ],
)
def test_nothing_is_clipped_at_the_edge_of_any_paper(slip: Slip, width: int) -> None:
    page = draw(slip, width)
    left, _, right, _ = page.getbbox() or (0, 0, 0, 0)
    assert page.width == width
    assert left >= 4 and right <= width - 4


@pytest.mark.parametrize(("width", "rows", "figure_height"), [(576, (600, 800), 130), (384, (560, 800), 90)])
def test_the_number_is_large_and_the_slip_as_long_as_the_hand_expects(
    width: int, rows: tuple[int, int], figure_height: int
) -> None:
    page = draw(NARROW if width == 384 else SLIP, width)
    assert rows[0] <= page.height <= rows[1]
    column = page.crop((width // 2, 0, width - 8, page.height))
    data = [any(column.crop((0, y, column.width, y + 1)).tobytes()) for y in range(column.height)]
    longest = max(len(run) for run in "".join("#" if ink else " " for ink in data).split())
    assert longest >= figure_height


@pytest.mark.parametrize("width", [576, 512, 384])
def test_no_type_is_smaller_than_ten_points(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """VVSG 2.0 of what is printed for everybody; 203 dots are an inch, 72 points too."""
    sizes: list[int] = []

    def noted(text: str, size: int) -> Image.Image:
        sizes.append(size)
        return word(text, size)

    for module in (composing, row_drawing):
        monkeypatch.setattr(module, "word", noted)
    for slip in (SLIP, NARROW, LONG):
        for ahead in (0, 3, 128):
            draw(replace(slip, ahead=ahead, ahead_text=f"{ahead} người chờ trước", reprint_text="In lại"), width)
    assert min(sizes) * 72 / 203 >= 10


@pytest.mark.parametrize("width", [576, 512, 384])
def test_the_qr_holds_the_address_of_the_ticket(width: int) -> None:
    assert codes_in(draw(NARROW, width)) == [SLIP.qr_url]


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
    letters = {unicodedata.normalize("NFC", v + m) for v in vowels for m in MARKS} | {"đ"}
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


@pytest.mark.parametrize(
    ("office", "lines"),
    [
        ("BỘ PHẬN MỘT CỬA XÃ BA VÌ", ["BỘ PHẬN MỘT CỬA", "XÃ BA VÌ"]),
        ("TRUNG TÂM PHỤC VỤ PHƯỜNG NGHĨA LỘ", ["TRUNG TÂM PHỤC VỤ", "PHƯỜNG NGHĨA LỘ"]),
        ("UBND XÃ BA TƠ", ["UBND XÃ BA TƠ"]),
    ],
)
def test_a_name_is_broken_before_its_place_when_it_must_be_broken(office: str, lines: list[str]) -> None:
    assert wrapped(office, 28, sizes_for(384).room) == lines


def test_lines_end_where_the_sense_does() -> None:
    assert wrapped("Vui lòng giữ phiếu, chờ gọi số. Xin cảm ơn!", 25, 480)[1] == "Xin cảm ơn!"
    assert wrapped("Đất đai – Xây dựng – Môi trường", 30, 330) == ["Đất đai – Xây dựng –", "Môi trường"]
    assert wrapped("Một dòng ngắn", 30, 400) == ["Một dòng ngắn"]


def test_the_logo_stands_first_black_on_white_and_no_higher_than_12_mm(tmp_path: Path) -> None:
    logo = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    logo.paste((120, 0, 0, 255), (0, 0, 200, 300))
    logo.save(tmp_path / "logo.png")
    page, plain = draw(replace(SLIP, logo=str(tmp_path / "logo.png")), 576), draw(SLIP, 576)
    assert page.height == plain.height + 96 + sizes_for(576).gap
    assert page.crop((0, 0, 576, 96)).getbbox() == (224, 0, 288, 96), "the clear half is paper"


def test_a_logo_that_cannot_be_read_stops_no_slip(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"no picture")
    assert draw(replace(SLIP, logo=str(tmp_path / "logo.png")), 576).height > 600


def test_each_row_is_drawn_from_the_fields_it_says_it_shows() -> None:
    for width in (576, 384):
        for row in LAYOUT:
            if row.name != "logo":
                whole = draw_row(row, SLIP, width)
                assert draw_row(row, SLIP.only(row.shows), width).tobytes() == whole.tobytes(), row.name


def test_no_mark_of_any_letter_is_clipped_at_any_size() -> None:
    """The same letter on a page with room all around has no more ink; Hrê letters included."""
    letters = "".join(unicodedata.normalize("NFC", v + m) for v in "AĂÂEÊIOÔƠUƯYaăâeêioôơuưy" for m in MARKS)
    for size in range(22, 39):
        face = font(size)
        roomy = Image.new("1", (round(face.getlength(letters + "Đđŏ'q")) + 4 * size, size * 4))
        pen = ImageDraw.Draw(roomy)
        pen.fontmode = "1"
        pen.text((2 * size, size), letters + "Đđŏ'q", fill=1, font=face)
        ink = word(letters + "Đđŏ'q", size)
        assert ink.crop(ink.getbbox()).tobytes() == roomy.crop(roomy.getbbox()).tobytes(), size


def test_letters_that_slips_cannot_show_are_named_once_each() -> None:
    assert missing_letters("Tư pháp – Hộ tịch 中☂中 ẪẰỄỘỢ “1.000 đ” · Pờkao Hrê") == "中☂"
    decomposed = "Xin Cha\u0300o"
    assert missing_letters(decomposed) == "", "marks are joined first"
