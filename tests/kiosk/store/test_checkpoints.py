"""The write-ahead log is moved in time, its errors are heard, and a log that stays is a fault."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from kiosk.domain.service import Office
from kiosk.store import checkpoints as module
from kiosk.store.checkpoints import Checkpoints
from kiosk.store.store import Store
from tests.kiosk.store.conftest import NOW
from tests.kiosk.store.storage_errors import FULL, sqlite_error

BEGUN = 4152  # header of the log (32), header of a frame (24), a page (4096)


class Seconds:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def checkpoints(office_store: Store, seconds: Seconds) -> Iterator[Checkpoints]:
    assert office_store.file is not None
    given = Checkpoints(office_store, office_store.file, seconds)
    given.start()
    given.move("TRUNCATE")
    given.run_once()
    yield given


def write(store: Store, times: int = 1) -> None:
    for _ in range(times):
        with store.writing() as tables:
            tables.devices.add(f"device-{os.urandom(4).hex()}", "kiosk", None, os.urandom(32).hex(), NOW)


def log_bytes(store: Store) -> int:
    assert store.file is not None
    return store.file.with_name(store.file.name + "-wal").stat().st_size


def test_after_a_second_without_writing_the_log_is_nearly_empty(
    checkpoints: Checkpoints, office_store: Store, seconds: Seconds
) -> None:
    write(office_store)
    checkpoints.run_once()
    assert log_bytes(office_store) > BEGUN, "somebody wrote just now"
    seconds.now += 1.0
    checkpoints.run_once()
    assert (log_bytes(office_store), checkpoints.fault) == (BEGUN, None)


def test_what_the_log_is_begun_with_stands_in_the_file_already(
    checkpoints: Checkpoints, office_store: Store, seconds: Seconds
) -> None:
    """So it may be damaged: nothing is lost with it, and a file without its log is the same database."""
    assert office_store.file is not None
    with office_store.exclusive() as connection:
        connection.execute("PRAGMA user_version = 7")
    checkpoints.run_once()
    seconds.now += 1.0
    checkpoints.run_once()
    first_page = office_store.file.read_bytes()[:4096]
    log = office_store.file.with_name(office_store.file.name + "-wal").read_bytes()
    assert len(log) == BEGUN
    assert [
        (at, one, other) for at, (one, other) in enumerate(zip(log[56:], first_page, strict=True)) if one != other
    ] == []


def test_a_log_that_was_begun_is_left_alone_until_somebody_writes(
    checkpoints: Checkpoints, office_store: Store, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = list[str]()
    monkeypatch.setattr(checkpoints, "move", moved.append)
    for _ in range(20):
        seconds.now += 60
        checkpoints.run_once()
    assert (moved, checkpoints.fault) == ([], None)
    write(office_store)
    checkpoints.run_once()
    seconds.now += 1.0
    checkpoints.run_once()
    assert moved == ["TRUNCATE"]


def test_a_disk_that_takes_no_page_is_tried_again_after_ten_seconds_and_not_four_times_a_second(
    office_store: Store, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office_store.file is not None
    tries = list[float]()

    def takes_nothing(_: Any) -> None:
        tries.append(seconds.now)
        raise sqlite_error(FULL)

    own = Checkpoints(office_store, office_store.file, seconds)
    own.start()
    own.move("TRUNCATE")
    with monkeypatch.context() as full_disk:
        full_disk.setattr(module, "_write_unchanged_page", takes_nothing)
        for _ in range(80):
            seconds.now += 0.25
            own.run_once()
    assert tries == [100.25, 110.25]
    assert own.fault is None, "there is nothing to move"
    seconds.now += 10
    own.run_once()
    assert log_bytes(office_store) == BEGUN


def test_a_change_of_one_page_alone_is_moved_although_the_log_is_as_short(
    office_store: Store, seconds: Seconds
) -> None:
    assert office_store.file is not None
    own = Checkpoints(office_store, office_store.file, seconds)
    own.start()
    own.move("TRUNCATE")
    with office_store.exclusive() as connection:
        connection.execute("PRAGMA user_version = 8")
    assert log_bytes(office_store) == BEGUN
    own.run_once()
    seconds.now += 1.0
    own.run_once()
    assert office_store.file.read_bytes()[60:64] == (8).to_bytes(4, "big")


def test_where_somebody_writes_all_the_time_the_log_is_moved_every_ten_seconds_and_used_again(
    checkpoints: Checkpoints, office_store: Store, seconds: Seconds
) -> None:
    sizes = []
    for _ in range(60):
        write(office_store)
        seconds.now += 0.5
        checkpoints.run_once()
        sizes.append(log_bytes(office_store))
    assert max(sizes) == sizes[-1] < 30 * 4 * 4200, "of ten seconds, not of thirty"


def test_a_large_log_is_moved_although_it_is_young(
    checkpoints: Checkpoints, office_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_BYTES", 1)
    moved = list[str]()
    monkeypatch.setattr(checkpoints, "move", moved.append)
    write(office_store)
    checkpoints.run_once()
    assert moved == ["RESTART"]


def test_sqlite_does_not_move_it_by_itself_where_errors_would_be_hidden(
    checkpoints: Checkpoints, office_store: Store
) -> None:
    with office_store.exclusive() as connection:
        assert connection.execute("PRAGMA wal_autocheckpoint").fetchone()[0] == 0
        assert connection.execute("PRAGMA busy_timeout").fetchone()[0] == 5000


def test_a_reader_holds_nobody_up_and_what_it_holds_back_for_ten_minutes_is_a_fault(
    checkpoints: Checkpoints, office_store: Store, seconds: Seconds
) -> None:
    with closing(sqlite3.connect(str(office_store.file), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM devices").fetchall()
        write(office_store)
        assert not checkpoints.move("TRUNCATE")
        seconds.now += 600
        checkpoints.run_once()
        assert checkpoints.fault is None
        seconds.now += 1
        checkpoints.run_once()
        assert checkpoints.fault == "the write-ahead log was not moved into the database for 601 s"
    checkpoints.run_once()
    assert (checkpoints.fault, log_bytes(office_store)) == (None, BEGUN)


def test_a_log_of_more_than_64_mib_is_a_fault(
    checkpoints: Checkpoints, office_store: Store, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 8192)
    monkeypatch.setattr(checkpoints, "move", lambda mode: False)
    write(office_store, 3)
    checkpoints.run_once()
    assert checkpoints.fault is not None and "more than 8192" in checkpoints.fault


def test_nothing_to_move_for_hours_is_no_fault(checkpoints: Checkpoints, seconds: Seconds) -> None:
    seconds.now += 5 * 3600
    checkpoints.run_once()
    assert checkpoints.fault is None


def test_the_file_of_a_store_is_that_of_its_address(url: str, sample_office: Office) -> None:
    store = Store(url, sample_office, lambda: "id")
    assert store.file == Path(url.removeprefix("sqlite:///"))
    store.close()


def test_sizes_and_times_are_those_that_the_technician_reads() -> None:
    """docs/decisions/0029: 16 MiB while people wait, a fault from 64 MiB or ten minutes, ten seconds under load."""
    assert (module.BUSY_BYTES, module.MOST_BYTES) == (16_777_216, 67_108_864)
    assert (module.AT_LEAST_EVERY_S, module.LONGEST_S) == (10, 600)


def test_a_log_of_just_64_mib_is_none(
    checkpoints: Checkpoints, office_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "move", lambda mode: False)
    write(office_store, 3)
    size = log_bytes(office_store)
    for most, is_fault in ((size, False), (size - 1, True)):
        monkeypatch.setattr(module, "MOST_BYTES", most)
        checkpoints.run_once()
        assert (checkpoints.fault is not None) is is_fault
