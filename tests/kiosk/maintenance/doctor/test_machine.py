"""The doctor looks at the PC."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from contract.times import from_rfc3339
from kiosk.domain.office_clock import ClockDoubt
from kiosk.maintenance.doctor import machine
from kiosk.maintenance.doctor.results import Mark, PartReport
from kiosk.queries.clock import ClockView

ZONE = "Asia/Ho_Chi_Minh"
NOW = from_rfc3339("2024-04-15T08:05:00+07:00")


@pytest.mark.parametrize(
    ("free_mib", "mark"), [(199, Mark.BROKEN), (200, Mark.LOOK), (999, Mark.LOOK), (1000, Mark.WELL)]
)
def test_a_disk_is_told_of_before_it_is_full(
    free_mib: int, mark: Mark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(0, 0, free_mib * machine.MIB))
    found = machine.check_disk(PartReport("Disk"), tmp_path)
    assert found.mark is mark and f"{free_mib:,}".replace(",", ".") in found.text
    assert (str(tmp_path) in found.todo) is (mark is not Mark.WELL)


def test_a_clock_behind_the_journal_is_broken(tmp_path: Path) -> None:
    found = machine.check_clock(PartReport("Clock"), NOW, NOW + 1, ZONE, tmp_path)
    assert found.mark is Mark.BROKEN and "08:05 15/04/2024" in found.text and "timedatectl" in found.todo


def test_a_clock_is_well_once_the_network_confirmed_it(tmp_path: Path) -> None:
    mark = tmp_path / "synchronized"
    assert machine.check_clock(PartReport("Clock"), NOW, NOW, ZONE, mark).mark is Mark.LOOK
    mark.touch()
    assert machine.check_clock(PartReport("Clock"), NOW, NOW, ZONE, mark).mark is Mark.WELL


def test_fonts_must_have_the_vietnamese_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [found.mark for found in machine.check_fonts(PartReport("Fonts"))] == [Mark.WELL]
    monkeypatch.setitem(machine.FONTS, "screens", ("fontpkg_be_vietnam_pro", "nothing.ttf"))
    (found,) = machine.check_fonts(PartReport("Fonts"))
    assert found.mark is Mark.BROKEN and "màn hình" in found.text
    monkeypatch.setitem(machine.FONTS, "screens", ("no_such_package", "nothing.ttf"))
    assert [found.mark for found in machine.check_fonts(PartReport("Fonts"))] == [Mark.BROKEN]


def view(**known: object) -> ClockView:
    plain = ClockView(NOW, NOW, "2024-04-15", ClockDoubt.NONE, 0, False, True, False)
    return replace(plain, **known)  # type: ignore[arg-type]


def test_a_date_that_nobody_doubts_is_not_mentioned() -> None:
    assert machine.check_date(PartReport("Clock"), view(), ZONE) is None


@pytest.mark.parametrize(
    ("known", "text", "todo"),
    [
        ({"doubt": ClockDoubt.STARTED, "machine_time": 0}, "08:00 01/01/1970", "màn hình quầy"),
        ({"doubt": ClockDoubt.JUMPED, "machine_time": NOW + 3600_000}, "09:05 15/04/2024", "timedatectl"),
        ({"is_ahead": True, "business_date": "2024-04-16"}, "2024-04-16", "motcua day reopen 2024-04-15"),
    ],
)
def test_a_date_in_doubt_is_broken_and_says_what_to_do(known: dict[str, object], text: str, todo: str) -> None:
    found = machine.check_date(PartReport("Clock"), view(**known), ZONE)
    assert found is not None and found.mark is Mark.BROKEN
    assert text in found.text and todo in found.todo
