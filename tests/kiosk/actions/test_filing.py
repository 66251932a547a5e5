"""Visits to the filing PC: counted by what was opened, and nothing else."""

from __future__ import annotations

import pytest

from kiosk.actions.filing import record_filing_visit
from kiosk.domain.errors import BadRequest
from tests.kiosk.actions.memory import MemoryUnit


def test_a_visit_is_an_event_that_names_nobody() -> None:
    unit = MemoryUnit()
    record_filing_visit(unit, "khai-sinh", "pc", {"quoc-gia", "khai-sinh"})
    assert unit.events == [("filing.visited", "pc", {"opened": "khai-sinh", "device": "pc"})]


def test_what_is_not_on_the_page_is_not_counted() -> None:
    unit = MemoryUnit()
    with pytest.raises(BadRequest, match="reload the page"):
        record_filing_visit(unit, "gone", "pc", {"quoc-gia"})
    assert unit.events == []
