"""The doctor looks at the PC."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.doctor import machine
from kiosk.doctor.findings import Mark, Report
from kiosk.domain.calendar import utc_ms

ZONE = "Asia/Ho_Chi_Minh"
NOW = utc_ms("2024-04-15T08:05:00+07:00")


@pytest.mark.parametrize(
    ("free_mib", "mark"), [(199, Mark.BROKEN), (200, Mark.LOOK), (999, Mark.LOOK), (1000, Mark.WELL)]
)
def test_a_disk_is_told_of_before_it_is_full(
    free_mib: int, mark: Mark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(0, 0, free_mib * machine.MIB))
    found = machine.check_disk(Report("Disk"), tmp_path)
    assert found.mark is mark and f"{free_mib:,}".replace(",", ".") in found.text
    assert (str(tmp_path) in found.todo) is (mark is not Mark.WELL)


def test_a_clock_behind_the_journal_is_broken(tmp_path: Path) -> None:
    found = machine.check_clock(Report("Clock"), NOW, NOW + 1, ZONE, tmp_path)
    assert found.mark is Mark.BROKEN and "08:05 15/04/2024" in found.text and "timedatectl" in found.todo


def test_a_clock_is_well_once_the_network_confirmed_it(tmp_path: Path) -> None:
    mark = tmp_path / "synchronized"
    assert machine.check_clock(Report("Clock"), NOW, NOW, ZONE, mark).mark is Mark.LOOK
    mark.touch()
    assert machine.check_clock(Report("Clock"), NOW, NOW, ZONE, mark).mark is Mark.WELL


def test_fonts_must_have_the_vietnamese_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [found.mark for found in machine.check_fonts(Report("Fonts"))] == [Mark.WELL]
    monkeypatch.setitem(machine.FONTS, "screens", ("fontpkg_be_vietnam_pro", "nothing.ttf"))
    (found,) = machine.check_fonts(Report("Fonts"))
    assert found.mark is Mark.BROKEN and "màn hình" in found.text
    monkeypatch.setitem(machine.FONTS, "screens", ("no_such_package", "nothing.ttf"))
    assert [found.mark for found in machine.check_fonts(Report("Fonts"))] == [Mark.BROKEN]
