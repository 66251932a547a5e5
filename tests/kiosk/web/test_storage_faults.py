"""What clerks, citizens and technicians are told while the storage has a fault, and that nothing wrong is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from werkzeug.test import TestResponse

from kiosk.domain.lost_numbers import LostNumbers, NumberRange
from kiosk.domain.storage_checks import CheckOutcome
from kiosk.maintenance.check_outcomes import VERIFIED, note_outcome
from kiosk.maintenance.initialise import start_new_epoch
from kiosk.maintenance.journal_head import JournalHeadKeeper
from kiosk.maintenance.storage_keeper import StorageKeeper
from kiosk.store.checkpoints import Checkpoints
from kiosk.store.failures import RowDamaged, StorageFault
from kiosk.web.http.stream import Audience
from tests.office import OfficeStory

ISSUE = {"service": "HT"}


def pragma(office: OfficeStory, statement: str) -> Any:
    with office.app.store.writing() as tables:
        return tables.transaction.cursor.execute(statement).fetchone()


@contextmanager
def full_disk(office: OfficeStory) -> Iterator[None]:
    """SQLite may not take one page more."""
    pages = pragma(office, "PRAGMA page_count")[0]
    pragma(office, f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        pragma(office, "PRAGMA max_page_count = 1000000")


def issue_until_refused(office: OfficeStory) -> TestResponse:
    for _ in range(500):
        answer = office.send("POST", "/api/v1/tickets", "kiosk", ISSUE)
        if answer.status_code != 201:
            return answer
    raise AssertionError("500 numbers fitted into no page")


def damage(office: OfficeStory, seq: int, change: str) -> None:
    with office.app.store.writing() as tables:
        tables.transaction.cursor.execute(f"UPDATE journal SET body = {change} WHERE seq = {seq}")


def is_ready(office: OfficeStory) -> bool:
    return office.send("GET", "/readyz", None).status_code == 200


def metric(office: OfficeStory, fault: str) -> str:
    lines = office.send("GET", "/metrics", None).text.splitlines()
    return next(line[-1] for line in lines if line.startswith(f'motcua_storage_fault{{fault="{fault}"}}'))


def test_a_full_disk_has_a_code_and_words_of_its_own_and_the_office_is_not_ready(small_office: OfficeStory) -> None:
    small_office.send("POST", "/api/v1/tickets", "kiosk", ISSUE)
    small_office.send("GET", "/api/v1/equipment", "counter", counter="1")
    with full_disk(small_office):
        refused = issue_until_refused(small_office)
        body = refused.json
        assert body is not None
        assert (refused.status_code, body["code"]) == (503, "storage-full")
        assert body["title"] == "Ổ đĩa máy chủ đã đầy. Chưa có gì thay đổi. Xin báo kỹ thuật."
        assert not is_ready(small_office)
        assert metric(small_office, "full") == "1"
        board = small_office.send("GET", "/api/v1/board", "kiosk").json
        assert board is not None and board["storage_fault"] == "full", "the kiosk sends people to the paper numbers"
        equipment = small_office.send("GET", "/api/v1/equipment", "counter", counter="1").json
        assert equipment is not None and [row["fault"] for row in equipment["storage"]] == ["full"]
    assert small_office.send("POST", "/api/v1/tickets", "kiosk", ISSUE).status_code == 201
    assert is_ready(small_office), "there is room again, and something was written"
    assert metric(small_office, "full") == "0"
    board = small_office.send("GET", "/api/v1/board", "kiosk").json
    assert board is not None and board["storage_fault"] is None


def test_the_last_room_is_for_those_who_have_a_number(small_office: OfficeStory) -> None:
    small_office.take_number()
    health = small_office.app.store.health
    health.borrows_room = True
    health.set(StorageFault.FULL, "no room")
    refused = small_office.send("POST", "/api/v1/tickets", "kiosk", ISSUE)
    assert refused.json is not None and refused.json["code"] == "storage-full"
    called = small_office.send("POST", "/api/v1/counters/1/call-next", "counter", {}, counter="1")
    assert called.json is not None and called.json["number"] == "A001"
    path = f"/api/v1/tickets/{called.json['id']}/complete"
    assert small_office.send("POST", path, "counter", {}, counter="1").status_code == 200
    assert not is_ready(small_office), "what was written fits only because of the reserve"


def test_a_database_that_may_not_be_written_says_so(small_office: OfficeStory) -> None:
    small_office.send("POST", "/api/v1/tickets", "kiosk", ISSUE)
    pragma(small_office, "PRAGMA query_only = 1")
    refused = small_office.send("POST", "/api/v1/tickets", "kiosk", ISSUE)
    assert refused.json is not None
    assert (refused.status_code, refused.json["code"]) == (503, "storage-read-only")
    assert not is_ready(small_office)


class StuckLog:
    """Checkpoints whose disk takes nothing, until it does."""

    fault: str | None = "the write-ahead log was not moved into the database for 601 s"

    def run_once(self) -> None:
        pass


def test_a_log_that_is_not_moved_is_told_while_numbers_are_given_all_the_same(small_office: OfficeStory) -> None:
    app, log = small_office.app, StuckLog()
    keeper = StorageKeeper(app, JournalHeadKeeper(app), cast(Checkpoints, log))
    keeper.run_once()
    assert small_office.send("POST", "/api/v1/tickets", "kiosk", ISSUE).status_code == 201
    assert not is_ready(small_office) and metric(small_office, "log") == "1"
    equipment = small_office.send("GET", "/api/v1/equipment", "counter", counter="1").json
    assert equipment is not None
    assert [(row["fault"], row["detail"]) for row in equipment["storage"]] == [("log", log.fault)]
    log.fault = None
    keeper.run_once()
    assert is_ready(small_office) and metric(small_office, "log") == "0"


@pytest.mark.parametrize(
    "change",
    ["replace(body, 'A001', 'A002')", "CAST(x'7bff7d' AS TEXT)", "'{}'", "substr(body, 2)", "''"],
)
def test_a_damaged_event_is_a_fault_and_never_an_answer(small_office: OfficeStory, change: str) -> None:
    small_office.take_number()
    seq = small_office.events()[-1]["seq"]
    small_office.take_number()
    assert small_office.send("GET", "/api/v1/journal", "sync").status_code == 200
    damage(small_office, seq, change)
    for path, role in (("/api/v1/journal", "sync"), ("/api/v1/admin/summary", "admin")):
        answer = small_office.send("GET", path, role)
        assert answer.json is not None
        assert (answer.status_code, answer.json["code"]) == (503, "storage-damaged"), path
        assert answer.json["title"] == "Dữ liệu này bị hỏng nên không hiển thị. Xin báo kỹ thuật."
    assert not is_ready(small_office)
    assert metric(small_office, "damaged") == "1"
    assert small_office.send("GET", f"/api/v1/journal?after={seq}", "sync").status_code == 200, "the rest is sound"
    assert small_office.send("POST", "/api/v1/tickets", "kiosk", ISSUE).status_code == 201, "the office goes on"


def test_a_journal_that_lost_its_end_is_a_fault(small_office: OfficeStory) -> None:
    small_office.take_number()
    seq = small_office.events()[-1]["seq"]
    with small_office.app.store.writing() as tables:
        tables.transaction.cursor.execute(f"DELETE FROM journal WHERE seq = {seq}")
    answer = small_office.send("GET", "/api/v1/journal", "sync")
    assert answer.json is not None and answer.json["code"] == "storage-damaged"
    assert StorageFault.DAMAGED in small_office.app.store.health.faults


def test_the_stream_keeps_a_damaged_event_back_and_lives(small_office: OfficeStory) -> None:
    stream = small_office.service.stream
    small_office.take_number()
    stream.publish()
    small_office.take_number()
    damage(small_office, stream.seq + 1, "replace(body, 'A002', 'A003')")
    with pytest.raises(RowDamaged):
        stream.publish()
    stream.wake()
    stream.turn()
    assert not is_ready(small_office)
    with pytest.raises(RowDamaged):
        stream.publish()
    assert list(stream.known_frames(0, Audience.STAFF)), "what came before is still told"


REPORT = "/api/v1/reports/daily?from=2024-04-15&to=2024-04-15"


def test_no_report_is_made_before_the_check_behind_the_start_has_ended(small_office: OfficeStory) -> None:
    small_office.take_number()
    health = small_office.app.store.health
    health.is_checking = True
    refused = small_office.send("GET", REPORT, "report")
    assert refused.status_code == 503 and refused.json is not None and refused.json["code"] == "storage-unchecked"
    assert "Xin lập báo cáo sau ít phút" in refused.json["title"]
    assert "no reports yet" in small_office.send("GET", "/readyz", None).text
    assert "motcua_storage_checking 1" in small_office.send("GET", "/metrics", None).text
    assert small_office.send("POST", "/api/v1/tickets", "kiosk", ISSUE).status_code == 201, "the office works"
    small_office.service.whole_check_ended()
    assert small_office.send("GET", REPORT, "report").status_code == 200


def test_a_check_that_met_damage_keeps_reports_shut(small_office: OfficeStory) -> None:
    small_office.take_number()
    small_office.app.store.health.is_checking = True
    service = small_office.service
    note_outcome(VERIFIED, CheckOutcome(small_office.app.clock.now_ms(), False, "2 differences"))
    service.whole_check_ended()
    refused = small_office.send("GET", REPORT, "report")
    assert refused.status_code == 503 and refused.json is not None and refused.json["code"] == "storage-damaged"


def test_readiness_tells_what_was_lost_until_staff_dismiss_it(small_office: OfficeStory) -> None:
    epoch = start_new_epoch(small_office.app, "damaged", LostNumbers("2024-04-15", (NumberRange("A", 2, 4),), 9))
    ready = small_office.send("GET", "/readyz", None)
    assert ready.status_code == 200 and "lost since 2024-04-15T01:05:00.000Z (damaged): A002-A004" in ready.text
    assert "motcua_lost_notices 1" in small_office.send("GET", "/metrics", None).text
    small_office.send("POST", f"/api/v1/lost-numbers/{epoch}/dismiss", "counter", {}, counter="1")
    start_new_epoch(small_office.app, "damaged", LostNumbers("2024-04-15", (), 12))
    assert small_office.send("GET", "/readyz", None).text.endswith("(damaged): the last actions\n")
    metrics = small_office.send("GET", "/metrics", None).text
    assert "motcua_lost_numbers 0" in metrics and "motcua_lost_notices 1" in metrics
