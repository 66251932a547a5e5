"""What errors of SQLite and PostgreSQL mean for the office, by their codes, and how the storage fares.

Sources: sqlite.org/rescode.html (the low byte is the primary code); PostgreSQL's manual, appendix "Error Codes".
"""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from pysqlite3 import dbapi2 as sqlite3
from sqlalchemy.exc import TimeoutError as NoConnection

SQLITE_PERM, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY = 3, 5, 6, 8
SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_CANTOPEN = 10, 11, 13, 14
SQLITE_PROTOCOL, SQLITE_NOTADB = 15, 26
SQLITE_IOERR_SHMSIZE = SQLITE_IOERR | (19 << 8)  # no room for the index of the write-ahead log


class StorageFault(StrEnum):
    """Why the storage cannot be relied on: what is not ready, and what people are told."""

    FULL = "full"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    FAILED = "failed"
    LOG = "log"  # the write-ahead log grows, or the journal's end cannot be recorded


class StorageBusy(Exception):
    """The database is held by another process, or does not answer; nothing was changed, try again."""


class StorageFull(StorageBusy):
    """The disk is full; nothing was changed."""


class StorageReadOnly(StorageBusy):
    """The database may not be written; nothing was changed."""


class StorageFailed(Exception):
    """The disk or the database failed under a transaction: nothing more may be promised, restart."""


class StorageDamaged(StorageFailed):
    """The database is no longer whole: no answer can be made from it."""


class StoredWrongly(Exception):
    """A row is not what was written; the message says which."""


class RowDamaged(StorageDamaged):
    """A row is not what was written; others may still be read, and nothing is answered from this one."""


# What reading a row raises whose values are not of the kind that was written: damage made them.
UNREADABLE = (TypeError, ValueError, AttributeError, LookupError)


class StorageUnchecked(StorageBusy):
    """The whole database is still being checked after the start: figures of all of it may be wrong."""


Failure = StorageBusy | StorageFailed
_SQLITE: dict[int, type[Failure]] = {
    SQLITE_PERM: StorageReadOnly,
    SQLITE_BUSY: StorageBusy,
    SQLITE_LOCKED: StorageBusy,
    SQLITE_READONLY: StorageReadOnly,
    SQLITE_IOERR: StorageFailed,
    SQLITE_CORRUPT: StorageDamaged,
    SQLITE_FULL: StorageFull,
    SQLITE_CANTOPEN: StorageBusy,
    SQLITE_PROTOCOL: StorageBusy,
    SQLITE_NOTADB: StorageDamaged,
}
_POSTGRESQL: dict[str, type[Failure]] = {
    "08": StorageBusy,  # connection exception
    "25006": StorageReadOnly,  # read_only_sql_transaction
    "40": StorageBusy,  # rolled back for another transaction
    "53": StorageBusy,  # insufficient resources
    "53100": StorageFull,  # disk_full
    "55P03": StorageBusy,  # lock_not_available
    "57": StorageBusy,  # operator intervention: shutting down, starting
    "58": StorageFailed,  # system error
    "XX": StorageFailed,  # internal error
    "XX001": StorageDamaged,  # data_corrupted
    "XX002": StorageDamaged,  # index_corrupted
}
_FAULTS: dict[type[Failure], StorageFault] = {
    StorageFull: StorageFault.FULL,
    StorageReadOnly: StorageFault.READ_ONLY,
    StorageDamaged: StorageFault.DAMAGED,
    RowDamaged: StorageFault.DAMAGED,
    StorageFailed: StorageFault.FAILED,
}


def failure_of(error: BaseException) -> Failure | None:
    """What the storage did to a transaction, as the exception to raise for it; None when it is not to blame.

    `error` may be a driver's or SQLAlchemy's, which carries the driver's. The text of a row is never in the message.
    """
    if isinstance(error, StoredWrongly):
        return RowDamaged(str(error))
    if isinstance(error, NoConnection):
        return StorageBusy("too many are reading")
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        kind = StorageFull if code == SQLITE_IOERR_SHMSIZE else _SQLITE.get(code & 0xFF)
        return None if kind is None else kind(f"{cause} ({getattr(cause, 'sqlite_errorname', code)})")
    if isinstance(cause, sqlite3.OperationalError):  # the driver's own: a text that is not UTF-8
        return RowDamaged("a stored text is not UTF-8")
    return _of_postgresql(cause) if hasattr(cause, "sqlstate") else None


def stored_json(text: str) -> Any:
    """What was stored as JSON. Raises StoredWrongly when it is none."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise StoredWrongly("a stored value is no JSON") from error


def _of_postgresql(cause: BaseException) -> Failure | None:
    from psycopg import OperationalError  # loaded already: the error is one of its own

    state = getattr(cause, "sqlstate", None)
    if state is None:
        return StorageBusy("the database does not answer") if isinstance(cause, OperationalError) else None
    kind = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    return None if kind is None else kind(f"PostgreSQL: SQLSTATE {state}")


GO_ON = frozenset({StorageFault.DAMAGED, StorageFault.LOG})  # numbers are given all the same


class StorageHealth:
    """The faults of the storage that last: what readiness, pages, metrics and the doctor tell of."""

    def __init__(self) -> None:
        self._faults: dict[StorageFault, str] = {}
        self.no_room: list[Callable[[], None]] = []  # called when a transaction found the disk full
        self.is_checking = False  # the whole database is looked through behind the start
        self.borrows_room = False  # what is written now fits only because a reserve was given up

    @property
    def faults(self) -> dict[StorageFault, str]:
        """Each lasting fault and its detail, in English, without personal data."""
        return dict(self._faults)

    @property
    def stops_numbers(self) -> StorageFault | None:
        """The fault for which no number may be given: it could not be kept, or takes the room to end the day."""
        return next((fault for fault in self._faults if fault not in GO_ON), None)

    def require_room(self) -> None:
        """Raises StorageFull while the room that is left is kept for those who have a number already."""
        if self.borrows_room and StorageFault.FULL in self._faults:
            raise StorageFull("the disk is full; the last room is kept to finish the day")

    def require_checked(self) -> None:
        """For figures of the whole database. Raises RowDamaged, StorageUnchecked."""
        if (detail := self._faults.get(StorageFault.DAMAGED)) is not None:
            raise RowDamaged(detail)
        if self.is_checking:
            raise StorageUnchecked("the whole database is being checked since the service started; ask again later")

    def note(self, failure: Failure) -> None:
        """A transaction failed."""
        fault = _FAULTS.get(type(failure))
        if fault is not None:
            self.set(fault, str(failure))
        if fault is StorageFault.FULL:
            for listener in self.no_room:
                listener()

    def set(self, fault: StorageFault, detail: str) -> None:
        self._faults[fault] = detail

    def clear(self, fault: StorageFault) -> None:
        self._faults.pop(fault, None)

    def committed(self) -> None:
        """Something was written: the disk may be written, and has room unless that is borrowed."""
        if not self._faults:
            return
        self.clear(StorageFault.READ_ONLY)
        if not self.borrows_room:
            self.clear(StorageFault.FULL)
