"""What a follower tells of itself while it sends."""

from __future__ import annotations

from typing import Any, cast

from sync.report import REPEAT_S, SPACING_S, Report


class Service:
    """Keeps the rows it is told."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def put_follower(self, name: str, row: dict[str, Any]) -> None:
        self.rows.append(row)


def test_while_sending_rows_are_spaced_also_when_the_clock_is_set_back() -> None:
    service, now = Service(), [1_000_000.0]
    report = Report("tinh", cast(Any, service), "Asia/Ho_Chi_Minh", lambda: now[0])

    def sent(cursor: int) -> int:
        report.sending(100 - cursor)
        report.tell("e1", cursor)
        return len(service.rows)

    assert [sent(1), sent(2)] == [1, 1]
    now[0] += SPACING_S
    assert sent(3) == 2
    now[0] -= 86_400
    assert sent(4) == 3, "a clock set back by a day must not silence a day of work"
    assert sent(5) == 3


def test_a_row_that_does_not_change_is_told_again_so_that_quiet_is_not_dead() -> None:
    service, now = Service(), [1_000_000.0]
    report = Report("tinh", cast(Any, service), "Asia/Ho_Chi_Minh", lambda: now[0])

    def told() -> int:
        report.ok()
        report.tell("e1", 1)
        return len(service.rows)

    assert [told(), told()] == [1, 1]
    now[0] += REPEAT_S - 1
    assert told() == 1
    now[0] += 1
    assert [told(), told()] == [2, 2]
    now[0] -= 86_400
    assert told() == 3, "a clock set back by a day must not silence a day"
