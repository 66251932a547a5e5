"""A wrong time that stays: the day ends by it only after it has held, and two persons take that back."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from kiosk import cli
from kiosk.maintenance.initialise import add_administrator
from kiosk.reports.events_of_period import all_events, events_of_period
from kiosk.reports.measures.arithmetic import Spread
from kiosk.reports.periods import Period
from kiosk.store.credentials import hash_secret
from kiosk.store.store import Reading
from tests.kiosk.clock_story import DAY, HOUR, MINUTE, ClockStory, service_ms, wait_ms
from tests.kiosk.reports.both_ways import counts, daily_of
from tests.office import OfficeStory

MINUTES = 60_000


@pytest.fixture
def told(small_office: OfficeStory) -> ClockStory:
    return ClockStory(small_office)


@pytest.fixture
def reopen(told: ClockStory, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`motcua day reopen` with the password and the PIN that two persons type."""
    add_administrator(told.office.app, "quan-tri", "mot mat khau")
    with told.office.app.store.writing() as tables:
        tables.clerks.add("c-1", "Đinh Thị Lan", hash_secret("2468"))
    app, closed = told.office.app, told.office.app.close
    monkeypatch.setattr("kiosk.bootstrap.open_app", lambda configuration: app)
    monkeypatch.setattr("kiosk.commands.day.configuration", lambda args: app.configuration)
    monkeypatch.setattr(app, "close", lambda: None)
    told.office.close = closed  # type: ignore[method-assign]

    def run(day: str, secrets: str = "mot mat khau\n2468\n", second: str = "Đinh Thị Lan") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(secrets))
        return cli.main(["day", "reopen", day, "--administrator", "quan-tri", "--second", second, "--secrets-stdin"])

    return run


def people(told: ClockStory) -> dict[str, str]:
    """Who is in the office at half past seven: one of every kind."""
    told.until("07:10:00")
    ids = {
        name: told.take(service).json["id"]  # type: ignore[index]
        for name, service in (("served", "HT"), ("called", "HT"), ("waiting", "HT"), ("rated", "VX"), ("held", "KQ"))
    }
    told.until("07:20:00")
    told.call("1")
    told.call("2")
    told.call("4")
    told.act(ids["served"], "start", "1")
    told.act(ids["rated"], "complete", "4")
    told.act(ids["held"], "hold", "5")
    told.until("07:30:00")
    return ids


def states(told: ClockStory, ids: dict[str, str]) -> dict[str, str]:
    return {name: told.state(ticket) for name, ticket in ids.items()}


BEFORE = {"served": "SERVING", "called": "CALLED", "waiting": "WAITING", "rated": "COMPLETED", "held": "ON_HOLD"}


def test_a_day_ahead_closes_nothing_before_it_has_held_for_five_minutes(told: ClockStory) -> None:
    ids = people(told)
    told.is_set(DAY)
    told.passes(299)
    assert (states(told, ids), told.business_date) == (BEFORE, "2024-04-16")
    told.passes(31)
    assert told.business_date == "2024-04-17"
    assert states(told, ids)["waiting"] == "ABANDONED"
    assert told.differences() == []


def test_years_ahead_never_close_a_day_by_themselves(told: ClockStory) -> None:
    ids = people(told)
    told.is_set(3653 * DAY)
    told.passes(3 * HOUR, every=600)
    assert (states(told, ids), told.business_date, told.doubt) == (BEFORE, "2024-04-16", "jumped")
    assert told.take().json["number"] == "A004"  # type: ignore[index]


