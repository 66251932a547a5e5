"""Persons who sign in with a password, and their sessions."""

from __future__ import annotations

from kiosk.domain.accounts import SecondFactor
from kiosk.domain.persons import Person, PersonSession
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW


def names(tables: OfficeTables) -> list[str]:
    return [one.name for one in tables.persons.all()]


def test_persons_are_known_by_name_within_their_office(tables: OfficeTables, other: OfficeTables) -> None:
    assert tables.persons.all() == []
    tables.persons.add("mai", "hash of mai")
    tables.persons.add("bao", "hash of bao")
    other.persons.add("mai", "another hash")
    assert names(tables) == ["bao", "mai"]
    assert names(other) == ["mai"]
    assert tables.persons.password_hash("mai") == "hash of mai"
    assert tables.persons.password_hash("nobody") is None
    assert other.persons.password_hash("bao") is None


def test_a_password_is_changed_for_one_of_one_office(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.persons.add("mai", "old")
        office.persons.add("bao", "kept")
    assert tables.persons.set_password("mai", "new")
    assert not tables.persons.set_password("nobody", "new")
    both = ("mai", "bao")
    assert [tables.persons.password_hash(name) for name in both] == ["new", "kept"]
    assert [other.persons.password_hash(name) for name in both] == ["old", "kept"]


def test_who_goes_is_gone_and_the_others_stay(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.persons.add("mai", "a")
        office.persons.add("bao", "b")
    assert tables.persons.remove("mai")
    assert not tables.persons.remove("mai")
    assert (names(tables), names(other)) == (["bao"], ["bao", "mai"])


def test_each_has_a_second_factor_of_their_own_or_none(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.persons.add("mai", "a")
        office.persons.add("bao", "b")
    assert tables.persons.second_factor("mai") is None
    assert tables.persons.set_second_factor("mai", SecondFactor("SECRET", 7))
    assert not tables.persons.set_second_factor("nobody", SecondFactor("SECRET", 7))
    assert tables.persons.second_factor("mai") == SecondFactor("SECRET", 7)
    assert tables.persons.second_factor("bao") is None
    assert other.persons.second_factor("mai") is None
    assert tables.persons.set_second_factor("mai", None)
    assert tables.persons.second_factor("mai") is None


def test_each_has_a_role_and_may_be_disabled(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.persons.add("mai", "a")
        office.persons.add("bao", "b", "reader")
    assert tables.persons.set_role("bao", "technician", True)
    assert not tables.persons.set_role("nobody", "head", False)
    tables.persons.set_second_factor("mai", SecondFactor("SECRET", 7))
    assert tables.persons.all() == [Person("bao", "technician", True), Person("mai", "admin", False, True)]
    assert tables.persons.get("bao") == Person("bao", "technician", True)
    assert (tables.persons.get("nobody"), other.persons.get("bao")) == (None, Person("bao", "reader"))


def test_a_session_has_the_role_of_its_person_now(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.persons.add("mai", "a", "head")
    tables.person_sessions.add("hash", "mai", "head-1", NOW, NOW + 1)
    assert tables.person_sessions.get("hash") == PersonSession("mai", "head", "head-1", NOW, NOW + 1)
    assert (tables.person_sessions.get("another"), other.person_sessions.get("hash")) == (None, None)
    tables.persons.set_role("mai", "reader", False)
    session = tables.person_sessions.get("hash")
    assert session is not None and session.role == "reader"
    assert [session.has_ended(NOW + later) for later in (0, 1, 2)] == [False, False, True]
    tables.persons.set_role("mai", "reader", True)
    assert (tables.person_sessions.get("hash"), tables.person_sessions.all()) == (None, [])
    tables.persons.set_role("mai", "reader", False)
    tables.persons.remove("mai")
    assert tables.person_sessions.get("hash") is None


def test_sessions_end_one_by_one_by_person_and_all(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        for name in ("mai", "bao"):
            office.persons.add(name, "a")
            for n in range(2):
                office.person_sessions.add(f"{name}{n}", name, f"browser{n}", NOW + n, NOW + 10)

    def left(office: OfficeTables) -> list[tuple[str, str]]:
        return sorted((one.person, one.name) for one in office.person_sessions.all())

    tables.person_sessions.remove("mai0")
    assert left(tables) == [("bao", "browser0"), ("bao", "browser1"), ("mai", "browser1")]
    tables.person_sessions.end_of("bao", "bao0")
    assert left(tables) == [("bao", "browser0"), ("mai", "browser1")]
    tables.person_sessions.end_of("bao")
    assert left(tables) == [("mai", "browser1")]
    tables.person_sessions.end_all()
    assert (left(tables), len(left(other))) == ([], 4)
    assert tables.transaction.ended == ["session"] * 4
