"""Corrections that a second person has yet to confirm, of one office."""

from __future__ import annotations

from kiosk.domain.correction import OpenCorrection
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import EPOCH, NOW

FIRST = OpenCorrection("event-b", EPOCH, 7, "wrong_counter", "hoa", NOW)
SECOND = OpenCorrection("event-a", EPOCH, 9, "wrong_ticket", "lan", NOW + 1)


def test_open_corrections_are_listed_with_the_oldest_first(tables: OfficeTables, other: OfficeTables) -> None:
    assert tables.corrections.all() == []
    for one in (SECOND, FIRST):
        tables.corrections.add(one)
    other.corrections.add(FIRST._replace(event="event-c"))
    assert tables.corrections.all() == [FIRST, SECOND]


def test_one_is_found_by_its_event_in_its_office(tables: OfficeTables, other: OfficeTables) -> None:
    tables.corrections.add(FIRST)
    other.corrections.add(SECOND)
    assert tables.corrections.get("event-b") == FIRST and tables.corrections.get("event-a") is None


def test_one_that_is_removed_is_gone_and_others_stay(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.corrections.add(FIRST)
        office.corrections.add(SECOND)
    tables.corrections.remove("event-b")
    assert (tables.corrections.all(), other.corrections.all()) == ([SECOND], [FIRST, SECOND])
