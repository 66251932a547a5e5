"""The recount as a process of its own runs it."""

from __future__ import annotations

import gc

import pytest

from kiosk.maintenance.verification import collecting_seldom


def test_circles_are_looked_for_seldom_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with collecting_seldom():
        assert gc.get_threshold()[0] > before[0]
        assert gc.isenabled()
    assert gc.get_threshold() == before


def test_a_recount_that_fails_leaves_the_process_as_it_was() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), collecting_seldom():
        raise ZeroDivisionError
    assert gc.get_threshold() == before
