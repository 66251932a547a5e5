"""Acts leave a trace: administrators' acts, sign-ins, refusals, locks and guesses are events with actor and address."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.domain.tokens import hash_token
from kiosk.maintenance.initialise import add_administrator
from kiosk.store.credentials import hash_secret
from kiosk.web.http.auth import Caller
from kiosk.web.http.calls import CALLS
from kiosk.web.http.stream import Audience
from kiosk.web.http.traces import TokenGuesses, administered
from tests.office import OfficeStory


def of_type(office: OfficeStory, kind: str) -> list[dict[str, Any]]:
    return [event for event in office.events() if event["type"] == kind]


def test_every_call_by_which_an_administrator_changes_something_is_an_act() -> None:
    admin = Caller("admin", "admin-1", None, "Hoa")
    for call in CALLS:
        act = administered(admin, call.method, call.operation, {"device": "x" * 200}, "10.0.0.5")
        assert (act is None) == (call.method == "GET"), call.name
        if act is not None:
            assert act.data() == {"act": call.operation, "about": "x" * 100, "address": "10.0.0.5"}
        assert administered(Caller("counter", "c"), call.method, call.operation, {}, "") is None


def test_what_an_administrator_does_is_an_event_with_person_object_and_address(small_office: OfficeStory) -> None:
    add_administrator(small_office.app, "Hoa", "a-long-password")
    signed_in = small_office.send(
        "POST", "/api/v1/admin/session", None, {"name": "Hoa", "password": "a-long-password"}
    ).json
    small_office.token("board")
    headers = {"Authorization": f"Bearer {signed_in['token']}"}
    assert small_office.send("DELETE", "/api/v1/devices/board-any", None, **headers).status_code == 204
    quiet = small_office.send("PUT", "/api/v1/admin/voices/quiet", None, {"quiet": True}, **headers)
    assert quiet.status_code == 204
    acts = of_type(small_office, "access.administered")
    assert [event["data"] for event in acts] == [
        {"act": "devices_remove", "about": "board-any", "address": "127.0.0.1"},
        {"act": "voices_put_quiet", "about": "", "address": "127.0.0.1"},
    ]
    assert {event["actor"]["person"] for event in acts} == {"Hoa"}
    (entered,) = of_type(small_office, "access.signed_in")
    assert (entered["subject"], entered["data"]["what"], entered["data"]["address"]) == ("Hoa", "password", "127.0.0.1")
    assert entered["actor"] == acts[0]["actor"], "from the same browser as what followed"
    assert entered["actor"]["person"] == "Hoa" and entered["actor"]["id"].startswith("admin-")


def test_what_became_of_it_is_told_with_the_act(small_office: OfficeStory) -> None:
    """Who was made what, which device was let in as what, which name it has now: the act alone does not say it."""
    asked = {"role": "tablet", "name": "tablet-1", "counter": "1"}
    code = small_office.send("POST", "/api/v1/devices/pair", None, asked).json["code"]
    small_office.token("board")
    with small_office.app.store.writing() as tables:
        tables.persons.add("Hoa", "hash", "head")
        tables.persons.add("chief", "hash")
        now = small_office.clock.now_ms()
        tables.person_sessions.add(hash_token("of chief"), "chief", "admin-1", now, now + 60_000)
    chief = {"Authorization": "Bearer of chief"}
    for method, path, body in (
        ("POST", f"devices/pair/{code}/approve", {}),
        ("PUT", "devices/board-any/name", {"name": "yard"}),
        ("PUT", "persons/Hoa", {"role": "reader"}),
        ("PUT", "persons/Hoa", {"role": "reader", "disabled": True}),
    ):
        assert small_office.send(method, f"/api/v1/{path}", None, body, **chief).status_code < 300, path
    told = [event["data"] for event in of_type(small_office, "access.administered")]
    assert [(one["about"], one["detail"]) for one in told] == [
        ("tablet-1", "tablet"),
        ("board-any", "yard"),
        ("Hoa", "reader"),
        ("Hoa", "disabled"),
    ]


def test_what_is_refused_is_no_act(small_office: OfficeStory) -> None:
    assert small_office.send("DELETE", "/api/v1/devices/nobody", "admin").status_code == 404
    assert of_type(small_office, "access.administered") == []


def test_wrong_secrets_and_locks_are_events_and_the_typed_name_is_not(small_office: OfficeStory) -> None:
    with small_office.app.store.writing() as tables:
        tables.clerks.add("c1", "Đinh Thị Lan", hash_secret("738291"))
    for name in ("Đinh Thị Lan", "mật khẩu của tôi"):
        body = {"clerk": name, "pin": "000111"}
        assert small_office.send("POST", "/api/v1/session", "counter", body, "1").status_code == 401
    first, second = of_type(small_office, "access.refused")
    assert (first["subject"], first["data"]["account"], first["data"]["counter"]) == ("c1", "c1", "1")
    assert (second["subject"], second["data"]["account"]) == ("127.0.0.1", None)
    assert "mật khẩu" not in json.dumps(small_office.events(), ensure_ascii=False)
    while not of_type(small_office, "access.locked"):
        body = {"clerk": "c1", "pin": "000111"}
        assert small_office.send("POST", "/api/v1/session", "counter", body, "1").status_code == 401
    (locked,) = of_type(small_office, "access.locked")
    assert locked["data"]["account"] == "c1" and locked["data"]["wait_s"] >= 59
    assert locked["actor"]["id"] == "counter-1"
    small_office.clock.passes(3600)
    body = {"clerk": "c1", "pin": "738291"}
    assert small_office.send("POST", "/api/v1/session", "counter", body, "1").status_code == 200
    assert of_type(small_office, "access.signed_in")[0]["data"]["counter"] == "1"


def test_who_tries_many_tokens_is_in_the_journal_once_for_many(small_office: OfficeStory) -> None:
    for _ in range(25):
        answer = small_office.send("GET", "/api/v1/board", None, Authorization="Bearer guessed")
        assert answer.status_code == 401
    (guessed,) = of_type(small_office, "access.guessed")
    assert (guessed["data"]["address"], guessed["data"]["count"]) == ("127.0.0.1", 20)


def test_guesses_are_counted_by_address_and_forgotten_after_an_hour() -> None:
    now = [0.0]
    guesses = TokenGuesses(lambda: now[0])
    assert [guesses.note("a") for _ in range(20)] == [None] * 19 + [20]
    assert guesses.note("b") is None
    assert [one for one in (guesses.note("a") for _ in range(180)) if one] == [200]
    now[0] += 3601
    assert [one for one in (guesses.note("a") for _ in range(20)) if one] == [20]


@pytest.mark.parametrize("audience", Audience)
def test_streams_tell_of_access_only_that_something_was(small_office: OfficeStory, audience: Audience) -> None:
    stream = small_office.service.stream
    small_office.send("POST", "/api/v1/session", "counter", {"clerk": "nobody", "pin": "0000"}, "1")
    stream.publish()
    frames = b"".join(stream.known_frames(0, audience)).decode()
    assert "127.0.0.1" not in frames
    assert ("access.refused" in frames) == (audience is Audience.STAFF), (
        "a follower counts positions, a citizen's device none"
    )


def test_who_asks_beyond_his_role_is_in_the_log_by_device_and_call(
    small_office: OfficeStory, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(25):
        assert small_office.send("DELETE", "/api/v1/devices/kiosk-1", "technician").status_code == 404
        assert small_office.send("DELETE", "/api/v1/persons/mai", "technician").status_code == 403
    small_office.send("POST", "/api/v1/counters/2/call-next", "counter", {}, "1")
    told = [record.getMessage() for record in caplog.records if record.name == "kiosk.web.refusals"]
    one = "technician-any (technician, 127.0.0.1) was refused DELETE /api/v1/persons/<name>; refused {} times lately"
    assert told[:-1] == [one.format(count) for count in (1, 2, 3, 4, 5, 20)]
    assert told[-1].startswith("counter-1 (counter, 127.0.0.1) was refused POST /api/v1/counters/<code>/call-next")
    assert not any("a technician" in line for line in told), "no person stands in the log"
