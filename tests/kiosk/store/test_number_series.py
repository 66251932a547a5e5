"""The last numbers of a day, letter by letter."""

from __future__ import annotations

from kiosk.store.number_series import OF_DAY
from kiosk.store.tables import OfficeTables

YESTERDAY, TODAY = "2024-04-15", "2024-04-16"


def test_each_letter_goes_on_by_itself_and_every_day_begins_anew(tables: OfficeTables, other: OfficeTables) -> None:
    for day, letter in ((YESTERDAY, "A"), (YESTERDAY, "A"), (YESTERDAY, "C"), (TODAY, "A")):
        tables.tickets.next_ordinal(day, letter)
    other.tickets.next_ordinal(TODAY, "Đ")
    assert tables.tickets.last_ordinals(YESTERDAY) == {"A": 2, "C": 1}
    assert tables.tickets.last_ordinals(TODAY) == {"A": 1}
    assert tables.tickets.last_ordinals("2024-04-17") == {}
    assert other.tickets.last_ordinals(TODAY) == {"Đ": 1}
    rows = OF_DAY.rows(tables.transaction, office="ba-vi", day=TODAY)
    assert [tuple(row) for row in rows] == [("A", 1)]


def test_a_number_written_by_hand_moves_its_letter_alone_and_never_back(tables: OfficeTables) -> None:
    tables.tickets.next_ordinal(TODAY, "C")
    tables.tickets.raise_series(TODAY, "A", 7)
    tables.tickets.raise_series(TODAY, "A", 5)
    assert tables.tickets.last_ordinals(TODAY) == {"A": 7, "C": 1}
    assert tables.tickets.next_ordinal(TODAY, "A") == 8
