"""Trial slips and a presenter, as the print worker handles them."""

from __future__ import annotations

import pytest

from config import places
from contract.tickets import PrintState
from tests.kiosk.printing.fake_printer import OK, OUT, FakePrinter, PrintOffice
from ticket_printer.delivery.driver import PrintOutcome
from ticket_printer.protocol.status import Status

PRINTED, NOT_PRINTED = (PrintState.PRINTED, None), PrintState.NOT_PRINTED


# ---- trials
def test_a_trial_slip_comes_before_tickets_and_is_no_ticket(office: PrintOffice, printer: FakePrinter) -> None:
    office.take()
    office.app.trials.request("hall", office.clock.now_ms())
    assert office.run() is True
    assert printer.numbers == ["A000"]
    trial = office.app.trials.last("hall")
    assert trial is not None and (trial.state, trial.reason) == ("PRINTED", None)
    assert not office.app.trials.is_requested("hall")
    office.run()
    assert printer.numbers == ["A000", "A001"]


@pytest.mark.parametrize(
    ("outcome", "left"), [(PrintOutcome("UNKNOWN", "deadline"), 699), (PrintOutcome("NOT_PRINTED", "paper_out"), 700)]
)
def test_a_trial_slip_tells_its_outcome_and_counts_on_the_roll_as_any_other(
    office: PrintOffice, printer: FakePrinter, outcome: PrintOutcome, left: int
) -> None:
    printer.outcomes = [outcome]
    polls = printer.polls
    office.app.trials.request("hall", office.clock.now_ms())
    office.run()
    trial = office.app.trials.last("hall")
    assert trial is not None and (trial.state, trial.reason) == (outcome.state, outcome.reason)
    assert printer.polls == polls + 1, "it is polled at once"
    assert office.health()["slips_left"] == left
    assert places.trial_mark("hall").exists(), "nobody knows of a piece of it"


def test_a_printer_that_stands_still_prints_no_trial_and_says_why(office: PrintOffice, printer: FakePrinter) -> None:
    printer.now = OUT
    office.clock.passes(2)
    office.run()
    office.app.trials.request("hall", office.clock.now_ms())
    assert office.run() is True
    trial = office.app.trials.last("hall")
    assert trial is not None and (trial.state, trial.reason) == ("NOT_PRINTED", "paper_out")
    assert printer.printed == [] and not places.trial_mark("hall").exists()


# ---- a presenter
def test_behind_a_slip_that_nobody_took_the_next_one_waits_and_is_told(
    office: PrintOffice, printer: FakePrinter
) -> None:
    printer.presenter = True
    (first,) = office.take()
    office.run()
    printer.free, printer.now = False, Status("OK", slip_waiting=True)
    held = office.health()["held_out"]
    assert held is not None and (held["number"], held["state"]) == (first.number, "in_mouth")
    assert office.run() is False
    assert (office.health()["mouth"], office.health()["behind"]) == (True, False), "nobody waits yet"
    (second,) = office.take()
    assert office.run() is False
    assert office.health()["behind"] is True
    assert office.outcome(second)[0] is PrintState.QUEUED
    printer.free, printer.occupied, printer.now = True, False, OK
    assert office.run() is True
    assert office.outcome(second) == PRINTED


def test_a_trial_slip_is_held_out_without_a_number(office: PrintOffice, printer: FakePrinter) -> None:
    printer.presenter = True
    office.app.trials.request("hall", office.clock.now_ms())
    office.run()
    held = office.health()["held_out"]
    assert held is not None and (held["number"], held["state"]) == (None, "in_mouth")


def test_a_slip_of_which_nothing_was_printed_is_not_held_out(office: PrintOffice, printer: FakePrinter) -> None:
    printer.presenter, printer.occupied = True, True
    printer.outcomes = [PrintOutcome("NOT_PRINTED", "not_taken")]
    office.take()
    office.run()
    assert office.health()["held_out"] is None


def test_a_fault_is_told_to_whoever_waits_behind_a_slip_too(office: PrintOffice, printer: FakePrinter) -> None:
    printer.presenter, printer.free, printer.now = True, False, OUT
    office.clock.passes(2)
    office.run()
    (ticket,) = office.take()
    office.run()
    assert office.outcome(ticket) == (NOT_PRINTED, "paper_out")


def test_a_slip_that_was_taken_is_noticed_before_the_printer_is_due(office: PrintOffice, printer: FakePrinter) -> None:
    printer.presenter = True
    office.take()
    office.run()
    printer.now = Status("OK", slip_waiting=True)
    office.clock.passes(2)
    office.run()
    printer.now, printer.occupied = OK, False
    office.run()
    assert (office.health()["mouth"], office.health()["held_out"]["state"]) == (False, "taken")  # type: ignore[index]
