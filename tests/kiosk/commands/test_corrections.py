"""`motcua journal correct`: an event that is wrong stays, and two persons who prove who they are say so of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import main
from kiosk.domain.persons import PersonRole
from kiosk.maintenance.initialise import add_administrator
from kiosk.maintenance.verification import verify_store
from kiosk.store.credentials import hash_secret
from tests.office import OfficeStory

PASSWORD, PIN, SECOND = "mot mat khau dai", "2468", "Đinh Thị Lan"


@pytest.fixture
def office(home: Path, sample_file: Path) -> Iterator[OfficeStory]:
    """Where the command looks for it, with an administrator, a clerk and one number; it works on meanwhile."""
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    add_administrator(story.app, "quan-tri", PASSWORD)
    with story.app.store.writing() as tables:
        tables.clerks.add("c-1", SECOND, hash_secret(PIN))
    story.take_number()
    yield story
    story.close()


@pytest.fixture
def correct(office: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> Any:
    def run(
        seq: int, secrets: str = f"{PASSWORD}\n{PIN}\n", administrator: str = "quan-tri", second: str = SECOND
    ) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(secrets))
        people = ["--administrator", administrator, "--second", second, "--secrets-stdin"]
        return main(["journal", "correct", str(seq), "--reason", "mistake", *people])

    return run


def issued(office: OfficeStory) -> dict[str, Any]:
    return next(event for event in office.events() if event["type"] == "ticket.issued")


def test_two_persons_note_an_event_as_wrong_and_it_stays(
    office: OfficeStory, correct: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    before, wrong = office.events(), issued(office)
    assert correct(wrong["seq"]) == 0, capsys.readouterr().err
    assert capsys.readouterr().out == f"đã ghi nhận dòng {wrong['seq']} (ticket.issued) là sai\n"
    after = office.events()
    assert after[: len(before)] == before
    (noted,) = [event for event in after[len(before) :] if event["type"] == "access.corrected"]
    assert noted["data"]["corrects"] == wrong["id"] and noted["data"]["confirmed_by"] == ["quan-tri", SECOND]
    assert noted["actor"]["person"] == "quan-tri"
    assert verify_store(office.app.store).listed == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"secrets": f"{PASSWORD}\n1357\n"}, f"PIN của {SECOND} không đúng; chưa thay đổi gì"),
        ({"secrets": f"falsch\n{PIN}\n"}, "PIN của quan-tri không đúng; chưa thay đổi gì"),
        ({"second": "quan-tri", "secrets": f"{PASSWORD}\n{PASSWORD}\n"}, "hãy ghi tên hai người khác nhau"),
        ({"administrator": SECOND, "secrets": f"{PIN}\n{PIN}\n"}, "không phải quản trị viên hay lãnh đạo"),
        ({"second": "ai đó"}, "chưa thay đổi gì"),
        ({"seq": 99_999}, "không có sự kiện 99999; dòng cuối của nhật ký là"),
        ({"seq": 0}, "không có sự kiện 0; dòng cuối"),
    ],
)
def test_whoever_does_not_prove_it_or_names_no_event_changes_nothing(
    office: OfficeStory, correct: Any, capsys: pytest.CaptureFixture[str], given: dict[str, Any], words: str
) -> None:
    assert correct(**{"seq": issued(office)["seq"], **given}) == 1
    assert words in capsys.readouterr().err
    assert [event for event in office.events() if event["type"] == "access.corrected"] == []


def test_a_reason_that_there_is_not_is_wrong_use(office: OfficeStory, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["journal", "correct", "1", "--reason", "vì thế", "--administrator", "quan-tri", "--second", SECOND]
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2 and "mistake" in capsys.readouterr().err


@pytest.mark.parametrize(("role", "done"), [("head", True), ("technician", False), ("reader", False)])
def test_the_head_of_the_office_says_it_and_who_looks_after_machines_or_reads_reports_does_not(
    office: OfficeStory, correct: Any, role: PersonRole, done: bool
) -> None:
    with office.app.store.writing() as tables:
        tables.persons.add("Bảo", hash_secret(PASSWORD), role)
    assert correct(issued(office)["seq"], administrator="Bảo") == (0 if done else 1)
    noted = [event["actor"] for event in office.events() if event["type"] == "access.corrected"]
    assert noted == ([{"kind": "head", "id": "Bảo", "person": "Bảo"}] if done else [])
