"""A log that does not reach the database, and numbers that were lost, are named to the technician."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.domain.lost_numbers import LostNumbers, NumberRange
from kiosk.maintenance.doctor.durability import check_log, check_lost_numbers
from kiosk.maintenance.doctor.results import Mark, PartReport
from kiosk.maintenance.initialise import start_new_epoch
from kiosk.store.unit_of_work import Actor
from tests.office import OfficeStory


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "motcua.db"
    file.write_bytes(b"x")
    return file


@pytest.mark.parametrize(
    ("size", "behind_s", "words"),
    [
        (65 * 1024 * 1024, 0, "has 65 MiB"),
        (64 * 1024 * 1024, 600, None),
        (8272, 660, "for 11 minutes"),
        (4152, 50_000, None),  # begun by a service that was started long after the last day
        (0, 5000, None),
    ],
)
def test_a_log_that_stays_is_named(database: Path, size: int, behind_s: int, words: str | None) -> None:
    log = database.with_name("motcua.db-wal")
    log.touch()
    os.truncate(log, size)
    os.utime(log, (1_000_000 + behind_s, 1_000_000 + behind_s))
    os.utime(database, (1_000_000, 1_000_000))
    found = check_log(PartReport("Database", "en"), database)
    assert (found is None) is (words is None)
    if found is not None and words is not None:
        assert found.mark is Mark.BROKEN and words in found.text


def test_a_database_without_a_log_is_well(database: Path) -> None:
    assert check_log(PartReport("Database", "en"), database) is None


def test_lost_numbers_are_named_until_staff_dismiss_them(small_office: OfficeStory) -> None:
    report = PartReport("Journal", "en")
    assert check_lost_numbers(report, small_office.app) is None
    epoch = start_new_epoch(
        small_office.app, "damaged", LostNumbers("2024-04-15", (NumberRange("A", 51, 57), NumberRange("C", 4, 4)), 90)
    )
    found = check_lost_numbers(report, small_office.app)
    assert found is not None and found.mark is Mark.LOOK and "A051-A057, C004-C004" in found.text
    with small_office.app.store.unit(Actor("admin", "a"), small_office.clock.ms) as unit:
        unit.lost_numbers.dismiss(epoch, unit.now)
    assert check_lost_numbers(report, small_office.app) is None
