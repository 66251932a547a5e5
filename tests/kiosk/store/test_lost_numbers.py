"""What was lost stays on the consoles until somebody dismisses it."""

from __future__ import annotations

from kiosk.domain.lost_numbers import LostNumbers, LostNumbersNotice, NumberRange
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import DAY, NOW

LOST = LostNumbers(DAY, (NumberRange("A", 51, 57), NumberRange("C", 4, 4)), 90)
NOTHING_KNOWN = LostNumbers("2024-04-16")


def test_a_notice_is_open_until_it_is_dismissed(tables: OfficeTables, other: OfficeTables) -> None:
    tables.lost_numbers.add("b", "damaged", NOW + 1, NOTHING_KNOWN)
    tables.lost_numbers.add("a", "restored", NOW, LOST)
    other.lost_numbers.add("a", "restored", NOW, LOST)
    first, second = (
        LostNumbersNotice("a", "restored", NOW, LOST),
        LostNumbersNotice("b", "damaged", NOW + 1, NOTHING_KNOWN),
    )
    assert tables.lost_numbers.open() == [first, second]
    assert tables.lost_numbers.dismiss("a", NOW + 5)
    assert not tables.lost_numbers.dismiss("nobody", NOW)
    assert tables.lost_numbers.open() == [second] and len(other.lost_numbers.open()) == 1
    assert tables.lost_numbers.of_day(DAY) == [first], "dismissed or not"
