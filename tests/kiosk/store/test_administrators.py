"""Administrators."""

from __future__ import annotations

from kiosk.domain.accounts import SecondFactor
from kiosk.store.tables import OfficeTables


def test_administrators_are_known_by_name_within_their_office(tables: OfficeTables, other: OfficeTables) -> None:
    assert tables.administrators.names() == []
    tables.administrators.add("mai", "hash of mai")
    tables.administrators.add("bao", "hash of bao")
    other.administrators.add("mai", "another hash")
    assert tables.administrators.names() == ["bao", "mai"]
    assert other.administrators.names() == ["mai"]
    assert tables.administrators.password_hash("mai") == "hash of mai"
    assert tables.administrators.password_hash("nobody") is None
    assert other.administrators.password_hash("bao") is None


def test_a_password_is_changed_for_one_of_one_office(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.administrators.add("mai", "old")
        office.administrators.add("bao", "kept")
    assert tables.administrators.set_password("mai", "new")
    assert not tables.administrators.set_password("nobody", "new")
    names = ("mai", "bao")
    assert [tables.administrators.password_hash(name) for name in names] == ["new", "kept"]
    assert [other.administrators.password_hash(name) for name in names] == ["old", "kept"]


def test_who_goes_is_gone_and_the_others_stay(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.administrators.add("mai", "a")
        office.administrators.add("bao", "b")
    assert tables.administrators.remove("mai")
    assert not tables.administrators.remove("mai")
    assert (tables.administrators.names(), other.administrators.names()) == (["bao"], ["bao", "mai"])


def test_each_has_a_second_factor_of_their_own_or_none(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.administrators.add("mai", "a")
        office.administrators.add("bao", "b")
    assert tables.administrators.second_factor("mai") is None
    assert tables.administrators.set_second_factor("mai", SecondFactor("SECRET", 7))
    assert not tables.administrators.set_second_factor("nobody", SecondFactor("SECRET", 7))
    assert tables.administrators.second_factor("mai") == SecondFactor("SECRET", 7)
    assert tables.administrators.second_factor("bao") is None
    assert other.administrators.second_factor("mai") is None
    assert tables.administrators.set_second_factor("mai", None)
    assert tables.administrators.second_factor("mai") is None
