"""Paper that ends before a slip, somewhere on it or at its cut: it is told, and nothing stale comes out after."""

from __future__ import annotations

import threading
import time

import pytest

from tests.ticket_printer.benches import ON_EACH, ON_SHORT, Bench, Benches
from tests.ticket_printer.papers import ROWS, Witness
from tests.ticket_printer.slips import ShiftedClock, until
from ticket_printer.delivery.driver import PrintOutcome

TOLD_IN_S = 3.0
SLOW_CUT_S = 0.3  # so that a hand can take the paper away while the blade moves
REFILLED = {"paper": "ok", "paper_out_at_row": None}
pytestmark = pytest.mark.usefixtures("quick")


def ends_before(witness: Witness, n: int) -> None:
    witness.device.obey({"paper": "out"})
    assert witness.print(n) == PrintOutcome("NOT_PRINTED", "paper_out")


def ends_at_row(witness: Witness, row: int, n: int) -> None:
    """A slip that was whole when it ended is proven or in doubt."""
    device = witness.device
    device.obey({"paper_out_at_row": device.paper.printed_rows + row})
    began = time.monotonic()
    outcome = witness.print(n)
    assert time.monotonic() - began < TOLD_IN_S
    if device.condition.paper_out:
        assert outcome == PrintOutcome("UNKNOWN", "paper_out")


def ends_at_cut(witness: Witness, n: int) -> None:
    device = witness.device
    last = device.paper.printed_rows + ROWS

    def take_away() -> None:
        until(lambda: device.paper.printed_rows >= last)
        device.obey({"paper": "out"})

    device.cut_s, quick = SLOW_CUT_S, device.cut_s
    hand = threading.Thread(target=take_away)
    hand.start()
    assert witness.print(n) == PrintOutcome("UNKNOWN", "paper_out")
    hand.join()
    device.cut_s = quick


def refilled(witness: Witness, n: int) -> None:
    """Slip `n + 1` is refused without paper; after the refill slip `n + 2` is the first to come out."""
    if witness.device.condition.paper_out:
        assert witness.print(n + 1) == PrintOutcome("NOT_PRINTED", "paper_out")
    witness.device.obey(dict(REFILLED))
    assert witness.nothing_comes_out()
    witness.prints_cleanly(n + 2)
    witness.checks()


def ends_everywhere(witness: Witness, rows: list[int]) -> None:
    ends_before(witness, 10)
    refilled(witness, 10)
    ends_at_cut(witness, 20)
    refilled(witness, 20)
    for n, row in enumerate(rows, 3):
        ends_at_row(witness, row, n * 10)
        refilled(witness, n * 10)


@ON_SHORT
def test_paper_that_ends_anywhere_is_told_and_leaves_nothing_stale(bench: Bench, line: str, profile: str) -> None:
    """Six places on two printers."""
    ends_everywhere(bench(line, profile), [0, 60, 130, ROWS - 1])


@pytest.mark.soak
@ON_EACH
def test_paper_that_ends_at_each_sixteenth_row_and_between(bench: Bench, line: str, profile: str) -> None:
    """Thirty-four places on six printers."""
    ends_everywhere(bench(line, profile), sorted({*range(0, ROWS, 16), *range(4, ROWS, 9)}))


@ON_SHORT
def test_a_roll_that_comes_after_a_minute_begins_with_the_next_slip(benches: Benches, line: str, profile: str) -> None:
    """The driver is asked all the while, as the print thread asks; the minute passes on its clock."""
    benches.clock = clock = ShiftedClock()
    witness = benches.lay_out(line, profile)
    witness.prints_cleanly(1)
    ends_at_row(witness, 95, 2)
    for _ in range(12):
        clock.ahead_s += 5.0
        found = witness.printer.status()
        assert (found.state, found.reason) == ("FAULT", "paper_out")
    assert witness.print(3) == PrintOutcome("NOT_PRINTED", "paper_out")
    rows = witness.device.paper.printed_rows
    witness.device.obey(dict(REFILLED))
    assert witness.nothing_comes_out(1.0)
    assert witness.device.paper.printed_rows == rows
    witness.prints_cleanly(4)
    witness.checks()
