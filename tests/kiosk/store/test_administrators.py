"""Administrators."""

from __future__ import annotations

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
