"""Power that fails for a moment, and bytes that vanish, on serial lines slower than the paper: a printer with hardly
anything in its buffer misses little of a slip."""

from __future__ import annotations

import pytest

from tests.ticket_printer.benches import PROFILES, Bench
from tests.ticket_printer.papers import Witness, parts
from tests.ticket_printer.slips import until

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
