"""A cable that is pulled at some byte and comes back at once, later, or elsewhere."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.ticket_printer.benches import ON_EACH, ON_SHORT, PAIRS, SHORT, Bench, Benches
from tests.ticket_printer.papers import Witness, parts
from tests.ticket_printer.slips import ShiftedClock, until

SLIP_BYTES = sum(map(len, parts(0)))
OPEN_AGAIN_S = 5.0
pytestmark = pytest.mark.usefixtures("quick")


def pulled(witness: Witness, after: int, n: int) -> None:
    """At a byte of slip `n`, or behind it."""
    device = witness.device
    device.obey({"cable_out_at_byte": after})
    outcome = witness.print(n)
    if not device.cable.out:  # the slip was over before
        device.obey({"cable": "out"})
    assert outcome.state in {"UNKNOWN", "NOT_PRINTED", "PRINTED"}
    assert until(lambda: witness.printer.status().state == "UNKNOWN")


def put_back(witness: Witness, n: int) -> None:
    """The line is open again in time, and slip `n` is clean."""
    witness.device.obey({"cable": "in"})
    began = time.monotonic()
    assert until(lambda: witness.printer.status().state == "OK", 6.0)
    assert time.monotonic() - began < OPEN_AGAIN_S
    assert witness.nothing_comes_out(0.1)
    witness.prints_cleanly(n)
    witness.checks()


def cut_off(witness: Witness, after: int, n: int) -> None:
    pulled(witness, after, n)
    put_back(witness, n + 1)


@ON_EACH
def test_a_cable_pulled_at_some_byte_is_told_and_the_next_slip_is_clean(bench: Bench, line: str, profile: str) -> None:
    witness = bench(line, profile)
    for n, after in enumerate((20, 2_500), 1):
        cut_off(witness, after, n * 10)


@pytest.mark.soak
@pytest.mark.parametrize(
    ("line", "profile", "step"), [(*pair.values, 16 if pair.values in SHORT else 400) for pair in PAIRS]
)
def test_a_cable_pulled_at_each_sixteenth_byte(bench: Bench, line: str, profile: str, step: int) -> None:
    witness = bench(line, profile, mm_per_s=1500.0)
    for n, after in enumerate(range(1, SLIP_BYTES + 200, step), 1):
        cut_off(witness, after, n * 10)


@ON_SHORT
def test_a_cable_that_comes_back_after_a_second_is_found_and_the_next_slip_is_clean(
    bench: Bench, line: str, profile: str
) -> None:
    witness = bench(line, profile)
    pulled(witness, 2_500, 1)
    assert not until(lambda: witness.printer.status().state != "UNKNOWN", 1.0)
    put_back(witness, 2)


@ON_SHORT
@pytest.mark.parametrize("away_s", [10.0, 60.0])
def test_a_cable_that_is_away_for_long_is_found_as_soon_as_it_is_back(
    benches: Benches, line: str, profile: str, away_s: float
) -> None:
    """The driver tries all the while, ever more rarely; the time passes on its clock."""
    benches.clock = clock = ShiftedClock()
    witness = benches.lay_out(line, profile)
    pulled(witness, 2_500, 1)
    for _ in range(round(away_s)):
        clock.ahead_s += 1.0
        assert witness.printer.status().state == "UNKNOWN"
    assert witness.print(2).state == "NOT_PRINTED"
    put_back(witness, 3)


def test_an_adapter_plugged_in_elsewhere_is_found_by_its_serial_number(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from serial.tools import list_ports
    from serial.tools.list_ports_common import ListPortInfo

    def ports() -> list[ListPortInfo]:
        found = [ListPortInfo(str(path)) for path in tmp_path.glob("tty*") if path.exists()]
        for port in found:
            port.serial_number = "A50285BI"
        return found

    monkeypatch.setattr(list_ports, "comports", ports)
    witness = bench("serial", "generic-80")
    witness.prints_cleanly(1)
    witness.device.obey({"cable_out_at_byte": 5_000})
    assert witness.print(2).state == "UNKNOWN"
    witness.device.obey({"path": str(tmp_path / "ttyElsewhere"), "cable": "in"})
    assert until(lambda: witness.printer.status().state == "OK", 5.0)
    witness.prints_cleanly(3)
    witness.checks()
