"""Reports that are asked for: one after the other, kept, pushed out by newer ones."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.i18n.catalogues import translate
from kiosk.jobs import report_orders
from kiosk.jobs.job import Job, JobAnswer, JobFailed, JobRefused, Progress
from kiosk.jobs.report_orders import DONE, FAILED, RUNNING, WAITING, ReportOrder, ReportOrders, TooManyOrders
from tests.ticket_printer.slips import until


class Maker:
    """Makes a report when the test lets it."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.jobs: list[Job] = []
        self.error: Exception | None = None
        self.values: dict[str, str] = {}

    def run(self, job: Job, progress: Progress) -> JobAnswer:
        self.jobs.append(job)
        progress("counting")
        self.may_end.wait(20)
        if self.error is not None:
            raise self.error
        return JobAnswer(self.values, f"{job.arguments['name']} {job.arguments['first']}".encode())

    def stop(self) -> None:
        self.may_end.set()


@pytest.fixture
def maker() -> Maker:
    return Maker()


def opened(maker: Maker, folder: Path) -> ReportOrders:
    moments = iter(range(1, 10_000))
    return ReportOrders(maker, folder, lambda: next(moments), lambda: f"order-{next(moments):04}")


@pytest.fixture
def orders(maker: Maker, tmp_path: Path) -> Iterator[ReportOrders]:
    made = opened(maker, tmp_path)
    yield made
    made.stop()


def ended(orders: ReportOrders, order: ReportOrder) -> ReportOrder:
    until(lambda: (orders.get(order.id) or order).ended_at is not None, 15)
    known = orders.get(order.id)
    assert known is not None
    return known


def test_reports_are_made_one_after_the_other(orders: ReportOrders, maker: Maker) -> None:
    first = orders.ask("daily", "csv", "2024-04-01", "2024-04-14", "chi-hoa")
    until(lambda: (orders.get(first.id) or first).stage == "counting", 15)
    second = orders.ask("II.06a", "docx", "2024-04-01", "2024-04-14")
    third = orders.ask("II.06a", "pdf", "2024-04-01", "2024-04-14")
    assert [one.state for one in orders.all()] == [WAITING, WAITING, RUNNING]
    assert [orders.before(one.id) for one in (first, second, third)] == [0, 1, 2]
    maker.may_end.set()
    assert ended(orders, third).state == DONE
    assert [job.arguments["name"] for job in maker.jobs] == ["daily", "II.06a", "II.06a"]
    made = ended(orders, first)
    assert (orders.file(made), made.size, made.person, made.stage) == (b"daily 2024-04-01", 16, "chi-hoa", "")


def test_what_waits_already_is_not_asked_twice_and_too_many_are_refused(orders: ReportOrders) -> None:
    running = orders.ask("daily", "csv", "2024-04-01", "2024-04-01")
    until(lambda: (orders.get(running.id) or running).state == RUNNING, 15)
    waiting = [orders.ask("daily", "csv", "2024-04-02", f"2024-04-{day:02}") for day in range(2, 10)]
    assert orders.ask("daily", "csv", "2024-04-02", "2024-04-05") == waiting[3]
    with pytest.raises(TooManyOrders):
        orders.ask("daily", "csv", "2024-04-02", "2024-04-20")
    assert orders.drop(waiting[0].id) and not orders.drop(running.id)
    orders.ask("daily", "csv", "2024-04-02", "2024-04-20")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (JobRefused("no form was in force"), "no form was in force"),
        (JobFailed("ended"), "ended"),
        (OSError(11, "Resource temporarily unavailable"), "the work failed; the log says why"),
    ],
)
def test_a_report_that_fails_says_why_and_the_next_is_made(
    orders: ReportOrders, maker: Maker, error: Exception, reason: str
) -> None:
    maker.may_end.set()
    maker.error = error
    failed = ended(orders, orders.ask("daily", "csv", "2024-04-01", "2024-04-01"))
    assert (failed.state, failed.reason) == (FAILED, reason)
    maker.error = None
    assert ended(orders, orders.ask("daily", "csv", "2024-04-02", "2024-04-02")).state == DONE


def test_a_report_for_which_the_disk_has_no_room_says_so_in_vietnamese(maker: Maker, tmp_path: Path) -> None:
    (tmp_path / "a file").write_bytes(b"")
    orders = opened(maker, tmp_path / "a file" / "reports")  # no folder can be made there
    maker.may_end.set()
    failed = ended(orders, orders.ask("daily", "csv", "2024-04-01", "2024-04-01"))
    orders.stop()
    assert failed.state == FAILED
    assert translate(failed.reason).startswith("báo cáo đã lập xong nhưng không ghi được vào ổ đĩa")


def test_what_was_made_is_there_after_the_service_started_again(
    orders: ReportOrders, maker: Maker, tmp_path: Path
) -> None:
    maker.may_end.set()
    made = ended(orders, orders.ask("daily", "csv", "2024-04-01", "2024-04-01"))
    until(lambda: (tmp_path / f"{made.id}.order").is_file(), 15)
    (tmp_path / "torn.order").write_text("{", encoding="utf-8")
    (tmp_path / "lost.order").write_text(json.dumps({"id": "lost", "kind": "csv"}), encoding="utf-8")
    again = opened(maker, tmp_path)
    assert again.all() == [made] and again.file(made) == b"daily 2024-04-01"
    assert again.drop(made.id) and again.all() == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lost.order", "torn.order"]


def test_the_oldest_go_when_there_are_too_many(
    orders: ReportOrders, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_orders, "MOST_KEPT", 2)
    maker.may_end.set()
    made = [ended(orders, orders.ask("daily", "csv", f"2024-04-0{day}", "2024-04-09")) for day in (1, 2, 3)]
    until(lambda: len(orders.all()) == 2, 15)
    assert {one.id for one in orders.all()} == {made[1].id, made[2].id}


def test_together_they_take_no_more_room_than_given(
    orders: ReportOrders, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_orders, "MOST_BYTES", 20)
    maker.may_end.set()
    ended(orders, orders.ask("daily", "csv", "2024-04-01", "2024-04-09"))
    last = ended(orders, orders.ask("daily", "csv", "2024-04-02", "2024-04-09"))
    until(lambda: len(orders.all()) == 1, 15)
    assert orders.all()[0].id == last.id


def test_what_is_to_be_known_of_a_report_stays_with_it(maker: Maker, tmp_path: Path) -> None:
    maker.may_end.set()
    maker.values = {"warning": "it cannot be made again"}
    first = opened(maker, tmp_path)
    made = ended(first, first.ask("daily", "csv", "2024-04-15", "2024-04-15"))
    first.stop()
    assert (made.state, made.warning) == (DONE, "it cannot be made again")
    later = opened(maker, tmp_path).get(made.id)
    assert later is not None and later.warning == "it cannot be made again"
