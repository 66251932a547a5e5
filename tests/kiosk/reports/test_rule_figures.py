"""Figures of a rule that an office adds: a wrong one is refused with its name and how it is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.reports.dated_rules import criteria_on
from kiosk.reports.evaluation_report import evaluation_report
from kiosk.reports.fact_sources import GivenFacts
from kiosk.reports.forms import checked_office_forms
from kiosk.reports.office_forms import FormsBroken, using
from kiosk.reports.office_tables import index_report
from kiosk.reports.periods import Period, period_of

SOME = 'from = 2027-07-01\nvalue = "Bộ chỉ số"\nsource = "Thông tư"\n'
CRITERIA = f"""[[rule]]
key = "criteria"
{SOME}most_points = 5
bands = [[0, "yếu"], [20.5, "đạt"]]
bands_in_words = ""
online_full_bp = 9000
online_half_bp = 3000
procedures_full_bp = 2000
"""
INDEX = f"""[[rule]]
key = "index"
{SOME}groups = [["progress", 20], ["parking", 5]]
"""
CUT = f"""[[rule]]
key = "periods"
{SOME}cut_day = 20
"""
BANDS, GROUPS = 'bands = [[0, "yếu"], [20.5, "đạt"]]', 'groups = [["progress", 20], ["parking", 5]]'

# the rule, what stands there, what is written instead, what the refusal says
WRONG = [
    (CUT, "cut_day = 20", "cut_day = 32", "“cut_day” của .* thứ 1 không dùng được; hãy viết như cut_day = 14"),
    (CUT, "cut_day = 20", "cut_day = 0", "cut_day = 14"),
    (CUT, "cut_day = 20", 'cut_day = "20"', "cut_day = 14"),
    (CUT, "from = 2027-07-01", "from = 2027-07-01T00:00:00", "không phải ngày"),
    (CUT, "from = 2027-07-01", "from = 2027-07-01\nto = 2027-07-01", "hết hiệu lực trước khi có hiệu lực"),
    (CUT, 'key = "periods"', "key = 5", 'hãy viết như key = "criteria"'),
    (CUT, 'key = "periods"', "key = ['periods']", 'hãy viết như key = "criteria"'),
    (CUT, 'value = "Bộ chỉ số"', "value = 5", "“value” của"),
    (CUT, 'source = "Thông tư"', "source = 5", "“source” của"),
    (CRITERIA, "most_points = 5", 'most_points = "5"', "“most_points” của"),
    (CRITERIA, "most_points = 5", "most_points = 0", "“most_points” của"),
    (CRITERIA, "most_points = 5", "most_points = true", "“most_points” của"),
    (CRITERIA, "online_full_bp = 9000", "online_full_bp = 30.5", "hãy viết như online_full_bp = 3000"),
    (CRITERIA, "online_half_bp = 3000", "online_half_bp = 10001", "“online_half_bp” của"),
    (CRITERIA, BANDS, "bands = []", "“bands” của"),
    (CRITERIA, BANDS, 'bands = [["yếu", 0]]', "“bands” của"),
    (CRITERIA, BANDS, "bands = [[0], [20.5]]", "“bands” của"),
    (CRITERIA, BANDS, 'bands = "đạt"', "“bands” của"),
    (INDEX, GROUPS, 'groups = [["progress", "20"]]', "“groups” của"),
    (INDEX, GROUPS, 'groups = ["progress", 20]', "“groups” của"),
]


def rules_of(folder: Path, text: str) -> Path:
    (folder / "forms").mkdir()
    (folder / "forms" / "law.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("rule", "right", "wrong", "message"), WRONG)
def test_a_wrong_value_is_refused_with_its_name_and_an_example(
    tmp_path: Path, rule: str, right: str, wrong: str, message: str
) -> None:
    assert right in rule
    with pytest.raises(FormsBroken, match=message):
        checked_office_forms(rules_of(tmp_path, rule.replace(right, wrong)))


def test_the_last_day_of_a_month_may_be_the_cut(tmp_path: Path) -> None:
    with using(checked_office_forms(rules_of(tmp_path, CUT.replace("cut_day = 20", "cut_day = 31")))):
        assert period_of("month", "2028-02") == Period(date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize(("tenths", "band"), [(0, "yếu"), (204, "yếu"), (205, "đạt"), (450, "đạt")])
def test_bands_may_stand_in_any_order(tmp_path: Path, tenths: int, band: str) -> None:
    with using(checked_office_forms(rules_of(tmp_path, CRITERIA))):
        assert criteria_on(date(2027, 7, 1)).band_of(tenths) == band


def test_a_sum_below_every_band_has_the_lowest(tmp_path: Path) -> None:
    text = CRITERIA.replace('[0, "yếu"]', '[10, "yếu"]')
    with using(checked_office_forms(rules_of(tmp_path, text))):
        assert criteria_on(date(2027, 7, 1)).band_of(99) == "yếu"


def test_a_group_of_a_new_index_is_called_as_the_office_wrote_it(tmp_path: Path) -> None:
    with using(checked_office_forms(rules_of(tmp_path, INDEX))):
        made = index_report(
            GivenFacts((), (), (), (), ()), ("good",), "Xã", Period(date(2027, 7, 1), date(2027, 9, 30))
        )
    ((_, table),) = made.tables()
    assert [row.cells[1] for row in table.rows][1] == "parking"


def test_a_report_counted_by_the_offices_rule_names_its_paper_beside_the_forms(tmp_path: Path) -> None:
    text = "\n".join((CRITERIA, INDEX)).replace('"Thông tư"', '"Quyết định 9/QĐ-UBND"')
    nothing, later = GivenFacts((), (), (), (), ()), Period(date(2027, 7, 1), date(2027, 9, 30))
    before = Period(date(2027, 1, 1), date(2027, 6, 30))
    with using(checked_office_forms(rules_of(tmp_path, text))):
        made = [index_report(nothing, ("good",), "Xã", later), evaluation_report(nothing, ("good",), "Xã", later)]
        shipped = [index_report(nothing, ("good",), "Xã", before), evaluation_report(nothing, ("good",), "Xã", before)]
    assert [one.source for one in made] == [
        "Quyết định 766/QĐ-TTg ngày 23/6/2022; Quyết định 9/QĐ-UBND",
        "Thông tư 01/2018/TT-VPCP (bộ chỉ số 2018); Quyết định 9/QĐ-UBND",
    ]
    assert [one.source for one in shipped] == [
        "Quyết định 766/QĐ-TTg ngày 23/6/2022",
        "Thông tư 01/2018/TT-VPCP (bộ chỉ số 2018)",
    ]
