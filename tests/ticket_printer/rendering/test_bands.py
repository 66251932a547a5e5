"""Fewer bytes, the same dots."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.ticket_printer.paper import page_commands, paper_of
from tests.ticket_printer.slips import SLIP
from ticket_printer.protocol.commands import BAND_ROWS
from ticket_printer.rendering.band_commands import Dialect
from ticket_printer.rendering.bands import TALLEST, Band, LineFeed, bands
from ticket_printer.rendering.composing import doubled
from ticket_printer.rendering.layout import LAYOUT
from ticket_printer.rendering.raster import draw, draw_row

STRIDE = 8
ROW = st.one_of(
    st.just(bytes(STRIDE)),
    st.binary(min_size=STRIDE, max_size=STRIDE),
    st.integers(0, STRIDE - 1).map(lambda at: bytes(at) + b"\x7e" + bytes(STRIDE - 1 - at)),
    st.binary(min_size=STRIDE // 2, max_size=STRIDE // 2).map(lambda half: wide(half)),
)


def wide(half: bytes) -> bytes:
    """Each dot of half a row twice."""
    picture = Image.frombytes("1", (len(half) * 8, 1), half)
    return doubled(picture).tobytes()[: len(half) * 2]


def harmless(data: bytes) -> bytes:
    """Without the byte that begins real-time commands: a dot is changed for those, which other tests look at."""
    return data.replace(b"\x10", b"\x11")


@settings(max_examples=150, deadline=None)
@given(
    runs=st.lists(st.tuples(ROW, st.integers(1, 9)), min_size=1, max_size=30),
    centring=st.booleans(),
    doubling=st.booleans(),
)
def test_what_is_printed_is_what_was_drawn(runs: list[tuple[bytes, int]], centring: bool, doubling: bool) -> None:
    data = harmless(b"".join(row * times for row, times in runs))
    page = Image.frombytes("1", (STRIDE * 8, len(data) // STRIDE), data)
    dialect = Dialect(centring=centring, doubling=doubling)
    assert paper_of(page_commands(page, dialect), STRIDE * 8).tobytes() == page.tobytes()


@settings(max_examples=50, deadline=None)
@given(data=st.lists(ROW, min_size=1, max_size=200).map(b"".join))
def test_no_command_is_taller_than_128_rows_or_longer_than_24_full_ones(data: bytes) -> None:
    for piece in bands(data, STRIDE, True, True):
        assert isinstance(piece, LineFeed) or piece.rows <= TALLEST
        assert isinstance(piece, LineFeed) or len(piece.data) <= BAND_ROWS * STRIDE


@pytest.mark.parametrize("width", [576, 512, 384])
def test_number_and_code_travel_at_a_quarter_and_words_whole(width: int) -> None:
    scales = {}
    for row in LAYOUT:
        if row.name != "logo":
            data = draw_row(row, SLIP, width).tobytes()
            found = [piece for piece in bands(data, width // 8, True, True) if isinstance(piece, Band)]
            scales[row.name] = {band.scale for band in found}
    assert scales["number"] == scales["code"] == scales["rule"] == {2}
    assert scales["counters"] == {1, 2}, "above and below the words, squares and head are doubled"
    for name in ("head", "service", "ahead", "time", "invitation", "thanks"):
        assert scales[name] == {1}, name


def test_a_printer_that_cannot_double_gets_every_dot() -> None:
    data = draw(SLIP, 576).tobytes()
    found = [piece for piece in bands(data, 72, True, False) if isinstance(piece, Band)]
    assert {band.scale for band in found} == {1}


def test_a_blank_page_is_only_fed() -> None:
    assert list(bands(bytes(72 * 300), 72, True, True)) == [LineFeed(300)]


def test_a_full_page_is_cut_into_equal_bands() -> None:
    found = list(bands(b"\xff" * 72 * 96, 72, True, False))
    assert [piece.rows for piece in found] == [24] * 4
