"""A new circular is a data file and a template: an office adds both, and no line of code."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from config.loading import sample_text
from kiosk.cli import main
from kiosk.jobs.job import Job, JobRefused, no_progress
from kiosk.reports import dashboard as dashboards
from kiosk.reports.dated_rules import criteria_on, rule_on, rules
from kiosk.reports.forms import checked_office_forms, form_of
from kiosk.reports.law import legal_basis
from kiosk.reports.office_forms import FormsBroken, using
from kiosk.reports.periods import Period, period_of
from kiosk.worker import statistics
from tests.office import OfficeStory

# A circular that nobody has issued, in force from 01/07/2027.
FORM = """
[[form]]
from = 2027-07-01
source = "Thông tư 99/2027/TT-VPCP (giả định)"
title = "Kết quả giải quyết thủ tục hành chính tại {office}"
heading = ["Biểu số 01/2027", "Đơn vị báo cáo: {office}"]
total = "Cộng"
columns = [["field", 60, "left"], ["received", 30, "right"], ["resolved", 30, "right"], ["open", 30, "right"]]
head = [[["Lĩnh vực", 1, 1], ["Tiếp nhận", 1, 1], ["Đã giải quyết", 1, 1], ["Đang giải quyết", 1, 1]]]
notes = []
"""
LAW = """
[[rule]]
key = "body"
from = 2027-07-01
value = "Trung tâm Dịch vụ công"
source = "Nghị định 99/2027/NĐ-CP (giả định)"
[[rule]]
key = "periods"
from = 2027-07-01
value = "Kỳ báo cáo đến ngày 20"
source = "Thông tư 99/2027/TT-VPCP (giả định)"
cut_day = 20
[[rule]]
key = "criteria"
from = 2027-07-01
to = 2028-01-01
value = "Thang điểm 2027"
source = "Thông tư 99/2027/TT-VPCP (giả định)"
most_points = 10
bands = [[80, "tốt"], [0, "chưa đạt"]]
bands_in_words = "từ 80 điểm tốt; dưới 80 chưa đạt"
online_full_bp = 5000
online_half_bp = 2500
procedures_full_bp = 3000
"""


CUT = """
[[rule]]
key = "periods"
from = 2020-01-01
value = "Kỳ báo cáo đến ngày 20"
source = "Quyết định của tỉnh (giả định)"
cut_day = 20
"""


@pytest.fixture
def own_cut(home: Path) -> Path:
    """The office's own rule: periods of reports end on the 20th. The file itself."""
    folder = home / "reports" / "forms"
    folder.mkdir(parents=True)
    (folder / "law.toml").write_text(CUT, encoding="utf-8")
    return folder / "law.toml"


@pytest.fixture
def circular(home: Path) -> Path:
    """The folder of reports with the two files."""
    folder = home / "reports" / "forms"
    folder.mkdir(parents=True)
    (folder / "II.06a.toml").write_text(FORM, encoding="utf-8")
    (folder / "law.toml").write_text(LAW, encoding="utf-8")
    return home / "reports"


def test_a_new_form_and_a_template_of_the_office_make_the_report(circular: Path, tmp_path: Path) -> None:
    word = docx.Document()
    for text in ("{{ title }}", "{%p for row in tables[0] %}", "{{ row.field }}: {{ row.received }}", "{%p endfor %}"):
        word.add_paragraph(text)
    (circular / "templates").mkdir()
    word.save(str(circular / "templates" / "II.06a.docx"))
    config = tmp_path / "office.toml"
    config.write_text(sample_text(), encoding="utf-8")
    given = ["--config", str(config)]
    main(["init", *given])  # that it has no administrator is no matter here
    assert main(["sample", "ba-vi-2024", *given]) == 0

    def made(first: str, last: str, kind: str) -> Path:
        out = tmp_path / f"{last}.{kind}"
        asked = ["--from", first, "--to", last, "--format", kind, "--out", str(out)]
        assert main(["report", "II.06a", *given, *asked]) == 0
        return out

    (header, *rows) = made("2027-06-15", "2027-07-14", "csv").read_text(encoding="utf-8-sig").splitlines()
    assert header == "Lĩnh vực,Tiếp nhận,Đã giải quyết,Đang giải quyết"
    assert [row for row in rows if row.startswith("Cộng")] == ["Cộng,2,0,2"]
    assert "Thông tư 99/2027/TT-VPCP (giả định)" in rows[-1]
    texts = [one.text for one in docx.Document(str(made("2027-06-15", "2027-07-14", "docx"))).paragraphs]
    assert texts == [
        "Kết quả giải quyết thủ tục hành chính tại Trung tâm Phục vụ hành chính công xã Ba Vì",
        "Nuôi con nuôi: 2",
        "Cộng: 2",
    ]
    before = made("2023-12-15", "2024-04-14", "csv").read_text(encoding="utf-8-sig")
    assert ",Tổng cộng,681,669,4,8,679," in before, "what lies before its day is as it was"


