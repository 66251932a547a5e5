"""Reports of queue, week, devices, people, criteria and index: figures worked out by hand, one a sentence or a cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk.domain.office_facts import OfficeFacts
from kiosk.domain.service import Promises
from kiosk.reports.dated_rules import criteria_on
from kiosk.reports.document import Document, Duration, Paragraph, Rate
from kiosk.reports.evaluation_report import evaluation_report
from kiosk.reports.fact_sources import GivenFacts
from kiosk.reports.forms import NoForm
from kiosk.reports.measures.equipment import CounterSpell, Delay, DeviceSpell
from kiosk.reports.measures.evaluation import OnlineShare, online_score
from kiosk.reports.measures.ratings import RatingFact
from kiosk.reports.measures.tickets import TicketFact
from kiosk.reports.office_tables import devices_report, index_report, staff_report
from kiosk.reports.periods import Period
from kiosk.reports.queue_reports import Names, queue_report, range_before, weekly_report
from tests.kiosk.reports.test_dossier_reports import FACTS, PERIOD

MINUTE = 60_000
CRITERIA = criteria_on(date(2024, 4, 14))
WEEK = Period(date(2024, 4, 15), date(2024, 4, 21))
NAMES = Names("Bộ phận Một cửa xã Ba Vì", {"HT": "Hộ tịch", "DD": "Đất đai"}, {"1": "Quầy 1"}, ("good", "fair", "bad"))


def ticket(number: str, day: int, hour: int, waited: int | None, served: int | None, **given: Any) -> TicketFact:
    """Times in minutes."""
    known = {"state": "COMPLETED" if served is not None else "NO_SHOW", "transfers": 0, **given}
    return TicketFact(
        number,
        "HT" if number.startswith("A") else "DD",
        known["state"],
        f"2024-04-{day}",
        hour,
        date(2024, 4, day).weekday(),
        "1",
        None,
        known.get("priority"),
        known.get("language", "vi"),
        None if waited is None else waited * MINUTE,
        None if served is None else served * MINUTE,
        known["transfers"],
    )


TICKETS = [ticket("A001", 15, 8, 2, 10), ticket("A002", 15, 9, 4, 20, transfers=2), ticket("B001", 17, 8, 30, None)]
RATED = [RatingFact(level, "HT", "1", None, "2024-04-15") for level in ("good", "fair", "bad")]
NO = GivenFacts((), (), (), (), ())
FULL = GivenFacts(TICKETS, RATED, [CounterSpell("1", "2024-04-15", 60 * MINUTE)], (), ())


def texts(document: Document) -> str:
    parts = [block.text for part in document.sections for block in part.blocks if isinstance(block, Paragraph)]
    return "\n".join([*(part.title for part in document.sections), *parts])


def rows(document: Document, place: int = 0) -> list[list[object]]:
    return [list(row.cells) for row in document.tables()[place][1].rows]


def test_the_queue_of_a_week_in_one_sentence_and_by_service() -> None:
    report = queue_report(FULL, NAMES, WEEK)
    assert "đã phát 3 số thứ tự, phục vụ 2 lượt, gọi không có mặt 1 lượt" in texts(report)
    assert "trung vị 4,0 phút, chín phần mười số lượt không quá 30,0 phút, lâu nhất 30,0 phút" in texts(report)
    minute = [Duration(value * MINUTE) for value in (2, 4, 30, 10)]
    assert rows(report) == [
        ["Hộ tịch", 2, 2, 0, 0, 1, minute[0], minute[1], minute[1], minute[3]],
        ["Đất đai", 1, 0, 1, 0, 0, minute[2], minute[2], minute[2], Duration(None)],
        ["Tổng cộng", 3, 2, 1, 0, 1, minute[1], minute[2], minute[2], minute[3]],
    ]


def test_officers_stand_as_names_are_listed() -> None:
    clerks = ["Đinh Thị Bình", "Nguyễn Văn Đào", "Trần An"]
    signed_in = [one._replace(clerk=clerk) for one, clerk in zip(TICKETS, clerks, strict=True)]
    report = queue_report(GivenFacts(signed_in, (), (), (), ()), NAMES, WEEK)
    (by_clerk,) = [table for title, table in report.tables() if title.endswith("Theo công chức")]
    assert [row.cells[0] for row in by_clerk.rows[:-1]] == ["Trần An", "Đinh Thị Bình", "Nguyễn Văn Đào"]


def test_when_people_come_and_how_busy_a_counter_is() -> None:
    report = queue_report(FULL, NAMES, WEEK)
    titles = [title for title, _ in report.tables()]
    assert [title[:2] for title in titles] == ["1.", "2.", "3.", "4.", "5.", "6."], (
        "nobody signed in: no table by clerk"
    )
    assert [row[:2] for row in rows(report, 3)] == [["Thứ Hai", 2], ["Thứ Tư", 1], ["Tổng cộng", 3]]
    assert rows(report, 4) == [["8 giờ", 1, 0, 1, 0, 0, 0, 0], ["9 giờ", 1, 0, 0, 0, 0, 0, 0]]
    assert rows(report, 5) == [["Quầy 1", Duration(60 * MINUTE), Duration(30 * MINUTE), Rate(5000)]]


def test_who_came_first_and_in_which_language() -> None:
    given = [
        ticket("A001", 15, 8, 2, 10, priority="elderly"),
        ticket("A002", 15, 9, 4, 20, language="hre"),
        ticket("A003", 15, 9, 4, 20),
    ]
    names = replace(NAMES, priorities={"elderly": "Người cao tuổi"})
    report = queue_report(GivenFacts(given, (), (), (), ()), names, WEEK)
    tables = {title.partition(" ")[2]: [row.cells[:2] for row in table.rows] for title, table in report.tables()}
    assert tables["Theo diện ưu tiên"] == [["Người cao tuổi", 1], ["Tổng cộng", 1]]
    assert tables["Theo ngôn ngữ đã chọn"] == [["Tiếng Việt", 2], ["Tiếng Hrê", 1], ["Tổng cộng", 3]]
    assert "Theo ngày trong tuần" not in tables, "all of one day: the total says it"


def test_what_was_promised_is_told_as_far_as_it_was_kept() -> None:
    two = replace(NAMES, promises=Promises(4 * MINUTE, 10 * MINUTE))
    text = texts(queue_report(FULL, two, WEEK))
    assert "66,67 % số lượt được gọi trong thời gian cam kết (4 phút kể từ khi lấy số)." in text
    assert "50,00 % số lượt được phục vụ xong trong thời gian cam kết (10 phút)." in text
    assert "phục vụ xong trong thời gian cam kết" not in texts(queue_report(FULL, NAMES, WEEK)), "nothing was promised"
    assert "cam kết" not in texts(queue_report(NO, two, WEEK)), "nothing was measured"
    table = {str(row[0]): row[1:] for row in rows(weekly_report(FULL, NO, two, WEEK))}
    assert table["Được gọi trong thời gian cam kết (4 phút)"] == [Rate(6667), Rate(None)]
    assert table["Phục vụ xong trong thời gian cam kết (10 phút)"] == [Rate(5000), Rate(None)]


def test_an_empty_week_says_so() -> None:
    assert "chưa phát số thứ tự nào" in texts(queue_report(NO, NAMES, WEEK))
    assert rows(weekly_report(NO, NO, NAMES, WEEK))[0] == ["Số thứ tự đã phát", 0, 0]


def test_services_of_no_time_are_told() -> None:
    at_once = GivenFacts([ticket("A001", 15, 8, 2, 0), *TICKETS], (), (), (), ())
    assert "Có 1 lượt ghi thời gian phục vụ dưới nửa giây" in texts(queue_report(at_once, NAMES, WEEK))


def test_a_week_stands_beside_the_week_before() -> None:
    report = weekly_report(FULL, NO, NAMES, WEEK)
    assert "từ ngày 08/04/2024 đến ngày 14/04/2024" in texts(report)
    compared = {str(name): (now, before) for name, now, before in rows(report)}
    assert compared["Số thứ tự đã phát"] == (3, 0)
    assert compared["Lượt chuyển quầy, chuyển lĩnh vực"] == (1, 0)
    assert compared["Hài lòng trở lên"] == (Rate(6667), Rate(None))
    assert compared["Tỷ lệ lượt phục vụ có đánh giá"] == (Rate(15000), Rate(None))
    assert rows(report, 1)[0][:3] == ["Thứ Hai, 15/04/2024", 2, 2] and len(rows(report, 1)) == 7


def test_the_range_before_has_as_many_days() -> None:
    assert range_before(Period(date(2024, 3, 1), date(2024, 3, 31))) == Period(date(2024, 1, 30), date(2024, 2, 29))


def test_devices_with_their_faults_reasons_and_the_delay() -> None:
    spells = [
        DeviceSpell("p1", "printer", "fault", "hết giấy", "2024-04-15", 0, 5 * MINUTE),
        DeviceSpell("p1", "printer", "offline", None, "2024-04-15", 0, None),
    ]
    report = devices_report(GivenFacts((), (), (), spells, ()), [Delay("province", 12, 90_000)], "Xã", WEEK)
    assert "1 lần báo lỗi và 1 lần mất kết nối; đến cuối kỳ còn 1 trường hợp" in texts(report)
    assert rows(report) == [["p1", "Máy in phiếu", 1, 1, Duration(5 * MINUTE), 1]]
    assert rows(report, 1) == [["hết giấy", 1], ["không ghi", 1]]
    assert rows(report, 2) == [["province", 12, Duration(90_000)]]


def test_people_are_counted_and_what_is_not_known_stays_open() -> None:
    about = OfficeFacts("Bộ phận Một cửa", "UBND xã", [("Công chức", "Hộ tịch")] * 2 + [("Tổ trưởng", "")], 5, 15, {})
    report = staff_report(about, PERIOD)
    assert rows(report)[1] == ["1", "Bộ phận Một cửa", "03", "", "", ""]
    assert rows(report, 1)[0] == [1, "Công chức", "Hộ tịch", "02"]
    later = staff_report(about, Period(date(2025, 7, 1), date(2025, 7, 31)))
    assert "Trung tâm Phục vụ hành chính công" in later.title


def test_only_criteria_that_a_machine_can_know_have_points() -> None:
    report = evaluation_report(GivenFacts((), (), (), (), FACTS, FACTS), NAMES.levels, "Xã", PERIOD)
    own = {str(row[0]): row[3] for row in rows(report)}
    assert {number for number, points in own.items() if points} == {"1", "9"} and own["9"] == "2"
    of_dossiers = rows(report, 2)
    assert len(of_dossiers) == 678 + 1, "678 were decided, one was withdrawn; the average stands last"
    assert of_dossiers[-1][3] == own["1"]


# online, received, procedures online, procedures, late → points of criterion 9
ONLINE = [
    (30, 100, 2, 10, 0, 2),
    (29, 100, 2, 10, 0, 1),
    (30, 100, 1, 10, 0, 1),
    (15, 100, 0, 10, 0, 1),
    (14, 100, 9, 10, 0, 0),
    (99, 100, 9, 10, 1, 0),
]


@pytest.mark.parametrize(("online", "received", "kinds", "of", "late", "points"), ONLINE)
def test_criterion_9_by_the_circular(online: int, received: int, kinds: int, of: int, late: int, points: int) -> None:
    share = OnlineShare(received, online, online * 10_000 // received, of, kinds, kinds * 10_000 // of)
    assert online_score(share, late, CRITERIA) == points
    assert online_score(OnlineShare(0, 0, None, 0, 0, None), 0, CRITERIA) is None


def test_the_index_gives_rates_where_the_office_knows_them() -> None:
    report = index_report(GivenFacts((), RATED, (), (), FACTS), NAMES.levels, "Xã", PERIOD)
    assert [(row[2], row[3], row[4], row[5]) for row in rows(report)] == [
        (18, None, None, Rate(None)),
        (20, 681, 681, Rate(10_000)),
        (12, 669, 673, Rate(9941)),
        (10, None, None, Rate(None)),
        (18, 2, 3, Rate(6667)),
        (22, 678, 681, Rate(9956)),
    ]
    with pytest.raises(NoForm):
        index_report(NO, NAMES.levels, "Xã", Period(date(2022, 1, 1), date(2022, 6, 22)))


# sum → band by Thông tư 01/2018
BANDS = [
    (18, "xuất sắc"),
    (16, "xuất sắc"),
    (15.1, "xuất sắc"),
    (15, "tốt"),
    (12, "tốt"),
    (11, "khá"),
    (9, "khá"),
    (6, "trung bình"),
    (5, "yếu"),
]


@pytest.mark.parametrize(("points", "name"), BANDS)
def test_bands(points: float, name: str) -> None:
    assert CRITERIA.band_of(round(10 * points)) == name


def test_the_paper_names_the_bands_as_the_circular_does() -> None:
    """A sum with tenths lies between whole ones: 15.3 is more than 15."""
    text = texts(evaluation_report(NO, NAMES.levels, "Xã", PERIOD))
    assert "Xếp loại: trên 15 điểm xuất sắc; từ 12 đến dưới 15 tốt; từ 9 đến dưới 12 khá;" in text
