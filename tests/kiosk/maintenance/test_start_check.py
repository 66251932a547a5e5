"""Before a database is served it is looked at: damage is found, a large one takes no longer."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest
from pysqlite3 import dbapi2 as sqlite3

from kiosk.domain.storage_checks import CheckOutcome
from kiosk.maintenance import start_check, verification
from kiosk.maintenance.check_outcomes import STARTED, VERIFIED, note_outcome, was_checked
from kiosk.maintenance.start_check import (
    DatabaseDamaged,
    begin_apart,
    check_at_start,
    check_for_figures,
    look_through,
)
from kiosk.store.failures import RowDamaged, StorageFault
from kiosk.verify import today
from tests.office import OfficeStory
from tests.sources import ROOT


@pytest.fixture
def worked(small_office: OfficeStory) -> Iterator[OfficeStory]:
    for _ in range(3):
        small_office.take_number()
    small_office.call_next("1")
    yield small_office


def change(story: OfficeStory, statement: str) -> None:
    with story.app.store.writing() as tables:
        tables.transaction.cursor.execute(statement)


def test_a_sound_database_is_served_and_was_looked_through(worked: OfficeStory) -> None:
    assert check_at_start(worked.app)
    assert worked.app.store.health.faults == {}


@pytest.mark.parametrize("few", [2000, 3], ids=["small", "large"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET body = replace(body, 'ba-vi', 'ba-va') WHERE seq = (SELECT max(seq) - 1 FROM journal)",
        "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
        "UPDATE offices SET last_hash = hex(zeroblob(32))",
        "UPDATE journal SET body = CAST(x'ff' AS TEXT) WHERE seq = (SELECT max(seq) FROM journal)",
    ],
)
def test_a_damaged_end_of_the_journal_is_not_served(
    worked: OfficeStory, monkeypatch: pytest.MonkeyPatch, statement: str, few: int
) -> None:
    monkeypatch.setattr(start_check, "FEW_EVENTS", few)
    change(worked, statement)
    try:
        check_at_start(worked.app)
    except DatabaseDamaged as damaged:
        assert "motcua restore FILE" in str(damaged)
    else:
        assert StorageFault.DAMAGED in worked.app.store.health.faults


@pytest.mark.parametrize("few", [2000, 3], ids=["small", "large"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tickets SET number = 'A007' WHERE number = 'A003'",
        "UPDATE tickets SET state = 'WAITING' WHERE state = 'CALLED'",
        "DELETE FROM tickets WHERE number = 'A002'",
    ],
)
def test_todays_tables_that_differ_from_the_journal_are_told(
    worked: OfficeStory, monkeypatch: pytest.MonkeyPatch, statement: str, few: int
) -> None:
    monkeypatch.setattr(start_check, "FEW_EVENTS", few)
    change(worked, statement)
    assert check_at_start(worked.app) is (few > 3)
    assert "difference" in worked.app.store.health.faults[StorageFault.DAMAGED]
    assert worked.send("GET", "/readyz", None).status_code == 503


def test_a_row_that_no_rule_can_read_is_told(worked: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_check, "FEW_EVENTS", 3)
    change(worked, "UPDATE tickets SET dossiers = '[' WHERE number = 'A002'")
    check_at_start(worked.app)
    assert "cannot be read" in worked.app.store.health.faults[StorageFault.DAMAGED]
    with pytest.raises(RowDamaged), worked.app.store.reading() as reading:
        reading.tickets.waiting()


def test_pages_that_do_not_fit_together_are_not_served(worked: OfficeStory, home: Path) -> None:
    worked.close()
    file = home / "motcua.db"
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'journal'").fetchone()[0]
    content = bytearray(file.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = bytes(4096)
    file.write_bytes(content)
    story = OfficeStory(f"sqlite:///{file}")
    with pytest.raises(DatabaseDamaged, match="motcua restore FILE"):
        check_at_start(story.app)
    story.close()


def test_pages_that_take_too_long_are_left_to_the_whole_check(
    worked: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start_check, "PAGES_S", -1.0)
    monkeypatch.setattr("kiosk.store.soundness.STEPS", 1)
    assert not check_at_start(worked.app)
    assert worked.app.store.health.faults == {}


@pytest.mark.parametrize(
    ("seconds", "is_awaited", "is_whole"),
    [(0.09, True, True), (0.11, True, False), (0.49, False, True), (0.51, False, False)],
)
def test_pages_are_looked_at_for_half_a_second_or_a_tenth_of_one_once_all_else_is_ready(
    worked: OfficeStory, monkeypatch: pytest.MonkeyPatch, seconds: float, is_awaited: bool, is_whole: bool
) -> None:
    def pages_take(reader: object, is_late: Callable[[], bool]) -> bool:
        worked.clock.passes(seconds)
        return not is_late()

    monkeypatch.setattr(start_check, "check_pages", pages_take)
    assert look_through(worked.app, is_awaited=lambda: is_awaited).is_whole is is_whole


def test_a_day_with_too_many_events_is_left_to_the_whole_check(
    worked: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start_check, "FEW_EVENTS", 3)
    monkeypatch.setattr(start_check, "MOST_TODAY", 2)
    monkeypatch.setattr("kiosk.verify.today.PAGE", 2)
    change(worked, "UPDATE tickets SET number = 'A007' WHERE number = 'A003'")
    assert not check_at_start(worked.app)
    assert worked.app.store.health.faults == {}


CHANGED_ROW = "UPDATE tickets SET number = 'A009' WHERE number = 'A003'"


def test_figures_are_made_without_a_service_only_of_a_database_that_recounts(
    worked: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start_check, "FEW_EVENTS", 3)
    monkeypatch.setattr(today, "compare_today", lambda *_: [])  # damage of a day long ago
    check_for_figures(worked.app)
    assert was_checked(worked.app, worked.events()[0]["epoch"]), "the recount is not made twice"
    change(worked, CHANGED_ROW)
    worked.clock.passes(60)
    note_outcome(STARTED, CheckOutcome(worked.app.clock.now_ms(), True, ""))  # a service began anew since
    with pytest.raises(DatabaseDamaged, match="--accept-damage"):
        check_for_figures(worked.app)
    assert not was_checked(worked.app, worked.events()[0]["epoch"])


def test_pages_that_were_looked_through_within_a_day_hold_no_report_up(
    worked: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[bool] = []

    def pages_of_a_tenth_of_a_second(reader: object, is_late: Callable[[], bool]) -> bool:
        worked.clock.passes(0.1)
        late.append(is_late())
        return not late[-1]

    monkeypatch.setattr(start_check, "check_pages", pages_of_a_tenth_of_a_second)
    check_for_figures(worked.app)
    epoch = worked.events()[0]["epoch"]
    note_outcome(VERIFIED, CheckOutcome(worked.app.clock.now_ms(), True, "", epoch))
    monkeypatch.setattr(verification, "verify_store", None)  # a recount would fail
    monkeypatch.setattr(start_check, "FEW_EVENTS", 3)
    check_for_figures(worked.app)
    assert late == [False, True]


def test_a_check_of_yesterday_or_of_another_epoch_says_nothing_of_today(worked: OfficeStory) -> None:
    check = CheckOutcome(worked.app.clock.now_ms(), True, "", "e1")
    note_outcome(VERIFIED, check)
    assert was_checked(worked.app, "e1") and not was_checked(worked.app, "e2")
    worked.clock.passes(27 * 3600)
    assert not was_checked(worked.app, "e1")


APART = """
import os, sys
from pathlib import Path
from config.loading import load
from kiosk.bootstrap import open_app
from kiosk.maintenance.start_check import begin_apart

