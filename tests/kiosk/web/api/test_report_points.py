"""The office's own points of the nine criteria: kept for their days, with their day, and never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.jobs.job import Job, no_progress
from kiosk.worker.reports import make_report
from tests.kiosk.reports.test_office_forms import LAW
from tests.office import OfficeStory

PATH = "/api/v1/report-points"
DAYS = {"from": "2024-01-01", "to": "2024-03-31"}
QUERY = "from=2024-01-01&to=2024-03-31"


def put(office: OfficeStory, *points: dict[str, Any], role: str = "admin", **days: str) -> Any:
    return office.send("PUT", PATH, role, {**DAYS, **days, "points": list(points)})


def kept(office: OfficeStory, query: str = QUERY, most: int = 2) -> dict[int, tuple[int | None, str, str | None]]:
    criteria = office.send("GET", f"{PATH}?{query}", "report").json["criteria"]
    assert [one["criterion"] for one in criteria] == list(range(1, 10)) and {one["most"] for one in criteria} == {most}
    return {one["criterion"]: (one["tenths"], one["why"], one["written_on"]) for one in criteria}


def test_points_are_kept_for_their_days_and_come_into_the_report(small_office: OfficeStory) -> None:
    assert set(kept(small_office).values()) == {(None, "", None)}
    assert put(small_office, {"criterion": 5, "tenths": 15, "why": " 100 %  tại Trung tâm"}).status_code == 204
    assert kept(small_office)[5] == (15, "100 % tại Trung tâm", "2024-04-15")
    assert kept(small_office, "from=2024-01-01&to=2024-03-30")[5] == (None, "", None)
    tables = small_office.send("GET", f"/api/v1/reports/evaluation?{QUERY}", "report").json["tables"]
    assert tables[0]["rows"][4]["own"] == "1,5" and tables[1]["rows"][4]["office"] == "1,5"


def test_what_is_written_again_counts_and_what_was_written_before_stays_on_file(
    small_office: OfficeStory, home: Path
) -> None:
    put(small_office, {"criterion": 5, "tenths": 15}, {"criterion": 8, "tenths": 20})
    put(small_office, {"criterion": 5, "tenths": 10}, {"criterion": 8, "tenths": 20})
    put(small_office, {"criterion": 5, "tenths": None})
    assert kept(small_office)[5] == (None, "", None) and kept(small_office)[8][0] == 20
    text = (home / "reports" / "criteria.toml").read_text(encoding="utf-8")
    assert text.count("\n[[points]]") == 4, "what did not change is not written again"
    assert text.count("points = 1.5\n") == 1 and text.count("\ntaken_back = true\n") == 1


@pytest.mark.parametrize(
    "wish",
    [
        {"criterion": 10, "tenths": 5},
        {"criterion": 5, "tenths": -1},
        {"criterion": 5, "tenths": 21},
        {"criterion": 5, "tenths": 5, "why": "x" * 301},
    ],
)
def test_points_that_cannot_be_meant_are_refused_and_nothing_is_written(
    small_office: OfficeStory, home: Path, wish: dict[str, Any]
) -> None:
    assert put(small_office, wish).status_code == 400
    assert not (home / "reports" / "criteria.toml").exists()


def test_other_roles_may_look_or_not_but_not_write(small_office: OfficeStory) -> None:
    assert put(small_office, {"criterion": 5, "tenths": 5}, role="report").status_code == 403
    assert small_office.send("GET", f"{PATH}?{QUERY}", "kiosk").status_code == 403
    assert put(small_office, {"criterion": 5, "tenths": 5}, to="2023-01-01").status_code == 400


def test_a_circular_of_the_office_says_how_many_points_there_are(small_office: OfficeStory, home: Path) -> None:
    folder = home / "reports"
    (folder / "forms").mkdir(parents=True)
    (folder / "forms" / "law.toml").write_text(LAW, encoding="utf-8")
    days = {"from": "2027-07-01", "to": "2027-09-30"}
    query = "from=2027-07-01&to=2027-09-30"
    assert put(small_office, {"criterion": 5, "tenths": 100}, **days).status_code == 204
    refused = put(small_office, {"criterion": 5, "tenths": 101}, **days)
    assert refused.status_code == 400 and "points là số từ 0 đến 10" in refused.json["detail"]
    written = "\n[[points]]\nfrom = 2027-07-01\nto = 2027-09-30\ncriterion = 8\npoints = 7\nwritten_on = 2027-10-01\n"
    with (folder / "criteria.toml").open("a", encoding="utf-8") as file:
        file.write(written)
    now = kept(small_office, query, most=10)
    assert (now[5][0], now[8][0]) == (100, 70)
    tables = small_office.send("GET", f"/api/v1/reports/evaluation?{query}&format=html", "report")
    assert tables.status_code == 200
    assert put(small_office, {"criterion": 5, "tenths": 21}).status_code == 400, "earlier days follow earlier rules"


def test_too_many_points_written_by_hand_are_told_with_their_file(small_office: OfficeStory, home: Path) -> None:
    put(small_office, {"criterion": 5, "tenths": 15})
    file = home / "reports" / "criteria.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("points = 1.5\n", "points = 7\n"), encoding="utf-8")
    for path in (f"{PATH}?{QUERY}", f"/api/v1/reports/evaluation?{QUERY}&format=html"):
        answer = small_office.send("GET", path, "report")
        assert answer.status_code == 400, path
        assert "criteria.toml, chỉ số 5: points là số từ 0 đến 2" in answer.json["detail"]
    assert put(small_office, {"criterion": 5, "tenths": 10}).status_code == 204, "the page may mend it"
    assert kept(small_office)[5][0] == 10


def test_days_before_every_rule_are_told_as_such(small_office: OfficeStory, home: Path) -> None:
    days = {"from": "2010-01-01", "to": "2010-03-31"}
    answer = put(small_office, {"criterion": 5, "tenths": 10}, **days)
    assert answer.status_code == 400 and "ngày 31/03/2010 chưa có biểu mẫu, quy định nào" in answer.json["detail"]
    assert not (home / "reports" / "criteria.toml").exists()


SHOWN_BY = {"criteria.toml": "evaluation", "office-report.toml": "office-report"}


@pytest.mark.parametrize("file", SHOWN_BY)
def test_one_broken_file_stops_just_the_report_that_shows_it(small_office: OfficeStory, home: Path, file: str) -> None:
    (home / "reports").mkdir(exist_ok=True)
    (home / "reports" / file).write_text("x = [", encoding="utf-8")
    broken = SHOWN_BY[file]
    days = {"first": "2024-04-15", "last": "2024-04-15", "now_ms": small_office.clock.now_ms()}
    for name in ({"daily", "index-766", *SHOWN_BY.values()}) - {broken}:
        assert small_office.send("GET", f"/api/v1/reports/{name}?format=html", "report").status_code == 200, name
        assert make_report(small_office.app, Job("report", {"name": name, "format": "html", **days}), no_progress).data
    refused = small_office.send("GET", f"/api/v1/reports/{broken}?format=html", "report")
    assert refused.status_code == 400 and file in refused.json["detail"]
    calls = {"criteria.toml": f"{PATH}?{QUERY}", "office-report.toml": "/api/v1/report-remarks"}
    assert {one: small_office.send("GET", path, "report").status_code for one, path in calls.items()} == {
        one: 400 if one == file else 200 for one in calls
    }
