"""Reports over HTTP, for those who may see them."""

from __future__ import annotations

import pytest

from config import places
from kiosk.reports.remarks import FILE
from kiosk.web.api import reports
from tests.office import OfficeStory

PATH = "/api/v1/reports/daily?from=2024-04-15&to=2024-04-15"


@pytest.fixture
def database_url(tmp_path: object) -> str:
    return f"sqlite:///{tmp_path}/motcua.db"


def test_the_report_role_reads_the_figures_of_a_day(office: OfficeStory) -> None:
    assert reports.get_report.__doc__
    office.take_number()
    answer = office.send("GET", PATH, "report")
    assert answer.status_code == 200
    assert answer.get_json()["total"]["issued"] == 1
    assert office.send("GET", "/api/v1/reports/daily", "admin").get_json()["from"] == "2024-04-15"


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = ["II.06a", "on-time", "digitisation", "satisfaction"]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_comes_as_data_and_as_a_document(office: OfficeStory, name: str) -> None:
    path = f"/api/v1/reports/{name}?from=2024-04-01&to=2024-04-14"
    answer = office.send("GET", path, "report").get_json()
    assert answer["report"] == name and len(answer["tables"]) == 1
    document = office.send("GET", f"{path}&format=docx", "report")
    assert document.content_type == DOCX and document.data.startswith(b"PK")
    assert document.headers["Content-Disposition"] == f"attachment; filename={name}-2024-04-01-2024-04-14.docx"


def test_the_narrative_report_says_what_is_wrong_with_the_office_s_remarks(office: OfficeStory) -> None:
    path = "/api/v1/reports/office-report?from=2024-04-01&to=2024-04-14"
    assert "narrative" not in office.send("GET", path, "report").text
    folder = places.home() / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text("strengths = 1", encoding="utf-8")
    answer = office.send("GET", path, "report")
    assert answer.status_code == 400 and "strengths không phải danh sách; hãy viết" in answer.get_json()["detail"]


def test_csv_and_page_come_with_their_own_types(office: OfficeStory) -> None:
    sheet = office.send("GET", f"{PATH}&format=csv", "report")
    assert sheet.content_type == "text/csv; charset=utf-8"
    assert sheet.data.startswith(b"\xef\xbb\xbf")
    assert "attachment" in sheet.headers["Content-Disposition"]
    page = office.send("GET", f"{PATH}&format=html", "report")
    assert page.content_type == "text/html; charset=utf-8"
    assert "Rất hài lòng" not in page.text or "<svg" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/reports/monthly",
        f"{PATH}&format=rtf",
        "/api/v1/reports/daily?from=yesterday",
        "/api/v1/reports/daily?from=2024-04-16&to=2024-04-15",
    ],
)
def test_a_wrong_wish_is_refused_with_a_reason(office: OfficeStory, path: str) -> None:
    answer = office.send("GET", path, "report")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad-json")


@pytest.mark.parametrize("role", ["kiosk", "tablet", "board", "sync", "counter"])
def test_other_devices_may_not_read_reports(office: OfficeStory, role: str) -> None:
    assert office.send("GET", PATH, role, counter="1" if role == "counter" else None).status_code == 403
