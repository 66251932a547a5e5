"""What a report showed beside the journal is kept for that report, whatever others are made later."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from kiosk.reports.office_files import read_office_files
from kiosk.reports.printed import FOLDER, INDEX, NotKept, PrintedFolder, PrintedReport
from kiosk.reports.remarks import FILE

SPRING, SUMMER = date(2024, 4, 15), date(2024, 7, 15)
SIGNED = PrintedReport("office-report", "2024-01-01", "2024-03-31", "2024-04-15", "e", 100)
LATER = replace(SIGNED, dated="2024-07-15", seq=900)


class Folder(PrintedFolder):
    """Keeps of a report what lies in the folder now, as if it had been made from that."""

    def __init__(self, reports: Path) -> None:
        super().__init__(reports)
        self.reports = reports

    def keep_now(self, printed: PrintedReport, settings: str, today: date) -> None:
        self.keep(printed, settings, read_office_files(self.reports, printed.report), today)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def remark(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE).write_text(line, encoding="utf-8")


def shown(folder: Folder, printed: PrintedReport) -> str:
    kept = folder.remarks(printed)
    assert kept is not None
    return kept.read_text(encoding="utf-8")


def test_each_report_keeps_what_it_showed(tmp_path: Path, folder: Folder) -> None:
    for printed, day in ((SIGNED, SPRING), (LATER, SUMMER)):
        remark(tmp_path, f"of {day}")
        folder.keep_now(printed, f"settings of {day}", day)
    assert (shown(folder, SIGNED), folder.settings(SIGNED)) == ("of 2024-04-15", "settings of 2024-04-15")
    assert (shown(folder, LATER), folder.settings(LATER)) == ("of 2024-07-15", "settings of 2024-07-15")


def test_one_made_later_with_the_day_of_another_changes_nothing_of_it(tmp_path: Path, folder: Folder) -> None:
    remark(tmp_path, "signed")
    folder.keep_now(SIGNED, "old names", SPRING)
    remark(tmp_path, "rewritten")
    backdated = replace(SIGNED, seq=900)
    for one in (SIGNED, backdated):  # nothing had happened since, or much had
        folder.keep_now(one, "new names", SUMMER)
    assert (shown(folder, SIGNED), folder.settings(SIGNED)) == ("signed", "old names")
    assert (shown(folder, backdated), folder.settings(backdated)) == ("rewritten", "new names")


def test_what_is_made_between_others_is_not_taken_for_theirs(tmp_path: Path, folder: Folder) -> None:
    """The second report keeps no line of its own, since nothing had changed; the third has an earlier day and place."""
    remark(tmp_path, "first")
    second, third = replace(SIGNED, seq=200, dated="2024-04-20"), replace(SIGNED, seq=200, dated="2024-04-17")
    folder.keep_now(SIGNED, "names", SPRING)
    folder.keep_now(second, "names", date(2024, 4, 20))
    remark(tmp_path, "third")
    folder.keep_now(third, "names", date(2024, 4, 20))
    assert (shown(folder, second), shown(folder, third)) == ("first", "third")


def test_the_last_of_one_sitting_counts(tmp_path: Path, folder: Folder) -> None:
    for line in ("draft", "signed"):
        remark(tmp_path, line)
        folder.keep_now(SIGNED, "names", SPRING)
    assert shown(folder, SIGNED) == "signed"


def test_two_periods_of_one_day_have_their_own(tmp_path: Path, folder: Folder) -> None:
    year = replace(SIGNED, first="2023-01-01", last="2023-12-31")
    for printed, line in ((SIGNED, "quarter"), (year, "year")):
        remark(tmp_path, line)
        folder.keep_now(printed, "names", SPRING)
    assert (shown(folder, SIGNED), shown(folder, year)) == ("quarter", "year")


def test_reports_of_a_year_without_a_change_take_no_room(tmp_path: Path, folder: Folder) -> None:
    for seq in range(100, 400):
        folder.keep_now(replace(SIGNED, seq=seq), "names", SPRING)
    files = sorted(path.suffix for path in (tmp_path / FOLDER).iterdir())
    assert files == [".json", ".jsonl"] and (tmp_path / FOLDER / INDEX).stat().st_size < 500
    assert folder.settings(replace(SIGNED, seq=399)) == "names"


def test_a_report_without_remarks_stays_without_them(tmp_path: Path, folder: Folder) -> None:
    folder.keep_now(SIGNED, "names", SPRING)
    remark(tmp_path, "later")
    kept = folder.remarks(SIGNED)
    assert kept is not None and not kept.exists()


def test_a_template_of_the_office_is_kept_with_it(tmp_path: Path, folder: Folder) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "office-report.docx").write_bytes(b"then")
    folder.keep_now(SIGNED, "names", SPRING)
    (templates / "office-report.docx").write_bytes(b"now")
    kept = folder.template(SIGNED)
    assert kept is not None and kept[1] == b"then"


def test_of_one_that_was_never_made_stands_what_was_shown_by_then(folder: Folder) -> None:
    assert folder.settings(SIGNED) is None
    folder.keep_now(SIGNED, "spring", SPRING)
    folder.keep_now(LATER, "summer", SUMMER)
    assert folder.settings(replace(SIGNED, seq=500)) == "spring"
    assert folder.settings(replace(SIGNED, dated="2026-01-01")) == "spring", "from this place in the journal"
    assert folder.settings(replace(SIGNED, epoch="another", seq=1, dated="2024-06-01")) == "spring"


def test_half_a_line_spoils_only_itself(tmp_path: Path, folder: Folder) -> None:
    folder.keep_now(SIGNED, "spring", SPRING)
    with (tmp_path / FOLDER / INDEX).open("ab") as file:
        file.write(b'\n{"report": "office-rep')
    folder.keep_now(LATER, "summer", SUMMER)
    assert (folder.settings(SIGNED), folder.settings(LATER)) == ("spring", "summer")


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path, folder: Folder) -> None:
    (tmp_path / FOLDER).write_bytes(b"")
    with pytest.raises(NotKept, match="Không lưu được những gì báo cáo này đã in") as told:
        folder.keep_now(SIGNED, "names", SPRING)
    assert str(tmp_path / FOLDER) in str(told.value)


def templates(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir(exist_ok=True)
    return tmp_path / "templates"


def test_no_report_gets_the_template_of_another(tmp_path: Path, folder: Folder) -> None:
    (templates(tmp_path) / "office-report.docx").write_bytes(b"narrative")
    folder.keep_now(SIGNED, "names", SPRING)
    daily = replace(SIGNED, report="daily", seq=200)
    folder.keep_now(daily, "names", SPRING)
    never_made = replace(daily, report="queue")
    assert (folder.template(daily), folder.template(never_made)) == (None, None)
    kept = folder.template(replace(SIGNED, seq=300))
    assert kept is not None and kept[1] == b"narrative"


def test_reports_by_turns_take_no_room(tmp_path: Path, folder: Folder) -> None:
    """One with a template and remarks, one with neither."""
    (templates(tmp_path) / "office-report.docx").write_bytes(b"narrative")
    remark(tmp_path, "of both")
    for seq in range(100, 140, 2):
        folder.keep_now(replace(SIGNED, report="daily", seq=seq), "names", SPRING)
        folder.keep_now(replace(SIGNED, seq=seq + 1), "names", SPRING)
    lines = (tmp_path / FOLDER / INDEX).read_text(encoding="utf-8").split()
    assert len([line for line in lines if line.startswith("{")]) == 2, "of each the first"
    assert shown(folder, replace(SIGNED, seq=139)) == "of both"


def test_remarks_are_kept_of_reports_that_show_them(tmp_path: Path, folder: Folder) -> None:
    remark(tmp_path, "of the narrative")
    folder.keep_now(replace(SIGNED, report="queue"), "names", SPRING)
    assert list((tmp_path / FOLDER).glob("*.toml")) == []


def test_half_a_file_is_written_again(tmp_path: Path, folder: Folder) -> None:
    folder.keep_now(SIGNED, "names", SPRING)
    (half,) = (tmp_path / FOLDER).glob("*.json")
    half.write_bytes(b"")
    folder.keep_now(replace(SIGNED, seq=200), "names", SPRING)
    assert folder.settings(SIGNED) == "names"


def test_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each takes a turn at the same new settings, and has a line of its own."""
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        list(pool.map(keep_some, [tmp_path] * 4, range(4)))
    folder = Folder(tmp_path)
    assert {folder.settings(a_report_of(process, seq)) for process in range(4) for seq in range(20)} == {
        f"{'x' * 50_000}{seq}" for seq in range(20)
    }
    assert list((tmp_path / FOLDER).glob("*.new")) == []


