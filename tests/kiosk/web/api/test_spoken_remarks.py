"""What a citizen speaks into the tablet: taken by configuration only, kept apart, heard by the head, forgotten."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.actions.retention import purge
from kiosk.maintenance.backup import copy_database
from tests.kiosk.web.api.test_ratings import ANSWER, served
from tests.office import OfficeStory, sample_configuration

WEBM = b"\x1aE\xdf\xa3" + bytes(range(256)) * 40
DAYS = 24 * 3600


@pytest.fixture
def listening(home: Path) -> Iterator[OfficeStory]:
    """An office that lets citizens speak."""
    plain = sample_configuration(f"sqlite:///{home / 'motcua.db'}")
    survey = plain.survey.model_copy(update={"voice_remark": True})
    story = OfficeStory("", plain.model_copy(update={"survey": survey}))
    yield story
    story.close()


def rated(office: OfficeStory) -> str:
    ticket = served(office)
    body = {"ticket": ticket["id"], "answers": ANSWER}
    return str(office.send("POST", "/api/v1/ratings", "tablet", body, counter="1").json["id"])


def speak(
    office: OfficeStory, rating: str, sound: bytes = WEBM, role: str | None = "tablet", counter: str = "1"
) -> Any:
    return office.send("PUT", f"/api/v1/ratings/{rating}/spoken-remark", role, sound, counter=counter)


def comments(office: OfficeStory, role: str = "head") -> list[dict[str, Any]]:
    return list(office.send("GET", "/api/v1/admin/comments", role).json["comments"])


def test_the_head_hears_what_was_spoken_without_learning_by_whom(listening: OfficeStory) -> None:
    rating = rated(listening)
    assert speak(listening, rating).status_code == 204
    (one,) = comments(listening)
    assert (one["text"], one["level"], one["counter"]) == ("", "satisfied", "1")
    assert rating not in one["spoken"]
    path = f"/api/v1/admin/comments/{one['spoken']}/sound"
    heard = listening.send("GET", path, "head")
    assert (heard.data, heard.content_type, heard.headers["Cache-Control"]) == (WEBM, "audio/webm", "no-store")
    for role in ("counter", "technician", "reader", "tablet", "report", "board"):
        assert listening.send("GET", path, role).status_code == 403
    assert listening.send("GET", "/api/v1/admin/comments/none/sound", "head").status_code == 404


def test_a_written_remark_is_no_sound(listening: OfficeStory) -> None:
    rating = rated(listening)
    text = {"text": "Xin thêm ghế"}
    assert listening.send("PUT", f"/api/v1/ratings/{rating}/remark", "tablet", text, counter="1").status_code == 204
    assert speak(listening, rating).status_code == 204
    assert sorted(one["text"] for one in comments(listening)) == ["", "Xin thêm ghế"]
    assert listening.send("GET", f"/api/v1/admin/comments/comment%2f{rating}/sound", "head").status_code == 404


def test_what_was_spoken_again_takes_the_place_of_the_first(listening: OfficeStory) -> None:
    rating = rated(listening)
    speak(listening, rating)
    speak(listening, rating, b"OggS" + bytes(500))
    (one,) = comments(listening)
    heard = listening.send("GET", f"/api/v1/admin/comments/{one['spoken']}/sound", "head")
    assert (heard.content_type, len(heard.data)) == ("audio/ogg", 504)


def test_an_office_that_did_not_ask_for_it_takes_no_sound(small_office: OfficeStory) -> None:
    refused = speak(small_office, rated(small_office))
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    assert "voice_remark" in refused.json["detail"]


def test_only_the_tablet_that_rated_speaks_and_only_for_ten_minutes(listening: OfficeStory) -> None:
    rating = rated(listening)
    assert speak(listening, rating, role="kiosk").status_code == 403
    assert speak(listening, rating, role=None).status_code == 401
    assert speak(listening, rating, counter="2").status_code == 404
    assert speak(listening, "r0").status_code == 404
    listening.clock.passes(601)
    assert speak(listening, rating).json["code"] == "too-late"
    assert comments(listening) == []


def test_what_was_spoken_while_the_line_was_down_for_days_is_heard(listening: OfficeStory) -> None:
    """A citizen's say is not lost because the network was: it is judged at the time it was spoken."""
    rating = rated(listening)
    listening.clock.passes(3 * DAYS)
    path = f"/api/v1/ratings/{rating}/spoken-remark?given_ms_ago="
    for waited, status in ((3 * DAYS * 1000 - 601_000, 409), (31 * DAYS * 1000, 400), ("x", 400), ("-1", 400)):
        assert listening.send("PUT", f"{path}{waited}", "tablet", WEBM, counter="1").status_code == status
    assert comments(listening) == []
    assert listening.send("PUT", f"{path}{3 * DAYS * 1000}", "tablet", WEBM, counter="1").status_code == 204
    (one,) = comments(listening)
    assert one["day"] == "2024-04-15" and one["spoken"], "it stands at its visit"


@pytest.mark.parametrize(
    ("sound", "status"), [(b"", 400), (b"RIFF....WAVE", 400), (b"<svg>", 400), (WEBM + bytes(192 * 1024), 413)]
)
def test_what_no_browser_records_or_is_longer_than_half_a_minute_is_refused(
    listening: OfficeStory, sound: bytes, status: int
) -> None:
    assert speak(listening, rated(listening), sound).status_code == status
    assert comments(listening) == []


def test_a_day_takes_sixty_so_that_nobody_fills_the_disk(listening: OfficeStory) -> None:
    rating = rated(listening)
    with listening.unit() as unit:
        for at in range(60):
            unit.free_texts.put_spoken(f"v{at}", f"other{at}", "audio/webm;", unit.now - at)
    refused = speak(listening, rating)
    assert (refused.status_code, refused.json["code"]) == (429, "too-many")
    listening.clock.passes(300)
    with listening.unit() as unit:
        unit.free_texts.purge(unit.now)
    assert speak(listening, rating).status_code == 204


def test_the_sound_is_in_no_event_and_after_its_time_nowhere(listening: OfficeStory, home: Path) -> None:
    speak(listening, rated(listening))
    kept = b64encode(WEBM).decode()
    assert "spoken" not in str(listening.events()) and kept[:200] not in str(listening.events())
    copy_database(home / "motcua.db", home / "copy.db", with_words=False)
    assert kept.encode()[300:400] not in (home / "copy.db").read_bytes(), "a backup that lies around has no words"
    (home / "copy.db").unlink()
    assert any(kept.encode()[300:400] in path.read_bytes() for path in home.rglob("*") if path.is_file())
    listening.clock.passes(31 * DAYS)
    with listening.app.store.writing() as tables:
        purge(tables, listening.clock.now_ms())
    assert comments(listening) == []
    listening.close()
    for path in (one for one in home.rglob("*") if one.is_file()):
        data = path.read_bytes()
        assert kept.encode()[300:400] not in data and WEBM[:300] not in data, path.name
