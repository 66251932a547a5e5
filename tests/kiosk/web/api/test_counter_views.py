"""What a clerk and what a tablet see of a counter."""

from __future__ import annotations

import pytest

from tests.office import OfficeStory

COUNTER = {
    "code",
    "name",
    "state",
    "services",
    "clerk",
    "officer",
    "ticket",
    "to_rate",
    "last_served",
    "undo_until",
    "undo_ticket",
    "waiting",
}


def test_a_clerk_sees_the_figures_of_the_day_and_a_tablet_does_not(small_office: OfficeStory) -> None:
    clerk = small_office.send("GET", "/api/v1/counters/1", "counter", counter="1").json
    tablet = small_office.send("GET", "/api/v1/counters/1", "tablet", counter="1").json
    assert set(clerk) == COUNTER | {"today", "ratings"} and set(tablet) == COUNTER
    assert clerk["today"] == {"served": 0, "no_show": 0, "mean_wait_ms": None, "mean_service_ms": None}


@pytest.mark.parametrize("role", ["counter", "tablet"])
def test_a_device_sees_its_own_counter_only(small_office: OfficeStory, role: str) -> None:
    assert small_office.send("GET", "/api/v1/counters/1", role, counter="1").status_code == 200
    assert small_office.send("GET", "/api/v1/counters/2", role, counter="1").status_code == 403


@pytest.mark.parametrize("path", ["/queue", ""])
def test_a_device_of_no_counter_sees_each(small_office: OfficeStory, path: str) -> None:
    for code in ("1", "2", "3", "4", "5"):
        assert small_office.send("GET", f"/api/v1/counters/{code}{path}", "counter").status_code == 200
    assert small_office.send("GET", f"/api/v1/counters/9{path}", "counter").json["code"] == "unknown-counter"


@pytest.mark.parametrize("role", ["tablet", "kiosk", "board", "admin"])
def test_the_queue_is_for_clerks(small_office: OfficeStory, role: str) -> None:
    assert small_office.send("GET", "/api/v1/counters/1/queue", role).status_code == 403


def test_another_counters_queue_is_not_a_clerks_to_see(small_office: OfficeStory) -> None:
    assert small_office.send("GET", "/api/v1/counters/2/queue", "counter", counter="1").status_code == 403


def test_the_queue_numbers_the_places_from_one(small_office: OfficeStory) -> None:
    for priority in (None, "elderly", None):
        small_office.take_number("HT", priority)
    waiting = small_office.send("GET", "/api/v1/counters/1/queue", "counter").json["waiting"]
    assert [(one["ticket"]["number"], one["ticket"]["position"], one["why"]) for one in waiting] == [
        ("A002", 1, "priority"),
        ("A001", 2, "arrival"),
        ("A003", 3, "arrival"),
    ]


def test_an_absent_ticket_says_how_long_it_may_be_recalled(small_office: OfficeStory) -> None:
    small_office.take_number("HT")
    small_office.call_next("1")
    small_office.call_next("1", "no_show")
    small_office.clock.passes(100)
    absent = small_office.send("GET", "/api/v1/counters/1/queue", "counter").json["absent"]
    assert [(one["number"], one["grace_left_s"]) for one in absent] == [("A001", 800)]


@pytest.mark.parametrize(("step", "state"), [("open", "OPEN"), ("pause", "PAUSED"), ("close", "CLOSED")])
def test_a_clerk_opens_pauses_and_closes(small_office: OfficeStory, step: str, state: str) -> None:
    answer = small_office.send("POST", f"/api/v1/counters/1/{step}", "counter", {}, counter="1")
    assert (answer.status_code, answer.json["state"]) == (200, state)
    assert small_office.send("POST", f"/api/v1/counters/2/{step}", "counter", {}, counter="1").status_code == 403


def test_nobody_waits_is_no_content(small_office: OfficeStory) -> None:
    answer = small_office.send("POST", "/api/v1/counters/1/call-next", "counter", {})
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_number_is_called_out_of_turn_once(small_office: OfficeStory) -> None:
    for _ in range(2):
        small_office.take_number("HT")
    answer = small_office.send("POST", "/api/v1/counters/1/call", "counter", {"number": "A002"})
    assert (answer.status_code, answer.json["number"], answer.json["state"]) == (200, "A002", "CALLED")
    again = small_office.send("POST", "/api/v1/counters/2/call", "counter", {"number": "A002"})
    assert (again.status_code, again.json["code"]) == (409, "taken")
