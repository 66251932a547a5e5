"""The pages of a database file: sound, late, with an index that lacks a row, torn."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kiosk.store import soundness
from kiosk.store.engine import open_reader
from kiosk.store.failures import StoredWrongly
from kiosk.store.soundness import check_pages


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A table with an index and some pages."""
    path = tmp_path / "small.db"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE numbers (number TEXT, letter TEXT)")
        made.execute("CREATE INDEX by_number ON numbers (number)")
        made.executemany("INSERT INTO numbers VALUES (?, 'A')", [(f"A{n:03d}" * 20,) for n in range(400)])
    made.close()
    return path


@pytest.fixture
def reader(file: Path) -> Iterator[Engine]:
    engine = open_reader(f"sqlite:///{file}")
    yield engine
    engine.dispose()


def with_an_index_of_another_column(file: Path) -> None:
    """As many entries as rows, but none that the table has: made of another column, behind SQLite's back."""
    with sqlite3.connect(file) as made:
        made.execute("PRAGMA writable_schema = ON")
        made.execute("DROP INDEX by_number")
        made.execute("CREATE INDEX by_number ON numbers (letter)")
        made.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX by_number ON numbers (number)' WHERE name = 'by_number'"
        )
    made.close()


def test_a_sound_file_is_sound(reader: Engine) -> None:
    assert check_pages(reader) and check_pages(reader, whole=True)


def test_an_index_that_holds_something_else_is_found_only_by_the_whole_check(file: Path, reader: Engine) -> None:
    with_an_index_of_another_column(file)
    assert check_pages(reader)
    with pytest.raises(StoredWrongly, match=r"the database file is damaged: row .* missing from index by_number"):
        check_pages(reader, whole=True)


def test_a_page_that_was_overwritten_is_found(file: Path, reader: Engine) -> None:
    with file.open("r+b") as raw:
        raw.seek(4 * 4096)
        raw.write(b"\xff" * 4096)
    with pytest.raises(StoredWrongly):
        check_pages(reader)


def test_a_check_that_is_late_says_that_it_did_not_end(reader: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "STEPS", 1)
    asked: list[bool] = []

    def late_the_third_time() -> bool:
        asked.append(len(asked) == 2)
        return asked[-1]

    assert check_pages(reader, late_the_third_time) is False
    assert asked == [False, False, True]
    assert check_pages(reader, whole=True), "the clock of the check before is not looked at any more"
    assert len(asked) == 3
