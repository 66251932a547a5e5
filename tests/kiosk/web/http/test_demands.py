"""What a call demands beside the role, for every call of the API; the tables are kept by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.actions import counters
from kiosk.domain.tokens import hash_token, new_token
from kiosk.maintenance.initialise import create_token
from kiosk.web.http.auth import COOKIE
from kiosk.web.http.calls import CALLS
from kiosk.web.http.demands import without
from tests.office import OfficeStory, sample_configuration

# Calls of a counter's device that need no clerk even where the office demands one, each with the reason.
WITHOUT_A_CLERK = {
    "get /api/v1/board": "it is public",
    "get /api/v1/clerks": "who signs in chooses a name",
    "get /api/v1/clock": "the screen shows the time",
    "get /api/v1/counters/<code>": "the screen shows the counter's name and that nobody sits there",
    "get /api/v1/equipment": "the screen shows faults of machines",
    "get /api/v1/followers": "the screen shows faults of lines",
    "get /api/v1/printers": "the screen shows faults of machines",
    "get /api/v1/stream": "the screen follows the office",
    "get /api/v1/tickets/<ticket_id>": "what is at the counter is shown",
    "get /api/v1/voices": "clips are public",
    "post /api/v1/devices/heartbeat": "the device itself",
    "post /api/v1/session": "it is the sign-in",
    "delete /api/v1/session": "it is the sign-out",
}
OF_A_COUNTER = {
    "get /api/v1/counters/<code>",
    "get /api/v1/counters/<code>/queue",
    *(f"post /api/v1/counters/<code>/{act}" for act in ("call-next", "call", "open", "pause", "close", "finish")),
}


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    """An office that demands a clerk at each counter."""
    url = f"sqlite:///{tmp_path_factory.mktemp('strict')}/motcua.db"
    configuration = sample_configuration(url)
    with_clerks = configuration.counters.model_copy(update={"require_clerk": True})
    configuration = configuration.model_copy(update={"counters": with_clerks})
    story = OfficeStory(url, configuration)
    assert story.service
    yield story
    story.close()


def test_every_call_of_a_counter_needs_a_clerk_or_has_a_reason() -> None:
    of_counters = {call.name: call for call in CALLS if "counter" in call.roles}
    unguarded = {name for name, call in of_counters.items() if "clerk" not in {one.name for one in call.demands}}
    assert unguarded == set(WITHOUT_A_CLERK)


def test_every_call_about_a_counter_is_for_its_own_devices() -> None:
    assert {call.name for call in CALLS if "own counter" in {one.name for one in call.demands}} == OF_A_COUNTER
    assert {call.name for call in CALLS if "/counters/<code>" in call.path} == OF_A_COUNTER


OF_PERSONS = {
    "post /api/v1/persons",
    "put /api/v1/persons/<name>",
    "delete /api/v1/persons/<name>",
    "put /api/v1/persons/<name>/password",
    "delete /api/v1/persons/<name>/second-factor",
    "post /api/v1/admin/second-factor",
    "put /api/v1/admin/second-factor",
    "post /api/v1/admin/corrections",
    "post /api/v1/admin/corrections/<event>/approve",
    "delete /api/v1/admin/corrections/<event>",
}
WITHOUT_NAMES = {
    "get /api/v1/reports/<name>",
    "post /api/v1/report-orders",
    "get /api/v1/report-orders",
    "get /api/v1/report-orders/<order>",
    "get /api/v1/report-orders/<order>/file",
    "delete /api/v1/report-orders/<order>",
    "get /api/v1/statistics",
    "get /api/v1/statistics/tickets",
    "get /api/v1/statistics/ratings",
    "get /api/v1/statistics/dossiers",
}


def test_only_a_person_says_who_may_do_what() -> None:
    assert {call.name for call in CALLS if "person" in {one.name for one in call.demands}} == OF_PERSONS


def test_a_token_of_no_person_makes_nobody_anything(small_office: OfficeStory) -> None:
    assert small_office.service
    before = small_office.events()
    body = {"name": "an", "role": "admin", "password": "mua xuân ở Ba Vì"}
    answer = small_office.send("POST", "/api/v1/persons", "admin", body)
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert small_office.events() == before


def test_names_are_masked_for_programs_and_readers_of_reports_and_for_nobody_else() -> None:
    assert {call.name: set(call.masked_for) for call in CALLS if call.masked_for} == {
        name: {"report", "reader"} for name in WITHOUT_NAMES
    }


def test_a_call_of_another_counter_is_refused(small_office: OfficeStory) -> None:
    for name in sorted(OF_A_COUNTER):
        method, path = name.split(" ")
        given = {"call": {"number": "A001"}, "finish": {"then": "pause"}}.get(path.rsplit("/", 1)[1], {})
        answer = small_office.send(method.upper(), path.replace("<code>", "2"), "counter", given, counter="1")
        assert (answer.status_code, answer.json["code"]) == (403, "forbidden"), name


ACTS: list[tuple[str, str, Any]] = [
    ("GET", "/api/v1/counters/1/queue", None),
    ("POST", "/api/v1/counters/1/open", {}),
    ("POST", "/api/v1/counters/1/call-next", {}),
    ("POST", "/api/v1/tickets", {"service": "HT"}),
    ("POST", "/api/v1/tickets/paper", {"number": "A090", "issued_at": "2024-04-15T01:00:00Z"}),
    ("POST", "/api/v1/tickets/{id}/cancel", {}),
    ("POST", "/api/v1/tickets/{id}/notes", {"text": "x"}),
    ("POST", "/api/v1/tickets/{id}/dossiers", {"code": "000.00.53.H48-240414-0001"}),
    ("POST", "/api/v1/tickets/{id}/reprint", {}),
    ("POST", "/api/v1/tickets/{id}/slip", {"came_out": True}),
]


@pytest.mark.parametrize(("method", "path", "body"), ACTS)
def test_without_a_clerk_nothing_is_done_where_the_office_demands_one(
    strict: OfficeStory, method: str, path: str, body: Any
) -> None:
    ticket = strict.take_number()
    before = strict.events()
    address = path.format(id=ticket.id)
    for counter in ("1", None):
        answer = strict.send(method, address, "counter", body, counter=counter)
        if counter is None and "/counters/1/" not in path:
            assert answer.json["detail"] == "pair this device with a counter, where a clerk signs in"
        else:
            assert answer.json["detail"] == "sign in at counter 1 first"
        assert answer.status_code == 403
    assert strict.events() == before
    with strict.unit() as unit:
        counters.assign_clerk(unit, "1", "Lan")
    try:
        assert strict.send(method, address, "counter", body, counter="1").status_code != 403
    finally:
        with strict.unit() as unit:
            counters.release_clerk(unit, "1")


def served(office: OfficeStory) -> dict[str, Any]:
    """A ticket that somebody goes first with, with a dossier, served at counter 1."""
    office.take_number("HT", "elderly")
    ticket: dict[str, Any] = dict(office.send("POST", "/api/v1/counters/1/call-next", "counter", {}, counter="1").json)
    code = {"code": "000.00.53.H48-240414-0001"}
    assert office.send("POST", f"/api/v1/tickets/{ticket['id']}/dossiers", "counter", code).status_code == 200
    assert office.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}).status_code == 200
    return ticket


def test_citizens_devices_see_no_dossier_of_a_ticket_nor_why_it_goes_first(small_office: OfficeStory) -> None:
    ticket = served(small_office)
    for role, counter in (("kiosk", None), ("tablet", "1")):
        seen = small_office.send("GET", f"/api/v1/tickets/{ticket['id']}", role, counter=counter).json
        assert (seen["number"], seen["priority"], seen["dossiers"]) == ("A001", None, [])
    at_tablet = small_office.send("GET", "/api/v1/counters/1", "tablet", counter="1").json
    assert (at_tablet["to_rate"]["priority"], at_tablet["to_rate"]["dossiers"]) == (None, [])
    at_desk = small_office.send("GET", "/api/v1/counters/1", "counter", counter="1").json
    assert (at_desk["to_rate"]["priority"], at_desk["to_rate"]["dossiers"]) == (
        "elderly",
        ["000.00.53.H48-240414-0001"],
    )


def test_who_serves_never_holds_what_a_citizen_rates_with(small_office: OfficeStory) -> None:
    issued = small_office.send("POST", "/api/v1/tickets", "counter", {"service": "HT"}, counter="1").json
    assert (issued["follow_url"], issued["public_token"]) == (None, None)
    ticket = small_office.ticket(issued["id"])
    small_office.call_next("1")
    small_office.send("POST", f"/api/v1/tickets/{ticket.id}/complete", "counter", {}, counter="1")
    path = f"/api/v1/public/tickets/{ticket.public_token}/rating-token"
    assert small_office.send("POST", path, "counter", {}, counter="1").status_code == 403
    session = new_token()
    name = "counter-1"
    with small_office.unit() as unit:
        unit.sessions.add(hash_token(session), "lan", "1", name, unit.now + 3600_000)
    browser = small_office.service.flask_app.test_client()
    browser.set_cookie(COOKIE, session)
    assert browser.post(path, json={}).status_code == 403
    phone = small_office.send("POST", path, None, {})
    rating = {"ticket": ticket.id, "answers": {"attitude": "satisfied"}, "rating_token": phone.json["rating_token"]}
    assert browser.post("/api/v1/ratings", json=rating).status_code == 403
    browser.set_cookie(COOKIE, "long-ended")
    assert browser.post("/api/v1/ratings", json=rating).status_code == 201


# (role, name, follower, taken)
FOLLOWERS = [
    ("sync", "line", "tinh", True),
    ("board", "hall", "board-hall", True),
    ("board", "hall", "board-yard", False),
    ("board", "hall", "tinh", False),
    ("board", "hall", "usb", False),
    ("board", "hall", "webhook-0123456789abcdef", False),
    ("board", "board-local", "board-hall", True),
    ("board", "board-local", "tinh", False),
    ("board", "hall", "made-up", False),
    ("sync", "line", "board-hall", False),
]


def test_a_device_writes_of_its_own_follower_only(small_office: OfficeStory) -> None:
    tokens = {
        (role, name): create_token(small_office.app, role, name, None)
        for role, name in (("board", "hall"), ("board", "yard"), ("board", "board-local"), ("sync", "line"))
    }
    body = {"epoch": "e", "cursor": 1, "state": "ok", "detail": None, "refused": []}
    for role, name, follower, taken in FOLLOWERS:
        token = tokens[role, name]
        path = f"/api/v1/followers/{follower}"
        answer = small_office.send("PUT", path, None, body, Authorization=f"Bearer {token}")
        assert answer.status_code == (204 if taken else 403), (role, name, follower)


def test_withheld_fields_keep_their_shape() -> None:
    answer = {"a": 1, "list": [1], "inner": {"b": 2, "list": [3]}, "none": None}
    fields = ("a", "list", "inner.b", "inner.list", "none.b", "missing.c", "missing")
    assert without(answer, fields) == {"a": None, "list": [], "inner": {"b": None, "list": []}, "none": None}
    assert answer["a"] == 1, "what was given stays as it was"
    assert without(None, ("a",)) is None
