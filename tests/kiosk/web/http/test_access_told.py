"""Who signed in, from which address, reaches administrators and the follower of the whole journal, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from kiosk.maintenance.initialise import add_administrator, create_token
from kiosk.web.http.calls import CALLS, model_schema
from kiosk.web.http.stream import Audience
from tests.office import OfficeStory

PERSON, ADDRESS = "Hoa Chim Sáo", "10.66.77.88"
UUID = "01890000-0000-7000-8000-000000000000"
# Calls that give events as they were chained, and to whom those of access are given whole.
WHOLE = {
    "get /api/v1/journal": {"sync", "admin"},
    "get /api/v1/admin/journal": {"admin", "head"},
    "get /api/v1/admin/alarms": {"admin", "head"},
    "get /api/v1/admin/corrections": {"admin", "head"},
    "get /api/v1/admin/summary": {"admin"},
}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    """Somebody signed in, put a device away and mistyped, all from one address."""
    opened = OfficeStory(f"sqlite:///{tmp_path_factory.mktemp('told')}/motcua.db")
    add_administrator(opened.app, PERSON, "a-long-password")
    create_token(opened.app, "board", "yard", None)
    browser = opened.service.flask_app.test_client()
    there = {"environ_base": {"REMOTE_ADDR": ADDRESS}}
    wrong = browser.post("/api/v1/admin/session", json={"name": PERSON, "password": "wrong-password"}, **there)
    assert wrong.status_code == 401
    right = browser.post("/api/v1/admin/session", json={"name": PERSON, "password": "a-long-password"}, **there)
    header = {"Authorization": f"Bearer {right.json['token']}"}
    assert browser.delete("/api/v1/devices/yard", headers=header, **there).status_code == 204
    yield opened
    opened.close()


def journal(story: OfficeStory, role: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = story.send("GET", "/api/v1/journal?limit=1000", role).json["events"]
    return events


def of_access(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for event in events if event["type"].startswith("access.")]


def is_chained(event: dict[str, Any]) -> bool:
    body = {key: value for key, value in event.items() if key != "hash"}
    canonical = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(canonical.encode()).hexdigest() == str(event["hash"])


def test_each_call_that_gives_events_declares_who_is_given_those_of_access() -> None:
    assert {call.name: set(call.access_to) for call in CALLS if call.access_to} == WHOLE
    for call in CALLS:
        schemas = [json.dumps(model_schema(model)) for model in call.answers.values() if model is not None]
        assert call.name in WHOLE or not any("EventAnswer" in text.replace("RefusedEvent", "") for text in schemas)
        assert call.access_to <= call.roles and call.access_to <= {"sync", "admin", "head"}


@pytest.mark.parametrize("role", ["board", "report"])
def test_a_board_and_a_reader_of_reports_hear_only_that_something_was(story: OfficeStory, role: str) -> None:
    seen, whole = journal(story, role), story.events()
    assert [event["seq"] for event in seen] == [event["seq"] for event in whole], "positions have no hole"
    assert [event["prev_hash"] for event in seen[1:]] == [event["hash"] for event in seen[:-1]]
    told = of_access(seen)
    assert {event["type"] for event in told} == {"access.refused", "access.signed_in", "access.administered"}
    for event in told:
        assert (event["id"], event["subject"], event["data"]) == ("", "", {})
        assert event["actor"] == {"kind": "", "id": None, "person": None}
    others = [event for event in seen if event not in told]
    assert others and all(is_chained(event) for event in others), "other events are whole"


@pytest.mark.parametrize("role", ["sync", "admin"])
def test_the_follower_that_carries_the_journal_out_and_administrators_get_it_whole(
    story: OfficeStory, role: str
) -> None:
    events = journal(story, role)
    assert all(is_chained(event) for event in events)
    assert {event["data"]["address"] for event in of_access(events)} == {ADDRESS}


def test_no_answer_to_another_role_names_the_person_or_the_address(story: OfficeStory) -> None:
    asked = 0
    for call in CALLS:
        if call.method != "GET" or "stream" in call.path:
            continue
        path = "/".join(UUID if part.startswith("<") else part for part in call.path.split("/"))
        for role in sorted(call.roles - {"none", "admin"} - call.access_to):
            text = story.send("GET", path, role).get_data(as_text=True)
            assert PERSON not in text and ADDRESS not in text, (call.name, role)
            asked += 1
    assert asked > 30


@pytest.mark.parametrize("audience", Audience)
def test_no_stream_names_the_person_or_the_address_nor_tells_what_the_hash_was_made_of(
    story: OfficeStory, audience: Audience
) -> None:
    stream = story.service.stream
    stream.publish()
    frames = b"".join(stream.known_frames(0, audience)).decode()
    assert PERSON not in frames and ADDRESS not in frames
    for event in of_access(story.events()):
        assert event["id"] not in frames
