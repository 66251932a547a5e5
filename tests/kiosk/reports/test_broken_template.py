"""A Word template that cannot be used stops Word files and nothing else."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from config.loading import sample_text
from kiosk.cli import main
from kiosk.jobs.job import Job, JobRefused
from kiosk.worker.reports import make_report
from tests.office import OfficeStory

DAY = "2024-04-15"


@pytest.fixture(params=["empty", "a folder"])
def broken(home: Path, request: pytest.FixtureRequest) -> Path:
    path = home / "reports" / "templates" / "daily.docx"
    path.parent.mkdir(parents=True)
    path.mkdir() if request.param == "a folder" else path.write_bytes(b"")
    return path


def job(story: OfficeStory, kind: str) -> Job:
    return Job(
        "report", {"name": "daily", "format": kind, "first": DAY, "last": DAY, "now_ms": story.app.clock.now_ms()}
    )


def test_other_formats_are_made_and_a_word_file_is_refused(small_office: OfficeStory, broken: Path) -> None:
    for kind in ("json", "csv", "html"):
        answer = small_office.send("GET", f"/api/v1/reports/daily?from={DAY}&to={DAY}&format={kind}", "report")
        assert answer.status_code == 200, answer.text
    assert make_report(small_office.app, job(small_office, "xlsx"), lambda _: None).data
    with pytest.raises(JobRefused, match=str(broken)):
        make_report(small_office.app, job(small_office, "docx"), lambda _: None)


@pytest.mark.usefixtures("small_office")
def test_a_template_to_begin_with_may_be_written_in_its_place(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a shell does it: the file is there and empty before the command begins."""
    (tmp_path / "office.toml").write_text(sample_text(), encoding="utf-8")
    given = ["daily", "--config", str(tmp_path / "office.toml"), "--from", DAY, "--to", DAY, "--format"]
    out = str(tmp_path / "begin.docx")
    assert main(["report", *given, "docx", "--as-template", "--out", out]) == 0
    assert docx.Document(io.BytesIO(Path(out).read_bytes())).paragraphs
    assert main(["report", *given, "csv", "--out", str(tmp_path / "daily.csv")]) == 0
    assert main(["report", *given, "docx", "--out", out]) == 1
    assert str(broken) in capsys.readouterr().err


def test_what_could_not_be_read_is_not_kept_as_none(small_office: OfficeStory, home: Path, tmp_path: Path) -> None:
    """The template of then stands for that report after a CSV was made of it with a broken one."""
    template = home / "reports" / "templates" / "daily.docx"
    template.parent.mkdir(parents=True)
    word = docx.Document()
    word.add_paragraph("Theo mẫu của xã")
    word.save(str(template))
    (tmp_path / "office.toml").write_text(sample_text(), encoding="utf-8")
    given = ["daily", "--config", str(tmp_path / "office.toml"), "--from", DAY, "--to", DAY, "--dated", DAY]
    with small_office.app.store.reading() as reading:
        place = f"{reading.state.head.epoch}:{reading.state.head.seq}"
    out = tmp_path / "daily.docx"
    assert main(["report", *given, "--format", "docx", "--out", str(out)]) == 0
    signed = out.read_bytes()
    template.write_bytes(b"")
    assert main(["report", *given, "--format", "csv", "--out", str(tmp_path / "daily.csv")]) == 0
    assert main(["report", *given, "--format", "docx", "--as-of", place, "--out", str(out)]) == 0
    assert out.read_bytes() == signed
