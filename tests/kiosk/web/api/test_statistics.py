"""The dashboard's calls: figures, charts, comparison and the lists behind them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from kiosk.jobs.job import Job, JobAnswer, JobFailed, JobsBusy, Progress
from kiosk.reports.periods import Period
from kiosk.web.api.statistics import _compared
from tests.office import OfficeStory, SameProcessRunner

PATH = "/api/v1/statistics"
DAY = "from=2024-04-15&to=2024-04-15"


def test_the_dashboard_says_figures_and_draws_charts(small_office: OfficeStory) -> None:
    small_office.take_number()
    answer = small_office.send("GET", f"{PATH}?{DAY}&compare=before", "report").json
    assert (answer["figures"]["issued"], answer["compared"]["first"], answer["nearest"]) == (1, "2024-04-12", None)
    assert set(answer["charts"]) == {"waiting", "load", "queue", "ratings", "on_time"} == set(answer["narrow_charts"])
    assert 'data-pick="tickets?hour=08"' in answer["charts"]["waiting"]
    assert small_office.send("GET", PATH, "admin").json["compared"] is None


@pytest.mark.parametrize(
    ("days", "how", "beside"),
    [
        ("2024-04-15 2024-04-15", "before", "2024-04-12 2024-04-12"),  # Monday beside Friday, not beside Sunday
        ("2024-04-12 2024-04-12", "before", "2024-04-11 2024-04-11"),
        ("2024-05-02 2024-05-02", "before", "2024-04-29 2024-04-29"),  # behind the holidays of 30/4 and 1/5
        ("2024-04-15 2024-04-19", "before", "2024-04-10 2024-04-14"),
        ("2024-04-15 2024-04-15", "year", "2023-04-15 2023-04-15"),  # a 29/2 lies between
        ("2024-02-29 2024-03-31", "year", "2023-02-28 2023-03-31"),
        ("2025-01-01 2025-12-31", "year", "2024-01-01 2024-12-31"),
    ],
)
def test_days_stand_beside_those_that_can_be_compared(
    small_office: OfficeStory, days: str, how: str, beside: str
) -> None:
    hours, holidays = small_office.app.office.hours, frozenset({date(2024, 4, 30), date(2024, 5, 1)})
    first, last = (date.fromisoformat(day) for day in days.split())
    made = _compared(Period(first, last), how, replace(hours, always=False, holidays=holidays))
    assert made is not None and f"{made.first} {made.last}" == beside


def test_lists_stand_behind_the_figures(small_office: OfficeStory) -> None:
    number = small_office.take_number("DD").number
    small_office.call_next("3")
    tickets = small_office.send("GET", f"{PATH}/tickets?{DAY}&hour=08&service=DD&counter=3", "report").json
    assert [(one["number"], one["outcome"], one["waited_ms"]) for one in tickets["tickets"]] == [(number, "open", 0)]
    assert small_office.send("GET", f"{PATH}/tickets?{DAY}&hour=9", "report").json["tickets"] == []
    assert small_office.send("GET", f"{PATH}/ratings?{DAY}", "report").json["ratings"] == []
    assert small_office.send("GET", f"{PATH}/dossiers?{DAY}&standing=late", "report").json["count"] == 0


def test_times_stand_by_service_counter_and_clerk_and_open_their_lists(small_office: OfficeStory) -> None:
    small_office.take_number("DD")
    small_office.clock.passes(120)
    small_office.call_next("3")
    groups = small_office.send("GET", f"{PATH}?{DAY}", "head").json["groups"]
    assert [(one["dimension"], one["key"]) for one in groups] == [("service", "DD"), ("counter", "3"), ("total", "")]
    waiting = {"count": 1, "median": 120_000, "p90": 120_000, "most": 120_000, "within_bp": 10_000}
    assert all(one["waiting"] == waiting for one in groups)
    (ticket,) = small_office.send("GET", f"{PATH}/tickets?{DAY}&counter=3&timed=waiting&begin=p90", "head").json[
        "tickets"
    ]
    assert (ticket["waited_ms"], ticket["marks"]) == (120_000, ["median", "p90", "most"])


def test_ratings_behind_a_counter_and_a_level_are_those_alone(small_office: OfficeStory) -> None:
    given = {"1": "very_satisfied", "3": "not_satisfied"}
    for counter, level in given.items():
        small_office.take_number({"1": "HT", "3": "DD"}[counter])
        ticket = small_office.call_next(counter)
        assert ticket is not None
        assert small_office.send("POST", f"/api/v1/tickets/{ticket.id}/complete", "counter", {}).status_code == 200
        rating = {"ticket": ticket.id, "answers": {"attitude": level}}
        assert small_office.send("POST", "/api/v1/ratings", "tablet", rating, counter=counter).status_code < 300
    counted = {
        path: small_office.send("GET", f"{PATH}/ratings?{DAY}{path}", "report").json
        for path in ("", "&counter=1", "&level=not_satisfied", "&counter=1&level=not_satisfied")
    }
    assert [one["count"] for one in counted.values()] == [2, 1, 1, 0]
    assert [one["counter"] for one in counted["&counter=1"]["ratings"]] == ["1"]
    assert [one["counter"] for one in counted["&level=not_satisfied"]["ratings"]] == ["3"]


@pytest.mark.parametrize(
    "path",
    [
        "?from=x",
        "?compare=moon",
        "/tickets?hour=24",
        "/tickets?hour=x",
        "/tickets?weekday=7",
        "/tickets?timed=running",
        "/tickets?timed=waiting&begin=mean",
        "/tickets?promise=broken",
        "/ratings?offset=-1",
        "/dossiers?standing=lost",
        "/ratings?to=x",
    ],
)
def test_a_wrong_wish_is_refused(small_office: OfficeStory, path: str) -> None:
    assert small_office.send("GET", f"{PATH}{path}", "report").status_code == 400


@pytest.mark.parametrize("path", ["", "/tickets", "/ratings", "/dossiers"])
def test_only_those_who_read_reports_see_them(small_office: OfficeStory, path: str) -> None:
    for role in ("kiosk", "tablet", "board", "sync"):
        assert small_office.send("GET", f"{PATH}{path}", role).status_code == 403


WEEK, LONGER = "from=2024-04-09&to=2024-04-15", "from=2024-04-08&to=2024-04-15"


@pytest.fixture
def kinds_apart(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of jobs that were given to another process."""
    given: list[str] = []
    run = SameProcessRunner.run

    def noted(runner: SameProcessRunner, job: Job, progress: Progress) -> JobAnswer:
        given.append(job.kind)
        answer = run(runner, job, progress)
        return JobAnswer(json.loads(json.dumps(answer.values)), answer.data)

    monkeypatch.setattr(SameProcessRunner, "run", noted)
    return given


