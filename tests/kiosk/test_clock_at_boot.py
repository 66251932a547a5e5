"""A machine without a clock battery starts in 1970: nobody of yesterday is called, nobody of today thrown out."""

from __future__ import annotations

import pytest

from kiosk.maintenance.doctor import machine
from kiosk.maintenance.doctor.results import Mark, PartReport
from kiosk.queries.clock import read_clock
from kiosk.reports.measures.arithmetic import Spread
from tests.kiosk.clock_story import DAY, MINUTE, ClockStory, wait_ms
from tests.kiosk.reports.both_ways import counts, daily_of
from tests.office import OfficeStory

MINUTES = 60_000
THE_YEAR_1970 = "1970-01-01T00:00:40Z"


@pytest.fixture
def told(small_office: OfficeStory) -> ClockStory:
    return ClockStory(small_office)


def evening_with_people(told: ClockStory) -> tuple[str, str]:
    """Half past four: one waits, one is called; then the power fails for the night."""
    told.until("16:00:00")
    called, waiting = told.take().json["id"], told.take().json["id"]  # type: ignore[index]
    told.until("16:30:00")
    told.call("1")
    return called, waiting


def number(told: ClockStory, service: str = "HT") -> str:
    return str(told.take(service).json["number"])  # type: ignore[index]


def test_nobody_of_yesterday_is_called_before_the_date_is_known(told: ClockStory) -> None:
    _, waiting = evening_with_people(told)
    told.restart(THE_YEAR_1970)
    assert (told.doubt, told.ready) == ("started", 503)
    assert number(told) == "A003"  # in daylight: nobody is sent away "until 01/01"
    told.passes(MINUTE)
    assert told.call("2").json["number"] == "A003"  # type: ignore[index]
    assert told.state(waiting) == "WAITING"
    queue = told.office.send("GET", "/api/v1/counters/2/queue", "counter", counter="2").json
    assert queue is not None and queue["waiting"] == []
    clock = told.office.send("GET", "/api/v1/clock", "counter", counter="1").json
    assert clock is not None and clock["set_aside"] == 1


def test_todays_people_go_on_when_the_network_brings_the_time(told: ClockStory) -> None:
    called, waiting = evening_with_people(told)
    told.restart(THE_YEAR_1970)
    told.passes(MINUTE)
    new, other = told.take().json, told.take().json
    assert new is not None and other is not None
    told.passes(10 * MINUTE)
    assert told.call("2").json["id"] == new["id"]  # type: ignore[index]
    told.clock.is_set_to("2024-04-17T07:30:00+07:00")
    told.passes(6 * MINUTE)
    assert (told.business_date, told.doubt, told.ready) == ("2024-04-17", "none", 200)
    assert (told.state(called), told.state(waiting)) == ("NO_SHOW", "ABANDONED")
    assert (told.state(new["id"]), told.state(other["id"])) == ("CALLED", "WAITING")
    assert [told.ticket(one["id"]).business_date for one in (new, other)] == ["2024-04-17", "2024-04-17"]
    assert wait_ms(told.ticket(new["id"])) == 10 * MINUTES
    assert told.ticket(new["id"]).issued_at == told.clock.ms - 16 * MINUTES  # when it was by the right clock
    assert number(told) == "A005"  # behind those that are on paper
    told.act(new["id"], "complete", "2")
    assert told.rate(new["id"], "2").status_code == 201
    assert told.differences() == []
    told.until("00:01:00", "2024-04-18")
    assert told.business_date == "2024-04-18" and told.differences() == []
    yesterday, today = daily_of(told.office, "2024-04-16"), daily_of(told.office, "2024-04-17")
    assert counts(yesterday) == {"issued": 2, "no_show": 1, "abandoned": 1}
    assert counts(today) == {"issued": 3, "served": 1, "abandoned": 2}
    assert (today.tickets.waiting_ms, today.tickets.service_ms) == (
        Spread(1, 10 * MINUTES, 10 * MINUTES),
        Spread(1, 6 * MINUTES, 6 * MINUTES),
    )
    assert {one.key for one in today.tickets_by["by_hour"]} == {"07"}, "by the right clock, none at 7 in 1970"


