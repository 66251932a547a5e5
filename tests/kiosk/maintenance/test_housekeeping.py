"""What happens when nobody acts: the day closes, silent devices are noticed, a clock that jumps is noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.maintenance.housekeeping import Housekeeper
from kiosk.store.credentials import hash_secret
from tests.office import OfficeStory


@dataclass
class Worker:
    progress_at: float


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    opened = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    yield opened
    opened.close()


def of_type(story: OfficeStory, kind: str) -> list[dict[str, Any]]:
    return [event for event in story.events() if event["type"] == kind]


def test_nothing_is_written_while_nothing_happens(story: OfficeStory) -> None:
    story.take_number()
    keeper = Housekeeper(story.app, [])
    keeper.run_once()
    before = len(story.events())
    for _ in range(3):
        story.clock.passes(2)
        keeper.run_once()
    assert len(story.events()) == before


def test_at_midnight_who_still_waits_is_recorded_as_left_unserved(story: OfficeStory) -> None:
    ticket = story.take_number()
    keeper = Housekeeper(story.app, [])
    story.clock.jumps_to("2024-04-15T23:59:59+07:00")
    keeper.run_once()
    assert story.ticket(ticket.id).state == "WAITING"
    story.clock.passes(1)
    keeper.run_once()
    assert story.ticket(ticket.id).state == "ABANDONED"
    assert [event["business_date"] for event in of_type(story, "office.day_closed")] == ["2024-04-15"]


def test_a_day_on_which_nobody_came_is_not_opened_by_the_night(story: OfficeStory) -> None:
    keeper = Housekeeper(story.app, [])
    story.clock.passes(3 * 24 * 3600)
    keeper.run_once()
    assert of_type(story, "office.day_opened") == []


@pytest.mark.parametrize("seconds", [1, -30, 600, -600])
def test_a_small_step_of_the_clock_is_taken_at_once_and_noted(story: OfficeStory, seconds: int) -> None:
    keeper = Housekeeper(story.app, [])
    keeper.run_once()
    story.clock.is_set(seconds)
    keeper.run_once()
    keeper.run_once()
    (corrected,) = of_type(story, "office.clock_corrected")
    assert (corrected["data"]["by_ms"], corrected["data"]["why"]) == (seconds * 1000, "step")
    assert story.app.clock.now_ms() == story.clock.ms


@pytest.mark.parametrize("seconds", [601, -601, 86_400])
def test_a_clock_that_jumps_by_more_than_ten_minutes_is_noted_once_and_not_taken(
    story: OfficeStory, seconds: int
) -> None:
    keeper = Housekeeper(story.app, [])
    keeper.run_once()
    before = story.app.clock.now_ms()
    story.clock.is_set(seconds)
    keeper.run_once()
    keeper.run_once()
    (jumped,) = of_type(story, "office.clock_jumped")
    assert jumped["data"] == {"by_ms": seconds * 1000, "provisional": True}
    assert story.app.clock.now_ms() == before


def test_time_that_passes_is_no_jump(story: OfficeStory) -> None:
    keeper = Housekeeper(story.app, [])
    story.clock.passes(3600)
    keeper.run_once()
    assert of_type(story, "office.clock_jumped") == []


def test_a_device_that_fell_silent_is_told_once(story: OfficeStory) -> None:
    answer = story.send("POST", "/api/v1/devices/heartbeat", "tablet", {"state": "online"}, counter="1")
    assert answer.status_code == 204
    keeper = Housekeeper(story.app, [])
    story.clock.passes(45)
    keeper.run_once()
    assert of_type(story, "device.offline") == []
    story.clock.passes(1)
    keeper.run_once()
    story.clock.passes(60)
    keeper.run_once()
    offline = of_type(story, "device.offline")
    assert [(event["subject"], event["data"]["kind"]) for event in offline] == [("tablet-1", "tablet")]


def test_the_watchdog_is_fed_only_while_every_thread_makes_progress(story: OfficeStory) -> None:
    quick, slow = Worker(0.0), Worker(0.0)
    keeper = Housekeeper(story.app, [quick, slow])
    assert keeper.all_progress()
    story.clock.elapsed = 29.9
    assert keeper.all_progress()
    story.clock.elapsed = 30.0
    assert not keeper.all_progress()
    quick.progress_at = 30.0
    assert not keeper.all_progress()
    slow.progress_at = 30.0
    assert keeper.all_progress()


def test_behind_the_close_clerks_are_signed_out_once_nobody_is_served(story: OfficeStory) -> None:
    with story.app.store.writing() as tables:
        tables.clerks.add("lan", "Đinh Thị Lan", hash_secret("4827"))
    ticket = story.take_number()
    body = {"clerk": "lan", "pin": "4827"}
    assert story.send("POST", "/api/v1/session", "counter", body, counter="1").status_code == 200
    assert story.send("POST", "/api/v1/counters/1/call-next", "counter", {}, counter="1").status_code == 200
    keeper = Housekeeper(story.app, [])
    story.clock.jumps_to("2024-04-15T17:31:00+07:00")  # the office closes at 17:00
    keeper.run_once()
    assert of_type(story, "clerk.signed_out") == [], "a citizen is still there"
    assert story.send("POST", f"/api/v1/tickets/{ticket.id}/complete", "counter", {}, counter="1").status_code == 200
    keeper.run_once()
    keeper.run_once()
    (left,) = of_type(story, "clerk.signed_out")
    assert (left["subject"], left["data"], left["actor"]["id"]) == ("Đinh Thị Lan", {"counter": "1"}, "housekeeping")
    assert story.send("GET", "/api/v1/counters/1", "counter", counter="1").json["clerk"] is None
