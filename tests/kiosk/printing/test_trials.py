"""Trial prints requested by one thread and made by another."""

from __future__ import annotations

import pytest

from kiosk.printing.trials import TrialPrint, TrialPrints


def test_a_trial_waits_until_its_outcome_is_known() -> None:
    trials = TrialPrints()
    assert trials.last("hall") is None and not trials.is_requested("hall")
    assert trials.request("hall", 1_000) == TrialPrint(1_000, "WAITING", None)
    assert trials.is_requested("hall") and not trials.is_requested("gate")
    trials.finish("hall", "NOT_PRINTED", "paper_out")
    assert trials.last("hall") == TrialPrint(1_000, "NOT_PRINTED", "paper_out")
    assert not trials.is_requested("hall")


def test_whoever_asks_while_one_waits_gets_that_one() -> None:
    trials = TrialPrints()
    trials.request("hall", 1_000)
    assert trials.request("hall", 2_000) == TrialPrint(1_000)
    trials.finish("hall", "PRINTED", None)
    assert trials.request("hall", 3_000) == TrialPrint(3_000), "a new one, whatever became of the last"


def test_each_printer_has_its_own_trial() -> None:
    trials = TrialPrints()
    trials.request("hall", 1_000)
    trials.request("gate", 2_000)
    trials.finish("hall", "PRINTED", None)
    assert trials.is_requested("gate") and trials.last("gate") == TrialPrint(2_000)


def test_a_trial_that_nobody_requested_has_no_outcome() -> None:
    with pytest.raises(KeyError):
        TrialPrints().finish("hall", "PRINTED", None)
