"""Twenty people are typed into every free field: they are in nothing that stays, and gone after their time."""

from __future__ import annotations

import json
import logging
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kiosk.maintenance.backup import copy_database
from kiosk.maintenance.housekeeping import Housekeeper
from kiosk.web.http.stream import Audience
from tests.office import OfficeStory
from tests.sync.exports import PEOPLE

TYPED = [f"{one.name}, {one.phone}, CCCD {one.number}" for one in PEOPLE]
TRACES = [trace for one in PEOPLE for trace in (one.name, one.phone, one.number)]
DAY_S = 24 * 3600


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    opened = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    assert opened.service
    yield opened
    opened.close()


def seen(data: bytes) -> list[str]:
    """Whoever is to be read there, in any spelling that a file may hold."""
    spellings = {trace: {trace, unicodedata.normalize("NFD", trace), json.dumps(trace)[1:-1]} for trace in TRACES}
    return [trace for trace, texts in spellings.items() if any(text.encode() in data for text in texts)]


def files(home: Path) -> bytes:
    """Database, its log, and whatever else the office keeps."""
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def type_everywhere(story: OfficeStory) -> None:
    """Each field that takes words is given a person; all are taken, or refused with a reason."""
    words = iter(TYPED * 3)

    def send(path: str, role: str, body: Any, status: int, counter: str | None = None) -> Any:
        answer = story.send("POST", f"/api/v1/{path}", role, body, counter, Idempotency_Key=f"key of {path}")
        assert answer.status_code == status, answer.text
        return answer.json

    for act in ("hold", "cancel", "transfer"):
        ticket = story.take_number().id
        more = {"service": "DD"} if act == "transfer" else {}
        send(f"tickets/{ticket}/{act}", "counter", {"reason": next(words)[:200], **more}, 200)
    own = send("tickets", "kiosk", {"service": "HT"}, 201)["id"]
    send(f"tickets/{own}/cancel", "kiosk", {"reason": next(words)}, 200)
    ticket = story.take_number("VX").id
    send("counters/4/call-next", "counter", {}, 200, "4")
    send(f"tickets/{ticket}/notes", "counter", {"text": next(words)}, 201)
    send(f"tickets/{ticket}/complete", "counter", {}, 200)
    rating = {"ticket": ticket, "answers": {"attitude": "not_satisfied"}, "comment": next(words)}
    rated = send("ratings", "tablet", rating, 201, "4")["id"]
    remark = {"text": next(words)}
    assert story.send("PUT", f"/api/v1/ratings/{rated}/remark", "tablet", remark, "4").status_code == 204
    send("help", "kiosk", {"where": PEOPLE[0].phone}, 201)
    send("help", "tablet", {"where": PEOPLE[1].number}, 201, "4")
    for role in ("kiosk", "tablet", "board"):
        report = {"state": next(words)[:40], "reason": next(words), "screen": next(words), next(words): next(words)}
        send("devices/heartbeat", role, report, 204)
    send("devices/heartbeat", "sync", {"state": "online", "phone": int(PEOPLE[2].phone)}, 204)
    send("session", "counter", {"clerk": next(words), "pin": PEOPLE[3].phone}, 401, "1")
    send("admin/session", "admin", {"name": next(words), "password": next(words)}, 401)
    refuse_where_a_number_is_asked_for(story)
    for refused in ({"service": next(words)}, {"service": "HT", "priority": next(words)}):
        send("tickets", "counter", refused, 400, "1")


def refuse_where_a_number_is_asked_for(story: OfficeStory) -> None:
    """Somebody types a telephone number or that of the identity card where a ticket or a dossier is meant."""
    ticket = story.take_number().id
    asked = [
        ("POST", "ratings/token", "kiosk", {"number": PEOPLE[4].phone}),
        ("POST", "counters/1/call", "counter", {"number": PEOPLE[5].phone}),
        ("POST", "tickets/paper", "counter", {"number": PEOPLE[6].phone, "issued_at": "2024-04-15T01:00:00Z"}),
        ("POST", f"tickets/{ticket}/dossiers", "counter", {"code": PEOPLE[7].number}),
        ("GET", f"dossiers/{PEOPLE[8].number}", "kiosk", None),
        ("GET", f"dossiers/{quote(PEOPLE[9].name)}", "kiosk", None),
        ("GET", f"public/tickets/{PEOPLE[10].phone}", None, None),
    ]
    for method, path, role, body in asked:
        assert 400 <= story.send(method, f"/api/v1/{path}", role, body).status_code < 500, path
    assert story.send("GET", f"/api/v1/procedures?query={quote(PEOPLE[11].name)}", "kiosk").status_code == 200


def told(story: OfficeStory) -> dict[str, bytes]:
    """What leaves the office, or stays in it for ever."""
    stream = story.service.stream
    return {
        "journal": json.dumps(story.events(), ensure_ascii=False).encode(),
        **{f"stream of {kind}": b"".join(stream.known_frames(0, kind)) for kind in Audience},
        "metrics": story.send("GET", "/metrics", None).data,
        "board": story.send("GET", "/api/v1/board", "board").data,
        "devices": story.send("GET", "/api/v1/devices", "admin").data,
        "equipment": story.send("GET", "/api/v1/equipment", "admin").data,
        "summary": story.send("GET", "/api/v1/admin/summary", "admin").data,
    }


def test_whoever_is_typed_anywhere_is_in_nothing_that_stays(
    story: OfficeStory, home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    type_everywhere(story)
    story.service.stream.publish()
    assert len(story.types()) > 15
    for place, data in {**told(story), "log": caplog.text.encode()}.items():
        assert seen(data) == [], place
    copy_database(home / "motcua.db", tmp_path / "copy.db", with_words=False)
    assert seen((tmp_path / "copy.db").read_bytes()) == [], "backup"
    (tmp_path / "copy.db").unlink()
    assert len(seen(files(home))) > 20, "what was typed is kept for its time, or this test proves nothing"

    keeper = Housekeeper(story.app, [])
    story.clock.passes(29 * DAY_S)
    keeper.run_once()
    assert len(seen(files(home))) > 20
    story.clock.passes(2 * DAY_S)
    keeper.run_once()
    assert seen(files(home)) == [], "after its time it is in no file"


def test_staff_read_the_words_as_long_as_they_are_kept(story: OfficeStory) -> None:
    ticket = story.take_number().id
    held = story.send("POST", f"/api/v1/tickets/{ticket}/hold", "counter", {"reason": "đi lấy giấy"}).json
    assert held["reason"] == "đi lấy giấy"
    queue = story.send("GET", "/api/v1/counters/1/queue", "counter").json
    assert [one["reason"] for one in queue["held"]] == ["đi lấy giấy"]
    story.clock.passes(31 * DAY_S)
    Housekeeper(story.app, []).run_once()
    assert story.send("GET", f"/api/v1/tickets/{ticket}", "counter").json["reason"] == "other"


def test_a_tablet_rates_only_the_last_that_was_served_also_over_http(story: OfficeStory) -> None:
    served = []
    for _ in range(2):
        story.take_number()
        served.append(
            story.send("POST", "/api/v1/counters/1/call-next", "counter", {"finish_current": "complete"}).json
        )
        story.clock.passes(60)
    story.send("POST", f"/api/v1/tickets/{served[1]['id']}/complete", "counter", {})
    story.clock.passes(60)
    for ticket, status in zip(served, (403, 201), strict=True):
        rating = {"ticket": ticket["id"], "answers": {"attitude": "satisfied"}}
        assert story.send("POST", "/api/v1/ratings", "tablet", rating, "1").status_code == status