def test_more_than_a_week_is_counted_by_another_process_and_says_the_same(
    small_office: OfficeStory, kinds_apart: list[str]
) -> None:
    for service in ("HT", "DD", "HT"):
        small_office.take_number(service)
        small_office.clock.passes(60)
    small_office.call_next("1")
    here, apart = (small_office.send("GET", f"{PATH}?{days}&compare=year", "report").json for days in (WEEK, LONGER))
    assert kinds_apart == ["dashboard"]
    assert (here["figures"].pop("first"), apart["figures"].pop("first")) == ("2024-04-09", "2024-04-08")
    assert here["figures"] == apart["figures"] and apart["figures"]["issued"] == 3
    assert apart["compared"]["first"] == "2023-04-08" and set(apart["charts"]) == set(here["charts"])
    assert here["groups"] == apart["groups"] and here["groups"][-1]["issued"] == 3
    for wish, count in (
        ("tickets?service=HT&hour=8", 2),
        ("tickets?timed=waiting", 1),
        ("ratings?", 0),
        ("dossiers?", 0),
    ):
        lists = [small_office.send("GET", f"{PATH}/{wish}&{days}", "report").json for days in (WEEK, LONGER)]
        assert lists[0] == lists[1] and lists[0]["count"] == count
    reports = [
        small_office.send("GET", f"/api/v1/reports/queue?{days}&format=csv", "report") for days in (WEEK, LONGER)
    ]
    assert [answer.status_code for answer in reports] == [200, 200]
    assert kinds_apart == ["dashboard", *["dashboard-list"] * 4, "report"]


def test_a_count_apart_that_ends_or_must_wait_is_an_answer(
    small_office: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, status in ((JobsBusy("other files are being made"), 429), (JobFailed("the work failed"), 400)):

        def fails(runner: SameProcessRunner, job: Job, progress: Progress, error: Exception = error) -> JobAnswer:
            raise error

        monkeypatch.setattr(SameProcessRunner, "run", fails)
        for path in ("statistics", "statistics/tickets", "statistics/ratings", "statistics/dossiers", "reports/daily"):
            assert small_office.send("GET", f"/api/v1/{path}?{LONGER}", "report").status_code == status
