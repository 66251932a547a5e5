"""Answers to the second page on the dashboard: shares of each question, points where three choices stand for steps."""

from __future__ import annotations

from datetime import date

from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.dashboard_answers import answer_figures
from kiosk.reports.periods import Period
from kiosk.store.statistics import FurtherRow

DAY = Period(date(2024, 4, 15), date(2024, 4, 15))
QUESTIONS = [
    FurtherQuestion("contacts", "Mấy lần?", {"none": "Không", "one": "Một", "more": "Nhiều"}, 3),
    FurtherQuestion("offices", "Mấy nơi?", {"here": "Ở đây", "more": "Nhiều nơi"}, 4),
    FurtherQuestion("unasked", "Chưa ai trả lời", {"a": "A", "b": "B", "c": "C"}, 6),
]
ROWS = [
    FurtherRow("r1", "contacts", "none"),
    FurtherRow("r2", "contacts", "none"),
    FurtherRow("r3", "contacts", "more"),
    FurtherRow("r1", "offices", "here"),
    FurtherRow("r9", "gone", "x"),
]


def test_each_question_that_somebody_answered_stands_with_every_choice() -> None:
    figures = answer_figures(ROWS, QUESTIONS, DAY)
    assert [(one.title, one.name, one.count, one.share_bp) for one in figures] == [
        ("Mấy lần?", "Không", 2, 6667),
        ("Mấy lần?", "Một", 0, 0),
        ("Mấy lần?", "Nhiều", 1, 3333),
        ("Mấy nơi?", "Ở đây", 1, 10_000),
        ("Mấy nơi?", "Nhiều nơi", 0, 0),
        ("gone", "x", 1, 10_000),
    ]
    # (2 + 2 + 0) / 3 to a tenth; two choices cannot say three steps
    assert {(one.question, one.criterion, one.points_tenths) for one in figures} == {
        ("contacts", 3, 13),
        ("offices", 4, None),
        ("gone", None, None),
    }


def test_before_the_circular_there_are_no_points() -> None:
    before = Period(date(2018, 11, 1), date(2018, 11, 22))
    assert {one.points_tenths for one in answer_figures(ROWS, QUESTIONS, before)} == {None}
    assert answer_figures([], QUESTIONS, DAY) == ()
