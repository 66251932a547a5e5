"""Old backups go, the last good ones never."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from kiosk.maintenance.backup_rotation import rotate


def backup(
    folder: Path, day: int, sound: bool = True, office: str = "ba-vi", year: int = 2024, seq: int = 0, epochs: int = 1
) -> str:
    """`seq`: how far it has the journal; else further each day."""
    file = folder / f"motcua-{office}-{year}04{day:02}-023000.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE offices (office TEXT, last_seq INTEGER)")
        connection.execute("CREATE TABLE epochs (office TEXT, epoch TEXT)")
        connection.execute("INSERT INTO offices VALUES (?, ?)", (office, seq or day * 100))
        connection.executemany("INSERT INTO epochs VALUES (?, ?)", [(office, f"e{n}") for n in range(epochs)])
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


def test_a_clock_that_was_years_ahead_makes_no_new_backup_the_oldest(tmp_path: Path) -> None:
    ahead = [backup(tmp_path, day, year=2034, seq=day) for day in range(1, 15)]
    right = [backup(tmp_path, day, seq=1000 + day) for day in (20, 21, 22)]
    assert [file.name for file in rotate(tmp_path, "ba-vi", 14)] == ahead[2::-1]
    assert names(tmp_path) == sorted([*ahead[3:], *right])


def test_what_was_made_after_a_restore_is_newer_however_short_its_journal(tmp_path: Path) -> None:
    before = [backup(tmp_path, day, seq=5000 + day) for day in (1, 2)]
    after = backup(tmp_path, 3, seq=4, epochs=2)
    assert [file.name for file in rotate(tmp_path, "ba-vi", 2)] == before[:1]
    assert names(tmp_path) == [before[1], after]


def test_a_damaged_backup_goes_once_all_that_are_kept_are_later(tmp_path: Path) -> None:
    bad = backup(tmp_path, 1, sound=False)
    good = [backup(tmp_path, day) for day in (2, 3)]
    assert [file.name for file in rotate(tmp_path, "ba-vi", 2)] == [bad]
    assert names(tmp_path) == good


def test_on_a_night_on_which_nothing_happened_the_later_name_is_the_newer_one(tmp_path: Path) -> None:
    files = [backup(tmp_path, day, seq=700) for day in (1, 2, 3)]
    assert [file.name for file in rotate(tmp_path, "ba-vi", 2)] == files[:1]
