"""Errors as SQLite and PostgreSQL raise them: the code decides, the text says nothing."""

from __future__ import annotations

from pysqlite3 import dbapi2 as sqlite3

NAMES = {
    5: "SQLITE_BUSY",
    8: "SQLITE_READONLY",
    11: "SQLITE_CORRUPT",
    13: "SQLITE_FULL",
    19: "SQLITE_CONSTRAINT",
    26: "SQLITE_NOTADB",
    1034: "SQLITE_IOERR_FSYNC",
    4874: "SQLITE_IOERR_SHMSIZE",
}
BUSY, READ_ONLY, CORRUPT, FULL, CONSTRAINT, NOT_A_DATABASE, FSYNC, NO_ROOM_FOR_INDEX = NAMES


def sqlite_error(code: int, text: str = "in whatever words") -> sqlite3.DatabaseError:
    """As the driver raises it: with the extended code and its name."""
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode, error.sqlite_errorname = code, NAMES[code]
    return error
