"""A report whose remarks, names and rules cannot be kept is given out, and everybody who should know is told."""

from __future__ import annotations

import errno
from pathlib import Path
from urllib.parse import unquote

import pytest

from config.loading import sample_text
from kiosk.cli import main
from kiosk.commands import report_basis
from kiosk.jobs.job import Job, JobAnswer
from kiosk.maintenance import check_outcomes
from kiosk.maintenance.check_outcomes import storage_checks
from kiosk.maintenance.doctor.results import Mark, PartReport
from kiosk.maintenance.doctor.storage import check_nightly
from kiosk.worker.reports import make_report
from tests.office import OfficeStory, SameProcessRunner

DAY = "2024-04-15"
PATH = f"/api/v1/reports/daily?from={DAY}&to={DAY}"
TOLD = "Không lưu được những gì báo cáo này đã in"


@pytest.fixture
def blocked(home: Path) -> Path:
    """What stands in the place of the folder."""
    path = home / "reports" / "printed"
    path.parent.mkdir()
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize("kind", ["json", "csv", "html"])
def test_a_program_and_the_administrator_are_told_until_one_is_kept(
    small_office: OfficeStory, blocked: Path, kind: str
) -> None:
    answer = small_office.send("GET", f"{PATH}&format={kind}", "report")
    assert answer.status_code == 200 and TOLD in unquote(answer.headers["Report-Warning"])
    checks = small_office.send("GET", "/api/v1/equipment", "admin").get_json()["checks"]
    assert not checks["reports"]["ok"] and TOLD in checks["reports"]["detail"]
    assert 'motcua_check_ok{name="reports"} 0' in small_office.send("GET", "/metrics", None).text
    blocked.unlink()
    again = small_office.send("GET", f"{PATH}&format={kind}", "report")
    assert again.data == answer.data and again.content_type == answer.content_type
    assert "Report-Warning" not in again.headers
    checks = small_office.send("GET", "/api/v1/equipment", "admin").get_json()["checks"]
    assert checks["reports"]["ok"]


def test_reports_that_were_always_kept_are_no_check(small_office: OfficeStory, home: Path) -> None:
    small_office.send("GET", PATH, "report")
    assert storage_checks().reports is None
    assert small_office.send("GET", "/api/v1/equipment", "admin").get_json()["checks"]["reports"] is None


@pytest.mark.usefixtures("blocked")
def test_whoever_orders_one_and_the_doctor_are_told(small_office: OfficeStory) -> None:
    now = small_office.app.clock.now_ms()
    job = Job("report", {"name": "queue", "format": "csv", "first": DAY, "last": DAY, "now_ms": now})
    answer = make_report(small_office.app, job, lambda _: None)
    assert TOLD in answer.values["warning"] and answer.data
    (*_, found) = check_nightly(PartReport("Database"), storage_checks(), now, "Asia/Ho_Chi_Minh")
    assert found.mark is Mark.LOOK and TOLD in found.text and "lập lại báo cáo" in found.todo


@pytest.mark.usefixtures("small_office")
@pytest.mark.parametrize("name", ["office-report", "evaluation"])
def test_a_folder_that_cannot_be_written_holds_no_report_up(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Where the file for remarks or points was to be made."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    (tmp_path / "office.toml").write_text(sample_text(), encoding="utf-8")
    given = ("--config", str(tmp_path / "office.toml"), "--from", DAY, "--to", DAY, "--out", str(tmp_path / "out"))
    for begin in ("write_template", "write_points_template"):
        monkeypatch.setattr(report_basis, begin, refuse)
    assert main(["report", name, "--format", "html", *given]) == 0
    assert (tmp_path / "out").stat().st_size > 0


@pytest.mark.usefixtures("small_office", "blocked")
def test_whoever_makes_one_by_command_is_told_and_has_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "office.toml").write_text(sample_text(), encoding="utf-8")
    given = ("--config", str(tmp_path / "office.toml"), "--from", DAY, "--to", DAY, "--out", str(tmp_path / "out"))
    assert main(["report", "daily", *given]) == 0
    assert TOLD in capsys.readouterr().err and (tmp_path / "out").stat().st_size > 0


def checked(story: OfficeStory) -> tuple[bool, bool]:
    """What /admin and the metrics say of it."""
    checks = story.send("GET", "/api/v1/equipment", "admin").get_json()["checks"]
    return checks["reports"]["ok"], 'motcua_check_ok{name="reports"} 1' in story.send("GET", "/metrics", None).text


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes no note of it either."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(check_outcomes, "note_outcome", refuse)


@pytest.mark.usefixtures("full")
def test_the_administrator_is_told_where_the_disk_takes_no_note(small_office: OfficeStory, blocked: Path) -> None:
    small_office.send("GET", PATH, "report")
    assert storage_checks().reports is None and checked(small_office) == (False, False)
    blocked.unlink()
    small_office.clock.passes(1)
    small_office.send("GET", PATH, "report")
    assert checked(small_office) == (True, True)


@pytest.mark.usefixtures("full")
def test_what_a_child_process_could_not_keep_is_remembered_by_the_service(
    small_office: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([JobAnswer({"warning": TOLD}, b"xlsx"), JobAnswer({}, b"xlsx")])
    monkeypatch.setattr(SameProcessRunner, "run", lambda *_: next(answers))
    for is_kept in (False, True):
        assert small_office.send("GET", f"{PATH}&format=xlsx", "report").status_code == 200
        assert checked(small_office) == (is_kept, is_kept)
        small_office.clock.passes(1)
