"""How the database is opened: durable, by a library without the known fault, and readers that cannot write."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pysqlite3
import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from kiosk.store import engine as module
from kiosk.store.engine import DatabaseUnfit, open_reader, open_writer, require_fixed_sqlite, sqlite_is_fixed


@pytest.mark.parametrize(
    ("version", "fixed"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 99), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), False),
        ((3, 52, 1), True),
        ((3, 53, 4), True),
    ],
)
def test_only_a_library_without_the_fault_is_trusted(version: tuple[int, int, int], fixed: bool) -> None:
    assert sqlite_is_fixed(version) is fixed


def test_an_affected_library_is_refused_by_name_and_ours_is_taken() -> None:
    with pytest.raises(DatabaseUnfit, match=r"SQLite 3\.40\.1 can lose committed tickets"):
        require_fixed_sqlite((3, 40, 1))
    require_fixed_sqlite((3, 51, 3))
    require_fixed_sqlite()


def test_the_library_is_checked_before_a_file_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise DatabaseUnfit("affected")

    monkeypatch.setattr(module, "require_fixed_sqlite", refuse)
    for open_engine in (open_writer, open_reader):
        with pytest.raises(DatabaseUnfit):
            open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Engine]:
    engine = open_writer(f"sqlite:///{tmp_path / 'motcua.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def reader(writer: Engine, tmp_path: Path) -> Iterator[Engine]:
    with writer.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    engine = open_reader(f"sqlite:///{tmp_path / 'motcua.db'}")
    yield engine
    engine.dispose()


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("journal_size_limit", 64 * 1024 * 1024),
        ("wal_autocheckpoint", 4000),
        ("busy_timeout", 5000),
        ("query_only", 0),
        ("cache_size", -2000),
    ],
)
def test_the_writer_is_durable(writer: Engine, name: str, value: object) -> None:
    assert pragma(writer, name) == value


@pytest.mark.parametrize(
    ("name", "value"), [("query_only", 1), ("wal_autocheckpoint", 0), ("busy_timeout", 5000), ("cache_size", -512)]
)
def test_a_reader_neither_writes_nor_checkpoints(reader: Engine, name: str, value: object) -> None:
    assert pragma(reader, name) == value


def test_a_reader_cannot_write(reader: Engine) -> None:
    with reader.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")


def test_there_is_one_writer_and_there_are_five_readers(writer: Engine, reader: Engine) -> None:
    for engine, size in ((writer, 1), (reader, 5)):
        pool = engine.pool
        assert isinstance(pool, QueuePool)
        assert (pool.size(), pool._max_overflow, pool._timeout) == (size, 0, 30)
        assert pool._reset_on_return.name == "reset_none"


def test_a_connection_may_be_used_by_another_thread_and_begins_nothing_by_itself(writer: Engine) -> None:
    raw = writer.raw_connection()
    assert raw.driver_connection.isolation_level is None
    raw.close()
    assert writer.dialect.dbapi is pysqlite3
    opened = list[int]()
    with writer.connect() as connection:
        thread = threading.Thread(target=lambda: opened.append(connection.exec_driver_sql("SELECT 7").scalar_one()))
        thread.start()
        thread.join(10)
    assert opened == [7]


def test_postgresql_keeps_several_writers_and_its_readers_cannot_write() -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:9/none"
    writer, reader = open_writer(url), open_reader(url)
    for engine, size in ((writer, 16), (reader, 5)):
        pool = engine.pool
        assert isinstance(pool, QueuePool)
        assert (pool.size(), pool._max_overflow) == (size, size)


def test_a_reader_on_either_database_cannot_write(database_url: str) -> None:
    from kiosk.store import schema

    writer = open_writer(database_url)
    schema.upgrade(writer)
    writer.dispose()
    reader = open_reader(database_url)
    with reader.connect() as connection, pytest.raises(Exception, match=r"read-?only"):
        connection.exec_driver_sql("DELETE FROM tickets")
    reader.dispose()
