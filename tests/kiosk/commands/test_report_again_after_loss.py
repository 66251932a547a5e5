"""`motcua report --as-of` where a file of today is broken, or one that was kept is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.domain.followers import FollowerStatus
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


def lose(home: Path, part: str) -> None:
    """The file that the list names for a part is gone."""
    folder = home / "reports" / "printed"
    lines = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").split("\n") if line]
    for name in {line[part] for line in lines if line[part]}:
        (folder / name).unlink()


OF_TODAY = {
    "settings": "không lưu tên gọi mà",
    "rules": "không lưu mẫu biểu, quy định riêng",
    "remarks": "không lưu nhận xét",
    "points": "không lưu điểm",
    "delays": "không lưu độ trễ",
    "template": "không lưu tệp mẫu Word",
}
SHOWN = {"points": "evaluation", "delays": "devices"}  # other parts: the narrative report


@pytest.mark.parametrize("part", OF_TODAY)
@pytest.mark.parametrize("has_own", [True, False])
def test_a_part_that_is_lost_is_told_by_one_line(
    place: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], part: str, has_own: bool
) -> None:
    """Whether the office has one of its own today or not."""
    report, kind = SHOWN.get(part, "office-report"), "docx" if part == "template" else "json"
    writes(home, "Bản ký.", 1.5)
    template = home / "reports" / "templates" / f"{report}.docx"
    template.parent.mkdir()
    make(report, "docx", template, "--as-template")
    make(report, kind, tmp_path / "signed")
    lose(home, part)
    if not has_own:
        for name in ("criteria.toml", "office-report.toml", "forms/law.toml", "forms/queue.toml"):
            (home / "reports" / name).unlink()
        template.unlink()
    capsys.readouterr()
    make(report, kind, tmp_path / "again", "--as-of", place)
    (told,) = [line for line in capsys.readouterr().err.splitlines() if "không lưu" in line]
    assert OF_TODAY[part] in told and "mẫu biểu" not in told.replace(OF_TODAY[part], "")


def test_names_and_rules_that_are_both_lost_are_told_by_one_line(
    place: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writes(home, "Bản ký.", 1.5)
    make("queue", "json", tmp_path / "signed")
    lose(home, "settings")
    lose(home, "rules")
    make("queue", "json", tmp_path / "again", "--as-of", place)
    (told,) = capsys.readouterr().err.splitlines()
    assert "không lưu tên gọi, mẫu biểu, quy định" in told


@pytest.mark.parametrize("report", ["office-report", "staff", "evaluation"])
def test_nobody_is_asked_for_words_that_change_nothing(
    place: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], report: str
) -> None:
    """Of one made again, or of a template; the first one of today begins the file."""
    make(report, "json", tmp_path / "again", "--as-of", place)
    make(report, "docx", tmp_path / "template", "--as-template")
    assert "lại báo cáo" not in capsys.readouterr().err and list((home / "reports").glob("*.toml")) == []
    make(report, "json", tmp_path / "today")
    (begun,) = (home / "reports").glob("*.toml")
    assert str(begun) in capsys.readouterr().err


def test_delays_of_another_devices_report_are_not_given(
    place: str, small_office: OfficeStory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of one that was never made they are left out, with a line; settings and rules stand as they did before it."""
    with small_office.app.store.writing() as tables:
        tables.followers.put(FollowerStatus("province", place.rpartition(":")[0], 1, "ok", None, [], 0, 0))
    assert b"province" in make("devices", "json", tmp_path / "made")
    small_office.take_number("DD")
    with small_office.app.store.reading() as reading:
        later = f"{reading.state.head.epoch}:{reading.state.head.seq}"
    assert b"province" not in make("devices", "json", tmp_path / "again", "--as-of", later)
    (told,) = capsys.readouterr().err.splitlines()
    assert "không lưu độ trễ" in told
