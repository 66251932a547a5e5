"""Small days whose figures were worked out by hand."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from kiosk.actions import calling, ratings, undoing
from kiosk.reports import building, catalogue, rendering
from kiosk.reports.csv_table import safe, to_csv
from kiosk.reports.daily import DailyReport, daily_json
from kiosk.reports.daily_document import daily_document
from kiosk.reports.document import Duration, Paragraph, Rate
from kiosk.reports.measures.arithmetic import Spread, duration, nearest_rank, rate_bp
from kiosk.reports.periods import Period
from tests.office import OfficeStory

DAY = "2024-04-15"
LEVELS = {"very_satisfied": "Rất hài lòng", "satisfied": "Hài lòng", "not_satisfied": "=Chưa hài lòng"}


@pytest.fixture
def database_url(tmp_path: object) -> str:
    return f"sqlite:///{tmp_path}/motcua.db"


def a_small_day(office: OfficeStory) -> None:
    """A001 waits 2 min and is served 3; A002 is completed 4 min after its call; A003 does not come; A004 waits."""
    first, *_ = [office.take_number() for _ in range(4)]
    office.clock.passes(120)
    office.call_next("1")
    with office.unit() as unit:
        calling.start_service(unit, first.id)
    office.clock.passes(180)
    office.call_next("1", "complete")
    with office.unit("tablet") as unit:
        ratings.rate(
            unit, ratings.RatingInput(first.id, {"attitude": "satisfied"}, (), None, office.clock.now_ms()), "tablet-1"
        )
    office.clock.passes(240)
    office.call_next("1", "complete")
    office.clock.passes(60)
    with office.unit() as unit:
        calling.mark_no_show(unit, unit.counters.get("1").current or "")


def report(office: OfficeStory, first: str = DAY, last: str = DAY) -> DailyReport:
    with office.app.store.reading() as reading:
        return building.daily_report(reading.statistics, office.app.office, first, last)


def test_a_small_day_gives_the_figures_worked_out_by_hand(office: OfficeStory) -> None:
    a_small_day(office)
    made = daily_json(report(office))
    expected = {
        "issued": 4,
        "served": 2,
        "no_show": 1,
        "abandoned": 0,
        "cancelled": 0,
        "open": 1,
        "no_show_rate_bp": 3333,
        "waiting_ms": {"count": 3, "median": 300_000, "p90": 540_000},
        "service_ms": {"count": 2, "median": 180_000, "p90": 240_000},
    }
    assert made["total"] == expected
    assert made["by_service"] == [{"key": "HT", "name": "Tư pháp – Hộ tịch", **expected}]
    assert made["by_hour"] == [{"key": "08", "name": "08", **expected}]
    assert [group["key"] for group in made["by_counter"]] == ["1"]
    assert made["by_counter"][0]["issued"] == 3
    assert made["by_clerk"] == []
    assert made["ratings"]["total"] == {
        "count": 1,
        "levels": {"very_satisfied": 0, "satisfied": 1, "not_satisfied": 0},
        "satisfied_rate_bp": 10_000,
    }


def test_the_document_says_the_same_by_service_counter_and_hour(office: OfficeStory) -> None:
    a_small_day(office)
    made = daily_document(report(office), LEVELS, Period(date(2024, 4, 15), date(2024, 4, 15)))
    opening = made.sections[0].blocks[0]
    assert isinstance(opening, Paragraph)
    assert opening.text.startswith("Đã phát 4 số thứ tự: phục vụ 2 lượt, gọi không có mặt 1 lượt")
    assert opening.text.endswith("Có 1 lượt đánh giá, hài lòng trở lên 100,00 %.")
    tables = {title.partition(". ")[2]: table for title, table in made.tables()}
    whole = (4, 2, 1, 0, 0, 1, Duration(300_000), Duration(540_000), Duration(180_000), Duration(240_000))
    for title, name in (("Theo lĩnh vực", "Tư pháp – Hộ tịch"), ("Theo giờ lấy số", "8 giờ")):
        assert [tuple(row.cells) for row in tables[title].rows] == [(name, *whole), ("Tổng cộng", *whole)]
    assert [tuple(row.cells) for row in tables["Mức độ hài lòng"].rows] == [
        ("Rất hài lòng", 0, Rate(0)),
        ("Hài lòng", 1, Rate(10_000)),
        ("=Chưa hài lòng", 0, Rate(0)),
    ]
    assert [tuple(row.cells) for row in tables["Đánh giá theo quầy"].rows] == [("Quầy 1", 1, Rate(10_000))]
    by_counter, nobody = whole[6:], (Duration(None),) * 4
    assert [tuple(row.cells) for row in tables["Theo quầy"].rows] == [
        ("Quầy 1", 3, 2, 1, 0, 0, 0, *by_counter),
        ("Không gọi đến quầy nào", 1, 0, 0, 0, 0, 1, *nobody),
        ("Tổng cộng", *whole),
    ]


def a_day_with_and_without_clerks(office: OfficeStory) -> None:
    """The small day at counter 1, where nobody is named; at counter 2 somebody serves A004, who rates, and calls A005;
    C001 is called by nobody.
    """
    a_small_day(office)
    with office.unit("admin") as unit:
        unit.counters.save(replace(unit.counters.get("2"), clerk="Đinh Thị Bình"))
    office.take_number()
    office.take_number("DD")
    ticket = office.call_next("2", "complete")
    assert ticket is not None
    office.clock.passes(60)
    office.call_next("2", "complete")
    with office.unit("tablet") as unit:
        rating = ratings.RatingInput(ticket.id, {"attitude": "not_satisfied"}, (), None, office.clock.now_ms())
        ratings.rate(unit, rating, "tablet-2")


def test_rows_of_every_table_come_to_what_stands_under_them(office: OfficeStory) -> None:
    """Also where a counter called without a clerk and where nobody called."""
    a_day_with_and_without_clerks(office)
    made = daily_document(report(office), LEVELS, Period(date(2024, 4, 15), date(2024, 4, 15)))
    summed = [table for _, table in made.tables() if table.rows[-1].strong]
    assert len(summed) == 4, "by service, counter, clerk and hour"
    for table in summed:
        *rows, total = [row.cells[1:7] for row in table.rows]
        assert [sum(column) for column in zip(*rows, strict=True)] == list(total)


def test_groups_come_to_the_total_in_csv_and_on_the_page_too(office: OfficeStory) -> None:
    """6 tickets: 3 called at counter 1, 2 at counter 2, 1 by none; 2 by somebody; of 2 ratings 1 names an officer."""
    a_day_with_and_without_clerks(office)
    made = report(office)
    rows = list(csv.reader(io.StringIO(rendering.rendered(made, "csv", LEVELS)[1:], newline="")))
    issued = {(grouped, group): int(value) for _, _, grouped, group, name, value in rows if name == "Đã phát số"}
    rated = {(grouped, group): int(value) for _, _, grouped, group, name, value in rows if name == "Số phiếu đánh giá"}
    assert issued["Theo quầy", "Không gọi đến quầy nào"] == 1 and issued["Theo công chức", "Không ghi công chức"] == 4
    assert rated["Theo công chức", "Không ghi công chức"] == 1
    for counted, dimensions, total in ((issued, 4, 6), (rated, 3, 2)):
        sums: Counter[str] = Counter()
        for (grouped, _), count in counted.items():
            sums[grouped] += count
        assert set(sums.values()) == {total} and len(sums) == 1 + dimensions
    page = rendering.rendered(made, "html", LEVELS)
    tables = [re.findall(r"<tr><td>(.*?)</td><td>(\d+)</td>", table) for table in page.split("<table>")[1:]]
    assert [sum(int(count) for _, count in table) for table in tables] == [6, 6, 6, 6, 2, 2, 2]
    assert ("Không gọi đến quầy nào", "1") in tables[1] and ("Không ghi công chức", "4") in tables[2]
    assert ("Không ghi công chức", "1") in tables[6]


def test_ratings_without_an_officer_have_a_row_on_paper(office: OfficeStory) -> None:
    a_day_with_and_without_clerks(office)
    made = daily_document(report(office), LEVELS, Period(date(2024, 4, 15), date(2024, 4, 15)))
    (table,) = [table for title, table in made.tables() if title.endswith("Đánh giá theo công chức")]
    assert [tuple(row.cells) for row in table.rows] == [
        ("Đinh Thị Bình", 1, Rate(0)),
        ("Không ghi công chức", 1, Rate(10_000)),
    ]


def test_an_undone_call_does_not_count_as_the_first(office: OfficeStory) -> None:
    ticket = office.take_number()
    office.clock.passes(60)
    office.call_next("1")
    office.clock.passes(30)
    with office.unit() as unit:
        undoing.undo(unit, ticket.id, "1")
    office.clock.passes(30)
    office.call_next("1")
    assert report(office).tickets.waiting_ms.median == 120_000


def test_a_day_without_anyone_has_no_rates(office: OfficeStory) -> None:
    made = report(office, "2024-01-01", "2024-01-02")
    assert made.tickets.waiting_ms == Spread(0, None, None)
    assert made.tickets.no_show_rate_bp is None
    assert json.loads(rendering.rendered(made, "json", LEVELS))["ratings"]["total"]["satisfied_rate_bp"] is None
    assert "–" in rendering.rendered(made, "html", LEVELS)
    assert ",–\r\n" in to_csv(made, LEVELS)


def test_a_ticket_of_another_day_is_not_counted(office: OfficeStory) -> None:
    office.take_number()
    office.clock.jumps_to("2024-04-16T08:00:00+07:00")
    office.take_number()
    assert report(office).tickets.issued == 1
    assert report(office).tickets.abandoned == 1
    assert report(office, DAY, "2024-04-16").tickets.issued == 2


def test_percentiles_are_values_that_were_measured() -> None:
    assert nearest_rank([], 50) is None
    assert nearest_rank([7], 90) == 7
    assert nearest_rank([1, 2, 3, 4], 50) == 2
    assert nearest_rank(list(range(1, 11)), 90) == 9
    assert nearest_rank(list(range(1, 12)), 90) == 10


def test_a_clock_set_back_never_makes_a_negative_time() -> None:
    assert duration(1000, 400) == 0
    assert duration(None, 400) is None


def test_rates_round_half_up_and_need_a_denominator() -> None:
    assert rate_bp(678, 681) == 9956
    assert rate_bp(669, 673) == 9941
    assert rate_bp(1, 20_000) == 1
    assert rate_bp(0, 0) is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0"])
def test_no_cell_of_a_spreadsheet_can_be_a_formula(start: str) -> None:
    shown = " " if start in {"\t", "\r", "\n"} else start.replace("\0", "")
    assert safe(f"{start}cmd") == f"'{shown}cmd"
    assert safe("A012") == "A012"
    assert safe(-5) == -5


def test_the_csv_opens_in_a_spreadsheet_with_its_vietnamese_words(office: OfficeStory) -> None:
    a_small_day(office)
    text = rendering.rendered(report(office), "csv", LEVELS)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert {len(row) for row in rows} == {6}
    assert rows[1] == [DAY, DAY, "Tổng cộng", "Toàn bộ phận", "Đã phát số", "4"]
    assert text.count("\r\n") == text.count("\n") == len(rows)


def test_the_page_needs_nothing_from_elsewhere_and_escapes_names(office: OfficeStory) -> None:
    a_small_day(office)
    made = replace(report(office), office_name="<script>alert(1)</script>")
    page = rendering.rendered(made, "html", {**LEVELS, "satisfied": "<b>"})
    assert '<html lang="vi">' in page
    assert "<svg" in page and "@page { size: A4" in page
    assert "<script" not in page and "<b>:" not in page
    assert "http" not in page and "src=" not in page


def test_an_unknown_report_is_refused_with_the_list_of_those_there_are() -> None:
    with pytest.raises(catalogue.NoSuchReport, match="các tên: daily"):
        catalogue.check_request("monthly", "json")
    with pytest.raises(catalogue.NoSuchReport, match="json, csv, html"):
        catalogue.check_request("daily", "odt")
