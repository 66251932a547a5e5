"""`motcua report --as-of --dated`: a report is made again as it was, by whatever names the office goes by then."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.domain.followers import FollowerStatus
from kiosk.reports.remarks import write_remarks
from tests.kiosk.reports.making import kinds
from tests.office import OfficeStory

OTHER = {
    'name = "Đất đai': 'name = "Ruộng đất',
    'authority = "Ủy ban nhân dân xã Ba Vì"': 'authority = "Ủy ban nhân dân xã Ba Xa"',
    'superior = "Ủy ban nhân dân huyện Ba Tơ"': 'superior = "Ủy ban nhân dân huyện khác"',
    'name = "Quầy 1': 'name = "Bàn số 1',
}
DAYS = ("--from", "2024-04-15", "--to", "2024-04-21", "--dated", "2024-04-24")


def make(name: str, kind: str, out: Path, *place: str) -> bytes:
    assert main(["report", name, "--format", kind, *DAYS, *place, "--out", str(out)]) == 0
    return out.read_bytes()


@pytest.fixture
def place(small_office: OfficeStory) -> str:
    """A day with one who was served and a province that has one event, then the office goes on."""
    small_office.take_number("DD")
    small_office.call_next("1", "complete")
    with small_office.app.store.reading() as reading:
        epoch = reading.state.head.epoch
    with small_office.app.store.writing() as tables:
        tables.followers.put(FollowerStatus("province", epoch, 1, "ok", None, [], 0, 0))
    with small_office.app.store.reading() as reading:
        return f"{reading.state.head.epoch}:{reading.state.head.seq}"


def rename(sample_file: Path) -> None:
    """What the office calls itself, a service, a counter, a level, a promise: nearly all that a report says of it."""
    text = sample_file.read_text(encoding="utf-8")
    for old, new in OTHER.items():
        assert old in text, old
        text = text.replace(old, new)
    text = re.sub(r"waiting_promise_minutes = \d+", "waiting_promise_minutes = 1", text)
    sample_file.write_text(text.replace('name = "Rất hài lòng"', 'name = "Tuyệt vời"'), encoding="utf-8")


def writes(home: Path, word: str, points: float) -> None:
    """Remarks, points of a month later, a form of the queue and a rule, all for days gone by."""
    write_remarks(home / "reports", {"strengths": [word]})
    week = "from = 2024-04-15\nto = 2024-04-21"
    given = f"[[points]]\n{week}\ncriterion = 5\npoints = {points}\nwritten_on = 2024-05-24\n"
    (home / "reports" / "criteria.toml").write_text(given, encoding="utf-8")
    (home / "reports" / "forms").mkdir(exist_ok=True)
    form = f"[[form]]\nfrom = 2024-01-01\nsource = '{word}'\ntitle = 'Hàng đợi – {word}'\n"
    (home / "reports" / "forms" / "queue.toml").write_text(form, encoding="utf-8")
    rule = f"[[rule]]\nkey = 'body'\nfrom = 2024-01-01\nvalue = '{word}'\nsource = '{word}'\n"
    (home / "reports" / "forms" / "law.toml").write_text(rule, encoding="utf-8")


def test_every_report_is_made_again_by_its_own_names(
    place: str, small_office: OfficeStory, home: Path, sample_file: Path, tmp_path: Path
) -> None:
    writes(home, "Bản ký.", 1.5)
    pairs = [(name, kind) for name, kind in kinds() if kind in {"json", "docx"}]  # every format: test_made_again
    signed = {pair: make(*pair, tmp_path / "signed") for pair in pairs}
    rename(sample_file)
    writes(home, "Kỳ sau.", 0.5)
    small_office.take_number("DD")
    assert b"province" in signed["devices", "json"]
    again = {pair: make(*pair, tmp_path / "again", "--as-of", place) for pair in pairs}
    assert [pair for pair in again if again[pair] != signed[pair]] == []
    today = {pair: make(*pair, tmp_path / "today") for pair in pairs if pair[1] == "docx"}
    assert [pair for pair in today if today[pair] == signed[pair]] == [], "they would tell of today"


def test_names_that_cannot_be_read_are_told(
    place: str, home: Path, sample_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make("queue", "json", tmp_path / "signed")
    (kept,) = (home / "reports" / "printed").glob("*.json")
    kept.write_text("{}", encoding="utf-8")
    make("queue", "json", tmp_path / "again", "--as-of", place)
    assert "không đọc được" in capsys.readouterr().err


def test_one_of_which_nothing_was_kept_says_that_it_has_todays_names(
    place: str, sample_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make("queue", "json", tmp_path / "again", "--as-of", place)
    (told,) = capsys.readouterr().err.splitlines()
    assert "không lưu tên gọi" in told and "hôm nay" in told


@pytest.mark.parametrize(
    ("report", "line"),
    [
        ("office-report", "không lưu nhận xét"),
        ("staff", "không lưu nhận xét"),
        ("evaluation", "không lưu điểm"),
        ("devices", "không lưu độ trễ"),
    ],
)
def test_what_was_kept_of_another_report_is_not_called_the_remarks_of_this_one(
    place: str, sample_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], report: str, line: str
) -> None:
    """The queue shows neither remarks nor points, so what is kept of it has none."""
    make("queue", "json", tmp_path / "other")
    make(report, "json", tmp_path / "again", "--as-of", place)
    assert [one for one in capsys.readouterr().err.splitlines() if "không lưu" in one and line in one]
    made = make(report, "json", tmp_path / "signed")
    capsys.readouterr()
    assert make(report, "json", tmp_path / "again", "--as-of", place) == made
    assert capsys.readouterr().err == ""


def test_rules_of_an_earlier_version_of_the_list_are_told(
    place: str, home: Path, sample_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make("queue", "json", tmp_path / "signed")
    index = home / "reports" / "printed" / "index.jsonl"
    line = json.loads(index.read_text(encoding="utf-8"))
    del line["rules"]
    index.write_text(json.dumps(line), encoding="utf-8")
    make("queue", "json", tmp_path / "again", "--as-of", place)
    assert capsys.readouterr().err == "", "the office has no rules of its own"
    writes(home, "Kỳ sau.", 0.5)
    make("queue", "json", tmp_path / "again", "--as-of", place)
    assert "không lưu mẫu biểu, quy định riêng của đơn vị" in capsys.readouterr().err


def test_rules_that_a_version_cannot_read_are_told(
    place: str, home: Path, sample_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writes(home, "Bản ký.", 1.5)
    make("queue", "json", tmp_path / "signed")
    (kept,) = [path for path in (home / "reports" / "printed").glob("*.json") if "Hàng đợi" in path.read_text("utf-8")]
    kept.write_text('{"law": "[[rule]]"}', encoding="utf-8")
    make("queue", "json", tmp_path / "again", "--as-of", place)
    assert "không đọc được mẫu biểu, quy định" in capsys.readouterr().err
