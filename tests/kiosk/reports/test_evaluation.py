"""The nine criteria on paper: what is computed, what the office wrote beside it, and the sum of all nine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.letterhead import Letterhead
from kiosk.domain.office_facts import OfficeFacts, OfficePoints
from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.catalogue import make_report
from kiosk.reports.document import Document, Paragraph
from kiosk.reports.evaluation_report import evaluation_report
from kiosk.reports.fact_sources import GivenFacts
from kiosk.reports.measures.ratings import RatingFact
from kiosk.reports.office_points import FILE, PointsUnreadable, given_by, read_points, write_points_template
from kiosk.reports.periods import Period
from kiosk.reports.request import AsOf, ReportRequest
from tests.kiosk.reports.test_dossier_reports import FACTS, PERIOD
from tests.office import OfficeStory

LEVELS = ("good", "fair", "bad")
THREE = {"best": "2", "middle": "1", "worst": "0"}
QUESTIONS = [FurtherQuestion(f"q{number}", "?", THREE, number) for number in (3, 4, 6, 7)]
ANSWERS = [
    {"q3": "best", "q4": "middle", "q6": "best", "q7": "best"},
    {"q3": "best", "q4": "middle", "q6": "middle"},
    {"q3": "worst", "q4": "middle"},
]
RATED = [RatingFact("good", "HT", "1", None, "2024-04-01", further=tuple(one.items())) for one in ANSWERS]
FULL = GivenFacts((), RATED, (), (), FACTS)


def own(criterion: int, tenths: int, day: int = 20, first: date = PERIOD.first, why: str = "") -> OfficePoints:
    return OfficePoints(first, PERIOD.last, criterion, tenths, date(2024, 4, day), why)


def points(document: Document) -> dict[int, str]:
    (_, unit), *_ = document.tables()
    return {int(str(row.cells[0])): str(row.cells[3]) for row in unit.rows if not row.strong}


def total(document: Document) -> str:
    (_, unit), *_ = document.tables()
    return str(unit.rows[-1].cells[3])


def paragraphs(document: Document) -> str:
    return "\n".join(block.text for part in document.sections for block in part.blocks if isinstance(block, Paragraph))


def test_what_citizens_answered_is_averaged_and_what_nobody_knows_stays_open() -> None:
    made = evaluation_report(FULL, LEVELS, "Xã", PERIOD, QUESTIONS)
    known = points(made)
    # 2, 2, 0 → 1.33; 1, 1, 1 → 1; 2, 1 → 1.5; 2 → 2
    assert {number: known[number] for number in (3, 4, 6, 7)} == {3: "1,3", 4: "1,0", 6: "1,5", 7: "2,0"}
    assert {number for number, text in known.items() if text == ""} == {2, 5, 8}
    assert total(made) == "" and "; xếp loại:" not in paragraphs(made)


def test_with_the_offices_own_points_the_sum_and_its_band_stand_on_the_paper() -> None:
    wrote = [own(2, 20), own(5, 10), own(8, 20)]
    made = evaluation_report(FULL, LEVELS, "Xã", PERIOD, QUESTIONS, wrote)
    first = points(evaluation_report(FULL, LEVELS, "Xã", PERIOD, QUESTIONS))[1]
    tenths = 20 + 13 + 10 + 10 + 15 + 20 + 20 + 20 + round(10 * float(first.replace(",", ".")))
    assert total(made) == f"{tenths // 10},{tenths % 10}"
    band = "xuất sắc" if tenths > 150 else "tốt" if tenths >= 120 else "khá"
    assert f"; xếp loại: {band}." in paragraphs(made)


def test_the_offices_word_counts_and_the_computed_one_stands_beside_it() -> None:
    wrote = [own(3, 0, day=20), own(3, 15, day=25, why="Kiểm tra lại phiếu"), own(3, 5, day=22)]
    made = evaluation_report(FULL, LEVELS, "Xã", PERIOD, QUESTIONS, wrote)
    assert points(made)[3] == "1,5"
    _, (_, basis), *_ = made.tables()
    row = next(row.cells for row in basis.rows if row.cells[0] == 3)
    assert row[2:] == ["1,3", 3, "1,5"]
    assert str(row[1]).endswith("Đơn vị tự chấm ngày 25/04/2024. Kiểm tra lại phiếu")


def test_points_for_other_days_are_no_points_of_this_period() -> None:
    made = evaluation_report(FULL, LEVELS, "Xã", PERIOD, QUESTIONS, [own(5, 20, first=date(2023, 12, 16))])
    assert points(made)[5] == ""


TABLE = """
[[points]]
from = 2026-01-01
to = 2026-03-31
criterion = 5
points = 1.5
written_on = 2026-04-03
why = "Đạt"
"""


def written(home: Path, text: str) -> Path:
    (home / FILE).write_text(text, encoding="utf-8")
    return home


def test_points_are_read_as_they_were_written(tmp_path: Path) -> None:
    assert read_points(tmp_path) == ()
    assert write_points_template(tmp_path) == tmp_path / FILE and read_points(tmp_path) == ()
    assert write_points_template(tmp_path) is None, "what is there stays"
    (one,) = read_points(written(tmp_path, TABLE))
    assert one == OfficePoints(date(2026, 1, 1), date(2026, 3, 31), 5, 15, date(2026, 4, 3), "Đạt")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("points = 1.5", "points = -0.1", "points là số từ 0 trở lên"),
        ("points = 1.5", "points = 1.55", "points là số từ 0 trở lên"),
        ("points = 1.5", "points = true", "points là số từ 0 trở lên"),
        ("points = 1.5", "", "points là số từ 0 trở lên"),
        ("criterion = 5", "criterion = 10", "criterion là số từ 1 đến 9"),
        ("to = 2026-03-31", "to = 2025-12-31", "from không sau to"),
        ("written_on = 2026-04-03", "", "from, to và written_on"),
        ('why = "Đạt"', "why = 1", "why là một câu"),
        ("[[points]]", "[points]", r"mỗi bảng viết là \[\[points\]\]"),
        ("[[points]]", "[[points]", "criteria.toml"),
    ],
)
def test_points_that_cannot_be_meant_are_told_with_their_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(PointsUnreadable, match=words) as told:
        read_points(written(tmp_path, TABLE.replace(old, new)))
    assert str(tmp_path / FILE) in str(told.value)


def made_on(story: OfficeStory, wrote: Sequence[OfficePoints], as_of: AsOf | None) -> bytes:
    """The evaluation of the week of 15/04/2024 with 24/04/2024 on it."""
    about = OfficeFacts("Một cửa", "UBND xã", (), 1, 1, {}, wrote)
    letter = Letterhead("", "UBND xã", "BC", "Ba Vì", date(2024, 4, 24), (), (), "", (), "")
    week = Period(date(2024, 4, 15), date(2024, 4, 21))
    names = {level: level for level in LEVELS}
    request = ReportRequest("evaluation", "json", week, names, letter, about, as_of=as_of)
    with story.app.store.reading() as reading:
        return make_report(reading, story.app.office, request)


def test_a_report_made_again_has_the_points_written_up_to_its_day(small_office: OfficeStory) -> None:
    """Another marking a month later makes another report, and leaves this one as it was signed."""
    week = (date(2024, 4, 15), date(2024, 4, 21))
    first, later = (OfficePoints(*week, 5, 15, date(2024, 4, 24)), OfficePoints(*week, 5, 5, date(2024, 5, 24)))
    with small_office.app.store.reading() as reading:
        place = AsOf(reading.state.head.epoch, reading.state.head.seq)
    signed = made_on(small_office, [first], None)
    assert made_on(small_office, given_by([first, later], date(2024, 4, 24)), place) == signed
    assert made_on(small_office, [first, later], None) != signed