def a_report_of(process: int, seq: int) -> PrintedReport:
    return replace(SIGNED, epoch=f"e{process}", seq=seq)


def keep_some(folder: Path, process: int) -> None:
    for seq in range(20):
        Folder(folder).keep_now(a_report_of(process, seq), f"{'x' * 50_000}{seq}", SPRING)


def test_what_an_earlier_version_kept_is_read(tmp_path: Path, folder: Folder) -> None:
    earlier = tmp_path / "office-report.printed"
    earlier.mkdir()
    for day in ("2024-01-15", "2024-04-15", "2024-07-15"):
        (earlier / f"{day}.toml").write_text(f"of {day}", encoding="utf-8")
    folder.keep_now(replace(LATER, dated="2024-09-15"), "names", date(2024, 9, 15))
    assert shown(folder, replace(SIGNED, dated="2024-05-01")) == "of 2024-04-15"
    assert folder.remarks(replace(SIGNED, dated="2023-12-31")) is None


def test_what_a_report_was_made_from_is_kept_and_not_what_is_there_when_it_is_ready(
    tmp_path: Path, folder: Folder
) -> None:
    """Somebody saves other remarks, points, rules and another template while it is made."""
    names = (FILE, "criteria.toml", "forms/law.toml", "templates/office-report.docx", "templates/evaluation.docx")
    evaluation = replace(SIGNED, report="evaluation")

    def write(words: str) -> None:
        for name in names:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(words, encoding="utf-8")

    write("then")
    files = {one: read_office_files(tmp_path, one.report) for one in (SIGNED, evaluation)}
    write("in between")
    for one, read in files.items():
        folder.keep(one, "names", read, SPRING)
        assert folder.template(one) is not None and (folder.template(one) or (None, None))[1] == b"then"
        assert {name: file.data for name, file in (folder.forms(one) or {}).items()} == {"law": b"then"}
    assert shown(folder, SIGNED) == "then"
    points = folder.points(evaluation)
    assert points is not None and points.read_text(encoding="utf-8") == "then"


