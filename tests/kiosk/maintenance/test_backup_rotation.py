"""Old backups go, the last good ones never."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from kiosk.maintenance.backup_rotation import rotate


def backup(folder: Path, day: int, sound: bool = True, office: str = "ba-vi") -> str:
    file = folder / f"motcua-{office}-202404{day:02}-023000.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE offices (office TEXT)")
        connection.execute("INSERT INTO offices VALUES (?)", (office,))
        connection.commit()
    if not sound:
        file.write_bytes(b"no database" * 100)
    return file.name


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_the_oldest_go_beyond_what_is_kept(tmp_path: Path) -> None:
    files = [backup(tmp_path, day) for day in range(1, 18)]
    (tmp_path / f"{files[0]}.sha256").touch()
    deleted = rotate(tmp_path, "ba-vi", 14)
    assert sorted(file.name for file in deleted) == files[:3]
    assert names(tmp_path) == files[3:]
    assert rotate(tmp_path, "ba-vi", 14) == []


def test_a_damaged_backup_counts_for_nothing_so_that_good_ones_stay(tmp_path: Path) -> None:
    good = [backup(tmp_path, day) for day in (1, 2, 3)]
    bad = [backup(tmp_path, day, sound=False) for day in (4, 5, 6, 7)]
    assert rotate(tmp_path, "ba-vi", 3) == []
    assert names(tmp_path) == [*good, *bad]
    newest = backup(tmp_path, 8)
    assert [file.name for file in rotate(tmp_path, "ba-vi", 3)] == good[:1]
    assert names(tmp_path) == [*good[1:], *bad, newest]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    other = [backup(tmp_path, 1, office="ba-to"), "notes.txt", "motcua-ba-vi-old.db"]
    for name in other[1:]:
        (tmp_path / name).write_text("x", encoding="utf-8")
    kept = backup(tmp_path, 9)
    backup(tmp_path, 2)
    rotate(tmp_path, "ba-vi", 1)
    assert names(tmp_path) == sorted([*other, kept])
