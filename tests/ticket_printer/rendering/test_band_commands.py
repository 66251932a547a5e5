"""The bytes that go to a printer."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ticket_printer.paper import REALTIME, page_commands, paper_of
from tests.ticket_printer.slips import SLIP
from ticket_printer.protocol.commands import process_id, process_mark
from ticket_printer.protocol.profiles import profile
from ticket_printer.rendering.band_commands import Dialect, defuse_realtime, start
from ticket_printer.rendering.raster import draw


@pytest.mark.parametrize(
    "dialect",
    [Dialect(), Dialect(centring=False), Dialect(motion_units=True, status_back=True), Dialect(doubling=False)],
)
def test_trimming_changes_no_dot_of_the_paper(dialect: Dialect) -> None:
    page = draw(SLIP, 576)
    assert paper_of(page_commands(page, dialect)).tobytes() == page.tobytes()


def test_a_slip_starts_clean_and_ends_with_one_partial_cut() -> None:
    data = page_commands(draw(SLIP, 576), Dialect())
    assert data.startswith(b"\x1b@\x1c.")
    assert data.endswith(b"\x1dVB\x00")
    assert data.count(b"\x1dV") == 1


def test_trimmed_bytes_are_at_most_two_fifths_of_the_plain_picture() -> None:
    page = draw(SLIP, 576)
    assert len(page_commands(page, Dialect())) < len(page.tobytes()) * 2 / 5


def test_bands_are_small_so_that_a_fault_leaves_little_half_done() -> None:
    data = page_commands(draw(SLIP, 576), Dialect())
    found = re.finditer(rb"\x1dv0(.).\x00(..)", data, re.DOTALL)
    heights = [int.from_bytes(band[2], "little") * (1 + (band[1][0] & 1)) for band in found]
    assert heights and max(heights) <= 128


def test_a_unit_of_motion_is_one_dot_at_the_resolution_of_the_printer() -> None:
    assert b"\x1dP\xcb\xcb" in start(Dialect(motion_units=True))
    assert b"\x1dP\xb4\xb4" in start(Dialect(motion_units=True, dpi=180))
    assert b"\x1dP" not in start(Dialect())


def test_the_slip_ends_as_its_printer_needs_it() -> None:
    kiosk = Dialect.of(profile("custom-vkp80"))
    assert kiosk.ending == b"\x1bi\x1de\x03\x0c", "cut, then hold it out"
    bare = Dialect.of(profile("generic-58").model_copy(update={"cutter": "none"}))
    assert bare.ending == b"\x1bd\x05", "far enough to tear"


@given(st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x30, 0xFF]), max_size=40))
def test_a_picture_never_holds_a_command_that_printers_obey_at_once(values: list[int]) -> None:
    data = bytes(values)
    safe = defuse_realtime(data)
    assert not REALTIME.search(safe)
    assert sum((a ^ b).bit_count() for a, b in zip(data, safe, strict=True)) <= len(REALTIME.findall(data))


def test_the_proof_of_a_job_is_four_figures_that_come_round() -> None:
    assert process_mark(0) == b"0001"
    assert process_mark(9998) == b"9999"
    assert process_mark(9999) == b"0001"
    assert process_id(41) == b"\x1d(H\x06\x00000042"


def test_a_question_among_the_dots_is_none() -> None:
    """Where bytes were lost before, it would be answered in place of one that was lost."""
    assert defuse_realtime(b"\x00\x1d\x72\x01\x1d\x71") == b"\x00\x3d\x72\x01\x1d\x71"
