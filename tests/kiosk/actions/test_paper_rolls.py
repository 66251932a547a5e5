"""A new roll of paper starts its count anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.actions.paper_rolls import put_in_new_roll
from kiosk.domain.errors import UnknownPrinter
from kiosk.domain.paper import PaperRoll
from tests.kiosk.actions.memory import MONDAY, MemoryUnit


def test_a_new_roll_has_all_its_slips_as_far_as_earlier_rolls_have_shown() -> None:
    unit = MemoryUnit()
    unit.office = replace(unit.office, printers=("hall",))
    unit.paper_rolls.put("hall", PaperRoll(capacity=640, used=600, warned_at=580, reserve=30, over=True), 0)
    assert put_in_new_roll(unit, "hall") == 640
    assert unit.paper_rolls.get("hall") == PaperRoll(capacity=640, used=0, warned_at=None, reserve=30, over=False)
    assert unit.paper_rolls.put_at == {"hall": MONDAY}
    assert unit.events == []


def test_no_roll_is_put_into_a_printer_that_there_is_not() -> None:
    with pytest.raises(UnknownPrinter, match='there is no printer "attic"'):
        put_in_new_roll(MemoryUnit(), "attic")