def rule(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "forms").mkdir(exist_ok=True)
    (tmp_path / "forms" / f"{name}.toml").write_text(text, encoding="utf-8")


def test_a_report_has_the_forms_and_rules_that_it_was_made_by(tmp_path: Path, folder: Folder) -> None:
    """None first, then a form, then another text of it; a report of another name in between says the same of them."""
    first, second, third = (replace(SIGNED, seq=seq) for seq in (100, 200, 300))
    folder.keep_now(first, "names", SPRING)
    rule(tmp_path, "queue", "one")
    folder.keep_now(replace(second, report="queue"), "names", SPRING)
    rule(tmp_path, "queue", "other")
    folder.keep_now(third, "names", SUMMER)
    places = (first, replace(SIGNED, seq=250), third)
    kept = [{name: file.data for name, file in (folder.forms(one) or {}).items()} for one in places]
    assert kept == [{}, {"queue": b"one"}, {"queue": b"other"}]
    (tmp_path / "forms" / "queue.toml").unlink()
    assert folder.forms(third) is not None, "what an office takes away is still kept"


def test_lines_of_an_earlier_version_say_nothing_of_forms_and_points(tmp_path: Path, folder: Folder) -> None:
    folder.keep_now(SIGNED, "names", SPRING)
    index = tmp_path / FOLDER / INDEX
    line = json.loads(index.read_text(encoding="utf-8"))
    earlier = {name: value for name, value in line.items() if name not in {"points", "rules"}}
    index.write_text(json.dumps(earlier), encoding="utf-8")
    assert folder.settings(SIGNED) == "names"
    assert (folder.forms(SIGNED), folder.points(replace(SIGNED, report="evaluation"))) == (None, None)
    later = replace(SIGNED, seq=200)
    folder.keep_now(later, "names", SPRING)
    assert (folder.forms(later), folder.forms(SIGNED)) == ({}, {}), "as the office was by that day"


def test_points_are_kept_of_the_report_that_shows_them(tmp_path: Path, folder: Folder) -> None:
    (tmp_path / "criteria.toml").write_text("points", encoding="utf-8")
    folder.keep_now(SIGNED, "names", SPRING)
    assert folder.points(replace(SIGNED, report="evaluation")) is None
    folder.keep_now(replace(SIGNED, report="evaluation"), "names", SPRING)
    kept = folder.points(replace(SIGNED, report="evaluation", seq=200))
    assert kept is not None and kept.read_text(encoding="utf-8") == "points"


def test_delays_are_of_one_report_alone(tmp_path: Path, folder: Folder) -> None:
    """Not of one before, of the same place, of one by day, nor of one behind it."""
    devices = replace(SIGNED, report="devices")
    others = (
        replace(devices, seq=9000, dated="2024-06-20"),
        replace(devices, first="2024-02-01"),
        replace(devices, epoch="f", dated="2024-06-20"),
        replace(devices, seq=50, dated="2024-04-14"),
    )
    behind = replace(read_office_files(tmp_path, "devices"), delays=b"5000 behind")
    folder.keep(devices, "names", behind, SPRING)
    assert folder.delays(devices) == b"5000 behind"
    assert [folder.delays(one) for one in others] == [None] * 4
    for one in others:  # nothing has changed; each is kept all the same
        folder.keep(one, "names", behind, SPRING)
    assert [folder.delays(one) for one in others] == [b"5000 behind"] * 4