def test_rules_of_the_office_hold_from_their_day_and_end_the_shipped_ones(circular: Path) -> None:
    with using(checked_office_forms(circular)):
        assert rule_on("body", date(2027, 6, 30)).value == "Trung tâm Phục vụ hành chính công"
        assert rule_on("body", date(2027, 7, 1)).value == "Trung tâm Dịch vụ công"
        assert [criteria_on(day).most_points for day in (date(2027, 6, 30), date(2027, 7, 1))] == [2, 10]
        assert criteria_on(date(2027, 7, 1)).band_of(790) == "chưa đạt"
        assert period_of("month", "2027-09") == Period(date(2027, 8, 21), date(2027, 9, 20))
        assert period_of("month", "2027-07") == Period(date(2027, 6, 15), date(2027, 7, 20)), "no day is left out"
        ((_, table),) = legal_basis("Xã", Period(date(2027, 6, 30), date(2027, 7, 1))).tables()
        bodies = [tuple(row.cells[1:4]) for row in table.rows if row.cells[0] == "Tên bộ phận"]
        assert bodies == [
            ("Trung tâm Phục vụ hành chính công", "01/07/2025", "30/06/2027"),
            ("Trung tâm Dịch vụ công", "01/07/2027", "nay"),
        ]
    assert "Trung tâm Dịch vụ công" not in {rule.value for rule in rules()}
    assert form_of("II.06a", date(2027, 7, 1)).total == "Tổng cộng"


# file, its text → what the refusal says
BROKEN = [
    ("II.06a", "[[form]\n", "dòng 1"),
    ("II.06a", "from = 2027-07-01\n", r"hãy viết mỗi bảng dưới dòng \[\[form\]\]"),
    ("II.06a", "[[form]]\nfrom = 2027-07-01\n", r"\[\[form\]\] thứ 1 thiếu “source”; hãy viết thêm"),
    ("II.06a", '[[form]]\nfrom = "1/7/2027"\nsource = "x"\n', "không phải ngày; hãy viết như 2027-03-01"),
    ("II.06a", FORM.replace('"received"', '"recieved"'), "không có cột “recieved”; các cột dùng được: .*received"),
    ("II.06b", FORM, "không có báo cáo “II.06b”"),
    ("law", LAW.replace("cut_day = 20\n", ""), "thứ 2 thiếu “cut_day”"),
    ("law", "\ufeff[[rule]]\n", "dòng 1"),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN)
def test_a_broken_file_is_refused_with_its_place_and_what_to_do(
    circular: Path, name: str, text: str, message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (circular / "forms" / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormsBroken, match=message):
        checked_office_forms(circular)
    assert main(["report", "list"]) == 2
    assert f"{name}.toml" in capsys.readouterr().err


def test_periods_are_offered_and_ordered_by_the_cut_of_the_office(own_cut: Path, small_office: OfficeStory) -> None:
    kinds = small_office.send("GET", "/api/v1/reports", "report").json["periods"]
    offered = {one["kind"]: (one["title"], one["choices"][0]["first"], one["choices"][0]["last"]) for one in kinds}
    # on 15 April 2024 the month that ends on 20 April runs
    assert offered["month"] == ("Tháng báo cáo (từ ngày 21 đến ngày 20)", "2024-03-21", "2024-04-20")
    assert offered["quarter"][1:] == ("2024-03-21", "2024-06-20")
    assert offered["half-year"][1:] == ("2023-12-21", "2024-06-20")
    assert offered["nine-months"][1:] == ("2023-12-21", "2024-09-20")
    assert offered["year"] == ("Năm báo cáo (từ 21/12 đến 20/12)", "2023-12-21", "2024-12-20")
    assert offered["calendar-month"][1:] == ("2024-04-01", "2024-04-30")
    wish = {"name": "II.06a", "format": "csv", "period": "month:2024-04"}
    ordered = small_office.send("POST", "/api/v1/report-orders", "report", wish).json
    assert (ordered["first"], ordered["last"]) == ("2024-03-21", "2024-04-20")


def test_a_broken_rule_leaves_the_choices_and_is_told_to_who_orders(own_cut: Path, small_office: OfficeStory) -> None:
    own_cut.write_text("[[rule]", encoding="utf-8")
    assert small_office.send("GET", "/api/v1/reports", "report").status_code == 200
    wish = {"name": "II.06a", "format": "csv", "period": "month:2024-04"}
    answer = small_office.send("POST", "/api/v1/report-orders", "report", wish)
    assert answer.status_code == 400 and "law.toml" in answer.json["detail"]


def test_the_dashboard_counts_by_the_rules_of_the_office(
    own_cut: Path, small_office: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, counted = [], dashboards.dashboard

    def watched(*given: Any) -> dashboards.DashboardFigures:
        seen.append(rule_on("periods", date(2024, 4, 15)).figures["cut_day"])
        return counted(*given)

    monkeypatch.setattr(dashboards, "dashboard", watched)
    monkeypatch.setattr(statistics, "dashboard", watched)
    assert small_office.send("GET", "/api/v1/statistics", "report").status_code == 200
    of_days = {"days": ["2024-03-01", "2024-03-31"], "compared": None, "now_ms": 0, "masked": True}
    job = Job("dashboard", of_days)
    statistics.count_dashboard(small_office.app, job, no_progress)
    assert seen == [20, 20]
    own_cut.write_text("[[rule]", encoding="utf-8")
    answer = small_office.send("GET", "/api/v1/statistics", "report")
    assert answer.status_code == 400 and "law.toml" in answer.json["detail"]
    with pytest.raises(JobRefused, match=r"law\.toml"):
        statistics.count_dashboard(small_office.app, job, no_progress)
