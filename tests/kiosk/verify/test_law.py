"""The rules and points that a recount reads itself: which holds on a day, what was written last."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.maintenance.verification import SHIPPED
from kiosk.verify.law import CriteriaRule, Law

OWN = """
[[rule]]
key = "criteria"
from = 2027-03-01
to = 2027-06-01
value = "Bộ chỉ số 2027"
source = "Thông tư A"
most_points = 5
bands = [[0, "chưa đạt"], [30.5, "đạt"]]
bands_in_words = "từ 30,5 đạt"
online_full_bp = 8000
online_half_bp = 4000
procedures_full_bp = 5000

[[rule]]
key = "criteria"
from = 2027-05-01
value = "Bộ chỉ số 2027, sửa đổi"
source = "Thông tư B"
to = 2027-07-01
most_points = 4
bands = [[0, "chưa đạt"]]
bands_in_words = ""
online_full_bp = 1
online_half_bp = 1
procedures_full_bp = 1
"""


def table(criterion: int, points: str, written: str, first: str = "2026-01-01") -> str:
    return f"[[points]]\nfrom={first}\nto=2026-03-31\ncriterion={criterion}\n{points}\nwritten_on={written}\n"


def test_the_shipped_criteria_hold_from_the_day_of_the_circular_on() -> None:
    law = Law(SHIPPED)
    assert law.criteria("2018-11-22") is None
    rule = law.criteria("2018-11-23")
    assert rule == law.criteria("2026-10-01")
    assert rule == (2, {151: "xuất sắc", 120: "tốt", 90: "khá", 60: "trung bình", 0: "yếu"}, 3000, 1500, 2000)
    assert law.index_groups("2022-06-22") == {}
    assert sum(law.index_groups("2022-06-23").values()) == 100


@pytest.mark.parametrize(
    ("day", "best"), [("2027-02-28", 2), ("2027-03-01", 5), ("2027-04-30", 5), ("2027-05-01", 4), ("2027-06-30", 4)]
)
def test_rules_of_the_office_come_before_the_shipped_ones(tmp_path: Path, day: str, best: int) -> None:
    (own := tmp_path / "law.toml").write_text(OWN, encoding="utf-8")
    rule = Law(SHIPPED, own).criteria(day)
    assert rule is not None and rule.best == best
    assert Law(SHIPPED, own).criteria("2027-07-01") is None, "the office ended them, and the shipped ones before"
    assert Law(SHIPPED, tmp_path / "none.toml").criteria(day) == Law(SHIPPED).criteria(day)


@pytest.mark.parametrize(
    ("tenths", "band"), [(180, "xuất sắc"), (151, "xuất sắc"), (150, "tốt"), (120, "tốt"), (119, "khá"), (59, "yếu")]
)
def test_the_highest_band_that_is_reached_has_the_name(tenths: int, band: str) -> None:
    rule = Law(SHIPPED).criteria("2026-01-01")
    assert rule is not None and rule.band(tenths) == band


def test_below_the_lowest_band_the_lowest_has_the_name() -> None:
    assert CriteriaRule(2, {60: "đạt", 120: "tốt"}, 0, 0, 0).band(59) == "đạt"


def test_of_each_days_and_criterion_the_points_written_last_count(tmp_path: Path) -> None:
    tables = [
        table(5, "points=2", "2026-04-05"),
        table(5, "points=1", "2026-04-03"),
        table(8, "points=1", "2026-04-03"),
        table(8, "points=1.5", "2026-04-03"),
        table(2, "points=2", "2026-04-03"),
        table(2, "taken_back=true", "2026-04-04"),
        table(5, "points=0.5", "2026-05-01", first="2026-01-02"),
    ]
    (path := tmp_path / "criteria.toml").write_text("".join(tables), encoding="utf-8")
    assert Law(SHIPPED, None, path).given() == {
        ("2026-01-01", "2026-03-31"): {5: 20, 8: 15},
        ("2026-01-02", "2026-03-31"): {5: 5},
    }
    assert Law(SHIPPED, None, tmp_path / "none.toml").given() == {}
