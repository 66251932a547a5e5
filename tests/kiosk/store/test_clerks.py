"""Clerks: listed by name; a disabled one stays in the list."""

from __future__ import annotations

import pytest

from kiosk.domain.accounts import ClerkAccount
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
