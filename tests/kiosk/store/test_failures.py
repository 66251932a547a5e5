"""Errors of the storage are told apart by their codes, on SQLite and PostgreSQL."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import lookup
from pysqlite3 import dbapi2 as sqlite3
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from kiosk.store.failures import (
    Failure,
    RowDamaged,
    StorageBusy,
    StorageDamaged,
    StorageFailed,
    StorageFault,
    StorageFull,
    StorageHealth,
    StorageReadOnly,
    StorageUnchecked,
    StoredWrongly,
    failure_of,
)
from tests.kiosk.store import storage_errors as errors
from tests.kiosk.store.storage_errors import sqlite_error


def kind_of(error: BaseException) -> type[Failure] | None:
    failure = failure_of(error)
    return None if failure is None else type(failure)


def raised_by(database: Path | str, *statements: str) -> BaseException:
    def run() -> None:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as connection:
            for statement in statements:
                connection.execute(statement).fetchall()

    with pytest.raises(sqlite3.Error) as caught:
        run()
    return caught.value


def test_what_sqlite_itself_raises_is_known(tmp_path: Path) -> None:
    fresh = tmp_path / "office.db"
    full = raised_by(fresh, "PRAGMA max_page_count = 3", "CREATE TABLE a (x)", "INSERT INTO a VALUES (zeroblob(90000))")
    assert kind_of(full) is StorageFull
    assert kind_of(raised_by(fresh, "PRAGMA query_only = 1", "CREATE TABLE b (x)")) is StorageReadOnly
    holder = sqlite3.connect(fresh, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert kind_of(raised_by(fresh, "BEGIN IMMEDIATE")) is StorageBusy
    holder.close()
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"x" * 8192)
    assert kind_of(raised_by(junk, "SELECT 1 FROM a")) is StorageDamaged
    assert kind_of(raised_by(tmp_path / "no" / "folder.db", "SELECT 1")) is StorageBusy
    assert kind_of(raised_by(fresh, "SELECT nothing FROM nowhere")) is None


def test_a_text_that_is_not_utf_8_is_a_damaged_row_and_is_not_repeated() -> None:
    failure = failure_of(raised_by(":memory:", "SELECT CAST(x'4e677579ff' AS TEXT)"))
    assert type(failure) is RowDamaged
    assert "Nguy" not in str(failure)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errors.BUSY, StorageBusy),
        (errors.READ_ONLY, StorageReadOnly),
        (errors.CORRUPT, StorageDamaged),
        (errors.FULL, StorageFull),
        (errors.CONSTRAINT, None),
        (errors.NOT_A_DATABASE, StorageDamaged),
        (errors.FSYNC, StorageFailed),
        (errors.NO_ROOM_FOR_INDEX, StorageFull),
    ],
)
def test_the_code_of_sqlite_decides_and_no_word_of_the_message(code: int, kind: type[Failure] | None) -> None:
    assert kind_of(sqlite_error(code, "ổ đĩa")) is kind
    assert kind_of(OperationalError("COMMIT", None, sqlite_error(code))) is kind, "as SQLAlchemy hands it on"
    assert kind_of(ValueError("database or disk is full; disk I/O error; malformed; database is locked")) is None


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("53100", StorageFull),
        ("53200", StorageBusy),
        ("53300", StorageBusy),
        ("58030", StorageFailed),
        ("58P01", StorageFailed),
        ("XX000", StorageFailed),
        ("XX001", StorageDamaged),
        ("XX002", StorageDamaged),
        ("25006", StorageReadOnly),
        ("57P01", StorageBusy),
        ("40001", StorageBusy),
        ("40P01", StorageBusy),
        ("55P03", StorageBusy),
        ("08006", StorageBusy),
        ("23505", None),
        ("42P01", None),
    ],
)
def test_the_sqlstate_of_postgresql_decides(state: str, kind: type[Failure] | None) -> None:
    assert kind_of(lookup(state)("lời của máy chủ")) is kind


def test_a_server_that_does_not_answer_is_busy_and_a_wrong_program_is_not() -> None:
    with pytest.raises(psycopg.OperationalError) as refused:
        psycopg.connect("postgresql://motcua@127.0.0.1:1/office", connect_timeout=2)
    assert kind_of(refused.value) is StorageBusy
    assert kind_of(psycopg.ProgrammingError("no such placeholder")) is None


def test_too_many_readers_and_rows_that_were_changed_are_failures_too() -> None:
    assert kind_of(NoConnection("QueuePool limit")) is StorageBusy
    assert kind_of(StoredWrongly("the journal is damaged at seq 7")) is RowDamaged


def test_a_fault_lasts_until_something_is_written() -> None:
    health = StorageHealth()
    for failure in (StorageFull("no room"), StorageReadOnly("read only"), RowDamaged("seq 7"), StorageBusy("locked")):
        health.note(failure)
    assert health.faults == {
        StorageFault.FULL: "no room",
        StorageFault.READ_ONLY: "read only",
        StorageFault.DAMAGED: "seq 7",
    }
    health.committed()
    assert health.faults == {StorageFault.DAMAGED: "seq 7"}, "writing mends no damage"
    health.clear(StorageFault.DAMAGED)
    assert health.faults == {}


def test_room_that_is_borrowed_is_no_end_of_a_full_disk() -> None:
    health, asked = StorageHealth(), list[str]()
    health.no_room.append(lambda: asked.append("room"))
    health.borrows_room = True
    health.note(StorageFull("no room"))
    health.committed()
    assert (health.faults, asked) == ({StorageFault.FULL: "no room"}, ["room"])
    health.borrows_room = False
    health.committed()
    assert health.faults == {}


def test_figures_are_given_of_a_database_that_was_checked_and_is_sound() -> None:
    health = StorageHealth()
    health.require_checked()
    health.is_checking = True
    with pytest.raises(StorageUnchecked, match="ask again later"):
        health.require_checked()
    health.note(RowDamaged("seq 7"))
    with pytest.raises(RowDamaged, match="seq 7"):
        health.require_checked()
