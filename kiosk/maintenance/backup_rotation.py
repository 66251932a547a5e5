"""How many backups are kept in a folder, and which may go."""

from __future__ import annotations

from pathlib import Path

from kiosk.maintenance.backup import NotABackup, check_checksum, check_database, checksum_file
from kiosk.maintenance.backup_signature import signature_file


def rotate(folder: Path, office: str, keep: int) -> list[Path]:
    """Delete the oldest backups of an office beyond `keep` sound ones; returns what was deleted.

    Names carry the time, so they sort by age. A damaged backup counts for nothing and is kept for whoever looks into
    it; while fewer than `keep` are sound, nothing is deleted.
    """
    sound = 0
    deleted = []
    for file in sorted(folder.glob(f"motcua-{office}-????????-??????.db"), reverse=True):
        if sound >= keep:
            file.unlink()
            checksum_file(file).unlink(missing_ok=True)
            signature_file(file).unlink(missing_ok=True)
            deleted.append(file)
        elif _is_sound(file, office):
            sound += 1
    return deleted


def _is_sound(file: Path, office: str) -> bool:
    try:
        check_checksum(file)
        check_database(file, office)
    except NotABackup:
        return False
    return True
