"""The roll of paper in each printer."""

from __future__ import annotations

from kiosk.domain.paper import PaperRoll
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW

WARNED = PaperRoll(650, 600, 590, 30, True)


def test_a_printer_that_was_never_seen_has_a_full_roll(tables: OfficeTables) -> None:
    assert tables.paper_rolls.get("hall") == PaperRoll()


def test_a_roll_is_read_as_it_was_put_and_replaced_by_the_next(tables: OfficeTables, other: OfficeTables) -> None:
    tables.paper_rolls.put("hall", WARNED, NOW)
    tables.paper_rolls.put("door", PaperRoll(used=3), NOW)
    other.paper_rolls.put("hall", PaperRoll(used=4), NOW)
    found = tables.paper_rolls.get("hall")
    assert found == WARNED and found.over is True
    tables.paper_rolls.put("hall", PaperRoll(640, 1, None, 20, False), NOW + 5)
    found = tables.paper_rolls.get("hall")
    assert found == PaperRoll(640, 1, None, 20, False) and found.over is False
    assert tables.paper_rolls.get("door") == PaperRoll(used=3)
    assert other.paper_rolls.get("hall") == PaperRoll(used=4)
    cursor = tables.transaction.cursor
    cursor.execute("SELECT changed_at FROM paper_rolls WHERE office = 'ba-vi' ORDER BY printer")
    assert cursor.fetchall() == [(NOW,), (NOW + 5,)]
