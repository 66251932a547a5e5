"""The dashboard's calls: figures, charts, comparison and the lists behind them."""

from __future__ import annotations

import pytest

from tests.office import OfficeStory

PATH = "/api/v1/statistics"
DAY = "from=2024-04-15&to=2024-04-15"


def test_the_dashboard_says_figures_and_draws_charts(small_office: OfficeStory) -> None:
    small_office.take_number()
    answer = small_office.send("GET", f"{PATH}?{DAY}&compare=before", "report").json
    assert (answer["figures"]["issued"], answer["compared"]["first"], answer["nearest"]) == (1, "2024-04-14", None)
    assert set(answer["charts"]) == {"waiting", "queue", "ratings", "on_time"}
    assert 'data-pick="tickets?hour=08"' in answer["charts"]["waiting"]
    year = small_office.send("GET", f"{PATH}?{DAY}&compare=year", "admin").json
    assert year["compared"]["first"] == "2023-04-16"
    assert small_office.send("GET", PATH, "admin").json["compared"] is None


def test_lists_stand_behind_the_figures(small_office: OfficeStory) -> None:
    number = small_office.take_number("DD").number
    small_office.call_next("3")
    tickets = small_office.send("GET", f"{PATH}/tickets?{DAY}&hour=08&service=DD&counter=3", "report").json
    assert [(one["number"], one["outcome"], one["waited_ms"]) for one in tickets["tickets"]] == [(number, "open", 0)]
    assert small_office.send("GET", f"{PATH}/tickets?{DAY}&hour=9", "report").json == {"count": 0, "tickets": []}
    assert small_office.send("GET", f"{PATH}/ratings?{DAY}", "report").json == {"count": 0, "ratings": []}
    assert small_office.send("GET", f"{PATH}/dossiers?{DAY}&standing=late", "report").json["count"] == 0


@pytest.mark.parametrize(
    "path",
    ["?from=x", "?compare=moon", "/tickets?hour=24", "/tickets?hour=x", "/dossiers?standing=lost", "/ratings?to=x"],
)
def test_a_wrong_wish_is_refused(small_office: OfficeStory, path: str) -> None:
    assert small_office.send("GET", f"{PATH}{path}", "report").status_code == 400


@pytest.mark.parametrize("path", ["", "/tickets", "/ratings", "/dossiers"])
def test_only_those_who_read_reports_see_them(small_office: OfficeStory, path: str) -> None:
    for role in ("kiosk", "tablet", "board", "sync"):
        assert small_office.send("GET", f"{PATH}{path}", role).status_code == 403