opened = []
def office():
    opened.append(1)
    return open_app(load(Path(sys.argv[1])))
before = len(os.listdir("/proc/self/fd"))
print(begin_apart(office)())
assert len(os.listdir("/proc/self/fd")) == before, "what was opened to wait is closed"
print(opened, [name for name in sys.modules if name.startswith(("kiosk.verify", "kiosk.reports.building"))])
"""


def looked_through_apart(file: Path, program: str = APART) -> list[str]:
    """In an interpreter of its own: this one has loaded everything already, and has threads."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True, cwd=ROOT, timeout=30
    )
    return done.stdout.splitlines()


def test_the_check_in_a_process_of_its_own_says_the_same_and_loads_nothing_here(
    worked: OfficeStory, sample_file: Path
) -> None:
    assert looked_through_apart(sample_file) == ["StartCheck(is_whole=True, differing='')", "[] []"]
    change(worked, "UPDATE tickets SET state = 'CALLED' WHERE number = 'A002'")
    assert "differences; the first: " in looked_through_apart(sample_file)[0]


def test_the_pages_come_last_and_have_their_own_time(worked: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def recounted(store: object) -> tuple[list[str], int]:
        done.append("recount")
        worked.clock.passes(0.6)
        return [], 3

    def pages(reader: object, is_late: Callable[[], bool]) -> bool:
        done.append("pages")
        return not is_late()

    monkeypatch.setattr(start_check, "_recounted", recounted)
    monkeypatch.setattr(start_check, "check_pages", pages)
    assert look_through(worked.app, is_awaited=lambda: True).is_whole
    assert done == ["recount", "pages"]


def without_a_value(home: Path, worked: OfficeStory, table: str, column: str) -> OfficeStory:
    """The office again, where a value that is never missing is, as a page loses it that is another's."""
    worked.close()
    file = home / "motcua.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        (text,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        for said in (text.replace("NOT NULL", ""), text):
            connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (said, table))
            connection.commit()
            with closing(sqlite3.connect(file)) as other:
                if said != text:
                    other.execute(f"UPDATE {table} SET {column} = NULL")
                    other.commit()
    return OfficeStory(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("table", "column", "told"),
    [
        ("journal", "body", "the journal is damaged at seq 1"),
        ("epochs", "last_seq", r"NULL value in epochs\.last_seq"),
        ("tickets", "number", r"NULL value in tickets\.number"),
    ],
)
def test_a_value_that_is_lost_is_damage_whoever_meets_it_first(
    worked: OfficeStory, home: Path, table: str, column: str, told: str
) -> None:
    story = without_a_value(home, worked, table, column)
    try:
        with pytest.raises(DatabaseDamaged, match=rf"{told}; .*motcua restore FILE"):
            check_at_start(story.app)
    finally:
        story.close()


