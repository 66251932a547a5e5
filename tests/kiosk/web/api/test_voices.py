"""The voices over HTTP: what boards are told, what the studio may do, and who may not."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from display_board.voices.packs import PackFolder
from display_board.voices.phrases import Manner
from display_board.voices.wav import encode, parse_clip
from kiosk.voices.problems import problems
from tests.display_board.voices.sounds import build_calls, recording, room, word
from tests.office import OfficeStory, sample_configuration

HRE = "/api/v1/admin/voices/hre"
PHRASE = f"{HRE}/phrases/digit.7"
SPEAKER = {"speaker": "Hoa", "licence": "CC0"}


def send(office: OfficeStory, method: str, path: str, body: Any = None, role: str | None = "admin") -> Any:
    return office.send(method, path, role, body)


def record(office: OfficeStory, path: str = PHRASE, data: bytes | None = None) -> Any:
    assert send(office, "PUT", HRE, SPEAKER).status_code == 204
    return send(office, "PUT", path, recording() if data is None else data)


def told(office: OfficeStory, role: str = "board") -> Any:
    answer = send(office, "GET", "/api/v1/voices", role=role)
    assert answer.status_code == 200
    return answer.json


def test_a_recording_is_told_to_boards_and_can_be_heard(small_office: OfficeStory) -> None:
    assert told(small_office)["packs"] == []
    answer = record(small_office)
    assert answer.status_code == 200, answer.text
    (pack,) = told(small_office)["packs"]
    assert (pack["language"], pack["speaker"], pack["clips"]) == ("hre", "Hoa", {"digit.7": answer.json["sha256"]})
    heard = send(small_office, "GET", f"/api/v1/voices/clips/{answer.json['sha256']}", role="board")
    assert heard.content_type == "audio/wav"
    assert abs(len(parse_clip(heard.data)) / 22.05 - answer.json["milliseconds"]) < 2


def test_boards_learn_how_the_office_speaks(small_office: OfficeStory) -> None:
    settings = told(small_office)["settings"]
    assert (settings["languages"], settings["folk"], settings["letters"]) == (["vi", "hre"], "bà con", list("ACHKR"))
    assert settings["volumes"] == [["07:00", 100], ["11:30", 70]]


def test_asking_again_costs_nothing_until_something_changed(small_office: OfficeStory) -> None:
    etag = send(small_office, "GET", "/api/v1/voices", role="board").headers["ETag"]
    again = small_office.send("GET", "/api/v1/voices", "board", If_None_Match=etag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    record(small_office)
    changed = small_office.send("GET", "/api/v1/voices", "board", If_None_Match=etag)
    assert changed.status_code == 200 and changed.headers["ETag"] != etag


def test_the_studio_counts_what_is_recorded(small_office: OfficeStory, home: Path) -> None:
    build_calls(PackFolder(home / "voices"), "vi", Manner())
    record(small_office)
    listed = {row["language"]: row for row in send(small_office, "GET", "/api/v1/admin/voices").json["languages"]}
    assert list(listed) == ["vi", "hre", "en"]
    assert listed["hre"] == {"language": "hre", "needed": 17, "ready": 1, "recorded": 1, "machine": False}
    assert listed["vi"] == {"language": "vi", "needed": 17, "ready": 17, "recorded": 0, "machine": True}
    phrases = {row["key"]: row for row in send(small_office, "GET", HRE).json["phrases"]}
    assert phrases["digit.7"]["clip"]["speaker"] == "Hoa"
    assert phrases["letter.b"]["clip"] is None and not phrases["letter.b"]["needed"]


def test_a_recording_may_be_taken_back(small_office: OfficeStory, home: Path) -> None:
    record(small_office)
    assert send(small_office, "DELETE", PHRASE).status_code == 204
    assert send(small_office, "DELETE", PHRASE).status_code == 404
    assert list((home / "voices" / "hre").glob("*.wav")) == []


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "not-wav"), (b"OggS0000", "not-wav"), (encode(room(1), 48_000), "silent")]
)
def test_a_bad_recording_says_why_and_leaves_the_old_clip(small_office: OfficeStory, data: bytes, reason: str) -> None:
    good = record(small_office).json["sha256"]
    refused = record(small_office, data=data)
    assert (refused.status_code, refused.json["code"], refused.json["reason"]) == (422, "recording-refused", reason)
    assert refused.json["title"] == "Không dùng được bản ghi này. Xin ghi lại."
    assert told(small_office)["packs"][0]["clips"] == {"digit.7": good}


def refused_as_exchanged(office: OfficeStory) -> bytes:
    """A take that the studio refuses since the same person recorded another phrase with it."""
    take = recording(pitch=220)
    assert record(office, f"{HRE}/phrases/digit.6", take).status_code == 200
    refused = record(office, data=take)
    assert (refused.status_code, refused.json["reason"]) == (422, "another")
    return take


def test_an_administrator_who_heard_a_refused_take_may_use_it(small_office: OfficeStory, home: Path) -> None:
    take = refused_as_exchanged(small_office)
    made = send(small_office, "PUT", f"{PHRASE}/by-ear", take)
    assert made.status_code == 200, made.text
    phrases = {row["key"]: row["clip"] for row in send(small_office, "GET", HRE).json["phrases"]}
    assert (phrases["digit.7"]["sha256"], phrases["digit.7"]["by_ear"]) == (made.json["sha256"], True)
    assert phrases["digit.6"]["by_ear"] is False
    assert json.loads((home / "voices" / "hre" / "manifest.json").read_text())["phrases"]["digit.7"]["by_ear"] is True
    acts = [event for event in small_office.events() if event["type"] == "access.administered"]
    assert acts[-1]["data"] == {"act": "voices_put_phrase_by_ear", "about": "hre/digit.7", "address": "127.0.0.1"}
    assert acts[-1]["actor"]["id"]


def test_a_take_used_by_ear_keeps_its_mark_in_a_file_and_loses_it_with_the_next_take(
    small_office: OfficeStory, home: Path
) -> None:
    send(small_office, "PUT", f"{PHRASE}/by-ear", refused_as_exchanged(small_office))
    pack = send(small_office, "GET", f"{HRE}/pack").data
    send(small_office, "DELETE", PHRASE)
    assert send(small_office, "POST", "/api/v1/admin/voices/packs", pack).status_code == 200
    assert PackFolder(home / "voices").pack("hre").clips["digit.7"].by_ear
    send(small_office, "DELETE", f"{HRE}/phrases/digit.6")
    assert record(small_office, data=recording(pitch=180)).status_code == 200
    assert not PackFolder(home / "voices").pack("hre").clips["digit.7"].by_ear


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"OggS0000", "not-wav"),
        (encode(room(1), 48_000), "silent"),
        (recording(spoken_s=0.05), "too-short"),
        (recording(spoken_s=5.0), "too-long"),
        (encode(word(0.9) + room(1), 48_000), "cut-start"),
        (encode(room(1) + word(0.9), 48_000), "cut-end"),
        (encode(room(0.5) + word(0.6, loud=90_000) + room(0.5), 48_000), "too-loud"),
    ],
)
def test_what_is_wrong_with_the_sound_itself_no_ear_overrules(
    small_office: OfficeStory, data: bytes, reason: str
) -> None:
    refused_as_exchanged(small_office)
    refused = send(small_office, "PUT", f"{PHRASE}/by-ear", data)
    assert (refused.status_code, refused.json["code"], refused.json["reason"]) == (422, "recording-refused", reason)
    assert "digit.7" not in told(small_office)["packs"][0]["clips"]


def test_a_technician_records_and_does_not_overrule(small_office: OfficeStory) -> None:
    take = refused_as_exchanged(small_office)
    assert send(small_office, "PUT", PHRASE, take, role="technician").status_code == 422
    assert send(small_office, "PUT", f"{PHRASE}/by-ear", take, role="technician").status_code == 403


def test_nothing_is_recorded_before_it_is_known_who_speaks(small_office: OfficeStory) -> None:
    refused = send(small_office, "PUT", PHRASE, recording())
    assert (refused.status_code, refused.json["reason"]) == (422, "no-speaker")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/admin/voices/xx/phrases/digit.7",
        f"{HRE}/phrases/word.ten",
        f"{HRE}/phrases/..%2fx",
        "/api/v1/admin/voices/..%2f..%2fetc/phrases/digit.7",
    ],
)
def test_only_phrases_of_the_offices_languages_are_recorded(small_office: OfficeStory, path: str) -> None:
    assert record(small_office, path).status_code == 404


def test_a_recording_of_more_than_two_mebibytes_is_refused_unread(small_office: OfficeStory) -> None:
    assert record(small_office, data=bytes(2 * 1024 * 1024 + 1)).status_code == 413


def test_a_pack_travels_as_one_file(small_office: OfficeStory, home: Path) -> None:
    record(small_office)
    pack = send(small_office, "GET", f"{HRE}/pack")
    assert pack.content_type == "application/zip" and "giong-hre.zip" in pack.headers["Content-Disposition"]
    assert "LICENCE.txt" in zipfile.ZipFile(io.BytesIO(pack.data)).namelist()
    send(small_office, "DELETE", PHRASE)
    brought = send(small_office, "POST", "/api/v1/admin/voices/packs", pack.data)
    assert (brought.status_code, brought.json["phrases"], brought.json["speaker"]) == (200, 1, "Hoa")
    assert len(told(small_office)["packs"][0]["clips"]) == 1


def test_a_file_that_is_no_pack_is_refused(small_office: OfficeStory, home: Path) -> None:
    refused = send(small_office, "POST", "/api/v1/admin/voices/packs", b"PK\x03\x04 no pack")
    assert (refused.status_code, refused.json["code"]) == (422, "pack-refused")
    assert refused.json["detail"] == "tệp không phải gói giọng hoặc đã hỏng; hãy xuất hoặc tải lại tệp"
    assert send(small_office, "GET", f"{HRE}/pack").status_code == 404


def test_the_machine_reads_what_nobody_recorded(small_office: OfficeStory) -> None:
    made = send(small_office, "POST", "/api/v1/admin/voices/vi/build", {})
    assert made.status_code == 200 and (made.json["made"], made.json["kept"]) == (40, 0)
    again = send(small_office, "POST", "/api/v1/admin/voices/vi/build", {})
    assert again.json["left"] == max(0, made.json["left"] - 40) < made.json["left"], "each time some more"
    unknown = send(small_office, "POST", "/api/v1/admin/voices/hre/build", {})
    assert unknown.status_code == 422
    assert unknown.json["detail"] == "máy không có giọng đọc “hre”; hãy ghi âm ở /admin/voices"


def test_the_quiet_switch_is_told_to_boards_and_stays(small_office: OfficeStory, home: Path) -> None:
    for quiet in (True, False):
        assert send(small_office, "PUT", "/api/v1/admin/voices/quiet", {"quiet": quiet}).status_code == 204
        assert told(small_office)["settings"]["quiet"] is quiet
        assert (home / "voices" / "quiet").exists() is quiet


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/admin/voices"),
        ("PUT", "/api/v1/admin/voices/quiet"),
        ("GET", HRE),
        ("PUT", HRE),
        ("PUT", PHRASE),
        ("PUT", f"{PHRASE}/by-ear"),
        ("DELETE", PHRASE),
        ("GET", f"{HRE}/pack"),
        ("POST", "/api/v1/admin/voices/packs"),
        ("POST", f"{HRE}/build"),
    ],
)
def test_only_an_administrator_changes_voices(small_office: OfficeStory, method: str, path: str) -> None:
    for role in ("board", "kiosk", "counter", "tablet", "sync", "report"):
        assert send(small_office, method, path, role=role).status_code == 403
    assert send(small_office, method, path, role=None).status_code == 401


def test_voices_are_told_to_devices_of_the_office_only(small_office: OfficeStory) -> None:
    for role in ("board", "kiosk", "tablet", "counter"):
        told(small_office, role)
    assert send(small_office, "GET", "/api/v1/voices", role=None).status_code == 401
    assert send(small_office, "GET", "/api/v1/voices/clips/" + "0" * 64, role="board").status_code == 404


def test_a_damaged_manifest_silences_one_language_only(small_office: OfficeStory, home: Path) -> None:
    shelf = PackFolder(home / "voices")
    build_calls(shelf, "vi", Manner())
    record(small_office)
    (home / "voices" / "hre" / "manifest.json").write_text("{")
    assert [pack["language"] for pack in told(small_office)["packs"]] == ["vi"]
    found = problems(home / "voices", small_office.app.configuration)
    assert any("Giọng hre bị hỏng" in line for line in found)


def test_a_technician_is_told_what_is_missing_and_what_to_do(home: Path) -> None:
    configuration = sample_configuration("sqlite://" + "/" + str(home / "x.db"))
    shelf = PackFolder(home / "voices")
    found = problems(shelf.folder, configuration)
    assert [line.partition("thiếu")[0] for line in found] == [
        "Giọng vi ",
        "Giọng hre ",
        "Giọng en ",
        found[3],
    ]
    all_of_them = r"Máy lấy số, máy tính bảng và điện thoại chưa nói được (\d+) trong \1 câu\..*"
    assert re.fullmatch(all_of_them, found[3]), found[3]
    assert "motcua voice build --language vi" in found[0] and "/admin/voices" in found[1]
    build_calls(shelf, "vi", Manner(folk="công dân"))
    found = problems(shelf.folder, configuration)
    assert "“Mời công dân có số”" in found[0] and "“Mời bà con có số”" in found[0]


def test_the_service_itself_never_reckons_on_sound() -> None:
    """Loudness and resampling run in a process of their own; numpy and pygame never come into the service."""
    script = "import sys, kiosk.server; print([m for m in ('pygame', 'numpy', 'flask') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.replace("'", '"')) == ["flask"]


def prompts(office: OfficeStory, page: str = "kiosk") -> Any:
    answer = send(office, "GET", f"/api/v1/voices/prompts/{page}", role=None)
    assert answer.status_code == 200
    return answer.json


def test_a_page_learns_without_a_credential_what_it_can_say(small_office: OfficeStory) -> None:
    assert prompts(small_office)["clips"] == {}
    record(small_office, f"{HRE}/phrases/digit.7")
    made = record(small_office, f"{HRE}/phrases/start.take")
    told_now = prompts(small_office)
    assert told_now["clips"]["hre"]["start.take"] == made.json["sha256"]
    assert "digit.7" in told_now["clips"]["hre"], "numbers are composed of the clips of the calls"
    assert told_now["texts"]["vi"]["start.take"] == "Lấy số"
    assert told_now["texts"]["en"]["start.take"] == "Take a number"
    assert "hre" not in told_now["texts"], "its people read Vietnamese"
    assert told_now["settings"]["quiet"] is False
    assert "start.take" not in prompts(small_office, "filing")["texts"]["vi"], "what no module of that page says"
    assert send(small_office, "GET", "/api/v1/voices/prompts/nowhere", role=None).status_code == 404


def test_boards_are_told_of_calls_alone(small_office: OfficeStory) -> None:
    record(small_office, f"{HRE}/phrases/digit.7")
    record(small_office, f"{HRE}/phrases/start.take")
    (pack,) = told(small_office)["packs"]
    assert set(pack["clips"]) == {"digit.7"}


def test_what_a_page_can_say_is_asked_for_again_without_cost(small_office: OfficeStory) -> None:
    etag = send(small_office, "GET", "/api/v1/voices/prompts/tablet", role=None).headers["ETag"]
    again = small_office.send("GET", "/api/v1/voices/prompts/tablet", None, If_None_Match=etag)
    assert again.status_code == 304
    record(small_office, f"{HRE}/phrases/rating.thanks")
    assert small_office.send("GET", "/api/v1/voices/prompts/tablet", None, If_None_Match=etag).status_code == 200


def test_a_clip_is_kept_by_whoever_fetched_it_since_it_never_changes(small_office: OfficeStory) -> None:
    made = record(small_office, f"{HRE}/phrases/start.take")
    clip = send(small_office, "GET", f"/api/v1/voices/clips/{made.json['sha256']}", role=None)
    assert clip.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert clip.data[:4] == b"RIFF"
