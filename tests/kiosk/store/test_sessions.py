"""Sessions of clerks, by the hash of the cookie."""

from __future__ import annotations

from kiosk.domain.accounts import ClerkSession
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW


def test_a_session_names_clerk_counter_device_and_end(tables: OfficeTables) -> None:
    tables.sessions.add("hash", "lan", "1", "quay-1", NOW + 1)
    assert tables.sessions.get("hash") == ClerkSession("lan", "1", "quay-1", NOW + 1)
    assert tables.sessions.get("another") is None


def test_a_session_that_was_removed_is_gone_and_others_stay(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.sessions.add("hash", "lan", "1", "quay-1", NOW)
    tables.sessions.add("second", "cuc", "2", "quay-2", NOW)
    tables.sessions.remove("hash")
    assert tables.sessions.get("hash") is None
    assert tables.sessions.get("second") is not None
    assert other.sessions.get("hash") is not None
    assert other.sessions.get("second") is None


def test_a_device_tells_at_which_counters_somebody_signed_in(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        for token, counter in (("a", "2"), ("b", "1"), ("c", "1")):
            office.sessions.add(token, "lan", counter, "quay" if office is tables else "desk", 1)
    assert (tables.sessions.counters_of("quay"), tables.sessions.counters_of("desk")) == (["1", "2"], [])


def test_all_sessions_of_one_office_end(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.sessions.add("first", "lan", "1", "quay-1", NOW)
        office.sessions.add("second", "cuc", "2", "quay-2", NOW)
    tables.sessions.end_all()
    assert [tables.sessions.get(name) for name in ("first", "second")] == [None, None]
    assert all(other.sessions.get(name) for name in ("first", "second"))


def test_a_clerk_holds_a_counter_until_the_session_ends(tables: OfficeTables, other: OfficeTables) -> None:
    tables.sessions.add("hash", "lan", "1", "quay-1", NOW)
    assert [tables.sessions.holds("1", "lan", NOW + later) for later in (-1, 0, 1)] == [True, True, False]
    assert not tables.sessions.holds("2", "lan", NOW) and not tables.sessions.holds("1", "cuc", NOW)
    assert not other.sessions.holds("1", "lan", NOW)
