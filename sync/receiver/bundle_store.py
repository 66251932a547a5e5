"""What the one-stop side keeps of bundles: registered keys, what was read, its own epoch, the count of its answers."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, TypedDict
from uuid import uuid4

from pysqlite3 import dbapi2 as sqlite3

from contract.records import dataclass

TABLES = """
CREATE TABLE IF NOT EXISTS keys (office TEXT, key TEXT, PRIMARY KEY (office, key));
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS reads (n INTEGER PRIMARY KEY, office TEXT, bundle TEXT, epoch TEXT, after INTEGER,
    through INTEGER, whole INTEGER, code TEXT, reason TEXT);
CREATE TABLE IF NOT EXISTS wishes (office TEXT PRIMARY KEY, life TEXT, version INTEGER);
"""
MOST_READ = 50  # bundles whose result an answer tells


@dataclass(slots=True)
class ReadAttempt:
    """What is known of a bundle while it is read."""

    office: str | None = None
    bundle: str = ""
    epoch: str | None = None
    after: int | None = None
    through: int | None = None
    whole: bool = False


class ReadLogRow(TypedDict):
    """A bundle that was read, as answers and pages show it; `code` is `taken` or why it was refused."""

    office: str | None
    bundle: str
    epoch: str | None
    after: int | None
    through: int | None
    whole: int
    code: str
    reason: str


class BundleStore:
    """One connection behind one lock; in memory without a folder."""

    def __init__(self, folder: Path | None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        name = ":memory:" if folder is None else folder / "bundles.db"
        self._db = sqlite3.connect(name, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + TABLES)
        self._lock = threading.RLock()
        self._change("INSERT OR IGNORE INTO facts VALUES ('life', ?), ('serial', '0')", str(uuid4()))

    def add_key(self, office: str, key: str) -> None:
        self._change("INSERT OR IGNORE INTO keys VALUES (?, ?)", office, key)

    def registered_keys(self) -> list[tuple[str, str]]:
        """(office, key)."""
        return [(office, key) for office, key in self._rows("SELECT office, key FROM keys ORDER BY office")]

    def next_answer(self) -> tuple[str, int]:
        """(epoch of this database, number of the next answer)."""
        with self._lock:
            self._change("UPDATE facts SET value = value + 1 WHERE name = 'serial'")
            facts = {name: value for name, value in self._rows("SELECT name, value FROM facts")}
        return facts["life"], int(facts["serial"])

    def record(self, attempt: ReadAttempt, code: str, reason: str) -> None:
        self._change(
            "INSERT INTO reads (office, bundle, epoch, after, through, whole, code, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            attempt.office,
            attempt.bundle,
            attempt.epoch,
            attempt.after,
            attempt.through,
            attempt.whole,
            code,
            reason,
        )

    def read_log(self, office: str | None = None) -> list[ReadLogRow]:
        """What was read, newest first."""
        columns = ", ".join(ReadLogRow.__annotations__)
        chosen = "WHERE ?1 IS NULL OR office = ?1 ORDER BY n DESC LIMIT ?2"
        query = f"SELECT {columns} FROM reads {chosen}"  # nosec B608 # names of our own columns
        return [_log_row(*row) for row in self._rows(query, office, MOST_READ)]

    def was_taken(self, bundle: str, through: int) -> bool:
        query = "SELECT 1 FROM reads WHERE bundle = ? AND through = ? AND code = 'taken' LIMIT 1"
        return bool(self._rows(query, bundle, through))

    def set_dossier_version(self, office: str, epoch: str, version: int) -> None:
        """How far an office has the dossiers of that epoch of this database."""
        self._change("INSERT OR REPLACE INTO wishes VALUES (?, ?, ?)", office, epoch, version)

    def dossier_version(self, office: str, epoch: str) -> int:
        rows = self._rows("SELECT version FROM wishes WHERE office = ? AND life = ?", office, epoch)
        return int(rows[0][0]) if rows else 0

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _change(self, statement: str, *values: object) -> None:
        with self._lock, self._db:
            self._db.execute(statement, values)

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return list(self._db.execute(query, values))


def _log_row(
    office: str | None,
    bundle: str,
    epoch: str | None,
    after: int | None,
    through: int | None,
    whole: int,
    code: str,
    reason: str,
) -> ReadLogRow:
    return {
        "office": office,
        "bundle": bundle,
        "epoch": epoch,
        "after": after,
        "through": through,
        "whole": whole,
        "code": code,
        "reason": reason,
    }
