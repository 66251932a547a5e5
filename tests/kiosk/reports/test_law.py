"""Dated law: what is said changes on its day, neither before nor after."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from kiosk.reports.dated_rules import rule_on, rules
from kiosk.reports.forms import NoForm, form_of
from kiosk.reports.law import legal_basis
from kiosk.reports.periods import Period, period_of
from tests.kiosk.reports.test_office_report import lines, report

# key, last day of the old, a mark of the old, a mark of the new that the old lacks
CHANGES = [
    ("body", date(2025, 6, 30), "Bộ phận Một cửa", "Trung tâm Phục vụ hành chính công"),
    ("mechanism", date(2021, 12, 5), "61/2018", "107/2021"),
    ("mechanism", date(2025, 6, 30), "61/2018", "118/2025"),
    ("mechanism", date(2025, 12, 30), "118/2025", "367/2025"),
    ("guidance", date(2018, 11, 22), "", "01/2018"),
    ("guidance", date(2025, 9, 14), "", "03/2025"),
    ("guidance", date(2026, 1, 24), "03/2025", "04/2025"),
    ("premises", date(2025, 6, 30), "Điều 13 Nghị định 61/2018", "Điều 13 Nghị định 118/2025"),
    ("channels", date(2025, 6, 30), "bưu chính công ích", "VNeID"),
    ("dossier_code", date(2026, 1, 24), "YYMMDD-XXXX", "AAXXXX"),
    ("forms", date(2025, 9, 14), "01/2018", "03/2025"),
    ("civil_status", date(2027, 2, 28), "60/2014", "03/2026"),
    ("personal_data", date(2025, 12, 31), "13/2023", "91/2025"),
]
# what was said until then, and is no longer said although nothing follows
ENDS = [("guidance", date(2025, 6, 30), "01/2018")]
SAME = {("periods", date(2019, 3, 11))}  # counted alike before the decree and after it
SIDES = [(key, day, old, new, after) for key, day, old, new in CHANGES for after in (False, True)]


@pytest.mark.parametrize(("key", "day", "old", "new", "after"), SIDES)
def test_a_rule_holds_up_to_its_last_day_and_the_next_from_the_day_after(
    key: str, day: date, old: str, new: str, after: bool
) -> None:
    value = rule_on(key, day + timedelta(days=1) if after else day).value
    assert (new in value) is after
    assert after or old in value


@pytest.mark.parametrize(("key", "day", "old"), ENDS)
def test_a_rule_without_a_follower_says_nothing_from_the_day_after(key: str, day: date, old: str) -> None:
    assert old in rule_on(key, day).value
    assert rule_on(key, day + timedelta(days=1)).value == ""


def test_every_day_on_which_a_rule_changes_has_its_case() -> None:
    changes = {(rule.key, rule.until - timedelta(days=1)) for rule in rules() if rule.until is not None}
    assert changes == {(key, day) for key, day, *_ in (*CHANGES, *ENDS)} | SAME


OF_THE_DECREE = ("staff", "daily", "devices", "legal-basis", "queue", "weekly")
# report, end of the period → a form is in force
FORMS = [
    ("II.06a", date(2017, 12, 14), False),
    ("II.06a", date(2017, 12, 15), True),
    ("index-766", date(2022, 6, 22), False),
    ("index-766", date(2022, 6, 23), True),
    ("evaluation", date(2018, 11, 22), False),
    ("evaluation", date(2018, 11, 23), True),
    ("digitisation", date(2021, 12, 5), False),
    ("digitisation", date(2021, 12, 6), True),
    ("on-time", date(2017, 12, 14), False),
    ("on-time", date(2017, 12, 15), True),
    ("satisfaction", date(2018, 11, 22), False),
    ("satisfaction", date(2018, 11, 23), True),
    *((name, date(2018, 6, 20), False) for name in OF_THE_DECREE),
    *((name, date(2018, 6, 21), True) for name in OF_THE_DECREE),
]


@pytest.mark.parametrize(("name", "day", "is_there"), FORMS)
def test_a_form_begins_on_its_day(name: str, day: date, is_there: bool) -> None:
    if is_there:
        assert form_of(name, day).since <= day
    else:
        with pytest.raises(NoForm, match=f"{day:%d/%m/%Y}"):
            form_of(name, day)


def test_the_annex_of_people_follows_the_decree_of_2025_on_its_day() -> None:
    assert "118/2025" not in form_of("staff", date(2025, 6, 30)).source
    assert "118/2025" in form_of("staff", date(2025, 7, 1)).source


def test_rules_of_a_kind_follow_each_other_without_a_hole_and_name_their_source() -> None:
    for key in {rule.key for rule in rules()}:
        of_key = [rule for rule in rules() if rule.key == key]
        assert all(earlier.until == later.since for earlier, later in pairwise(of_key)), key
        assert of_key[-1].until is None and all(rule.source for rule in of_key)


def test_dossiers_are_ruled_by_their_receipt_and_periods_by_their_end() -> None:
    assert {rule.key for rule in rules() if rule.by_receipt} == {"dossier_code", "forms", "civil_status"}


def test_the_reports_of_2024_and_2026_come_from_one_program() -> None:
    old, new = report(), report([], period_of("calendar-quarter", "2026-Q1"))
    before, after = "\n".join(lines(old)), "\n".join(lines(new))
    assert "Thực hiện Nghị định số 61/2018/NĐ-CP" in before and "VNeID" not in before
    assert "Thực hiện Nghị định số 118/2025/NĐ-CP" in after and "Thông tư số 04/2025/TT-VPCP" in after
    assert "qua VNeID" in after and "61/2018" not in after and "Bộ phận Một cửa tiếp nhận" not in after
    assert "Điều 13 Nghị định 118/2025/NĐ-CP" in after and "Điều 13 Nghị định 61/2018/NĐ-CP" in before


def test_the_legal_basis_names_every_rule_of_the_period_and_both_sides_of_a_change() -> None:
    ((_, table),) = legal_basis("Xã", Period(date(2025, 6, 30), date(2025, 7, 1))).tables()
    bodies = [tuple(row.cells[1:4]) for row in table.rows if row.cells[0] == "Tên bộ phận"]
    assert bodies == [
        ("Bộ phận Một cửa", "21/06/2018", "30/06/2025"),
        ("Trung tâm Phục vụ hành chính công", "01/07/2025", "nay"),
    ]
    ((_, before),) = legal_basis("Xã", Period(date(2025, 6, 1), date(2025, 6, 30))).tables()
    assert [row.cells[1] for row in before.rows if row.cells[0] == "Tên bộ phận"] == ["Bộ phận Một cửa"]
