"""A report is ordered, followed and fetched; what the office remarks is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.office import OfficeStory
from tests.ticket_printer.slips import until

ORDERS = "/api/v1/report-orders"


def order(office: OfficeStory, **wish: Any) -> Any:
    return office.send("POST", ORDERS, "report", wish)


def made(office: OfficeStory, order_id: str) -> Any:
    until(lambda: office.send("GET", f"{ORDERS}/{order_id}", "report").json["state"] in {"DONE", "FAILED"}, 20)
    return office.send("GET", f"{ORDERS}/{order_id}", "report").json


def test_a_report_is_ordered_followed_and_fetched(small_office: OfficeStory) -> None:
    answer = order(small_office, name="II.06a", format="xlsx", period="month:2024-04")
    assert answer.status_code == 202
    assert (answer.json["first"], answer.json["last"]) == ("2024-03-15", "2024-04-14")
    ended = made(small_office, answer.json["id"])
    assert ended["state"] == "DONE" and ended["title"].startswith("Biểu số II.06a")
    file = small_office.send("GET", f"{ORDERS}/{ended['id']}/file", "report")
    assert file.data.startswith(b"PK") and len(file.data) == ended["size"]
    assert file.headers["Content-Disposition"] == "attachment; filename=II.06a-2024-03-15-2024-04-14.xlsx"
    assert [one["id"] for one in small_office.send("GET", ORDERS, "admin").json["orders"]] == [ended["id"]]
    assert small_office.send("DELETE", f"{ORDERS}/{ended['id']}", "report").status_code == 204
    assert small_office.send("GET", f"{ORDERS}/{ended['id']}", "report").status_code == 404
    assert small_office.send("GET", f"{ORDERS}/{ended['id']}/file", "report").status_code == 404


@pytest.mark.parametrize(
    "wish",
    [
        {"name": "monthly", "format": "json", "period": "month:2024-04"},
        {"name": "office-report", "format": "csv", "period": "month:2024-04"},
        {"name": "daily", "format": "csv", "period": "month:2024-13"},
        {"name": "daily", "format": "csv", "period": "moon:2024-01"},
        {"name": "daily", "format": "csv"},
        {"name": "daily", "format": "csv", "from": "2024-04-02", "to": "2024-04-01"},
        {"name": "daily", "format": "csv", "from": "2024-04-31", "to": "2024-05-01"},
        {"name": "daily", "format": "../csv", "period": "month:2024-04"},
    ],
)
def test_a_wrong_wish_is_refused_before_anything_is_made(small_office: OfficeStory, wish: dict[str, str]) -> None:
    answer = order(small_office, **wish)
    assert (answer.status_code, answer.json["code"]) == (400, "bad-json")
    assert small_office.send("GET", ORDERS, "report").json["orders"] == []


def test_every_report_can_be_chosen_with_its_periods(small_office: OfficeStory) -> None:
    choices = small_office.send("GET", "/api/v1/reports", "report").json
    assert {"daily", "II.06a", "office-report"} <= {one["name"] for one in choices["reports"]}
    months = next(one for one in choices["periods"] if one["kind"] == "month")["choices"]
    # on 15 April 2024 the month of reports that ends on 14 May has just begun
    assert [months[0][key] for key in ("period", "first", "last")] == ["month:2024-05", "2024-04-15", "2024-05-14"]
    assert months[1]["title"] == "tháng 4 năm 2024"
    year = next(one for one in choices["periods"] if one["kind"] == "year")["choices"][0]
    assert (year["first"], year["last"]) == ("2023-12-15", "2024-12-14")


def test_remarks_are_kept_for_the_next_report(small_office: OfficeStory) -> None:
    path = "/api/v1/report-remarks"
    headings = small_office.send("GET", path, "admin").json["headings"]
    assert [one["lines"] for one in headings] == [[]] * 9
    lines = ['Nói "rõ", dễ hiểu.', "Đường truyền lúc được \\ lúc không."]
    answer = small_office.send("PUT", path, "admin", {"remarks": {"strengths": lines}})
    assert answer.status_code == 204
    kept = small_office.send("GET", path, "report").json["headings"]
    assert {one["key"]: one["lines"] for one in kept if one["lines"]} == {"strengths": lines}
    odd = small_office.send("PUT", path, "admin", {"remarks": {"strengths": ["lúc\x7f được"]}})
    assert odd.status_code == 400, "no control character"
    report = small_office.send("GET", "/api/v1/reports/office-report?format=html", "report").text
    assert "dễ hiểu." in report
    wrong = small_office.send("PUT", path, "admin", {"remarks": {"jokes": ["…"]}})
    assert wrong.status_code == 400 and "không có mục “jokes”" in wrong.json["detail"]
    assert small_office.send("PUT", path, "report", {"remarks": {}}).status_code == 403


@pytest.mark.parametrize("role", ["kiosk", "tablet", "board", "sync", "counter"])
def test_other_devices_may_neither_order_nor_fetch(small_office: OfficeStory, role: str) -> None:
    counter = "1" if role == "counter" else None
    for method, path in (
        ("GET", "/api/v1/reports"),
        ("GET", ORDERS),
        ("GET", f"{ORDERS}/x/file"),
        ("DELETE", f"{ORDERS}/x"),
    ):
        assert small_office.send(method, path, role, counter=counter).status_code == 403
    wish = {"name": "daily", "format": "csv", "period": "month:2024-04"}
    assert small_office.send("POST", ORDERS, role, wish, counter=counter).status_code == 403
