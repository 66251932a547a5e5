"""Opening the database: SQLite in WAL with synchronous=FULL on a fixed SQLite, or PostgreSQL."""

from __future__ import annotations

from typing import Any

import pysqlite3
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from contract.told_error import ToldError

BUSY_MS = 5_000
READERS = 5
UNFIT = "SQLite {version} can lose committed tickets (WAL-reset race); install pysqlite3 with SQLite 3.51.3 or newer"


class DatabaseUnfit(ToldError):
    """The database or its library cannot be trusted with tickets; the message says what to do."""


def sqlite_is_fixed(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset race.

    Fixed in 3.51.3 and in the backports 3.50.7 and 3.44.6; 3.52.0 was withdrawn (source: sqlite.org/wal.html).
    """
    if version == (3, 52, 0):
        return False
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def require_fixed_sqlite(version: tuple[int, int, int] = pysqlite3.sqlite_version_info) -> None:
    """Raises DatabaseUnfit on an affected SQLite."""
    if not sqlite_is_fixed(version):
        text = ".".join(map(str, version))
        raise DatabaseUnfit(UNFIT, version=text)


def open_writer(url: str) -> Engine:
    """The engine for transactions: one connection per process on SQLite, which alone checkpoints."""
    if url.startswith("sqlite"):
        return _sqlite(url, size=1, reader=False)
    return create_engine(url, pool_size=16, max_overflow=16, pool_reset_on_return=None)


def open_reader(url: str) -> Engine:
    """The engine for reads, which cannot write."""
    if url.startswith("sqlite"):
        return _sqlite(url, size=READERS, reader=True)
    engine = create_engine(url, pool_size=READERS, max_overflow=READERS, pool_reset_on_return=None)
    _on_connect(engine, "SET default_transaction_read_only = on")
    return engine


def _sqlite(url: str, size: int, reader: bool) -> Engine:
    require_fixed_sqlite()
    # Without an adapter the driver asks every None for two attributes it lacks, and raises and clears two errors.
    pysqlite3.register_adapter(type(None), lambda nothing: nothing)
    engine = create_engine(
        URL.create("sqlite", database=url.removeprefix("sqlite:///")),  # a path may hold %, ? and #
        module=pysqlite3,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=30,
        pool_use_lifo=True,
        pool_reset_on_return=None,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": BUSY_MS / 1000},
    )
    pragmas = [f"PRAGMA busy_timeout = {BUSY_MS}"]
    if reader:
        pragmas += ["PRAGMA query_only = 1", "PRAGMA wal_autocheckpoint = 0", "PRAGMA cache_size = -512"]
    else:
        pragmas += [
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA secure_delete = ON",
            "PRAGMA journal_size_limit = 67108864",
            "PRAGMA wal_autocheckpoint = 4000",
            "PRAGMA cache_size = -2000",
        ]
    _on_connect(engine, *pragmas)
    return engine


def _on_connect(engine: Engine, *statements: str) -> None:
    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        connection.commit()
