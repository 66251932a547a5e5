"""Actions that wait for the writer are committed together, and each still counts whole or not at all."""

from __future__ import annotations

import itertools
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.store import group_commit
from kiosk.store.failures import StorageDamaged, StorageFailed, StorageFull
from kiosk.store.group_commit import NoTurn
from kiosk.store.journal import GENESIS, JournalHead
from kiosk.store.store import Store
from kiosk.store.unit_of_work import Actor, UnitOfWork
from tests.kiosk.store import storage_errors as errors
from tests.kiosk.store.conftest import EPOCH, NOW
from tests.kiosk.store.storage_errors import sqlite_error
from tests.kiosk.store.test_unit_of_work import Happened

SYSTEM = Actor("system", None)
Work = Callable[[UnitOfWork], None]


class Refused(Exception):
    """An action is refused by the rules."""


class Watched:
    """SQLite's connection; `before` is called with each statement that begins, ends or parts a transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.statements: list[str] = []
        self.before: Callable[[str], None] = lambda statement: None

    def execute(self, statement: str) -> Any:
        self.before(statement)
        self.statements.append(statement)
        return self._connection.execute(statement)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.fixture
def watched(office_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    connection = Watched(office_store._connect())
    with monkeypatch.context() as patched:
        patched.setattr(office_store._writers, "_connect", lambda: connection)
        yield connection


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.001)


def in_line(store: Store) -> int:
    assert store._writers is not None
    return len(store._writers._line)


class Tap(threading.Thread):
    """One action; `answer` is "done", or the error that it was answered with."""

    def __init__(self, store: Store, work: Work, alone: bool = False) -> None:
        super().__init__(daemon=True)
        self._store, self._work, self._alone = store, work, alone
        self.answer: object = None

    def run(self) -> None:
        try:
            with self._store.unit(SYSTEM, NOW, self._alone) as unit:
                self._work(unit)
            self.answer = "done"
        except Exception as error:
            self.answer = error


def together(store: Store, *works: Work, alone: tuple[int, ...] = ()) -> list[Tap]:
    """All of them wait in line, in this order, before the first gets its turn; returns when each was answered."""
    taps = [Tap(store, work, number in alone) for number, work in enumerate(works)]
    with store.exclusive():
        for number, tap in enumerate(taps):
            tap.start()
            wait_until(lambda number=number: in_line(store) == number + 1)  # type: ignore[misc]
    for tap in taps:
        tap.join(20)
    return taps


def note(name: str) -> Work:
    """Record an event and write a row whose key is `name`."""

    def work(unit: UnitOfWork) -> None:
        unit.clerks.add(name, name, "hash")
        unit.record(Happened(name))

    return work


def refuse(name: str) -> Work:
    def work(unit: UnitOfWork) -> None:
        note(name)(unit)
        raise Refused(name)

    return work


def written(store: Store) -> list[str]:
    """The subjects of the journal, whose chain is whole, where rows and events say the same."""
    with store.reading() as reading:
        events = [json.loads(entry.body) for entry in reading.journal.read(EPOCH, 0, 10_000)]
        rows, head = [clerk.name for clerk in reading.clerks.all()], reading.state.head
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert [event["prev_hash"] for event in events] == [GENESIS, *(event["hash"] for event in events)][: len(events)]
    assert (head.seq, head.hash) == (len(events), events[-1]["hash"] if events else GENESIS)
    assert sorted(rows) == sorted(event["subject"] for event in events)
    return [event["subject"] for event in events]


def test_eight_taps_at_once_are_answered_by_two_commits(office_store: Store, watched: Watched) -> None:
    taps = [Tap(office_store, note(str(number))) for number in range(8)]

    def disk_is_slow(statement: str) -> None:
        if statement == "COMMIT" and statement not in watched.statements:
            for tap in taps[1:]:
                tap.start()
            wait_until(lambda: in_line(office_store) == 7)

    watched.before = disk_is_slow
    taps[0].start()
    for tap in taps:
        wait_until(lambda tap=tap: tap.answer is not None)  # type: ignore[misc]
    assert [tap.answer for tap in taps] == ["done"] * 8
    assert watched.statements.count("COMMIT") == 2
    assert sorted(written(office_store)) == [str(number) for number in range(8)]


def test_a_lone_writer_commits_at_once_and_needs_no_savepoint(office_store: Store, watched: Watched) -> None:
    for name in "ab":
        with office_store.unit(SYSTEM, NOW) as unit:
            note(name)(unit)
        assert written(office_store)[-1] == name
    assert watched.statements == ["BEGIN IMMEDIATE", "COMMIT"] * 2


def test_a_refused_action_takes_none_of_its_neighbours_along(office_store: Store, watched: Watched) -> None:
    taps = together(office_store, refuse("x"), note("a"), refuse("y"), note("b"), note("a"), note("c"))
    assert [str(tap.answer) for tap in taps[:4]] == ["x", "done", "y", "done"]
    assert "UNIQUE constraint failed" in str(taps[4].answer)
    assert taps[5].answer == "done"
    assert written(office_store) == ["a", "b", "c"]
    assert watched.statements.count("COMMIT") == 1


def test_nobody_is_answered_before_the_commit(office_store: Store, watched: Watched) -> None:
    answers = list[object]()
    seen = list[list[object]]()

    def look(statement: str) -> None:
        if statement == "COMMIT":
            seen.append([tap.answer for tap in taps])

    watched.before = look
    taps = [Tap(office_store, note("a")), Tap(office_store, refuse("x")), Tap(office_store, note("b"))]
    with office_store.exclusive():
        for number, tap in enumerate(taps):
            tap.start()
            wait_until(lambda number=number: in_line(office_store) == number + 1)  # type: ignore[misc]
    for tap in taps:
        tap.join(20)
        answers.append(tap.answer)
    assert seen == [[None, None, None]], "a refusal, too, rests on what its neighbours did"
    assert [str(answer) for answer in answers] == ["done", "x", "done"]


@pytest.mark.parametrize(("code", "raised"), [(errors.FSYNC, StorageFailed), (errors.FULL, StorageFull)])
def test_a_commit_that_fails_fails_for_each_of_them(
    office_store: Store, watched: Watched, code: int, raised: type[Exception]
) -> None:
    error, fatal, told = sqlite_error(code), list[tuple[BaseException, int]](), list[JournalHead]()
    office_store.fatal = lambda error: fatal.append((error, in_line(office_store)))
    office_store.after_commit.append(told.append)

    def fail(statement: str) -> None:
        if statement == "COMMIT":
            watched.before = lambda statement: None
            raise error

    watched.before = fail
    taps = together(office_store, note("a"), refuse("x"), note("b"), note("long"), alone=(3,))
    assert [type(tap.answer) for tap in taps[:3]] == [raised] * 3
    assert fatal == ([(error, 1)] if raised is StorageFailed else []), "before the next one gets its turn"
    assert taps[3].answer == "done"
    assert written(office_store) == ["long"]
    assert [head.seq for head in told] == [1]


@pytest.mark.parametrize(("code", "raised"), [(errors.FSYNC, StorageFailed), (errors.CORRUPT, StorageDamaged)])
def test_a_disk_that_fails_under_one_of_them_fails_for_all(
    office_store: Store, code: int, raised: type[Exception]
) -> None:
    error, fatal = sqlite_error(code), list[BaseException]()
    office_store.fatal = fatal.append

    def break_down(unit: UnitOfWork) -> None:
        raise error

    taps = together(office_store, note("a"), break_down, note("b"))
    assert [type(tap.answer) for tap in taps[:2]] == [raised] * 2
    assert fatal == [error]
    assert written(office_store) == ["b"], "another transaction"


def test_when_sqlite_has_undone_everything_nobody_is_told_that_it_is_done(office_store: Store) -> None:
    def undo_all(unit: UnitOfWork) -> None:
        unit.transaction.cursor.execute("INSERT OR ROLLBACK INTO clerks SELECT * FROM clerks")

    taps = together(office_store, note("a"), note("b"), undo_all, note("c"))
    assert ["UNIQUE constraint failed" in str(tap.answer) for tap in taps[:3]] == [True] * 3
    assert taps[3].answer == "done"
    assert written(office_store) == ["c"]


def test_nobody_waits_for_the_end_of_a_long_transaction(office_store: Store, watched: Watched) -> None:
    taps = together(office_store, note("a"), note("b"), note("long"), note("c"), note("d"), alone=(2,))
    assert [tap.answer for tap in taps] == ["done"] * 5
    begun, joined, done = "BEGIN IMMEDIATE", ["SAVEPOINT member", "RELEASE member"], "COMMIT"
    assert watched.statements == [begun, *joined, done, begun, done, begun, *joined, done]


def test_the_first_is_answered_while_others_keep_coming(
    office_store: Store, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "MOST_MEMBERS", 3)
    taps = together(office_store, *(note(str(number)) for number in range(7)))
    assert [tap.answer for tap in taps] == ["done"] * 7
    assert watched.statements.count("COMMIT") == 3
    assert written(office_store) == [str(number) for number in range(7)], "in the order in which they came"


def test_listeners_are_called_once_for_a_group_before_anybody_is_answered(office_store: Store) -> None:
    told = list[tuple[int, list[str], list[object]]]()
    taps = list[Tap]()
    office_store.after_commit.append(
        lambda head: told.append((head.seq, written(office_store), [tap.answer for tap in taps]))
    )
    taps = [Tap(office_store, work) for work in (note("a"), note("b"), refuse("x"))]
    with office_store.exclusive():
        for number, tap in enumerate(taps):
            tap.start()
            wait_until(lambda number=number: in_line(office_store) == number + 1)  # type: ignore[misc]
    for tap in taps:
        tap.join(20)
    assert told == [(2, ["a", "b"], [None] * 3)]


def test_a_listener_that_fails_lets_nobody_be_answered_well_and_the_next_one_write(office_store: Store) -> None:
    def fail(head: JournalHead) -> None:
        office_store.after_commit.clear()
        raise OSError("no second file")

    office_store.after_commit.append(fail)
    taps = together(office_store, note("a"), note("b"))
    assert [str(tap.answer) for tap in taps] == ["no second file"] * 2
    with office_store.unit(SYSTEM, NOW) as unit:
        note("c")(unit)
    assert written(office_store) == ["a", "b", "c"]


def test_one_that_gives_up_waiting_leaves_the_others_as_they_are(office_store: Store) -> None:
    writers = office_store._writers
    assert writers is not None
    with office_store.unit(SYSTEM, NOW) as unit:
        with pytest.raises(NoTurn, match="too many are waiting"):
            writers.enter(0.01)
        note("a")(unit)
    assert written(office_store) == ["a"]


def test_the_time_is_asked_when_the_turn_has_come(office_store: Store) -> None:
    clock = itertools.count(NOW)
    times = list[tuple[str, int]]()

    def act(name: str) -> None:
        with office_store.unit(SYSTEM, lambda: next(clock)) as unit:
            note(name)(unit)
            times.append((name, unit.now))

    with office_store.exclusive():
        second = threading.Thread(target=act, args=("b",))
        second.start()
        wait_until(lambda: in_line(office_store) == 1)
        next(clock)
    second.join(20)
    assert times == [("b", NOW + 1)]


def test_what_was_answered_well_is_written_and_nothing_else(office_store: Store) -> None:
    done = list[str]()

    def client(number: int) -> None:
        chance = random.Random(number)
        for turn in range(40):
            name = f"{number}-{turn}"
            try:
                with office_store.unit(SYSTEM, NOW, alone=chance.random() < 0.1) as unit:
                    note(name)(unit)
                    if chance.random() < 0.3:
                        raise Refused
                done.append(name)
            except Refused:
                pass

    clients = [threading.Thread(target=client, args=(number,)) for number in range(8)]
    for one in clients:
        one.start()
    for one in clients:
        one.join(60)
    assert sorted(written(office_store)) == sorted(done)
    assert 150 < len(done) < 300
