"""The store: one writer at a time, readers beside it, and words for a storage that does not work."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from kiosk.domain.events.office import DayOpened
from kiosk.domain.service import Office
from kiosk.store import store as module
from kiosk.store.failures import (
    RowDamaged,
    StorageBusy,
    StorageDamaged,
    StorageFailed,
    StorageFault,
    StorageFull,
    StorageReadOnly,
    StoredWrongly,
)
from kiosk.store.store import Store
from kiosk.store.unit_of_work import Actor
from tests.kiosk.store import storage_errors as errors
from tests.kiosk.store.conftest import DAY, EPOCH, NOW, numbered_store
from tests.kiosk.store.storage_errors import sqlite_error
from tests.kiosk.store.test_tickets import WAITING
from tests.office import OfficeStory

SYSTEM = Actor("system", None)


class Refused(Exception):
    """An action changed its mind."""


def test_what_is_written_without_journal_is_committed(store: Store) -> None:
    with store.writing() as tables:
        tables.clerks.add("1", "Lê Thị An", "hash")
    with store.reading() as reading:
        assert [clerk.name for clerk in reading.clerks.all()] == ["Lê Thị An"]


def test_what_is_refused_is_undone_and_the_writer_is_free(store: Store) -> None:
    with pytest.raises(Refused), store.writing() as tables:
        tables.clerks.add("1", "Lê Thị An", "hash")
        raise Refused
    with store.writing() as tables:
        assert tables.clerks.all() == []


def test_a_reading_is_of_one_moment_and_reads_the_state_once(office_store: Store) -> None:
    with office_store.reading() as reading:
        assert (reading.state.business_date, reading.state.head.epoch, reading.office_code) == (DAY, EPOCH, "ba-vi")
        with office_store.unit(SYSTEM, NOW) as unit:
            unit.tickets.add(WAITING)
        assert reading.tickets.is_empty()
        assert reading.state is reading.state
    with office_store.reading() as reading:
        assert not reading.tickets.is_empty()


def test_a_reading_cannot_write(office_store: Store) -> None:
    with pytest.raises(StorageReadOnly), office_store.reading() as reading:
        reading.tickets.add(WAITING)


def test_readers_are_given_back(office_store: Store) -> None:
    for _ in range(20):
        with pytest.raises(Refused), office_store.reading():
            raise Refused
    assert office_store.reader.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_one_connection_writes_and_is_kept(office_store: Store) -> None:
    with office_store.unit(SYSTEM, NOW) as unit:
        first = unit.transaction.cursor.connection
    with office_store.writing() as tables:
        assert tables.transaction.cursor.connection is first


def test_writers_of_a_process_wait_for_each_other(office_store: Store) -> None:
    order = list[str]()

    def second() -> None:
        with office_store.unit(SYSTEM, NOW):
            order.append("second")

    with office_store.unit(SYSTEM, NOW):
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(0.1)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]


def test_a_writer_that_waits_too_long_is_told_that_nothing_changed(
    office_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WRITER_TIMEOUT_S", 0.05)
    with office_store.unit(SYSTEM, NOW), pytest.raises(StorageBusy, match="too many are waiting"):
        office_store.unit(SYSTEM, NOW)
    with office_store.unit(SYSTEM, NOW) as unit:
        assert unit.state.head.seq == 0


def test_a_database_that_another_process_holds_is_busy(
    office_store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office_store.writing() as tables:
        tables.transaction.cursor.execute("PRAGMA busy_timeout = 10")
    holder = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusy, match="locked"):
        office_store.unit(SYSTEM, NOW)
    holder.execute("ROLLBACK")
    holder.close()
    with office_store.unit(SYSTEM, NOW) as unit:
        assert unit.state.business_date == DAY


@pytest.mark.parametrize(
    ("code", "raised", "is_fatal"),
    [
        (errors.FSYNC, StorageFailed, True),
        (errors.CORRUPT, StorageDamaged, True),
        (errors.NOT_A_DATABASE, StorageDamaged, True),
        (errors.BUSY, StorageBusy, False),
        (errors.FULL, StorageFull, False),
        (errors.READ_ONLY, StorageReadOnly, False),
        (errors.CONSTRAINT, sqlite3.OperationalError, False),
    ],
)
@pytest.mark.parametrize("work", ["writing", "reading"])
def test_an_error_of_the_storage_is_fatal_or_busy_for_readers_as_for_writers(
    office_store: Store, code: int, raised: type[Exception], is_fatal: bool, work: str
) -> None:
    fatal = list[BaseException]()
    office_store.fatal = fatal.append
    error = sqlite_error(code)
    with pytest.raises(raised) as caught, getattr(office_store, work)():
        raise error
    assert type(caught.value) is raised
    assert fatal == ([error] if is_fatal else [])
    if raised is not sqlite3.OperationalError:
        assert caught.value.__cause__ is error


def test_a_damaged_event_is_told_and_does_not_stop_who_reads_others(office_store: Store) -> None:
    fatal = list[BaseException]()
    office_store.fatal = fatal.append
    with pytest.raises(RowDamaged), office_store.reading():
        raise StoredWrongly("the journal is damaged at seq 7")
    assert fatal == []
    assert office_store.health.faults == {StorageFault.DAMAGED: "the journal is damaged at seq 7"}


def test_what_was_told_once_is_not_told_again(office_store: Store) -> None:
    fatal = list[BaseException]()
    office_store.fatal = fatal.append
    with pytest.raises(StorageFailed), office_store.reading(), office_store.writing():
        raise sqlite_error(errors.FSYNC)
    assert len(fatal) == 1


def test_without_a_listener_a_fatal_error_is_still_raised(store: Store) -> None:
    with pytest.raises(StorageFailed), store.writing():
        raise sqlite_error(errors.FSYNC)


@pytest.mark.parametrize("work", ["unit", "writing", "scrub"])
@pytest.mark.parametrize(
    ("error", "raised"), [(sqlite_error(errors.FSYNC), StorageFailed), (Refused("a fault"), Refused)]
)
def test_an_error_at_the_beginning_frees_the_writer(
    office_store: Store, monkeypatch: pytest.MonkeyPatch, work: str, error: Exception, raised: type[Exception]
) -> None:
    fatal = list[BaseException]()
    office_store.fatal = fatal.append

    def fail() -> Any:
        raise error

    with monkeypatch.context() as broken, pytest.raises(raised):
        broken.setattr(office_store._writers, "_connect", fail)
        if work == "unit":
            office_store.unit(SYSTEM, NOW)
        elif work == "writing":
            with office_store.writing():
                raise AssertionError("nothing begins")
        else:
            office_store.scrub()
    assert len(fatal) == (raised is StorageFailed)
    with office_store.unit(SYSTEM, NOW) as unit:
        assert unit.state.head.seq == 0


def test_what_was_deleted_leaves_the_log_too(office_store: Store, url: str) -> None:
    log = Path(url.removeprefix("sqlite:///") + "-wal")
    with office_store.writing() as tables:
        tables.free_texts.set_applicant("D1", "Phạm V. T.", NOW)
    assert "Phạm V. T.".encode() in log.read_bytes()
    with office_store.writing() as tables:
        tables.free_texts.set_applicant("D1", None, NOW)
    office_store.scrub()
    assert log.stat().st_size == 0
    with office_store.unit(SYSTEM, NOW) as unit:
        assert unit.free_texts.applicants() == {}


def test_a_closed_store_takes_nothing_and_may_be_closed_before_it_wrote(url: str, sample_office: Office) -> None:
    store = numbered_store(url, sample_office)
    store.close()
    for _ in range(2):
        with pytest.raises(StorageBusy, match="the service is stopping"):
            store.unit(SYSTEM, NOW)


def test_closing_gives_every_connection_back(office_store: Store, url: str) -> None:
    office_store.close()
    assert not Path(url.removeprefix("sqlite:///") + "-wal").exists(), "the last connection took the log with it"


def test_two_stores_on_one_file_see_each_others_work(office_store: Store, url: str, sample_office: Office) -> None:
    second = numbered_store(url, sample_office)
    with second.unit(SYSTEM, NOW) as unit:
        unit.tickets.add(WAITING)
    with office_store.reading() as reading:
        assert not reading.tickets.is_empty()
    second.close()


def test_on_both_databases_a_failed_writing_leaves_nothing(office: OfficeStory) -> None:
    store = office.app.store
    with pytest.raises(Refused), store.writing() as tables:
        tables.clerks.add("1", "Lê Thị An", "hash")
        raise Refused
    store.scrub()
    with store.writing() as tables:
        tables.clerks.add("2", "Trần Thị Cúc", "hash")
    with store.reading() as reading:
        assert [clerk.name for clerk in reading.clerks.all()] == ["Trần Thị Cúc"]


def test_a_store_is_closed_after_the_transaction_in_flight_and_takes_no_other(tmp_path: Path) -> None:
    story = OfficeStory(f"sqlite:///{tmp_path}/office.db")
    closing = threading.Thread(target=story.close)
    with story.unit() as unit:
        closing.start()
        closing.join(0.2)
        assert closing.is_alive(), "it waits for the transaction"
        assert unit.tickets.waiting() == []
    closing.join(10)
    assert not closing.is_alive()
    with pytest.raises(StorageBusy, match="stopping"):
        story.unit()


def test_a_number_is_told_with_its_day_before_it_is_kept(office_store: Store) -> None:
    told = list[tuple[str, str]]()
    office_store.issued.append(lambda day, number: told.append((day, number)))
    office_store.issued.append(lambda day, number: told.append((number, day)))
    office_store._issued("2024-04-15", "A001")
    assert told == [("2024-04-15", "A001"), ("A001", "2024-04-15")]


def test_a_commit_ends_a_fault_of_the_disk(office_store: Store) -> None:
    office_store.health.set(StorageFault.FULL, "no room")
    with office_store.unit(Actor("kiosk", "hall"), NOW) as unit:
        unit.record(DayOpened("ba-vi", DAY))
    assert office_store.health.faults == {}
