"""How many backups are kept in a folder, and which may go."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from kiosk.maintenance.backup import NotABackup, check_checksum, check_database, checksum_file, opened_for_reading
from kiosk.maintenance.backup_signature import signature_file
from kiosk.maintenance.state_files import archive_file


def rotate(folder: Path, office: str, keep: int) -> list[Path]:
    """Delete the oldest backups of an office beyond `keep` sound ones; returns what was deleted.

    How far a backup has the journal tells its age, and its name only among equals: a clock that was wrong for a while
    must not make the newest one the oldest. A damaged backup counts for nothing and is kept for whoever looks into it,
    until all that are kept have later names; while fewer than `keep` are sound, nothing is deleted.
    """
    ages = {file: _age(file, office) for file in folder.glob(f"motcua-{office}-????????-??????.db")}
    known = [(age, file.name, file) for file, age in ages.items() if age is not None]
    kept, deleted = list[Path](), list[Path]()
    for _, _, file in sorted(known, reverse=True):
        if len(kept) >= keep:
            deleted.append(file)
        elif _is_sound(file, office):
            kept.append(file)
    if len(kept) >= keep:
        first = min(file.name for file in kept)
        deleted += sorted(file for file, age in ages.items() if age is None and file.name < first)
    for file in deleted:
        archive = archive_file(file)
        for one in (file, checksum_file(file), signature_file(file), archive, signature_file(archive)):
            one.unlink(missing_ok=True)
    return deleted


def _age(file: Path, office: str) -> tuple[int, int] | None:
    """Which epoch of the office it has reached, and how far in it; None when it cannot be read."""
    try:
        with closing(opened_for_reading(file)) as connection:
            epochs = connection.execute("SELECT COUNT(*) FROM epochs WHERE office = ?", (office,)).fetchone()[0]
            (seq,) = connection.execute("SELECT last_seq FROM offices WHERE office = ?", (office,)).fetchone()
    except (sqlite3.Error, OSError, TypeError):
        return None
    return int(epochs), int(seq)


def _is_sound(file: Path, office: str) -> bool:
    try:
        check_checksum(file)
        check_database(file, office)
    except NotABackup:
        return False
    return True
