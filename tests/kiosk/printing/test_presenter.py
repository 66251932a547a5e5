"""The slip that a presenter holds out: whose it is, and whether it was taken."""

from __future__ import annotations

from kiosk.printing.presenter import PresentedSlip, Presenter
from ticket_printer.protocol.status import Status

EMPTY, HOLDS = Status("OK"), Status("OK", slip_waiting=True)
SILENT = Status("UNKNOWN", "no_answer")


def test_before_the_first_slip_nothing_is_held_out() -> None:
    presenter = Presenter()
    presenter.observe(EMPTY, 0, 1)
    assert (presenter.occupied, presenter.blocked, presenter.last, presenter.reason) == (False, False, None, None)
    assert not presenter.ejected_last


def test_a_slip_is_held_out_until_the_printer_says_that_it_is_gone() -> None:
    presenter = Presenter()
    presenter.present("A012", 10)
    presenter.observe(HOLDS, 0, 20)
    assert presenter.last == PresentedSlip("A012", "in_mouth", 10)
    assert (presenter.occupied, presenter.reason) == (True, "not_taken")
    presenter.observe(EMPTY, 0, 30)
    assert presenter.last == PresentedSlip("A012", "taken", 30)
    assert (presenter.occupied, presenter.reason, presenter.ejected_last) == (False, None, False)
    presenter.observe(EMPTY, 0, 40)
    assert presenter.last == PresentedSlip("A012", "taken", 30), "since when it is gone"


def test_a_slip_that_the_printer_was_told_to_eject_was_not_taken() -> None:
    presenter = Presenter()
    presenter.present("A012", 10)
    presenter.observe(EMPTY, 1, 30)
    assert presenter.last == PresentedSlip("A012", "thrown_out", 30) and presenter.ejected_last
    presenter.present("A013", 40)
    assert not presenter.ejected_last
    presenter.observe(EMPTY, 1, 50)
    assert presenter.last == PresentedSlip("A013", "taken", 50), "only a new ejection counts"


def test_silence_does_not_mean_that_the_slip_was_taken() -> None:
    presenter = Presenter()
    presenter.present("A012", 10)
    presenter.blocked = True
    presenter.observe(SILENT, 1, 20)
    assert (presenter.occupied, presenter.blocked) == (True, True)
    presenter.observe(EMPTY, 1, 30)
    assert presenter.ejected_last, "what was ejected meanwhile is known with the next answer"


def test_a_slip_of_before_the_start_has_no_number() -> None:
    presenter = Presenter()
    presenter.observe(HOLDS, 0, 10)
    assert presenter.last == PresentedSlip(None, "in_mouth", 10)
    presenter.observe(HOLDS, 0, 20)
    assert presenter.last == PresentedSlip(None, "in_mouth", 10)


def test_nobody_waits_behind_a_slip_that_is_gone() -> None:
    presenter = Presenter()
    presenter.present("A012", 10)
    presenter.blocked = True
    presenter.observe(HOLDS, 0, 20)
    assert presenter.blocked
    presenter.observe(EMPTY, 0, 30)
    assert not presenter.blocked
