"""An action counts whole or not at all: its rows, its events, its print job, its remembered answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from contract.tickets import CounterState
from kiosk.domain.counter import Counter
from kiosk.domain.print_job import PrintJob
from kiosk.domain.queue import ARRIVAL_STEP
from kiosk.store.answers import RememberedAnswer
from kiosk.store.failures import StorageBusy, StorageFailed, StorageFull
from kiosk.store.journal import GENESIS, JournalHead
from kiosk.store.office_state import NotInitialised
from kiosk.store.sql import MemberTransaction
from kiosk.store.store import Store
from kiosk.store.unit_of_work import Actor, UnitOfWork
from tests.kiosk.store import storage_errors as errors
from tests.kiosk.store.conftest import DAY, EPOCH, NOW
from tests.kiosk.store.storage_errors import sqlite_error
from tests.kiosk.store.test_tickets import WAITING
from tests.office import OfficeStory

ANSWER = RememberedAnswer("fingerprint", 201, "{}")


@dataclass(frozen=True)
class Happened:
    """An event of a test."""

    subject: str
    facts: Mapping[str, object] = field(default_factory=dict)
    type: str = "ticket.issued"

    def data(self) -> Mapping[str, object]:
        return self.facts


class Interrupted(Exception):
    """Something went wrong in the middle of an action."""


def act(unit: UnitOfWork) -> None:
    """Everything that one action may write."""
    unit.tickets.add(WAITING)
    unit.tickets.next_ordinal(DAY, "A")
    unit.spool.add(PrintJob("j1", "t1", "A001", "hall", 0, False, NOW))
    unit.answers.add("hall", "key", ANSWER, NOW)
    unit.next_arrival()
    unit.record(Happened("t1", {"number": "A001"}))


def fail_with(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


def written(store: Store) -> tuple[int, int, bool, int, bool, int]:
    with store.reading() as reading:
        return (
            len(reading.tickets.waiting()),
            reading.tickets.last_ordinal(DAY, "A"),
            reading.spool.next_for("hall") is not None,
            len(reading.journal.read(EPOCH, 0, 10)),
            reading.answers.get("hall", "key") is not None,
            reading.state.next_arrival,
        )


NOTHING, ALL = (0, 0, False, 0, False, 0), (1, 1, True, 1, True, ARRIVAL_STEP)


def test_an_action_that_ends_well_is_written_whole(office_store: Store, unit_of: Callable[[], UnitOfWork]) -> None:
    with unit_of() as unit:
        act(unit)
        assert written(office_store) == NOTHING, "nobody sees half an action"
    assert written(office_store) == ALL


def test_an_action_that_fails_leaves_nothing(office_store: Store, unit_of: Callable[[], UnitOfWork]) -> None:
    with pytest.raises(Interrupted), unit_of() as unit:
        act(unit)
        raise Interrupted
    assert written(office_store) == NOTHING
    with unit_of() as unit:
        act(unit)
    assert written(office_store) == ALL


def test_an_action_whose_commit_fails_leaves_nothing_and_tells_nobody(
    office_store: Store, unit_of: Callable[[], UnitOfWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[JournalHead]()
    office_store.after_commit.append(told.append)
    with monkeypatch.context() as broken, pytest.raises(Interrupted), unit_of() as unit:
        broken.setattr(MemberTransaction, "commit", fail_with(Interrupted()))
        act(unit)
    assert (written(office_store), told) == (NOTHING, [])


def test_listeners_learn_the_last_seq_after_the_commit(office_store: Store, unit_of: Callable[[], UnitOfWork]) -> None:
    told = list[tuple[int, int]]()
    for _ in range(2):
        office_store.after_commit.append(lambda head: told.append((head.seq, written(office_store)[3])))
    with unit_of() as unit:
        unit.record(Happened("t1"))
        unit.record(Happened("t2"))
        assert told == []
    assert told == [(2, 2), (2, 2)]


def test_an_action_without_event_tells_nobody(office_store: Store, unit_of: Callable[[], UnitOfWork]) -> None:
    told = list[JournalHead]()
    office_store.after_commit.append(told.append)
    with unit_of() as unit:
        unit.tickets.add(WAITING)
    assert (told, written(office_store)[0]) == ([], 1)


def test_an_event_carries_time_day_actor_and_place_in_the_chain(
    office_store: Store, unit_of: Callable[[], UnitOfWork]
) -> None:
    with unit_of() as unit:
        assert unit.business_date == DAY
        first = unit.record(Happened("t1", {"number": "A001"}))
        second = unit.record(Happened("t2", type="ticket.called"))
    assert (first, second) == ("id-1", "id-2")
    with office_store.reading() as reading:
        one, two = (json.loads(entry.body) for entry in reading.journal.read(EPOCH, 0, 10))
        state = reading.state
    assert {name: one[name] for name in one if name != "hash"} == {
        "id": "id-1",
        "epoch": EPOCH,
        "seq": 1,
        "office": "ba-vi",
        "type": "ticket.issued",
        "time": "2024-04-15T01:05:00.000Z",
        "business_date": DAY,
        "subject": "t1",
        "actor": {"kind": "kiosk", "id": "hall", "person": None},
        "data": {"number": "A001"},
        "prev_hash": GENESIS,
    }
    assert (two["seq"], two["type"], two["prev_hash"]) == (2, "ticket.called", one["hash"])
    assert (state.head.seq, state.head.hash, state.head.epoch) == (2, two["hash"], EPOCH)


def test_the_next_action_goes_on_where_the_last_one_ended(
    office_store: Store, unit_of: Callable[[], UnitOfWork]
) -> None:
    with unit_of() as unit:
        unit.record(Happened("t1"))
        assert [unit.next_arrival(), unit.next_arrival()] == [ARRIVAL_STEP, 2 * ARRIVAL_STEP]
        unit.state.business_date, unit.state.day_open, unit.state.configured = "2024-04-16", True, "mark"
    with office_store.unit(Actor("system", None), NOW + 5) as unit:
        state = unit.state
        assert (state.head.seq, state.business_date, state.day_open, state.configured) == (
            1,
            "2024-04-16",
            True,
            "mark",
        )
        assert (unit.next_arrival(), state.last_time) == (3 * ARRIVAL_STEP, NOW)
        unit.record(Happened("t2"))
    with office_store.reading() as reading:
        assert (reading.state.head.seq, reading.state.last_time, reading.state.next_arrival) == (
            2,
            NOW + 5,
            3 * ARRIVAL_STEP,
        )
        event = json.loads(reading.journal.read(EPOCH, 1, 10)[0].body)
        assert (event["actor"], event["business_date"]) == (
            {"kind": "system", "id": None, "person": None},
            "2024-04-16",
        )


def test_what_is_not_journaled_does_not_change_the_office(
    office_store: Store, unit_of: Callable[[], UnitOfWork]
) -> None:
    with unit_of() as unit:
        unit.next_arrival()
        unit.state.configured = "mark"
    with office_store.reading() as reading:
        assert (reading.state.next_arrival, reading.state.configured) == (0, "")


def test_an_office_that_the_database_does_not_hold_is_named(store: Store) -> None:
    refused = pytest.raises(NotInitialised, match='does not hold the office "ba-vi"; run motcua init')
    with refused, store.unit(Actor("kiosk", "hall"), NOW):
        raise AssertionError("the action must not begin")
    with store.writing() as tables:
        assert tables.tickets.is_empty(), "the writer is free again"


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (sqlite_error(errors.FSYNC), StorageFailed),
        (sqlite_error(errors.CORRUPT), StorageFailed),
        (sqlite_error(errors.NOT_A_DATABASE), StorageFailed),
        (sqlite_error(errors.BUSY), StorageBusy),
        (sqlite_error(errors.FULL), StorageFull),
        (Interrupted("UNIQUE constraint failed"), Interrupted),
    ],
)
def test_a_storage_that_fails_under_an_action_is_told_apart_from_a_busy_one(
    office_store: Store, unit_of: Callable[[], UnitOfWork], error: Exception, raised: type[Exception]
) -> None:
    fatal = list[BaseException]()
    office_store.fatal = fatal.append
    with pytest.raises(raised), unit_of() as unit:
        act(unit)
        raise error
    assert fatal == ([error] if raised is StorageFailed else [])
    assert written(office_store) == NOTHING


@pytest.mark.parametrize(
    ("error", "raised"), [(sqlite_error(errors.FSYNC), StorageFailed), (sqlite_error(errors.FULL), StorageFull)]
)
def test_a_storage_that_fails_at_the_commit_is_told_as_well(
    office_store: Store,
    unit_of: Callable[[], UnitOfWork],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    raised: type[Exception],
) -> None:
    fatal = list[BaseException]()
    office_store.fatal = fatal.append
    with monkeypatch.context() as broken, pytest.raises(raised), unit_of() as unit:
        broken.setattr(MemberTransaction, "commit", fail_with(error))
        act(unit)
    assert fatal == ([error] if raised is StorageFailed else [])
    assert written(office_store) == NOTHING


def test_on_both_databases_an_action_is_whole_or_nothing(office: OfficeStory) -> None:
    office.take_number()
    before = len(office.events())
    with pytest.raises(Interrupted), office.unit() as unit:
        unit.tickets.next_ordinal(DAY, "A")
        unit.record(Happened("t1"))
        raise Interrupted
    assert len(office.events()) == before
    assert office.take_number().number == "A002"
    assert [event["seq"] for event in office.events()] == list(range(1, len(office.events()) + 1))


@pytest.mark.parametrize(("counter", "person"), [("1", "lan"), ("2", None), (None, None)])
def test_an_action_at_a_counter_is_its_clerks(office_store: Store, counter: str | None, person: str | None) -> None:
    with office_store.writing() as tables:
        tables.clerks.add("lan", "Lan", "pin")
        tables.counters.save(Counter("1", CounterState.OPEN, "Lan"))
    with office_store.unit(Actor("counter", "quay", counter=counter), NOW) as unit:
        assert unit.person == person


def test_a_person_who_is_named_stays(office_store: Store) -> None:
    with office_store.writing() as tables:
        tables.clerks.add("lan", "Lan", "pin")
        tables.counters.save(Counter("1", CounterState.OPEN, "Lan"))
    with office_store.unit(Actor("counter", "quay", "cuc", "1"), NOW) as unit:
        assert unit.person == "cuc"
