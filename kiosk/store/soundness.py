"""Whether the pages of a SQLite database fit together: SQLite's own check, which may be given a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from pysqlite3 import dbapi2 as sqlite3
from sqlalchemy import Engine

from kiosk.store.failures import StoredWrongly, failure_of

STEPS = 20_000  # of SQLite's machine between two looks at the clock
SQLITE_INTERRUPT = 9


def check_pages(engine: Engine, is_late: Callable[[], bool] = lambda: False, whole: bool = False) -> bool:
    """Whether every page was looked at before it was late; `whole` compares the indexes with their tables too.

    Nothing to look at on PostgreSQL. Raises StoredWrongly, StorageFailed.
    """
    if engine.dialect.name != "sqlite":
        return True
    with closing(engine.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        driver.set_progress_handler(lambda: int(is_late()), STEPS)
        try:
            row = driver.execute(f"PRAGMA {'integrity' if whole else 'quick'}_check(1)").fetchone()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == SQLITE_INTERRUPT:
                return False
            raise failure_of(error) or error from error
        finally:
            driver.set_progress_handler(None, STEPS)
    if row[0] != "ok":
        raise StoredWrongly(f"the database file is damaged: {row[0]}")
    return True
