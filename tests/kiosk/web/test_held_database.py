"""Another process holds the database: who asks waits a while, then hears so; nothing is half done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from kiosk.maintenance.verification import verify_store
from tests.office import OfficeStory

ISSUE = ("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
FINISH = ("POST", "/api/v1/counters/1/call-next", "counter", {"finish_current": "complete"}, "1")


@contextmanager
def held(home: Path) -> Iterator[Any]:
    """As another program would: a transaction of its own that is open and shuts everybody else out."""
    holder = sqlite3.connect(home / "motcua.db", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield holder
    finally:
        if holder.in_transaction:
            holder.execute("ROLLBACK")
        holder.close()


def waits(office: OfficeStory, milliseconds: int) -> None:
    with office.app.store.writing() as tables:
        tables.transaction.cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")


def outcome(office: OfficeStory) -> list[str]:
    """What there is after the lock: numbers without a hole, nothing half done."""
    assert verify_store(office.app.store).listed == []
    return [event["data"]["number"] for event in office.events() if event["type"] == "ticket.issued"]


def test_a_short_lock_is_waited_for(small_office: OfficeStory, home: Path) -> None:
    small_office.take_number()
    with held(home) as holder:
        timer = threading.Timer(0.3, lambda: holder.execute("ROLLBACK"))
        timer.start()
        assert small_office.send(*ISSUE).status_code == 201
        timer.join()
    assert outcome(small_office) == ["A001", "A002"]


def test_after_the_wait_every_action_is_refused_cleanly_and_all_is_as_before(
    small_office: OfficeStory, home: Path
) -> None:
    for _ in range(3):
        small_office.take_number()
    first = small_office.call_next("1")
    waits(small_office, 100)
    small_office.send("GET", "/api/v1/board", "kiosk")
    small_office.token("counter", "1")
    with held(home):
        for action in (ISSUE, FINISH):
            refused = small_office.send(*action)
            assert refused.status_code == 503 and refused.json is not None and refused.json["code"] == "unavailable"
            assert refused.headers["Retry-After"] == "1"
        assert small_office.send("GET", "/api/v1/board", "kiosk").status_code == 200, "who only reads waits for nobody"
        assert small_office.send("GET", "/readyz", None).status_code == 200
    assert first is not None and small_office.ticket(first.id).state == "CALLED", "not finished without the next call"
    assert small_office.send(*FINISH).json["number"] == "A002"
    assert small_office.send(*ISSUE).status_code == 201
    assert outcome(small_office) == ["A001", "A002", "A003", "A004"]


@pytest.mark.soak
@pytest.mark.parametrize(("seconds", "status"), [(1, 201), (5, None), (30, 503)])
def test_locks_of_one_five_and_thirty_seconds(
    small_office: OfficeStory, home: Path, seconds: int, status: int | None
) -> None:
    """Five seconds are the wait itself: either answer is right there, and only one number comes of it."""
    assert small_office.send(*ISSUE).status_code == 201, "a service begins before its database is held"
    for _ in range(3):
        before = len(outcome(small_office))
        with held(home) as holder:
            timer = threading.Timer(seconds, lambda held=holder: held.execute("ROLLBACK"))
            timer.start()
            answer = small_office.send(*ISSUE)
            timer.join()
        assert status in {None, answer.status_code} and answer.status_code in {201, 503}
        assert len(outcome(small_office)) == before + (answer.status_code == 201)
        assert small_office.send(*ISSUE).status_code == 201
