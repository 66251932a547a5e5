"""A consistent copy of a SQLite database while it is written to, and whether a copy may be trusted."""

from __future__ import annotations

import os
from contextlib import closing
from hashlib import file_digest
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from contract.reasons import OTHER, REASONS
from contract.told_error import ToldError

PART = ".part"
CHECKSUM = ".sha256"  # beside a backup, as sha256sum writes it
SHORT_LIVED = frozenset(
    {"free_texts", "answers", "sessions", "person_sessions", "rating_tokens", "pin_failures", "pairings"}
)

OTHER_OFFICE = "{file} belongs to {offices}, not to {office}"
UNREADABLE = "{file} cannot be read: {problem}"
OTHER_SUM = "{file} is not what was written (its SHA-256 is another); take another backup"


class NotABackup(ToldError):
    """The file is no whole database of this office; the message says why."""


def copy_database(source: Path, target: Path, with_words: bool = True) -> None:
    """One moment of `source` as one file; under the name `target` only once it is whole and on the disk.

    Without words it holds nothing that people typed, nor what signs anybody in for a while: a backup may lie around
    for years. Only its owner may read it.

    Writers go on meanwhile. Raises OSError when there is no room, sqlite3.Error when the source is damaged.
    """
    part = target.with_name(target.name + PART)
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(opened_for_reading(source)) as original, closing(sqlite3.connect(part)) as copy:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, no -wal beside it
        if not with_words:
            _leave_out_words(copy)
    _to_disk(part)
    part.replace(target)
    _to_disk(target.parent)


def _leave_out_words(copy: Any) -> None:
    """Delete them so that no byte stays in the file."""
    copy.execute("PRAGMA secure_delete = ON")
    tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in SHORT_LIVED & tables:
        copy.execute(f'DELETE FROM "{name}"')  # nosec B608 # a name of SHORT_LIVED
    if "tickets" in tables:
        marks = ", ".join("?" * len(REASONS))
        change = f"UPDATE tickets SET reason = ? WHERE reason NOT IN ({marks})"  # nosec B608 # question marks only
        copy.execute(change, (OTHER, *REASONS))
    copy.commit()


def check_database(file: Path, office: str) -> None:
    """Raises NotABackup unless the file is a sound database of that office."""
    if not file.is_file():
        raise NotABackup("{file} is not a file", file=file)
    try:
        with closing(opened_for_reading(file)) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            offices = [row[0] for row in connection.execute("SELECT office FROM offices")]
    except sqlite3.Error as error:
        raise NotABackup("{file} is not a database of this product: {problem}", file=file, problem=error) from None
    if not sound:
        raise NotABackup("{file} is damaged; take an older backup", file=file)
    if office not in offices:
        raise NotABackup(OTHER_OFFICE, file=file, offices=", ".join(offices) or "–", office=office)


def write_checksum(file: Path) -> None:
    """What a backup holds, beside it, so that damage on a stick is seen wherever it lies. Raises OSError."""
    target, part = checksum_file(file), checksum_file(file).with_name(file.name + CHECKSUM + PART)
    part.write_text(f"{_sha256(file)}  {file.name}\n", encoding="utf-8")
    _to_disk(part)
    part.replace(target)
    _to_disk(target.parent)


def check_checksum(file: Path) -> None:
    """Raises NotABackup when the file is not what was written. One without a checksum is an earlier version's."""
    try:
        expected = checksum_file(file).read_text(encoding="utf-8").split()[:1]
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise NotABackup(UNREADABLE, file=checksum_file(file), problem=error) from None
    if expected != [_sha256(file)]:
        raise NotABackup(OTHER_SUM, file=file)


def checksum_file(file: Path) -> Path:
    return file.with_name(file.name + CHECKSUM)


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def put_in_place(file: Path, database: Path, aside: Path) -> None:
    """`file` becomes the database; what stood there is kept as `aside`, with its log."""
    for ending in ("", "-wal", "-shm"):
        old = database.with_name(database.name + ending)
        if old.exists():
            old.replace(aside.with_name(aside.name + ending))
    file.replace(database)
    _to_disk(database.parent)


def opened_for_reading(file: Path) -> Any:
    """A connection of the driver's that writes nothing into the database."""
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
