"""Reports over HTTP, for those who may see them."""

from __future__ import annotations

import pytest

from kiosk.web import api_reports
from tests.office import OfficeStory

PATH = "/api/v1/reports/daily?from=2024-04-15&to=2024-04-15"


@pytest.fixture
def database_url(tmp_path: object) -> str:
    return f"sqlite:///{tmp_path}/motcua.db"


def test_the_report_role_reads_the_figures_of_a_day(office: OfficeStory) -> None:
    assert api_reports.get_report.__doc__
    office.take_number()
    answer = office.send("GET", PATH, "report")
    assert answer.status_code == 200
    assert answer.get_json()["total"]["issued"] == 1
    assert office.send("GET", "/api/v1/reports/daily", "admin").get_json()["from"] == "2024-04-15"


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
        "/api/v1/reports/weekly", f"{PATH}&format=docx", "/api/v1/reports/daily?from=yesterday",
        "/api/v1/reports/daily?from=2024-04-16&to=2024-04-15",
    ],
)  # fmt: skip
def test_a_wrong_wish_is_refused_with_a_reason(office: OfficeStory, path: str) -> None:
    answer = office.send("GET", path, "report")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad-json")


@pytest.mark.parametrize("role", ["kiosk", "tablet", "board", "sync", "counter"])
def test_other_devices_may_not_read_reports(office: OfficeStory, role: str) -> None:
    assert office.send("GET", PATH, role, counter="1" if role == "counter" else None).status_code == 403