def test_two_persons_take_back_a_day_that_a_jump_closed(
    told: ClockStory, reopen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = people(told)
    told.is_set(DAY)
    told.passes(6 * MINUTE)
    new = told.take("DD").json["id"]  # type: ignore[index]
    told.is_set(-DAY)
    told.look()
    assert told.ready == 503
    assert reopen("2024-04-16") == 0
    told.look()
    assert (states(told, ids), told.business_date) == (BEFORE, "2024-04-16")
    assert told.ready == 200 and told.state(new) == "WAITING"
    assert told.take().json["number"] == "A004"  # type: ignore[index]
    told.until("07:40:00")
    told.act(ids["served"], "complete", "1")
    assert (wait_ms(told.ticket(ids["served"])), service_ms(told.ticket(ids["served"]))) == (10 * MINUTES, 20 * MINUTES)
    assert told.rate(ids["served"]).status_code == 201
    assert told.act(ids["called"], "start", "2").status_code == 200
    assert told.act(ids["held"], "return", "5").status_code == 200
    assert told.call("3").json["id"] == new  # type: ignore[index]
    reopened = told.events("office.day_reopened")
    assert [event["data"] for event in reopened] == [
        {"business_date": "2024-04-16", "instead_of": "2024-04-17", "confirmed_by": ["quan-tri", "Đinh Thị Lan"]}
    ]
    assert told.differences() == []
    told.until("00:01:00", "2024-04-17")
    assert told.business_date == "2024-04-17"
    with told.office.app.store.reading() as reading:
        whole = list(all_events(reading))
    for page in range(1, len(whole) + 2):  # the turn lies at each place of a page once
        monkeypatch.setattr(Reading, "PAGE", page)
        for day in (date(2024, 4, 16), date(2024, 4, 17)):
            with told.office.app.store.reading() as reading:
                found = list(events_of_period(reading, Period(day, day)))
            assert found == [one for one in whole if one["business_date"] == day.isoformat()], (page, day)
    monkeypatch.setattr(Reading, "PAGE", 2)  # as if hours had been worked on the wrong date
    report = daily_of(told.office, "2024-04-16")
    assert counts(report) == {"issued": 6, "served": 3, "abandoned": 3}, "each once"
    assert report.tickets.waiting_ms == Spread(3, 10 * MINUTES, 10 * MINUTES)
    on_its_slip = daily_of(told.office, "2024-04-17")
    assert counts(on_its_slip) == {"issued": 1, "no_show": 1}
    assert on_its_slip.tickets.waiting_ms == Spread(1, 4 * MINUTES, 4 * MINUTES)


def test_a_counter_that_serves_somebody_since_stays_with_that_citizen(told: ClockStory, reopen: Any) -> None:
    ids = people(told)
    told.is_set(DAY)
    told.passes(6 * MINUTE)
    new = told.take().json["id"]  # type: ignore[index]
    assert told.call("2").json["id"] == new  # type: ignore[index]
    told.is_set(-DAY)
    assert reopen("2024-04-16") == 0
    assert (told.state(ids["called"]), told.state(new)) == ("WAITING", "CALLED")
    assert told.differences() == []


@pytest.mark.parametrize(
    ("secrets", "second", "said"),
    [
        ("falsch\n2468\n", "Đinh Thị Lan", "mật khẩu"),
        ("mot mat khau\n1111\n", "Đinh Thị Lan", "PIN"),
        ("mot mat khau\nmot mat khau\n", "quan-tri", "hai người khác nhau"),
        ("mot mat khau\n2468\n", "Nobody", "PIN"),
    ],
)
def test_one_person_alone_takes_nothing_back(
    told: ClockStory, reopen: Any, capsys: pytest.CaptureFixture[str], secrets: str, second: str, said: str
) -> None:
    people(told)
    told.is_set(DAY)
    told.passes(6 * MINUTE)
    told.is_set(-DAY)
    assert reopen("2024-04-16", secrets, second) == 1
    assert said in capsys.readouterr().err
    assert told.business_date == "2024-04-17"


def test_a_day_is_reopened_only_when_the_machine_shows_it(
    told: ClockStory, reopen: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    people(told)
    assert reopen("2024-04-16") == 1
    assert "only a day before it" in capsys.readouterr().err
    told.is_set(DAY)
    told.passes(6 * MINUTE)
    assert reopen("2024-04-16") == 1
    assert "set it first" in capsys.readouterr().err


def test_a_clerk_confirms_the_new_time_at_once(told: ClockStory) -> None:
    ids = people(told)
    told.is_set(DAY)
    answer = told.confirm("machine")
    assert (answer.status_code, answer.json["business_date"]) == (200, "2024-04-17")  # type: ignore[index]
    assert told.state(ids["waiting"]) == "ABANDONED"
    assert told.ready == 200
    (corrected,) = told.events("office.clock_corrected")
    assert (corrected["data"]["why"], corrected["actor"]["kind"]) == ("confirmed", "counter")


def test_a_time_before_the_release_cannot_be_confirmed(told: ClockStory) -> None:
    people(told)
    told.clock.is_set_to("1970-01-01T00:00:00Z")
    told.look()
    answer = told.confirm("machine")
    assert (answer.status_code, answer.json["code"]) == (409, "clock-implausible")  # type: ignore[index]
    assert told.confirm("given", "2034-04-16T07:30").status_code == 409
    assert told.confirm("given", "half past seven!").status_code == 400


def test_an_hour_back_that_holds_moves_the_times_of_the_boot_along(told: ClockStory) -> None:
    """A machine that took local time for universal time is put right by the network after its start."""
    ids = people(told)
    told.is_set(-HOUR)
    told.passes(6 * MINUTE)
    assert (told.doubt, told.business_date) == ("none", "2024-04-16")
    told.act(ids["served"], "complete", "1")
    served = told.ticket(ids["served"])
    assert (wait_ms(served), service_ms(served)) == (10 * MINUTES, 16 * MINUTES)
    assert told.rate(ids["served"]).status_code == 201
    assert told.rate(ids["rated"], "4").status_code == 409  # sixteen minutes ago
    report = daily_of(told.office, "2024-04-16")
    assert counts(report) == {"issued": 5, "served": 2, "open": 3}
    assert report.tickets.waiting_ms == Spread(3, 10 * MINUTES, 10 * MINUTES)
    assert report.tickets.service_ms == Spread(2, 0, 16 * MINUTES), "one was done as soon as it was called"
    assert [one.key for one in report.tickets_by["by_hour"]] == ["06"], "as the clock was put right"