def test_a_rating_in_doubt_counts_with_the_day_it_is_of(told: ClockStory) -> None:
    evening_with_people(told)
    told.restart(THE_YEAR_1970)
    new = told.take().json["id"]  # type: ignore[index]
    told.call("2")
    told.act(new, "complete", "2")
    assert told.rate(new, "2").status_code == 201
    told.clock.is_set_to("2024-04-17T07:30:00+07:00")
    told.passes(6 * MINUTE)
    with told.office.app.store.reading() as reading:
        assert [len(reading.statistics.ratings(day, day)) for day in ("2024-04-16", "2024-04-17")] == [0, 1]
    assert told.differences() == []


def test_after_a_short_power_failure_a_clerk_says_that_it_is_still_today(told: ClockStory) -> None:
    called, waiting = evening_with_people(told)
    told.restart(THE_YEAR_1970)
    assert told.confirm("date").status_code == 200
    assert (told.doubt, told.ready) == ("jumped", 503)
    told.act(called, "complete", "1")
    assert told.call("1").json["id"] == waiting  # type: ignore[index]
    told.clock.is_set_to("2024-04-16T16:40:00+07:00")
    told.passes(6 * MINUTE)
    assert (told.business_date, told.doubt) == ("2024-04-16", "none")
    assert told.events("office.day_closed") == []
    assert told.differences() == []


def test_three_days_without_any_time_a_clerk_gives_it_each_morning(told: ClockStory) -> None:
    _, waiting = evening_with_people(told)
    for day in ("2024-04-17", "2024-04-18", "2024-04-19"):
        told.restart(THE_YEAR_1970)
        before = number(told)
        assert told.confirm("given", f"{day}T07:35").status_code == 200
        assert (told.business_date, told.ready) == (day, 200)
        assert told.call("1").json["number"] == before  # type: ignore[index]
        with told.office.app.store.reading() as reading:
            view = read_clock(reading, told.office.app.office, told.office.app.clock)
        assert view.is_given
        found = machine.check_date(PartReport("Clock"), view, "Asia/Ho_Chi_Minh")
        assert found is not None and found.mark is Mark.LOOK
    told.passes(30)
    told.clock.ms = told.office.app.clock.now_ms() + 90_000  # at last the network: a minute and a half ahead
    told.look()
    assert (told.business_date, told.doubt) == ("2024-04-19", "none")
    assert told.state(waiting) == "ABANDONED"
    assert told.differences() == []


def test_a_boot_far_ahead_asks_instead_of_closing_the_day(told: ClockStory) -> None:
    _, waiting = evening_with_people(told)
    told.restart("2034-04-16T07:00:00+07:00")
    told.passes(60 * MINUTE, every=300)
    assert (told.business_date, told.state(waiting), told.doubt) == ("2024-04-16", "WAITING", "started")


def test_a_morning_with_a_good_clock_begins_its_day_at_once(told: ClockStory) -> None:
    _, waiting = evening_with_people(told)
    told.restart("07:00:00", "2024-04-17")
    assert (told.doubt, told.ready, told.state(waiting)) == ("none", 200, "ABANDONED")
    assert number(told) == "A001"
    assert told.differences() == []


def test_a_service_that_starts_again_keeps_the_time_of_the_boot(told: ClockStory) -> None:
    """The clock was set while nothing ran; to the service that is a jump like any other."""
    _, waiting = evening_with_people(told)
    told.clock.is_set(DAY)
    told.office._service = told.office._client = None
    told.office.service  # noqa: B018 - a new service in the same boot
    told.look()
    assert (told.business_date, told.state(waiting), told.doubt) == ("2024-04-16", "WAITING", "jumped")
