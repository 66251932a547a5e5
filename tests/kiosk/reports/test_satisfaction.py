"""Ratings by officer: nine columns on three levels, counts and shares by hand."""

from __future__ import annotations

from datetime import date

from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.document import BarChart, Rate
from kiosk.reports.measures.ratings import RatingFact
from kiosk.reports.periods import Period
from kiosk.reports.satisfaction import satisfaction_report, with_further

PERIOD = Period(date(2024, 4, 1), date(2024, 4, 30))
LEVELS = {"very_satisfied": "Rất hài lòng", "satisfied": "Hài lòng", "not_satisfied": "Chưa hài lòng"}
RATINGS = [
    ("very_satisfied", "Bình"),
    ("very_satisfied", "Bình"),
    ("not_satisfied", "Bình"),
    ("satisfied", None),
    ("satisfied", "An"),
]


def test_each_officer_has_a_row_with_counts_and_shares_and_the_sum_stands_last() -> None:
    ((_, table),) = satisfaction_report(RATINGS, LEVELS, "Ba Vì", PERIOD).tables()
    assert len(table.columns) == 9
    assert [list(row.cells) for row in table.rows] == [
        ["Ba Vì", "An", 1, 0, Rate(0), 1, Rate(10_000), 0, Rate(0)],
        ["Ba Vì", "Bình", 3, 2, Rate(6667), 0, Rate(0), 1, Rate(3333)],
        ["Ba Vì", "Chưa đăng nhập", 1, 0, Rate(0), 1, Rate(10_000), 0, Rate(0)],
        ["Tổng cộng", "", 5, 2, Rate(4000), 2, Rate(4000), 1, Rate(2000)],
    ]
    assert table.titles()[3:5] == ["Rất hài lòng – Số phiếu", "Rất hài lòng – Tỷ lệ"]


def test_late_ones_are_counted_and_named_and_none_is_named_without_them() -> None:
    late = satisfaction_report(RATINGS, LEVELS, "Ba Vì", PERIOD, late=2)
    assert late.tables() == satisfaction_report(RATINGS, LEVELS, "Ba Vì", PERIOD).tables()
    assert [note for note in late.notes if "muộn" in note] == ["Trong đó 2 phiếu đến muộn hơn một ngày vì mất mạng."]
    assert not any("muộn" in note for note in satisfaction_report(RATINGS, LEVELS, "Ba Vì", PERIOD).notes)


QUESTIONS = (
    FurtherQuestion("contacts", "Mấy lần?", {"none": "Không lần nào", "one": "Một lần"}, 3),
    FurtherQuestion("offices", "Mấy nơi?", {"here": "Một nơi", "more": "Nhiều nơi"}),
)
ANSWERS = [
    RatingFact("satisfied", "HT", "1", None, "2024-04-15", further=further)
    for further in (
        (("contacts", "none"),),
        (("contacts", "none"), ("offices", "here")),
        (("contacts", "gone"), ("dropped", "yes")),
        (),
    )
]


def test_the_second_page_has_a_row_for_each_choice_with_its_share_of_those_who_answered() -> None:
    report = with_further(satisfaction_report(RATINGS, LEVELS, "Ba Vì", PERIOD), ANSWERS, QUESTIONS, PERIOD)
    (_, _), (_, table) = report.tables()
    assert [list(row.cells) for row in table.rows] == [
        ["Mấy lần? (tiêu chí 3)", "Không lần nào", 2, Rate(6667)],
        ["Mấy lần? (tiêu chí 3)", "Một lần", 0, Rate(0)],
        ["Mấy lần? (tiêu chí 3)", "gone", 1, Rate(3333)],
        ["Mấy nơi?", "Một nơi", 1, Rate(10_000)],
        ["Mấy nơi?", "Nhiều nơi", 0, Rate(0)],
        ["dropped", "yes", 1, Rate(10_000)],
    ]


def test_without_a_second_page_the_report_is_as_before() -> None:
    report = satisfaction_report(RATINGS, LEVELS, "Ba Vì", PERIOD)
    assert with_further(report, ANSWERS[-1:], (), PERIOD) == report


def test_nobody_rated_nothing_is_divided_by_zero() -> None:
    ((_, table),) = satisfaction_report([], LEVELS, "Ba Vì", PERIOD).tables()
    assert [list(row.cells) for row in table.rows] == [
        ["Tổng cộng", "", 0, 0, Rate(None), 0, Rate(None), 0, Rate(None)]
    ]


def test_a_level_of_an_older_survey_is_kept_behind_the_others() -> None:
    ((_, table),) = satisfaction_report([("fair", "An")], LEVELS, "Ba Vì", PERIOD).tables()
    assert table.titles()[-2:] == ["fair – Số phiếu", "fair – Tỷ lệ"]


def test_a_chart_compares_officers_by_the_share_of_the_best_level() -> None:
    (section,) = satisfaction_report(RATINGS, LEVELS, "Ba Vì", PERIOD).sections
    (chart,) = [block for block in section.blocks if isinstance(block, BarChart)]
    assert chart.title == "Tỷ lệ phiếu “Rất hài lòng”, theo công chức"
    assert chart.bars() == [("An", Rate(0)), ("Bình", Rate(6667)), ("Chưa đăng nhập", Rate(0))]


def test_one_officer_alone_is_compared_with_nobody() -> None:
    (section,) = satisfaction_report(RATINGS[:3], LEVELS, "Ba Vì", PERIOD).sections
    assert [block for block in section.blocks if isinstance(block, BarChart)] == []
