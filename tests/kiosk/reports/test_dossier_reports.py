"""The office's own report of April 2024, reproduced from the 681 dossiers, and the forms as dated data."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from contract.events import DossierData
from kiosk.domain.dossier import Dossier, dossier_data
from kiosk.domain.office_facts import OfficeFacts
from kiosk.reports import catalogue
from kiosk.reports.catalogue import ReportRequest
from kiosk.reports.document import HeadCell
from kiosk.reports.dossier_reports import digitisation_report, on_time_report, resolution_report
from kiosk.reports.facts import dossier_fact, dossier_facts_of_events
from kiosk.reports.forms import NoForm, form_of
from kiosk.reports.periods import Period
from kiosk.samples import ba_vi_2024
from kiosk.samples.ba_vi_2024 import SampleProcedure
from tests.office import OfficeStory

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PERIOD = Period(date(2023, 12, 15), date(2024, 4, 14))
OFFICE = "Bộ phận Một cửa xã Ba Vì"
PROCEDURES = [
    SampleProcedure("2.000635", "Hộ tịch"),
    SampleProcedure("1.012812", "Đất đai"),
    SampleProcedure("open", "Dân tộc"),
]
DOSSIERS = ba_vi_2024.dossiers(PROCEDURES, ZONE)
ABOUT = OfficeFacts(OFFICE, "UBND xã Ba Vì", [("Tổ trưởng", "Chung")], 5, 15, {})
FACTS = [dossier_fact(dossier, ZONE) for dossier in DOSSIERS]


def test_the_form_has_the_row_of_the_office_s_own_report() -> None:
    document = resolution_report(FACTS, OFFICE, ["Hộ tịch", "Đất đai"], PERIOD)
    ((_, table),) = document.tables()
    *fields, total = table.rows
    assert [row.cells[1] for row in fields] == ["Hộ tịch", "Đất đai", "Dân tộc"]
    _, name, received, online, in_person, carried, resolved, early, on_time, late, still, in_time, overdue = total.cells
    assert (name, received, online, in_person, carried) == ("Tổng cộng", 681, 669, 4, 8)
    assert isinstance(early, int) and isinstance(on_time, int) and early + on_time == resolved == 679
    assert (late, still, in_time, overdue) == (0, 2, 2, 0)
    assert document.period == "Kỳ báo cáo: Từ ngày 15/12/2023 đến ngày 14/04/2024"
    assert document.title.endswith(OFFICE) and document.heading[0] == "Biểu số II.06a/VPCP/KSTT"


def test_the_titles_of_its_thirteen_columns_carry_their_groups() -> None:
    ((_, table),) = resolution_report(FACTS, OFFICE, [], PERIOD).tables()
    titles = table.titles()
    assert len(titles) == 13 and titles[0] == "STT"
    assert titles[2:6] == [
        "Số lượng hồ sơ tiếp nhận – Tổng số",
        "Số lượng hồ sơ tiếp nhận – Trong kỳ – Trực tuyến",
        "Số lượng hồ sơ tiếp nhận – Trong kỳ – Trực tiếp, dịch vụ bưu chính",
        "Số lượng hồ sơ tiếp nhận – Từ kỳ trước",
    ]
    assert titles[12] == "Số lượng hồ sơ đang giải quyết – Quá hạn"


def test_three_results_are_not_digitised_and_the_report_says_why() -> None:
    document = digitisation_report(FACTS, OFFICE, [], Period(date(2023, 12, 15), date(2024, 4, 16)))
    ((_, table),) = document.tables()
    text = [str(cell) for cell in table.rows[-1].cells]
    assert text[2:5] == ["681", "678", "3"] and text[6] == "Ban Dân tộc tỉnh trả kết quả (3)"
    assert "99,56 %" in written("html", "digitisation")


def written(kind: str, name: str) -> str:
    from kiosk.reports.writers.html_writer import to_html

    assert kind == "html"
    build = {"digitisation": digitisation_report, "on-time": on_time_report, "II.06a": resolution_report}[name]
    return to_html(build(FACTS, OFFICE, [], PERIOD)).decode()


def test_the_same_figures_come_from_the_events_of_the_journal() -> None:
    events = [
        {"type": "dossier.updated", "subject": dossier.code, "data": data}
        for dossier in DOSSIERS
        for data in (first_report_of(dossier), dossier_data(dossier))
    ]
    events.append({"type": "office.day_opened", "subject": "ba-vi", "data": {}})
    assert dossier_facts_of_events(events, ZONE) == FACTS


def first_report_of(dossier: Dossier) -> DossierData:
    """As it stood before: in progress, without an end."""
    return {**dossier_data(dossier), "status": 4, "finished_at": None, "step": "processing"}


def test_a_form_is_chosen_by_the_end_of_the_period() -> None:
    assert form_of("II.06a", date(2024, 4, 14)).source.startswith("Thông tư 02/2017/TT-VPCP")
    with pytest.raises(
        NoForm, match=r"ngày 01/01/2010 chưa có biểu mẫu, quy định nào cho II\.06a; hãy chọn kỳ muộn hơn"
    ):
        form_of("II.06a", date(2010, 1, 1))
    with pytest.raises(NoForm):
        form_of("../daily", date(2024, 4, 14))


@pytest.mark.parametrize("name", [name for name in catalogue.REPORTS if name not in {"satisfaction", "office-report"}])
def test_the_head_of_every_form_covers_every_column_once(name: str) -> None:
    form = form_of(name, date(2024, 4, 14))
    covered = sum(cell.columns * cell.rows for row in form.head for cell in row)
    assert covered == len(form.head) * len(form.columns)
    assert all(isinstance(cell, HeadCell) for row in form.head for cell in row)
    keys = [column.key for column in form.columns]
    assert len(set(keys)) == len(keys)


@pytest.fixture
def database_url(tmp_path: object) -> str:
    return f"sqlite:///{tmp_path}/motcua.db"


def make(office: OfficeStory, name: str, kind: str) -> bytes:
    with office.app.store.reading() as reading:
        return catalogue.make_report(
            reading, office.app.office, ReportRequest(name, kind, PERIOD, {"good": "Hài lòng"}, about=ABOUT)
        )


@pytest.mark.parametrize("name", list(catalogue.REPORTS))
def test_every_report_comes_in_every_format_it_names(office: OfficeStory, name: str) -> None:
    with office.unit() as unit:
        for dossier in DOSSIERS[:20]:
            unit.dossiers.put(dossier, office.clock.now_ms(), new=True)
    starts = {
        "json": b"{",
        "csv": b"\xef\xbb\xbf",
        "html": b"<!doctype html>",
        "xlsx": b"PK",
        "docx": b"PK",
        "pdf": b"%PDF-1.4",
    }
    for kind in catalogue.REPORTS[name].formats:
        assert make(office, name, kind).startswith(starts[kind])


def test_a_report_names_its_rules_and_the_journal_it_was_made_from(office: OfficeStory) -> None:
    answer = json.loads(make(office, "II.06a", "json"))
    with office.app.store.reading() as reading:
        head = reading.state.head
    assert "Thông tư 02/2017/TT-VPCP" in answer["source"]
    assert head.epoch in answer["source"] and head.hash in answer["source"] and str(head.seq) in answer["source"]
    assert make(office, "II.06a", "json") == make(office, "II.06a", "json"), "the same bytes again"


def test_the_csv_opens_in_a_spreadsheet(office: OfficeStory) -> None:
    rows = list(csv.reader(io.StringIO(make(office, "II.06a", "csv").decode("utf-8-sig"), newline="")))
    table, (blank, period, source) = rows[:-3], rows[-3:]
    assert {len(row) for row in table} == {13} and table[-1][1:4] == ["Tổng cộng", "0", "0"]
    assert (
        blank == []
        and period == ["Kỳ báo cáo: Từ ngày 15/12/2023 đến ngày 14/04/2024"]
        and "Thông tư 02/2017/TT-VPCP" in source[0]
    )


def test_a_period_without_a_form_is_refused(office: OfficeStory) -> None:
    with office.app.store.reading() as reading, pytest.raises(catalogue.NoSuchReport, match="chưa có biểu mẫu"):
        old = Period(date(2010, 1, 1), date(2010, 1, 2))
        catalogue.make_report(reading, office.app.office, ReportRequest("II.06a", "json", old, {}))
