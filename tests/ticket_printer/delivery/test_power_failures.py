"""Power that fails for a moment, and bytes that vanish, on serial lines slower than the paper: a printer with hardly
anything in its buffer misses little of a slip."""

from __future__ import annotations

import threading
from random import Random

import pytest

from tests.ticket_printer.benches import PROFILES, Bench
from tests.ticket_printer.papers import STRIDE, Witness, parts
from tests.ticket_printer.slips import until

LONGEST_RUN, SHORT_BAND = 512, 4  # bytes; rows of a picture, several of which would fit into a piece
SLIP_BYTES = sum(map(len, parts(0)))
pytestmark = pytest.mark.usefixtures("quick")


def loses_power(witness: Witness, at: int, n: int) -> None:
    """For a moment, at a byte."""
    witness.device.obey({"power_cycle_at_byte": at})
    assert witness.print(n).state == "UNKNOWN"
    assert until(lambda: witness.printer.status().state == "OK", 6.0)
    witness.prints_cleanly(n + 1)
    witness.checks()


def loses_bytes(witness: Witness, at: int, count: int, n: int) -> None:
    witness.device.obey({"lose_at_byte": at, "lose_bytes": count})
    witness.print(n)
    assert until(lambda: witness.printer.status().state == "OK", 6.0)
    witness.prints_cleanly(n + 1)
    witness.checks()


@pytest.mark.parametrize(
    ("profile", "at"), [("epson-tm-t20", SLIP_BYTES // 2), ("generic-80", SLIP_BYTES // 2), ("generic-80", 50)]
)
def test_power_lost_for_a_moment_on_a_line_that_is_slower_than_the_paper_is_told(
    bench: Bench, profile: str, at: int
) -> None:
    """Also before the first answer in turn: the printer is not taken for one that never gives any."""
    loses_power(bench("serial", profile, baud=115200), at, 1)


@pytest.mark.soak
@pytest.mark.parametrize("profile", PROFILES)
def test_power_lost_at_each_two_hundredth_byte_of_a_slow_line(bench: Bench, profile: str) -> None:
    witness = bench("serial", profile, baud=115200)
    for n, at in enumerate(range(50, SLIP_BYTES, 200), 1):
        loses_power(witness, at, n * 10)


@pytest.mark.parametrize("profile", ["epson-tm-t20", "generic-80"])
def test_bytes_lost_on_the_way_make_no_printed_slip(bench: Bench, profile: str) -> None:
    witness = bench("serial", profile, baud=115200)
    for n, (at, count) in enumerate(((2000, 1), (6_000, 40)), 1):
        loses_bytes(witness, at, count, n * 10)


@pytest.mark.soak
@pytest.mark.parametrize("profile", PROFILES)
def test_bytes_lost_anywhere_make_no_printed_slip(bench: Bench, profile: str) -> None:
    witness = bench("serial", profile, baud=115200)
    for n, at in enumerate(range(10, SLIP_BYTES, 400), 1):
        loses_bytes(witness, at, 1 + n % 60, n * 10)


def runs_in_dots(count: int, seed: int) -> list[tuple[int, int]]:
    """(byte of the slip's stream, bytes lost) that begin among the dots of a picture, wherever it lies.

    They end before the slip does: what is lost later are questions for the status.

    The stream: the questions for the status, then each command with GS r behind it.
    """
    chance, at, dots = Random(seed), len(b"\x10\x04\x01") * 4, []
    for command in parts(0, band=SHORT_BAND):
        if len(command) > SHORT_BAND * STRIDE:
            dots.append(range(at + 8, at + len(command)))
        at += len(command) + len(b"\x1dr\x01")
    dots = [places for places in dots if places.stop + LONGEST_RUN < at]
    return [(chance.choice(chance.choice(dots)), chance.randint(1, LONGEST_RUN)) for _ in range(count)]


@pytest.mark.parametrize(("line", "profile"), [("tcp", "generic-80"), ("serial", "epson-tm-t20")])
def test_a_run_lost_among_the_dots_makes_no_printed_slip(bench: Bench, line: str, profile: str) -> None:
    witness = bench(line, profile)
    witness.band = SHORT_BAND
    for n, (at, count) in enumerate(runs_in_dots(4, 7), 1):
        loses_bytes(witness, at, count, n * 10)


@pytest.mark.soak
@pytest.mark.parametrize("line", ["tcp", "serial"])
@pytest.mark.parametrize("profile", PROFILES)
def test_two_thousand_runs_lost_among_the_dots_make_no_printed_slip(bench: Bench, line: str, profile: str) -> None:
    """A sixth of them on each line with each profile."""
    witness = bench(line, profile)
    witness.band = SHORT_BAND
    for n, (at, count) in enumerate(runs_in_dots(334, PROFILES.index(profile)), 1):
        loses_bytes(witness, at, count, n * 10)
        witness.said.clear()
        witness.device.paper.pictures.clear()


@pytest.mark.parametrize("profile", PROFILES)
def test_where_each_answer_comes_twice_no_slip_is_proven(bench: Bench, profile: str) -> None:
    """From the first byte, and from the middle of a slip that lost a run of its bytes."""
    witness = bench("tcp", profile)
    device = witness.device
    device.obey({"doubled": True})
    assert witness.print(1).state == "NOT_PRINTED"
    device.obey({"doubled": False})
    assert until(lambda: witness.printer.status().state == "OK", 6.0)
    device.mm_per_s = 60.0
    rows = device.paper.printed_rows

    def double() -> None:
        until(lambda: device.paper.printed_rows > rows + 30)
        device.obey({"doubled": True, "lose_at_byte": 1_000, "lose_bytes": 300})

    hand = threading.Thread(target=double)
    hand.start()
    assert witness.print(2).state == "UNKNOWN"
    hand.join()
    device.mm_per_s = 400.0
    device.obey({"doubled": False})
    assert until(lambda: witness.printer.status().state == "OK", 6.0)
    witness.prints_cleanly(3)
    witness.checks()
