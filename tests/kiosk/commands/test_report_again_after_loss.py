"""`motcua report --as-of` where a file of today is broken, or one that was kept is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli import main
from tests.kiosk.commands.test_report_again import make, writes
from tests.office import OfficeStory

BROKEN = ("criteria.toml", "office-report.toml", "forms/law.toml", "forms/queue.toml")


@pytest.fixture
def place(small_office: OfficeStory, sample_file: Path) -> str:
    small_office.take_number("DD")
    with small_office.app.store.reading() as reading:
        return f"{reading.state.head.epoch}:{reading.state.head.seq}"


@pytest.mark.parametrize("report", ["office-report", "evaluation", "queue"])
def test_a_file_of_today_that_is_broken_stops_no_report_that_has_its_own(
    place: str, home: Path, tmp_path: Path, report: str
) -> None:
    writes(home, "Bản ký.", 1.5)
    signed = make(report, "json", tmp_path / "signed")
    for name in BROKEN:
        (home / "reports" / name).write_text("[[[", encoding="utf-8")
    (home / "reports" / "templates" / f"{report}.docx").mkdir(parents=True)
    assert main(["report", report, "--from", "2024-04-15", "--to", "2024-04-21", "--format", "json"]) != 0
    assert make(report, "json", tmp_path / "again", "--as-of", place) == signed
    make(report, "docx", tmp_path / "again", "--as-of", place)
