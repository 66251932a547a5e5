"""The simulated head draws what python-escpos means by its own commands: pictures, codes, letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from escpos.printer import Dummy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from tests.ticket_printer.paper import BareHead, codes_in, paper_of, read_aloud
from tests.ticket_printer.slips import SLIP
from ticket_printer.rendering.raster import draw

ADDRESS = "https://mc.bavi.vn/t/3Kd9xQw7Yz2a"
IMPLEMENTATIONS = ["bitImageRaster", "graphics", "bitImageColumn"]


def paper(order: Callable[[Dummy], object], profile: str | None = None, width: int = 576) -> Image.Image:
    """The paper of what python-escpos was told, cut; 1 is ink."""
    printer = Dummy(profile=profile) if profile else Dummy()
    order(printer)
    printer._raw(b"\n\x1dV\x00")
    return paper_of(printer.output, width)


def shown(ink: Image.Image) -> Image.Image:
    """As python-escpos takes pictures: black on white."""
    return ImageOps.invert(ink.convert("L"))


def ink_of(page: Image.Image) -> Image.Image:
    return page.crop(page.getbbox())


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
def test_a_picture_is_printed_dot_for_dot_by_each_of_its_commands(implementation: str) -> None:
    page = draw(SLIP, 576)
    got = paper(lambda p: p.image(shown(page), impl=implementation))
    assert ink_of(got).tobytes() == ink_of(page).tobytes()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    size=st.tuples(st.integers(1, 200), st.integers(1, 90)),
    seed=st.randoms(use_true_random=False),
    implementation=st.sampled_from(IMPLEMENTATIONS[:2]),
    across=st.booleans(),
    down=st.booleans(),
)
def test_low_density_prints_each_dot_twice(
    size: tuple[int, int], seed: Random, implementation: str, across: bool, down: bool
) -> None:
    picture = Image.new("1", size)
    picture.putdata([int(seed.random() < 0.5) for _ in range(size[0] * size[1])])
    picture.putpixel((0, 0), 1)
    picture.putpixel((size[0] - 1, size[1] - 1), 1)
    magnified = picture.resize((size[0] * (2 if across else 1), size[1] * (2 if down else 1)), Image.Resampling.NEAREST)
    got = paper(lambda p: p.image(shown(picture), not down, not across, impl=implementation))
    assert got.crop((0, 0, *magnified.size)).tobytes() == magnified.tobytes()


@pytest.mark.parametrize("narrow", [True, False])
def test_a_tall_picture_comes_in_pieces_and_is_whole(narrow: bool) -> None:
    page = draw(SLIP, 384 if narrow else 576)
    got = paper(lambda p: p.image(shown(page), fragment_height=100), width=page.width)
    assert got.crop((0, 0, *page.size)).tobytes() == page.tobytes()


def test_a_picture_is_put_in_the_middle_also_when_its_width_is_odd() -> None:
    dot = Image.new("1", (51, 9), 1)
    header = b"\x1ba\x01\x1d(L" + (10 + 7 * 9).to_bytes(2, "little") + b"0p0\x01\x011" + b"\x33\x00\x09\x00"
    got = paper_of(header + dot.tobytes() + b"\x1d(L\x02\x0002\x1dV\x00")
    assert got.getbbox() == (262, 0, 313, 9)


@pytest.mark.parametrize("size", [3, 4, 8])
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_a_code_of_the_printer_holds_the_address(size: int, level: int) -> None:
    got = ink_of(paper(lambda p: p.qr(ADDRESS, native=True, size=size, ec=level), "TM-T20II"))
    assert codes_in(got) == [ADDRESS]
    assert got.width == got.height and got.width % size == 0
    assert got.width // size >= [25, 29, 29, 33][level]


def test_a_code_that_python_escpos_draws_itself_is_read_too() -> None:
    assert codes_in(paper(lambda p: p.qr(ADDRESS, size=4))) == [ADDRESS]


def test_letters_stand_in_cells_of_12_by_24_dots_48_on_a_line() -> None:
    full = paper(lambda p: p.text("H" * 48))
    assert full.height == 30
    over = paper(lambda p: p.text("H" * 49))
    assert over.height == 24 + 30, "the forty-ninth goes below"
    assert 564 < full.getbbox()[2] <= 576


@pytest.mark.parametrize(("wide", "high"), [(1, 1), (2, 2), (3, 5), (8, 8)])
def test_letters_are_magnified_as_asked(wide: int, high: int) -> None:
    small = ink_of(paper(lambda p: p.text("8")))
    large = ink_of(paper(lambda p: (p.set(custom_size=True, width=wide, height=high), p.text("8"))))
    assert large.size == (small.width * wide, small.height * high)


@pytest.mark.parametrize(("align", "left", "right"), [("left", 0, 120), ("center", 228, 348), ("right", 456, 576)])
def test_letters_are_put_where_they_belong(align: str, left: int, right: int) -> None:
    box = paper(lambda p: (p.set(align=align), p.text("HHHHHHHHHH"))).getbbox()
    assert left <= box[0] < left + 12 and right - 12 < box[2] <= right


def test_bold_underlined_and_inverted_letters_have_more_ink() -> None:
    def ink(**look: object) -> int:
        page = paper(lambda p: (p.set(**look), p.text("Mời số 12")), "TM-T20II")
        return sum(byte.bit_count() for byte in page.tobytes())

    assert ink() < ink(bold=True)
    assert ink() < ink(underline=1)
    assert ink(bold=True) < ink(invert=True)
    assert ink(font="b") < ink(font="a")


@pytest.mark.parametrize("profile", ["TM-T20II", "TM-T88V"])
def test_vietnamese_that_python_escpos_encodes_by_itself_is_legible(profile: str, tmp_path: Path) -> None:
    """It jumps between four code pages inside words, and the paper still says it."""
    words = "Mời bà con đến quầy số hai để nhận kết quả"
    got = paper(lambda p: (p.set(custom_size=True, width=2, height=2), p.text(words)), profile)
    text = read_aloud(got, tmp_path)
    assert sum(word in text for word in words.split()) >= 8, text


def test_a_picture_in_the_middle_of_a_line_of_letters_is_not_honoured() -> None:
    """Printers take GS v 0 only while their line is empty; a driver that forgets this loses its picture here too."""
    head = BareHead()
    head.feed(b"Quay\x1dv0\x00\x01\x00\x08\x00" + b"\xff" * 8 + b"\n\x1dV\x00")
    assert head.sheet().height == 30


def test_line_spacing_and_feeds_add_up() -> None:
    assert paper(lambda p: (p.line_spacing(60), p.text("a\nb\n"))).height == 180
    assert paper(lambda p: p.text("\n\n\n")).height == 120
    assert paper(lambda p: p._raw(b"\x1bd\x05")).height == 180
    assert paper(lambda p: p._raw(b"\x1bJ\x40")).height == 64 + 30
