"""The disk's last room is kept for the end of the day, and what the nightly check finds is told while people work."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk.domain.storage_checks import CheckOutcome
from kiosk.maintenance.check_outcomes import (
    BACKUP,
    VERIFIED,
    last_outcome,
    note_outcome,
    note_verification,
    storage_checks,
)
from kiosk.maintenance.space_reserve import SpaceReserve
from kiosk.maintenance.storage_watch import StorageWatch
from kiosk.maintenance.verification import verify_store
from kiosk.store.failures import StorageFault, StorageFull, StorageHealth
from tests.office import OfficeStory

KIB = 1024
FILE = "space.reserve"


class Usage(NamedTuple):
    free: int


def free(monkeypatch: pytest.MonkeyPatch, amount: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(amount))


def test_the_reserve_is_given_up_when_the_disk_is_full_and_made_anew_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    health = StorageHealth()
    reserve = SpaceReserve(tmp_path, health, 64 * KIB)
    free(monkeypatch, 128 * KIB)
    reserve.renew()
    file = tmp_path / FILE
    assert (file.stat().st_size, file.stat().st_blocks * 512) == (64 * KIB, 64 * KIB), "the room is really taken"
    health.note(StorageFull("no room"))
    assert not file.exists()
    health.committed()
    free(monkeypatch, 127 * KIB)
    reserve.renew()
    assert health.faults == {StorageFault.FULL: "no room"}, "what is written fits in the room that was given up"
    free(monkeypatch, 128 * KIB)
    reserve.renew()
    assert (health.faults, health.borrows_room, reserve.is_held) == ({}, False, True)


def test_without_a_reserve_a_full_disk_ends_with_the_first_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    health = StorageHealth()
    reserve = SpaceReserve(tmp_path, health, 64 * KIB)
    free(monkeypatch, 0)
    reserve.renew()
    health.note(StorageFull("no room"))
    assert not health.borrows_room
    health.committed()
    assert health.faults == {}


def test_a_reserve_that_does_not_fit_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reserve = SpaceReserve(tmp_path, StorageHealth(), 1 << 60)
    free(monkeypatch, 1 << 62)
    reserve.renew()
    assert list(tmp_path.iterdir()) == []


def test_what_a_check_came_to_is_kept(home: Path) -> None:
    assert storage_checks().verified is None
    note_outcome(VERIFIED, CheckOutcome(5, True, "7 events", "e"))
    note_outcome(BACKUP, CheckOutcome(6, False, "no room"))
    assert (storage_checks().verified, storage_checks().backup) == (
        CheckOutcome(5, True, "7 events", "e"),
        CheckOutcome(6, False, "no room"),
    )
    kept = home / "checks" / "verified.json"
    kept.write_text('{"at": 5, "ok": true, "detail": "7 events"}', encoding="utf-8")  # of an earlier version
    assert last_outcome(VERIFIED) == CheckOutcome(5, True, "7 events")
    kept.write_text("{", encoding="utf-8")
    assert last_outcome(VERIFIED) is None
    assert sorted(file.name for file in (home / "checks").iterdir()) == ["backup.json", "verified.json"]


def test_a_difference_that_the_nightly_check_finds_is_told_until_a_later_one_finds_none(
    small_office: OfficeStory, home: Path
) -> None:
    store = small_office.app.store
    watch = StorageWatch(store, None)
    small_office.take_number()
    watch.look()
    assert store.health.faults == {}
    rename = "UPDATE tickets SET number = '{}' WHERE number = '{}'"
    with store.writing() as tables:
        tables.transaction.cursor.execute(rename.format("A009", "A001"))
    note_verification(small_office.app, verify_store(store))
    watch.look()
    assert "number is 'A009'" in store.health.faults[StorageFault.DAMAGED]
    with store.writing() as tables:
        tables.transaction.cursor.execute(rename.format("A001", "A009"))
    small_office.clock.passes(60)
    note_verification(small_office.app, verify_store(store))
    watch.look()
    assert store.health.faults == {}


def test_what_was_found_in_another_database_is_not_told_of_this_one(small_office: OfficeStory, home: Path) -> None:
    note_outcome(VERIFIED, CheckOutcome(5, False, "1 differences", "another epoch"))
    StorageWatch(small_office.app.store, None).look()
    assert small_office.app.store.health.faults == {}


def test_a_good_check_before_the_start_says_nothing_of_what_the_start_found(
    small_office: OfficeStory, home: Path
) -> None:
    note_verification(small_office.app, verify_store(small_office.app.store))
    small_office.app.store.health.set(StorageFault.DAMAGED, "found at start")
    StorageWatch(small_office.app.store, None).look()
    assert StorageFault.DAMAGED in small_office.app.store.health.faults


def test_pages_and_metrics_tell_of_the_last_check_and_backup(small_office: OfficeStory, home: Path) -> None:
    now = small_office.clock.now_ms()
    note_outcome(VERIFIED, CheckOutcome(now - 27 * 3600_000, True, "7 events", unusable=("law.toml: sai",)))
    note_outcome(BACKUP, CheckOutcome(now, False, "no room"))
    answer = small_office.send("GET", "/api/v1/equipment", "admin")
    assert json.loads(answer.data)["checks"] == {
        "verified": {
            "at": "2024-04-13T22:05:00.000Z",
            "ok": True,
            "late": True,
            "detail": "7 events",
            "unusable": ["law.toml: sai"],
        },
        "backup": {"at": "2024-04-15T01:05:00.000Z", "ok": False, "late": False, "detail": "no room", "unusable": []},
        "reports": None,
    }
    metrics = small_office.send("GET", "/metrics", None).text
    assert 'motcua_check_ok{name="verify"} 1\n' in metrics
    assert 'motcua_check_ok{name="backup"} 0\n' in metrics
    assert f'motcua_check_seconds{{name="backup"}} {now // 1000}\n' in metrics
