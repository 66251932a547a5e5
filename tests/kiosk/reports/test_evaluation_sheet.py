"""Mẫu 1: the points of each dossier, and whose word each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kiosk.domain.office_facts import OfficePoints
from kiosk.reports.document import Cell, Document, Paragraph
from kiosk.reports.evaluation_report import evaluation_report
from kiosk.reports.fact_sources import GivenFacts
from kiosk.reports.measures.dossiers import DossierFact
from kiosk.reports.periods import Period
from tests.kiosk.reports.test_evaluation import LEVELS, QUESTIONS

PERIOD = Period(date(2024, 4, 1), date(2024, 4, 30))
ALL = (("q3", "best"), ("q4", "middle"), ("q6", "best"), ("q7", "worst"))


def dossier(number: int, due: int, *answers: tuple[str, str], status: int = 10) -> DossierFact:
    """Decided on 10 April."""
    code, day = f"000.00.53.H48-240402-{number:04d}", date(2024, 4, 10)
    began, until = date(2024, 4, 2), date(2024, 4, due)
    return DossierFact(code, "1.001193", "Hộ tịch", 1, status, began, until, day, digitised=True, answers=answers)


def own(criterion: int, tenths: int | None) -> OfficePoints:
    return OfficePoints(PERIOD.first, PERIOD.last, criterion, tenths, date(2024, 5, 2))


def sheet(facts: Sequence[DossierFact], *wrote: OfficePoints) -> tuple[list[Sequence[Cell]], str]:
    """Rows without number and field, and the text over them."""
    made: Document = evaluation_report(GivenFacts((), (), (), (), facts, facts), LEVELS, "Xã", PERIOD, QUESTIONS, wrote)
    (annex,) = [part for part in made.sections if part.annex]
    text = " ".join(block.text for block in annex.blocks if isinstance(block, Paragraph))
    return [[row.cells[1], *row.cells[3:]] for row in made.tables()[-1][1].rows], text


FIRST, SECOND = "000.00.53.H48-240402-0001", "000.00.53.H48-240402-0002"


def test_what_the_citizen_of_a_dossier_answered_are_its_points() -> None:
    rows, text = sheet([dossier(1, 12, *ALL), dossier(2, 10)])
    #                 criteria 1  2  3  4  6  7, total, band, whose
    assert rows[0] == [FIRST, 2, "", 2, 1, 2, 0, "", "", "Người dân: 3, 4, 6, 7"]
    assert rows[1] == [SECOND, 1, "", "", "", "", "", "", "", ""]
    assert "Hồ sơ có trả lời của người dân: 1 trên 2 hồ sơ" in text


def test_the_offices_own_points_stand_where_nobody_answered_and_say_so() -> None:
    rows, _ = sheet([dossier(1, 12, *ALL), dossier(2, 9, ALL[0])], own(2, 20), own(4, 15), own(6, 10), own(7, 20))
    assert rows[0] == [FIRST, 2, 2, 2, 1, 2, 0, 9, "", "Người dân: 3, 4, 6, 7; Đơn vị: 2"]
    assert rows[1] == [SECOND, 0, 2, 2, "1,5", 1, 2, "8,5", "", "Người dân: 3; Đơn vị: 2, 4, 6, 7"]
    assert rows[2] == ["Điểm trung bình", "1,0", "2,0", "2,0", "1,3", "1,5", "1,0", "8,8", "", ""]


def test_what_the_office_gives_once_a_period_or_itself_computed_is_of_no_dossier() -> None:
    """Criteria 5, 8 and 9 are of the unit; the time of a dossier is its own; what was taken back is not there."""
    rows, _ = sheet([dossier(1, 12)], own(1, 0), own(5, 20), own(8, 20), own(9, 20), own(2, None))
    assert rows[0] == [FIRST, 2, "", "", "", "", "", "", "", ""]


def test_of_two_visits_the_fewer_points_count() -> None:
    rows, text = sheet([dossier(1, 12, ("q3", "best"), ("q3", "worst"), ("q7", "middle"), ("q7", "best"))])
    assert rows[0][3:7] == [0, "", "", 1]
    assert "nhiều lượt thì lấy điểm thấp nhất" in text


def test_a_dossier_that_was_withdrawn_has_no_points() -> None:
    rows, _ = sheet([dossier(1, 12, *ALL), dossier(2, 12, *ALL, status=7)])
    assert [row[0] for row in rows] == [FIRST, "Điểm trung bình"]
