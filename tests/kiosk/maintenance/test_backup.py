"""A backup is one moment of the database, whole on the disk, and only a sound one of this office is taken back."""

from __future__ import annotations

import sqlite3 as standard
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from kiosk.maintenance import backup
from kiosk.maintenance.backup import NotABackup, check_database, copy_database, put_in_place


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A database in WAL that somebody holds open, with one committed row that still lies in the log."""
    file = tmp_path / "motcua.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE offices (office TEXT PRIMARY KEY)")
        connection.execute("CREATE TABLE t (a)")
        connection.execute("INSERT INTO offices VALUES ('ba-vi')")
        connection.commit()
        yield file


def rows(file: Path, query: str = "SELECT a FROM t ORDER BY a") -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute(query)]


def write(file: Path, *values: int) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executemany("INSERT INTO t VALUES (?)", [(value,) for value in values])
        connection.commit()


def test_a_copy_is_one_file_with_what_was_committed(database: Path, tmp_path: Path) -> None:
    write(database, 1, 2)
    target = tmp_path / "copy.db"
    copy_database(database, target)
    assert rows(target) == [1, 2]
    assert rows(target, "PRAGMA journal_mode") == ["delete"]
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]
    write(database, 3)
    assert rows(target) == [1, 2]


def test_what_is_not_committed_is_not_in_the_copy(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("INSERT INTO t VALUES (9)")
        copy_database(database, tmp_path / "copy.db")
    assert rows(tmp_path / "copy.db") == []


def test_a_copy_replaces_an_older_one_and_a_part_that_was_left(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("old")
    (tmp_path / "copy.db.part").write_text("a copy that broke off")
    write(database, 1)
    copy_database(database, target)
    assert rows(target) == [1]


def test_a_copy_that_breaks_off_leaves_the_older_one(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    copy_database(database, target)
    write(database, 1)

    def fail(path: Path) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(backup, "_to_disk", fail)
    with pytest.raises(OSError, match="no space left"):
        copy_database(database, target)
    assert rows(target) == []


def test_a_copy_is_on_the_disk_before_it_has_its_name(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = list[tuple[str, bool]]()
    target = tmp_path / "copy.db"
    monkeypatch.setattr(backup, "_to_disk", lambda path: synced.append((path.name, target.exists())))
    copy_database(database, target)
    assert synced == [("copy.db.part", False), (tmp_path.name, True)]


def test_a_source_that_is_missing_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.Error):
        copy_database(tmp_path / "missing.db", tmp_path / "copy.db")
    assert not (tmp_path / "missing.db").exists() and not (tmp_path / "copy.db").exists()


def test_a_sound_backup_of_this_office_is_taken(database: Path, tmp_path: Path) -> None:
    copy_database(database, tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()
    check_database(tmp_path / "copy.db", "ba-vi")
    assert (tmp_path / "copy.db").read_bytes() == before


def test_what_is_no_backup_of_this_office_is_refused_in_words(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy_database(database, copy)
    empty, text, foreign = (tmp_path / name for name in ("empty.db", "text.db", "foreign.db"))
    with closing(standard.connect(empty)) as connection:
        connection.execute("CREATE TABLE offices (office TEXT)")
    text.write_text("this is no database " * 200)
    with closing(standard.connect(foreign)) as connection:
        connection.execute("CREATE TABLE something (a)")
    for file, office, words in (
        (tmp_path / "missing.db", "ba-vi", r"missing\.db is not a file"),
        (tmp_path, "ba-vi", "is not a file"),
        (text, "ba-vi", r"text\.db is not a database of this product"),
        (foreign, "ba-vi", "is not a database of this product: no such table"),
        (copy, "soc-son", r"copy\.db belongs to ba-vi, not to soc-son"),
        (empty, "ba-vi", "belongs to –, not to ba-vi"),
    ):
        with pytest.raises(NotABackup, match=words):
            check_database(file, office)


def test_a_damaged_backup_is_refused(database: Path, tmp_path: Path) -> None:
    write(database, *range(2000))
    copy = tmp_path / "copy.db"
    copy_database(database, copy)
    with closing(sqlite3.connect(copy)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 't'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(copy.read_bytes())
    data[(root - 1) * size + 8 : (root - 1) * size + 40] = b"\xff" * 32
    copy.write_bytes(data)
    with pytest.raises(NotABackup, match="is damaged; take an older backup"):
        check_database(copy, "ba-vi")


def test_what_stood_there_is_kept_with_its_log(tmp_path: Path) -> None:
    database, fresh, aside = (tmp_path / name for name in ("motcua.db", "restoring.db", "motcua.db.before-1"))
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).write_text(f"old{ending}")
    fresh.write_text("fresh")
    put_in_place(fresh, database, aside)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "motcua.db": "fresh",
        "motcua.db.before-1": "old",
        "motcua.db.before-1-wal": "old-wal",
        "motcua.db.before-1-shm": "old-shm",
    }


def test_where_nothing_stood_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = list[Path]()
    monkeypatch.setattr(backup, "_to_disk", synced.append)
    fresh = tmp_path / "restoring.db"
    fresh.write_text("fresh")
    put_in_place(fresh, tmp_path / "motcua.db", tmp_path / "aside")
    assert [path.name for path in tmp_path.iterdir()] == ["motcua.db"]
    assert synced == [tmp_path]
