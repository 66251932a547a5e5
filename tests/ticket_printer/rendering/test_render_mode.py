"""The driver's own choice of how a slip travels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticket_printer.protocol.profiles import profile, profiles
from ticket_printer.rendering.render_mode import BYTES, LIMIT_S, baud_of, choose_render_mode, mode_without_graphics

BAUDS = [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]


@pytest.mark.parametrize("name", profiles())
def test_a_line_faster_than_paper_carries_every_dot(name: str) -> None:
    way = choose_render_mode(profile(name), None)
    assert (way.kind, way.wire_s, way.marks) == ("raster", None, True)


@pytest.mark.parametrize(
    ("name", "baud", "kind", "marks"),
    [
        ("generic-80", 115200, "raster", True),
        ("generic-80", 38400, "raster", True),
        ("generic-80", 9600, "mixed", False),
        ("generic-80", 4800, "text", False),
        ("epson-tm-t20", 115200, "stored", True),
        ("epson-tm-t20", 9600, "stored", True),
        ("epson-tm-t20", 4800, "text", True),
        ("xprinter-80", 19200, "mixed", False),
        ("generic-58", 9600, "mixed", False),
        ("generic-58", 4800, "mixed", False),
    ],
)
def test_a_slow_line_gets_the_most_beautiful_slip_that_it_carries_in_time(
    name: str, baud: int, kind: str, marks: bool
) -> None:
    way = choose_render_mode(profile(name), baud)
    assert (way.kind, way.marks) == (kind, marks)


@given(st.sampled_from(sorted(profiles())), st.sampled_from(BAUDS))
def test_no_slip_takes_longer_than_people_wait_unless_there_is_no_shorter_one(name: str, baud: int) -> None:
    way = choose_render_mode(profile(name), baud)
    assert way.wire_s is not None
    assert way.wire_s <= LIMIT_S or way.kind == "text"


@given(st.sampled_from(sorted(profiles())))
def test_a_faster_line_never_makes_the_slip_poorer(name: str) -> None:
    order = ["text", "mixed", "raster", "stored"]
    kinds = [order.index(choose_render_mode(profile(name), baud).kind) for baud in BAUDS]
    assert kinds == sorted(kinds)


def test_until_the_printer_holds_our_pictures_it_is_printed_to_like_one_that_cannot() -> None:
    known = profile("epson-tm-t20")
    assert mode_without_graphics(known, 115200).kind == "raster"
    assert mode_without_graphics(known, 9600).kind == "mixed"
    assert mode_without_graphics(known, 9600).marks, "its code page is proven"


def test_the_choice_says_why() -> None:
    slow = choose_render_mode(profile("xprinter-80"), 9600).reason
    assert "without Vietnamese marks" in slow and "3.4 s" in slow and "faster line" in slow
    assert "faster than paper" in choose_render_mode(profile("xprinter-80"), None).reason


def test_the_speed_of_a_line_is_read_from_its_address() -> None:
    assert baud_of("serial:///dev/ttyUSB0?baud=9600") == 9600
    assert baud_of("serial:///dev/ttyS0") == 115200
    assert baud_of("serial:///dev/ttyS0?baud=fast") == baud_of("serial:///dev/ttyS0?baud=0") == 115200
    assert baud_of("tcp://10.0.0.9:9100") is None


def test_narrow_paper_counts_less() -> None:
    assert choose_render_mode(profile("generic-58"), 19200).wire_s == pytest.approx(
        BYTES["mixed"] * 10 / 19200 * 384 / 576
    )
