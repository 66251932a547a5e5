"""Clerks: listed by name; a disabled one stays in the list."""

from __future__ import annotations

import pytest

from contract.tickets import CounterState
from kiosk.domain.accounts import ClerkAccount
from kiosk.domain.counter import Counter
from kiosk.store.tables import OfficeTables


def test_clerks_are_listed_by_name_and_begin_enabled(tables: OfficeTables) -> None:
    tables.clerks.add("2", "Nguyễn Văn Bình", "hash 2")
    tables.clerks.add("1", "Lê Thị An", "hash 1")
    assert tables.clerks.all() == [
        ClerkAccount("1", "Lê Thị An", "hash 1", False),
        ClerkAccount("2", "Nguyễn Văn Bình", "hash 2", False),
    ]


@pytest.mark.parametrize("disabled", [True, False])
def test_a_pin_is_changed_and_a_clerk_disabled(tables: OfficeTables, disabled: bool) -> None:
    tables.clerks.add("1", "Lê Thị An", "old")
    tables.clerks.add("2", "Nguyễn Văn Bình", "kept")
    assert tables.clerks.update("1", "new", disabled)
    assert tables.clerks.all() == [
        ClerkAccount("1", "Lê Thị An", "new", disabled),
        ClerkAccount("2", "Nguyễn Văn Bình", "kept", False),
    ]


def test_an_unknown_clerk_is_not_changed(tables: OfficeTables) -> None:
    assert not tables.clerks.update("1", "new", False)
    assert tables.clerks.all() == []


def test_offices_have_clerks_of_their_own(tables: OfficeTables, other: OfficeTables) -> None:
    tables.clerks.add("1", "Lê Thị An", "ours")
    other.clerks.add("1", "Trần Thị Cúc", "theirs")
    tables.clerks.update("1", "changed", True)
    assert other.clerks.all() == [ClerkAccount("1", "Trần Thị Cúc", "theirs", False)]


def test_who_sits_at_a_counter_is_known_by_the_counters_name(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.clerks.add("lan", "Lan", "pin")
        office.clerks.add("cuc", "Cúc", "pin")
    tables.counters.save(Counter("1", CounterState.OPEN, "Lan"))
    tables.counters.save(Counter("2", CounterState.OPEN, "Cúc"))
    tables.counters.save(Counter("3", CounterState.OPEN, "Nobody"))
    tables.counters.save(Counter("4", CounterState.OPEN))
    other.counters.save(Counter("4", CounterState.OPEN, "Lan"))
    assert [tables.clerks.signed_in_at(counter) for counter in "12345"] == ["lan", "cuc", None, None, None]
    assert other.clerks.signed_in_at("4") == "lan"


def test_of_two_of_one_name_the_one_who_may_sign_in_sits_there(tables: OfficeTables) -> None:
    tables.clerks.add("1", "Lan", "pin")
    tables.clerks.add("2", "Lan", "pin")
    tables.clerks.update("1", "pin", True)
    tables.counters.save(Counter("1", CounterState.OPEN, "Lan"))
    assert tables.clerks.signed_in_at("1") == "2"
