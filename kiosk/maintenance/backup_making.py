"""A backup from beginning to end: copied, read back, summed, signed, with the office's own files beside it; the oldest
deleted, the outcome kept.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from config import places
from contract.told_error import ToldError
from kiosk.domain.storage_checks import BackupFile, CheckOutcome
from kiosk.maintenance.backup import NotABackup, check_database, checksum_file, copy_database, write_checksum
from kiosk.maintenance.backup_rotation import rotate
from kiosk.maintenance.backup_signature import sign, signature_file
from kiosk.maintenance.check_outcomes import BACKUP, note_outcome
from kiosk.maintenance.state_files import keep_state_files

log = logging.getLogger("kiosk.maintenance.backup_making")


class NoBackup(ToldError):
    """No backup was made; the message says why."""


def make_backup(database: Path, folder: Path, office: str, now_ms: Callable[[], int], keep: int | None = None) -> Path:
    """The new file in `folder`, which exists. With `keep` the oldest beyond so many sound ones go. Raises NoBackup.

    What it came to is kept for pages, metrics and the doctor.
    """
    stamp = datetime.fromtimestamp(now_ms() / 1000, UTC).strftime("%Y%m%d-%H%M%S")
    target = folder / f"motcua-{office}-{stamp}.db"
    try:
        copy_database(database, target, with_words=False)
        check_database(target, office)
        write_checksum(target)
        sign(target, office)
        archive = keep_state_files(places.home(), target)
        if archive is not None:
            sign(archive, office)
    except (OSError, sqlite3.Error, NotABackup) as error:
        _note(CheckOutcome(now_ms(), False, str(error)))
        raise NoBackup("{problem}", problem=error) from error
    if keep:
        rotate(folder, office, keep)
    _note(CheckOutcome(now_ms(), True, str(target)))
    return target


def list_backups(folder: Path, office: str) -> Iterator[BackupFile]:
    """The backups of an office in a folder, by name, so the newest last; nothing where there is no such folder."""
    for file in sorted(folder.glob(f"motcua-{office}-????????-??????.db")):
        try:
            made_at = datetime.strptime(file.stem[-15:], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
            size = file.stat().st_size
        except (ValueError, OSError):  # another's file of nearly such a name, or one that was deleted just now
            continue
        whole = checksum_file(file).exists() and signature_file(file).exists()
        yield BackupFile(file.name, int(made_at.timestamp() * 1000), size, whole)


def _note(outcome: CheckOutcome) -> None:
    try:
        note_outcome(BACKUP, outcome)
    except OSError as error:
        log.warning("the outcome cannot be kept: %s", error)
