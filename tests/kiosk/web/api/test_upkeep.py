"""Backups and findings over HTTP: who may, what is told, what the journal keeps of it."""

from __future__ import annotations

from pathlib import Path

from config import places
from kiosk.maintenance.backup import check_checksum, check_database
from kiosk.maintenance.backup_signature import check_signature
from tests.office import OfficeStory

BACKUPS, FINDINGS = "/api/v1/admin/backups", "/api/v1/admin/findings"


def test_a_technician_makes_a_backup_that_could_be_taken_back(small_office: OfficeStory) -> None:
    assert small_office.send("GET", BACKUPS, "technician").json == {"backups": [], "last": None, "verified": None}
    made = small_office.send("POST", BACKUPS, "technician", {})
    assert made.status_code == 201
    file = places.asked_backups_folder() / made.json["name"]
    check_database(file, small_office.app.office.code)
    check_checksum(file)
    assert check_signature(file, small_office.app.office.code)
    told = small_office.send("GET", BACKUPS, "technician").json
    (listed,) = told["backups"]
    assert listed["name"] == file.name and listed["whole"] and listed["size"] == file.stat().st_size
    assert told["last"]["ok"] and not told["last"]["late"] and told["last"]["detail"] == str(file)
    act = next(event for event in small_office.events() if event["data"].get("act") == "upkeep_post_backup")
    assert act["data"]["about"] == file.name and act["actor"]["kind"] == "technician"


def test_files_of_other_names_and_torn_ones_are_told_from_backups(small_office: OfficeStory) -> None:
    folder = places.backups_folder()
    folder.mkdir(parents=True)
    code = small_office.app.office.code
    for name in (f"motcua-{code}-20240415-010203.db", f"motcua-{code}-20241345-999999.db", "other.db"):
        (folder / name).write_bytes(b"x")
    (listed,) = small_office.send("GET", BACKUPS, "admin").json["backups"]
    assert (listed["name"], listed["size"], listed["whole"]) == (f"motcua-{code}-20240415-010203.db", 1, False)
    assert listed["made_at"] == "2024-04-15T01:02:03.000Z"


def test_no_room_for_a_backup_is_told_and_kept_as_an_outcome(small_office: OfficeStory) -> None:
    places.backups_folder().mkdir()
    places.asked_backups_folder().write_text("a file where the folder should be", encoding="utf-8")
    refused = small_office.send("POST", BACKUPS, "technician", {})
    assert refused.status_code == 400 and "no backup was made" in refused.json["detail"]


def test_the_doctors_findings_are_told_in_either_language_with_what_to_do(
    small_office: OfficeStory, tmp_path: Path
) -> None:
    for language, never in (("vi", "Chưa có bản sao lưu nào"), ("en", "There is no backup yet")):
        found = small_office.send("GET", f"{FINDINGS}?language={language}", "technician").json["findings"]
        assert {one["mark"] for one in found} <= {"well", "look", "broken"} and len(found) > 5
        backup = next(one for one in found if never in one["text"])
        assert backup["mark"] == "look" and "motcua-backup.timer" in backup["todo"]
        assert all(one["todo"] for one in found if one["mark"] == "broken")


def test_however_often_one_is_asked_for_no_nightly_backup_goes(small_office: OfficeStory) -> None:
    nightly = places.backups_folder() / f"motcua-{small_office.app.office.code}-20240414-193000.db"
    nightly.parent.mkdir(parents=True)
    nightly.write_bytes(b"of last night")
    for _ in range(5):
        small_office.clock.passes(60)
        assert small_office.send("POST", BACKUPS, "technician", {}).status_code == 201
    names = [one["name"] for one in small_office.send("GET", BACKUPS, "technician").json["backups"]]
    assert len(names) == 4 and names[-1] == nightly.name and nightly.exists()


def test_another_language_is_refused(small_office: OfficeStory) -> None:
    refused = small_office.send("GET", f"{FINDINGS}?language=fr", "technician")
    assert refused.status_code == 400 and "must be one of: vi, en" in refused.json["detail"]
