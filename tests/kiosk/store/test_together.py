"""Several actions of one thread take one turn and one commit, and each still counts whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from kiosk.store import group_commit
from kiosk.store.failures import StorageFull
from kiosk.store.store import Store
from tests.kiosk.store import storage_errors as errors
from tests.kiosk.store.conftest import NOW
from tests.kiosk.store.storage_errors import sqlite_error
from tests.kiosk.store.test_group_commit import (
    SYSTEM,
    Refused,
    Tap,
    Watched,
    Work,
    in_line,
    note,
    refuse,
    wait_until,
    watched,
    written,
)

__all__ = ["watched"]


def act(store: Store, work: Work, alone: bool = False) -> None:
    with store.unit(SYSTEM, NOW, alone) as unit:
        work(unit)


def failing(watched: Watched, statement: str, code: int) -> Callable[[str], None]:
    """Fails at the first of such statements."""

    def fail(given: str) -> None:
        if given == statement:
            watched.before = lambda statement: None
            raise sqlite_error(code)

    return fail


def test_what_one_thread_does_together_is_committed_once_at_the_end(office_store: Store, watched: Watched) -> None:
    with office_store.together() as batch:
        for name in "abc":
            act(office_store, note(name))
        assert written(office_store) == []
        assert batch.joined == 3
    assert written(office_store) == ["a", "b", "c"]
    assert watched.statements.count("COMMIT") == 1
    assert batch.failure(0, 3) is None


def test_the_thread_waits_for_its_own_commit_again_afterwards(office_store: Store) -> None:
    with office_store.together():
        pass
    act(office_store, note("a"))
    assert written(office_store) == ["a"]


@pytest.mark.parametrize("refused", [0, 1, 2])
def test_a_refused_action_takes_none_of_the_others_along(office_store: Store, refused: int) -> None:
    works = [note("a"), note("b")]
    works.insert(refused, refuse("x"))
    with office_store.together() as batch:
        for work in works:
            with suppress(Refused):
                act(office_store, work)
    assert written(office_store) == ["a", "b"]
    assert batch.failure(0, 3) is None


def test_who_waits_meanwhile_shares_the_commit(office_store: Store, watched: Watched) -> None:
    tap = Tap(office_store, note("b"))
    with office_store.together():
        act(office_store, note("a"))
        tap.start()
        wait_until(lambda: in_line(office_store) == 1)
        act(office_store, note("c"))
        assert tap.answer is None
    tap.join(20)
    assert tap.answer == "done"
    assert written(office_store) == ["a", "c", "b"]
    assert watched.statements.count("COMMIT") == 1


def test_a_commit_that_fails_fails_for_each_of_them(office_store: Store, watched: Watched) -> None:
    fatal = list[BaseException]()
    office_store.fatal = fatal.append
    watched.before = failing(watched, "COMMIT", errors.FSYNC)
    with office_store.together() as batch:
        act(office_store, note("a"))
        with pytest.raises(Refused):
            act(office_store, refuse("x"))
    assert written(office_store) == []
    assert [batch.failure(0, 1), batch.failure(1, 2)] == fatal * 2
    assert len(fatal) == 1


def test_a_full_disk_under_one_of_them_undoes_that_one(office_store: Store) -> None:
    def find_no_room(unit: object) -> None:
        raise sqlite_error(errors.FULL)

    with office_store.together() as batch:
        act(office_store, note("a"))
        with pytest.raises(StorageFull):
            act(office_store, find_no_room)
        act(office_store, note("b"))
    assert written(office_store) == ["a", "b"]
    assert batch.failure(0, 3) is None


def test_a_broken_transaction_fails_those_before_and_not_those_after(office_store: Store) -> None:
    def undo_all(unit: object) -> None:
        office_store._connect().execute("ROLLBACK")

    with office_store.together() as batch:
        act(office_store, note("a"))
        act(office_store, undo_all)
        act(office_store, note("b"))
    assert written(office_store) == ["b"]
    assert batch.failure(0, 1) is not None
    assert batch.failure(1, 2) is not None
    assert batch.failure(2, 3) is None


def test_a_long_action_has_a_transaction_of_its_own(office_store: Store, watched: Watched) -> None:
    with office_store.together():
        act(office_store, note("a"))
        act(office_store, note("long"), alone=True)
        act(office_store, note("b"))
    assert watched.statements == ["BEGIN IMMEDIATE", "COMMIT"] * 3
    assert written(office_store) == ["a", "long", "b"]


def test_a_checkpoint_of_the_same_thread_waits_for_nobody(office_store: Store) -> None:
    with office_store.together():
        act(office_store, note("a"))
        with office_store.exclusive() as connection:
            assert not connection.in_transaction
        act(office_store, note("b"))
    assert written(office_store) == ["a", "b"]


def test_others_get_their_turn_after_so_many(
    office_store: Store, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "MOST_MEMBERS", 3)
    with office_store.together():
        for number in range(7):
            act(office_store, note(str(number)))
    assert watched.statements.count("COMMIT") == 3
    assert written(office_store) == [str(number) for number in range(7)]


def test_an_error_in_between_commits_what_was_done_before(office_store: Store) -> None:
    with pytest.raises(KeyError), office_store.together():
        act(office_store, note("a"))
        raise KeyError
    assert written(office_store) == ["a"]
    act(office_store, note("b"))
    assert written(office_store) == ["a", "b"]
