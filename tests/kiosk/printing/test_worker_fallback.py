"""When a slip goes to the fallback printer, and when it must not."""

from __future__ import annotations

import pytest

from contract.tickets import PrintState
from tests.kiosk.printing.fake_printer import OUT, SILENT, PrintOffice
from ticket_printer.delivery.driver import PrintOutcome
from ticket_printer.protocol.status import Status

PRINTED, NOT_PRINTED = (PrintState.PRINTED, None), PrintState.NOT_PRINTED


def test_a_slip_of_which_nothing_was_sent_goes_to_the_fallback_printer_in_its_old_place(two: PrintOffice) -> None:
    first = two.take("left")[0]
    later = two.take("right")[0]
    two.printers["left"].now = OUT
    two.printers["left"].outcomes = [PrintOutcome("NOT_PRINTED", "paper_out")]
    two.run("left")
    assert two.outcome(first) == (PrintState.QUEUED, None)
    two.run("right")
    two.run("right")
    assert two.printers["right"].numbers == [first.number, later.number]
    assert two.outcome(first) == PRINTED


@pytest.mark.parametrize("state", [OUT, SILENT, Status("FAULT", "cover_open")])
def test_a_fallback_printer_that_is_not_known_to_be_well_gets_no_slips(two: PrintOffice, state: Status) -> None:
    two.printers["right"].now = state
    two.clock.passes(2)
    two.run("right")
    two.printers["left"].now = OUT
    two.printers["left"].outcomes = [PrintOutcome("NOT_PRINTED", "paper_out")]
    (ticket,) = two.take("left")
    two.run("left")
    assert two.outcome(ticket) == (NOT_PRINTED, "paper_out")
    two.run("right")
    assert two.printers["right"].printed == []


def test_a_printer_that_has_no_fallback_printer_keeps_its_slips(two: PrintOffice) -> None:
    two.printers["right"].outcomes = [PrintOutcome("NOT_PRINTED", "paper_out")]
    (ticket,) = two.take("right")
    two.run("right")
    assert two.outcome(ticket) == (NOT_PRINTED, "paper_out")
    two.run("left")
    assert two.printers["left"].printed == []


@pytest.mark.parametrize(
    "outcome", [PrintOutcome("UNKNOWN", "deadline"), PrintOutcome("PRINTED"), PrintOutcome("NOT_PRINTED", "not_drawn")]
)
def test_a_slip_that_may_lie_about_or_that_nobody_can_print_is_never_printed_by_the_fallback_printer(
    two: PrintOffice, outcome: PrintOutcome
) -> None:
    two.printers["left"].outcomes = [outcome]
    (ticket,) = two.take("left")
    two.run("left")
    assert two.outcome(ticket) == (PrintState(outcome.state), outcome.reason)
    two.run("right")
    assert two.printers["right"].printed == []


def test_people_who_wait_at_a_printer_with_a_fallback_printer_are_not_refused(two: PrintOffice) -> None:
    two.printers["left"].now = OUT
    two.printers["left"].outcomes = [PrintOutcome("NOT_PRINTED", "paper_out")]
    waiting = two.take("left", 3)
    two.run("left")
    assert {two.outcome(ticket)[0] for ticket in waiting} == {PrintState.QUEUED}
    while two.run("left") or two.run("right"):
        pass
    assert two.printers["right"].numbers == [ticket.number for ticket in waiting]
