"""What a follower tells of itself while it sends."""

from __future__ import annotations

from typing import Any, cast

import pytest

from contract.receipts import RefusedEvent
from sync.errors import SyncError
from sync.report import REPEAT_S, SPACING_S, FollowerReport


class Service:
    """Keeps the rows it is told."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def put_follower(self, name: str, row: dict[str, Any]) -> None:
        self.rows.append(row)


def test_while_sending_rows_are_spaced_also_when_the_clock_is_set_back() -> None:
    service, now = Service(), [1_000_000.0]
    report = FollowerReport("tinh", cast(Any, service), "Asia/Ho_Chi_Minh", lambda: now[0])

    def sent(cursor: int) -> int:
        report.sending(100 - cursor)
        report.publish("e1", cursor)
        return len(service.rows)

    assert [sent(1), sent(2)] == [1, 1]
    now[0] += SPACING_S
    assert sent(3) == 2
    now[0] -= 86_400
    assert sent(4) == 3, "a clock set back by a day must not silence a day of work"
    assert sent(5) == 3


def test_a_row_that_does_not_change_is_told_again_so_that_quiet_is_not_dead() -> None:
    service, now = Service(), [1_000_000.0]
    report = FollowerReport("tinh", cast(Any, service), "Asia/Ho_Chi_Minh", lambda: now[0])

    def told() -> int:
        report.ok()
        report.publish("e1", 1)
        return len(service.rows)

    assert [told(), told()] == [1, 1]
    now[0] += REPEAT_S - 1
    assert told() == 1
    now[0] += 1
    assert [told(), told()] == [2, 2]
    now[0] -= 86_400
    assert told() == 3, "a clock set back by a day must not silence a day"


def report_at(wall_s: list[float]) -> FollowerReport:
    return FollowerReport("tinh", cast(Any, Service()), "Asia/Ho_Chi_Minh", lambda: wall_s[0])


SEVEN = 1_713_053_400.0  # 07:10 of 14 April 2024 in Ba Vì


@pytest.mark.parametrize(("retryable", "state"), [(True, "waiting"), (False, "blocked")])
def test_a_failure_waits_or_blocks_and_says_since_when(retryable: bool, state: str) -> None:
    wall = [SEVEN]
    report = report_at(wall)
    error = SyncError("the server does not answer", retryable=retryable)
    for later_s in (0, 3600, 7200):
        wall[0] = SEVEN + later_s
        report.waiting(error, 1204)
    assert report.state == state and report.detail is not None
    assert report.detail.startswith("đang chờ 1.204 sự kiện từ 07:10,")
    wall[0] = SEVEN + 86_400
    report.waiting(error, 1204)
    assert "từ 07:10 14/04," in report.detail, "of another day the date is told too"
    report.end_wait()
    report.waiting(error, 1204)
    assert "từ 07:10," in report.detail, "the next wait counts from its own beginning"


def test_refused_events_stay_in_sight_until_they_are_taken() -> None:
    report = report_at([SEVEN])
    report.park("e1", (RefusedEvent(4, "x", "no"), RefusedEvent(7, "x", "no")), range(1, 11))
    report.park("e2", (RefusedEvent(4, "x", "no"),), range(1, 11))
    report.ok()
    assert [(row["epoch"], row["seq"]) for row in report.refused] == [("e1", 4), ("e1", 7), ("e2", 4)]
    assert report.detail is not None and report.detail.startswith("có 3 sự kiện bị từ chối")
    report.mark_resent("e1", 7, 1000)
    report.park("e1", (RefusedEvent(7, "y", "still no"),), range(7, 8))
    report.park("e1", (), range(4, 5))
    rows = [(row["epoch"], row["seq"], row["code"], row["tried"]) for row in report.refused]
    assert rows == [("e2", 4, "x", 0), ("e1", 7, "y", 1000)]


def test_a_copy_of_this_machine_is_told_even_when_all_is_delivered() -> None:
    report = report_at([SEVEN])
    report.duplicate_sender = True
    report.ok()
    assert report.state == "doubled" and report.detail
    report.duplicate_sender = False
    report.ok()
    assert (report.state, report.detail) == ("ok", None)
