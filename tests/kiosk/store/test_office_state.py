"""The one row of an office."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.store.journal import GENESIS, JournalHead
from kiosk.store.office_state import NotInitialised, OfficeState
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import DAY, EPOCH, NOW

NEW = OfficeState(JournalHead(EPOCH, 0, GENESIS), DAY, False, 0, NOW, "")
LATER = OfficeState(JournalHead("epoch-2", 7, "ab" * 32), "2024-04-16", True, 9, NOW + 1, "mark")


def test_a_new_office_has_an_empty_journal_and_a_closed_day(tables: OfficeTables) -> None:
    assert not tables.office_state.exists()
    tables.office_state.create(EPOCH, DAY, NOW)
    assert tables.office_state.exists()
    assert tables.office_state.read() == tables.office_state.lock() == NEW
    assert tables.office_state.read().day_open is False


def test_each_part_of_the_state_is_saved(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.office_state.create(EPOCH, DAY, NOW)
    tables.office_state.save(LATER)
    assert tables.office_state.read() == LATER
    assert other.office_state.read() == NEW
    tables.office_state.save(replace(LATER, day_open=False))
    assert tables.office_state.read().day_open is False


def test_an_unknown_office_is_named(tables: OfficeTables, other: OfficeTables) -> None:
    tables.office_state.create(EPOCH, DAY, NOW)
    for read in (other.office_state.read, other.office_state.lock):
        with pytest.raises(NotInitialised, match='the office "soc-son"; run motcua init'):
            read()
    assert not other.office_state.exists()
