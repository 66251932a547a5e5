"""The office's own remarks: kept for the next report, and as they stood in a report that was made."""

from __future__ import annotations

from pathlib import Path

from config.loading import sample_text
from kiosk.cli import main
from kiosk.jobs.job import Job
from kiosk.reports.printed import PrintedFolder, PrintedReport
from kiosk.reports.remarks import read_remarks, write_remarks
from kiosk.worker.reports import make_report
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


def test_a_report_that_was_ordered_on_the_page_keeps_its_remarks_too(small_office: OfficeStory, home: Path) -> None:
    write(home / "reports", "Bản ký.")
    given = {"name": "office-report", "format": "html", "first": "2024-04-15", "last": "2024-04-15"}
    make_report(small_office.app, Job("report", {**given, "now_ms": small_office.app.clock.now_ms()}), lambda _: None)
    with small_office.app.store.reading() as reading:
        head = reading.state.head
    write(home / "reports", "Kỳ sau.")
    printed = PrintedReport("office-report", "2024-04-15", "2024-04-15", "2024-04-15", head.epoch, head.seq)
    kept = PrintedFolder(home / "reports").remarks(printed)
    assert strengths(home / "reports", kept) == ["Bản ký."] and strengths(home / "reports") == ["Kỳ sau."]
