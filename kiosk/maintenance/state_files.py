"""What lies beside the database and is the office's own work, in one archive beside a backup, and brought back from it.

Procedures that came in, words taught for tables, sentences in further languages, remarks and templates of reports,
pictures, profiles of printers, voices. No key, no token, no report that was made: those are not for a stick.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kiosk.maintenance.backup import PART, UNREADABLE, NotABackup

STRANGE_FILE = "{file} holds “{name}”, which is no file of this product"
DAMAGED = "{file} is damaged at {name}; the files in it are not brought back"

# What zipfile raises over a damaged file, by its kind of damage.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
)

ARCHIVE = ".files.zip"  # beside a backup
FILES = frozenset({"procedures.json", "dossier-words.json"})
FOLDERS = frozenset({"translations", "reports", "pictures", "profiles", "voices"})
NOT_KEPT = frozenset({"reports/made", "reports/schedule.json"})
LISTS = frozenset({"reports/printed/index.jsonl"})  # each line stands for itself, so that two of them make one
MOST_BYTES = 256 * 1024 * 1024  # of one file; no recording or picture comes near it
PACKED = frozenset({".wav", ".json", ".toml", ".html"})  # what deflating makes smaller


def archive_file(backup: Path) -> Path:
    return backup.with_name(backup.name + ARCHIVE)


def keep_state_files(home: Path, backup: Path) -> Path | None:
    """Write the archive beside a backup, readable by its owner only; None where there is nothing to keep.

    Raises OSError.
    """
    names = sorted(_names(home))
    if not names:
        return None
    target = archive_file(backup)
    part = target.with_name(target.name + PART)
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name in names:
                kind = zipfile.ZIP_DEFLATED if PurePosixPath(name).suffix in PACKED else zipfile.ZIP_STORED
                archive.write(home / name, name, kind)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
    return target


def bring_back(archive: Path, home: Path) -> tuple[list[str], list[str]]:
    """(brought, left): files that were missing here are there again; what is here stays as it is.

    A list gets the lines that it lacks.

    Raises NotABackup when the archive is damaged or holds anything else; then nothing was brought.
    """
    with archive.open("rb") as file:
        try:
            kept = zipfile.ZipFile(file)
            entries = _checked_entries(kept, archive)
        except BROKEN as error:
            raise NotABackup(UNREADABLE, file=archive, problem=error) from None
        missing = [entry for entry in entries if not (home / entry.filename).exists()]
        for entry in missing:
            _write(home / entry.filename, kept.read(entry))
        for entry in entries:
            if entry.filename in LISTS and entry not in missing:
                _add_lines(home / entry.filename, kept.read(entry))
    brought = [entry.filename for entry in missing]
    return brought, [entry.filename for entry in entries if entry.filename not in set(brought)]


def _checked_entries(kept: zipfile.ZipFile, archive: Path) -> list[zipfile.ZipInfo]:
    """What is in it, read whole once. Raises NotABackup, and what zipfile raises."""
    entries = [entry for entry in kept.infolist() if not entry.is_dir()]
    for entry in entries:
        if not _is_ours(entry.filename) or entry.file_size > MOST_BYTES:
            raise NotABackup(STRANGE_FILE, file=archive, name=entry.filename)
    if damaged := kept.testzip():
        raise NotABackup(DAMAGED, file=archive, name=damaged)
    return entries


def _names(home: Path) -> Iterator[str]:
    for path in (home / name for name in FILES | FOLDERS):
        for file in path.rglob("*") if path.is_dir() else [path]:
            name = file.relative_to(home).as_posix()
            if file.is_file() and not file.is_symlink() and _is_ours(name):
                yield name


def _is_ours(name: str) -> bool:
    """Whether a name in an archive is one that we keep, and leads nowhere else."""
    parts = PurePosixPath(name).parts
    if "\\" in name or PurePosixPath(name).is_absolute() or ".." in parts or PurePosixPath(*parts).as_posix() != name:
        return False
    if any(name == one or name.startswith(f"{one}/") for one in NOT_KEPT):
        return False
    return name in FILES or (len(parts) > 1 and parts[0] in FOLDERS)


def _add_lines(path: Path, data: bytes) -> None:
    """Before those that are here: they are older."""
    here = path.read_bytes()
    known = set(here.splitlines())
    lacking = [line for line in data.splitlines() if line not in known]
    if lacking:
        _write(path, b"\n".join(lacking) + b"\n" + here)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(path.name + PART)
    part.write_bytes(data)
    part.replace(path)
