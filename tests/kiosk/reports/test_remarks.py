"""The office's own remarks: kept for the next report, and as they stood in a report that was made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config.loading import sample_text
from kiosk.cli import main
from kiosk.jobs.job import Job
from kiosk.reports.remarks import PRINTED, keep_printed, read_remarks, write_remarks
from kiosk.worker.reports import make_report
from tests.office import OfficeStory

SPRING, SUMMER, AUTUMN = date(2024, 4, 15), date(2024, 7, 15), date(2024, 10, 15)


def write(folder: Path, line: str) -> None:
    write_remarks(folder, {"strengths": [line]})


def strengths(folder: Path, made_on: date | None = None) -> list[str]:
    return read_remarks(folder, made_on).get("strengths", [])


def test_remarks_are_those_of_the_last_report_made_by_a_day(tmp_path: Path) -> None:
    for day, line in ((SPRING, "Mùa xuân."), (SUMMER, "Mùa hè.")):
        write(tmp_path, line)
        keep_printed(tmp_path, day)
    write(tmp_path, "Hôm nay.")
    assert strengths(tmp_path, SPRING) == strengths(tmp_path, date(2024, 7, 14)) == ["Mùa xuân."]
    assert strengths(tmp_path, SUMMER) == strengths(tmp_path, AUTUMN) == ["Mùa hè."]
    assert strengths(tmp_path) == ["Hôm nay."]
    assert strengths(tmp_path, date(2024, 4, 14)) == ["Hôm nay."], "no report was made by then"


def test_a_report_without_remarks_stays_without_them(tmp_path: Path) -> None:
    keep_printed(tmp_path, SPRING)
    write(tmp_path, "Viết sau.")
    assert strengths(tmp_path, SPRING) == [] and strengths(tmp_path) == ["Viết sau."]


def test_the_last_report_of_a_day_counts(tmp_path: Path) -> None:
    for line in ("Bản nháp.", "Bản ký."):
        write(tmp_path, line)
        keep_printed(tmp_path, SPRING)
    assert [path.name for path in (tmp_path / PRINTED).iterdir()] == ["2024-04-15.toml"]
    assert strengths(tmp_path, SUMMER) == ["Bản ký."]


def test_a_report_made_later_with_an_earlier_day_changes_no_other(tmp_path: Path) -> None:
    write(tmp_path, "Bản ký.")
    for day in (SPRING, SUMMER):
        keep_printed(tmp_path, day)
    write(tmp_path, "Viết lại.")
    keep_printed(tmp_path, SPRING)
    assert (strengths(tmp_path, SPRING), strengths(tmp_path, SUMMER)) == (["Viết lại."], ["Bản ký."])


def test_a_folder_that_takes_nothing_holds_no_report_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / PRINTED).write_bytes(b"")
    keep_printed(tmp_path, SPRING)
    assert "are not kept for making it again" in caplog.text


def command(folder: Path, *arguments: str) -> None:
    """By `motcua report` over the sample office."""
    (folder / "office.toml").write_text(sample_text(), encoding="utf-8")
    given = ("--config", str(folder / "office.toml"), "--from", "2024-04-15", "--to", "2024-04-21")
    assert main(["report", "office-report", "--format", "html", *given, *arguments]) == 0


def test_a_report_is_made_again_with_the_remarks_that_were_signed(
    small_office: OfficeStory, home: Path, tmp_path: Path
) -> None:
    small_office.take_number()
    with small_office.app.store.reading() as reading:
        place = f"{reading.state.head.epoch}:{reading.state.head.seq}"
    small_office.close()
    write(home / "reports", "Thay mặt bà con, cảm ơn cán bộ.")
    made = {name: tmp_path / f"{name}.html" for name in ("signed", "again", "today")}
    command(tmp_path, "--dated", "2024-04-24", "--out", str(made["signed"]))
    write(home / "reports", "Kỳ sau viết khác.")
    command(tmp_path, "--dated", "2024-05-24", "--out", str(made["today"]))
    command(tmp_path, "--dated", "2024-04-24", "--as-of", place, "--out", str(made["again"]))
    assert "Thay mặt bà con, cảm ơn cán bộ." in made["signed"].read_text(encoding="utf-8")
    assert made["again"].read_bytes() == made["signed"].read_bytes()
    assert "Kỳ sau viết khác." in made["today"].read_text(encoding="utf-8")


def test_a_report_that_was_ordered_on_the_page_keeps_its_remarks_too(small_office: OfficeStory, home: Path) -> None:
    write(home / "reports", "Bản ký.")
    given = {"name": "office-report", "format": "html", "first": "2024-04-15", "last": "2024-04-15"}
    make_report(small_office.app, Job("report", {**given, "now_ms": small_office.app.clock.now_ms()}), lambda _: None)
    write(home / "reports", "Kỳ sau.")
    assert strengths(home / "reports", SPRING) == ["Bản ký."]
    assert strengths(home / "reports", AUTUMN) == ["Bản ký."]
