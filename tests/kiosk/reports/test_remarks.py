"""The office's own remarks: kept for the next report, and as they stood in a report that was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.loading import sample_text
from kiosk.cli import main
from kiosk.jobs.job import Job
from kiosk.reports import catalogue
from kiosk.reports.printed import PrintedFolder, PrintedReport
from kiosk.reports.remarks import write_remarks
from kiosk.worker.reports import make_report
from tests.kiosk.reports.office_folder import read_remarks
from tests.office import OfficeStory


def write(folder: Path, line: str) -> None:
    write_remarks(folder, {"strengths": [line]})


def strengths(folder: Path, kept: Path | None = None) -> list[str]:
    return read_remarks(folder, kept).get("strengths", [])


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


def by_worker(story: OfficeStory, folder: Path) -> None:
    given = {"name": "office-report", "format": "html", "first": "2024-04-15", "last": "2024-04-15"}
    make_report(story.app, Job("report", {**given, "now_ms": story.app.clock.now_ms()}), lambda _: None)


def by_service(story: OfficeStory, folder: Path) -> None:
    asked = "/api/v1/reports/office-report?from=2024-04-15&to=2024-04-15&format=html"
    assert story.send("GET", asked, "admin").status_code == 200


def by_command(story: OfficeStory, folder: Path) -> None:
    command(folder, "--to", "2024-04-15", "--dated", "2024-04-15", "--out", str(folder / "out"))


@pytest.mark.parametrize("by", [by_worker, by_service, by_command])
def test_the_remarks_that_a_report_was_made_from_are_kept(
    small_office: OfficeStory,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    by: Callable[[OfficeStory, Path], None],
) -> None:
    """Whoever made it, also when somebody writes others before they are kept."""
    write(home / "reports", "Bản ký.")
    made = catalogue.make_report

    def made_slowly(*given: Any) -> bytes:
        data = made(*given)
        write(home / "reports", "Kỳ sau.")
        return data

    monkeypatch.setattr(catalogue, "make_report", made_slowly)
    by(small_office, tmp_path)
    with small_office.app.store.reading() as reading:
        head = reading.state.head
    printed = PrintedReport("office-report", "2024-04-15", "2024-04-15", "2024-04-15", head.epoch, head.seq)
    kept = PrintedFolder(home / "reports").remarks(printed)
    assert strengths(home / "reports", kept) == ["Bản ký."] and strengths(home / "reports") == ["Kỳ sau."]
