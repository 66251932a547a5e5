"""Bad lines of every kind to the simulated printer itself: what is called printed lies there, and so does the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ticket_printer.benches import ON_SHORT, PROFILES, Bench
from tests.ticket_printer.papers import ROWS, Witness
from tests.ticket_printer.slips import until
from ticket_printer.delivery.delivery_protocol import job_mark
from ticket_printer.protocol.commands import process_mark

QUIET: dict[str, object] = {
    "noise": "",
    "garbage": "",
    "flip_every": None,
    "echo": False,
    "late_ms": 0,
    "merge_ms": 0,
    "split": False,
    "paper": "ok",
    "paper_out_at_row": None,
    "clears": True,
}
SETTLED_S = 0.3  # longer than any answer is late
LIKELY = b"\x00\x03\x0c\x12\x16\x1a\x10\x0f\x11\x13\x37\x22\x32\x72"  # what printers do send
LATE_BARRIER = {"garbage": "of the slip before"}

Troubles = list[dict[str, object]]
noise = st.binary(min_size=1, max_size=8) | st.lists(st.sampled_from(LIKELY), min_size=1, max_size=8).map(bytes)
trouble = st.one_of(
    st.fixed_dictionaries({"noise": noise.map(bytes.hex)}),
    st.fixed_dictionaries({"garbage": noise.map(bytes.hex)}),
    st.fixed_dictionaries({"flip_every": st.integers(1, 60)}),
    st.fixed_dictionaries({"late_ms": st.integers(1, 250)}),
    st.fixed_dictionaries({"merge_ms": st.integers(1, 120)}),
    st.sampled_from([{"echo": True}, {"split": True}, LATE_BARRIER]),
)
on_bad_lines = given(
    troubles=st.lists(trouble, min_size=1, max_size=3),
    end=st.none() | st.integers(0, ROWS),  # the row at which the paper ends under the slip
    before=st.none() | st.integers(1, ROWS - 1),  # and under the slip before, which the printer cannot throw away
)


def lot(examples: int) -> settings:
    """The printer is laid out once for all examples of a test."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


def late_slip_before(witness: Witness, n: int, row: int) -> None:
    """Its rest is printed, and answered for, when the next one is on its way."""
    device = witness.device
    device.obey({"clears": False, "paper_out_at_row": device.paper.printed_rows + row})
    witness.print(n)
    device.obey({"paper": "ok", "paper_out_at_row": None})


def outlives(witness: Witness, numbers: Iterator[int], troubles: Troubles, end: int | None, before: int | None) -> None:
    """Witness.print fails for a slip that is called printed and does not lie there whole and cut."""
    device = witness.device
    if before is not None:
        late_slip_before(witness, next(numbers), before)
    if end is not None:
        device.obey({"paper_out_at_row": device.paper.printed_rows + end})
    n = next(numbers)
    proof = b"\x37\x22" + process_mark(job_mark(n - 1)) + b"\0"
    for one in troubles:
        device.obey({"garbage": proof.hex()} if one == LATE_BARRIER else dict(one))
    witness.print(n)
    device.obey(dict(QUIET))
    until(lambda: False, SETTLED_S)
    assert until(lambda: witness.printer.status().state == "OK")
    witness.prints_cleanly(next(numbers))
    witness.checks()
    witness.said.clear()
    device.paper.pictures.clear()


@pytest.fixture
def witness(bench: Bench, line: str, profile: str, quick: None) -> Witness:
    return bench(line, profile)


@pytest.fixture
def numbers() -> Iterator[int]:
    return count(1)


@ON_SHORT
@lot(15)
@on_bad_lines
def test_no_bad_line_makes_a_slip_printed_that_does_not_lie_there(
    witness: Witness, numbers: Iterator[int], troubles: Troubles, end: int | None, before: int | None
) -> None:
    outlives(witness, numbers, troubles, end, before)


@pytest.mark.soak
@pytest.mark.parametrize("line", ["tcp", "serial"])
@pytest.mark.parametrize("profile", PROFILES)
@lot(50)
@on_bad_lines
def test_three_hundred_bad_lines_on_paper(
    witness: Witness, numbers: Iterator[int], troubles: Troubles, end: int | None, before: int | None
) -> None:
    outlives(witness, numbers, troubles, end, before)
