"""Credentials that are over: noted with the transaction that ends them, in a file that nobody else reads."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.domain.accounts import SecondFactor
from kiosk.store.ended_file import EndedFile, again, secret_line, standing_line, token_line
from kiosk.store.store import Store
from kiosk.store.tables import OfficeTables
from kiosk.store.unit_of_work import UnitOfWork
from tests.kiosk.store.conftest import NOW


def test_lines_are_added_and_read_and_are_the_owners_alone(tmp_path: Path) -> None:
    file = EndedFile(tmp_path / "ended")
    assert file.read() == set()
    file.add(["token a", "secret b"])
    file.add(["token c"])
    assert (tmp_path / "ended").read_text() == "token a\nsecret b\ntoken c\n"
    assert file.read() == {"token a", "secret b", "token c"}
    assert stat.S_IMODE((tmp_path / "ended").stat().st_mode) == 0o600


def test_what_holds_anew_is_over_no_more_until_it_ends_again(tmp_path: Path) -> None:
    file = EndedFile(tmp_path / "ended")
    file.add(["standing a", "token b", again("standing a"), again("token never ended")])
    assert file.read() == {"token b"}
    file.add(["standing a"])
    assert file.read() == {"standing a", "token b"}


def test_a_secret_is_named_by_the_hash_of_its_hash() -> None:
    # printf 'abc' | sha256sum
    assert secret_line("abc") == "secret ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert token_line("abc") == "token abc"
    # printf 'head abc' | sha256sum
    assert standing_line("head", "abc") == "standing faba2cd3a9154619fd0cb54948e6db4a38292438efa068f9b0e4fecc2c78282f"


def test_what_a_transaction_ends_is_noted_before_its_commit_and_told_after_it(
    office_store: Store, unit_of: Callable[[], UnitOfWork]
) -> None:
    with office_store.writing() as tables:
        tables.devices.add("hall", "kiosk", None, "hash", NOW)
    steps = list[object]()
    office_store.note_end = lambda lines: steps.append((lines, revoked(office_store)))
    office_store.after_end.append(lambda: steps.append(("told", revoked(office_store))))
    with unit_of() as unit:
        unit.devices.revoke("hall", NOW + 1)
    assert steps == [(["token hash"], None), ("told", NOW + 1)]


def revoked(store: Store) -> int | None:
    with store.reading() as reading:
        device = reading.devices.get("hall")
    assert device is not None
    return device.revoked_at


def test_what_ends_nothing_is_not_noted(office_store: Store, unit_of: Callable[[], UnitOfWork]) -> None:
    office_store.note_end = lambda lines: pytest.fail(str(lines))
    with unit_of() as unit:
        unit.devices.add("hall", "kiosk", None, "hash", NOW)


ENDINGS: dict[str, tuple[Callable[[OfficeTables], object], list[str]]] = {
    "a device is revoked": (lambda t: t.devices.revoke("hall", NOW), ["token hash"]),
    "a device is removed": (lambda t: t.devices.remove("hall"), ["token hash"]),
    "a device is replaced": (lambda t: t.devices.add("hall", "tablet", None, "new", NOW), ["token hash"]),
    "a device is renamed": (lambda t: t.devices.rename("hall", "door"), []),
    "a PIN is another": (lambda t: t.clerks.update("lan", "new", False), [secret_line("pin")]),
    "a clerk is disabled": (lambda t: t.clerks.update("lan", "pin", True), []),
    "a password is another": (lambda t: t.persons.set_password("mai", "new"), [secret_line("password")]),
    "an administrator goes": (lambda t: t.persons.remove("mai"), [secret_line("password")]),
    "a role is another": (
        lambda t: t.persons.set_role("mai", "head", False),
        [standing_line("admin", "password"), again(standing_line("head", "password"))],
    ),
    "a person is disabled": (
        lambda t: t.persons.set_role("mai", "admin", True),
        [standing_line("admin", "password")],
    ),
    "a role stays": (lambda t: t.persons.set_role("mai", "admin", False), []),
    "a telephone is another": (
        lambda t: t.persons.set_second_factor("mai", SecondFactor("NEW", 0)),
        [secret_line("OLD")],
    ),
    "a telephone is taken away": (lambda t: t.persons.set_second_factor("mai", None), [secret_line("OLD")]),
    "a code of a telephone was used": (lambda t: t.persons.set_second_factor("mai", SecondFactor("OLD", 7)), []),
    "sessions of a clerk end": (lambda t: t.sessions.end_of_clerk("lan"), ["session"]),
    "sessions at a counter end": (lambda t: t.sessions.end_at("1"), ["session"]),
    "sessions of a device end": (lambda t: t.sessions.end_of("quay-1"), ["session"]),
    "all sessions end": (lambda t: t.sessions.end_all(), ["session"]),
    "a session ends": (lambda t: t.sessions.remove("cookie"), ["session"]),
    "nobody's session ends": (lambda t: t.sessions.remove("another"), []),
    "nobody's device is revoked": (lambda t: t.devices.revoke("door", NOW), []),
    "nobody's password is another": (lambda t: t.persons.set_password("bao", "new"), []),
}


@pytest.mark.parametrize("what", ENDINGS)
def test_each_ending_names_its_credential(tables: OfficeTables, what: str) -> None:
    tables.devices.add("hall", "kiosk", None, "hash", NOW)
    tables.clerks.add("lan", "Lan", "pin")
    tables.persons.add("mai", "password")
    tables.persons.set_second_factor("mai", SecondFactor("OLD", 0))
    tables.sessions.add("cookie", "lan", "1", "quay-1", NOW)
    tables.transaction.ended.clear()
    act, lines = ENDINGS[what]
    act(tables)
    assert tables.transaction.ended == lines
