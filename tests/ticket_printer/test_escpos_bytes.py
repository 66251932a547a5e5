"""The bytes that go to a printer."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from tests.ticket_printer.slips import SLIP
from ticket_printer.commands import process_id, process_mark
from ticket_printer.escpos_bytes import Dialect, slip_bytes, without_realtime
from ticket_printer.raster import draw
from ticket_printer.sim_head import Head
from ticket_printer.sim_paper import Paper

REALTIME = re.compile(rb"\x10[\x04\x05\x14]")


def paper_of(data: bytes, width: int = 576) -> Image.Image:
    """What the simulated head makes of bytes, as ink on a page."""
    paper = Paper(width, None, lambda rows: None)
    rest = bytearray(data)

    def take(count: int) -> bytes:
        part = bytes(rest[:count])
        del rest[:count]
        return part

    head = Head(paper, take, lambda what, found: paper.cut() if what == "cut" else None)
    while rest:
        head.step()
    return ImageOps.invert(paper.pictures[0].convert("L")).convert("1")


@pytest.mark.parametrize("dialect", [Dialect(), Dialect(centring=False), Dialect(motion_units=True, status_back=True)])
def test_trimming_changes_no_dot_of_the_paper(dialect: Dialect) -> None:
    page = draw(SLIP, 576)
    assert paper_of(slip_bytes(page, dialect)).tobytes() == page.tobytes()


def test_a_slip_starts_clean_and_ends_with_one_partial_cut() -> None:
    data = slip_bytes(draw(SLIP, 576), Dialect())
    assert data.startswith(b"\x1b@\x1c.")
    assert data.endswith(b"\x1dVB\x00")
    assert data.count(b"\x1dV") == 1


def test_trimmed_bytes_are_at_most_two_thirds_of_the_plain_picture() -> None:
    page = draw(SLIP, 576)
    assert len(slip_bytes(page, Dialect())) < len(page.tobytes()) * 2 / 3


def test_bands_are_small_so_that_a_fault_leaves_little_half_done() -> None:
    data = slip_bytes(draw(SLIP, 576), Dialect())
    heights = [int.from_bytes(found[1], "little") for found in re.finditer(rb"\x1dv0\x00.\x00(..)", data, re.DOTALL)]
    assert heights and max(heights) <= 128


@given(st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x30, 0xFF]), max_size=40))
def test_a_picture_never_holds_a_command_that_printers_obey_at_once(values: list[int]) -> None:
    data = bytes(values)
    safe = without_realtime(data)
    assert not REALTIME.search(safe)
    assert sum((a ^ b).bit_count() for a, b in zip(data, safe, strict=True)) <= len(REALTIME.findall(data))


def test_the_proof_of_a_job_is_four_figures_that_come_round() -> None:
    assert process_mark(0) == b"0001"
    assert process_mark(9998) == b"9999"
    assert process_mark(9999) == b"0001"
    assert process_id(41) == b"\x1d(H\x06\x00000042"