def test_a_row_that_cannot_be_read_is_damage_also_where_its_page_fits(
    worked: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error in (TypeError("no"), AttributeError("no"), ValueError("no"), IndexError("no"), KeyError("no")):
        monkeypatch.setattr(start_check, "_recounted", Mock(side_effect=error))
        with pytest.raises(DatabaseDamaged, match=r"a row cannot be read .*motcua restore FILE"):
            check_at_start(worked.app)
    monkeypatch.setattr(start_check, "_recounted", Mock(side_effect=ZeroDivisionError))
    with pytest.raises(ZeroDivisionError):
        check_at_start(worked.app)


ENDLESS = """
import sys, time
from pathlib import Path
from config.loading import load
from kiosk.bootstrap import open_app
from kiosk.maintenance import start_check

def pages_without_end(reader, is_late):
    while not is_late():
        time.sleep(0.001)
    return False

start_check.PAGES_S = 1e9
start_check.check_pages = pages_without_end
print(start_check.begin_apart(lambda: open_app(load(Path(sys.argv[1]))))())
"""


def test_a_check_apart_hears_that_it_is_awaited(worked: OfficeStory, sample_file: Path) -> None:
    assert looked_through_apart(sample_file, ENDLESS) == ["StartCheck(is_whole=False, differing='')"]


def test_a_check_that_cannot_be_done_apart_is_left_to_this_process(sample_file: Path, home: Path) -> None:
    assert looked_through_apart(sample_file) == ["None", "[] []"]  # there is no database


def test_a_process_with_other_threads_is_not_copied(worked: OfficeStory) -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert begin_apart(lambda: worked.app)() is None
    finally:
        ended.set()
        thread.join()
