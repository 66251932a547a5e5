"""The office's own points of the nine criteria: kept for their days, with their day, and never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.office import OfficeStory

PATH = "/api/v1/report-points"
DAYS = {"from": "2024-01-01", "to": "2024-03-31"}
QUERY = "from=2024-01-01&to=2024-03-31"


def put(office: OfficeStory, *points: dict[str, Any], role: str = "admin", **days: str) -> Any:
    return office.send("PUT", PATH, role, {**DAYS, **days, "points": list(points)})


def kept(office: OfficeStory, query: str = QUERY) -> dict[int, tuple[int | None, str, str | None]]:
    criteria = office.send("GET", f"{PATH}?{query}", "report").json["criteria"]
    assert [one["criterion"] for one in criteria] == list(range(1, 10)) and {one["most"] for one in criteria} == {2}
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
