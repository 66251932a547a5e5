"""An old folder put back with which people worked on before the line came up: the receiver has another history."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.loading import load, sample_text
from kiosk import receiver_positions
from kiosk.cli import main
from kiosk.maintenance.doctor import upstream
from kiosk.maintenance.doctor.results import PartReport
from kiosk.maintenance.verification import verify_store
from sync.simulator.onestop import OneStop
from tests.kiosk.test_receiver_positions import Line, put_back
from tests.office import OfficeStory

NINE_MS = 1_713_146_400_000  # 2024-04-15 09:00 in Ba Vì


class Machine:
    """Its folder, its configuration with the province as a connector, and what of it runs."""

    def __init__(self, home: Path, port: int) -> None:
        connector = f'\n[[sync.connector]]\nname = "tinh"\nurl = "http://127.0.0.1:{port}/events"\n'
        self.file = home / "office.toml"
        self.file.write_text(sample_text() + connector, encoding="utf-8")
        self.home, self.port = home, port
        self.story: OfficeStory | None = None

    def starts(self) -> OfficeStory:
        plain = load(self.file)
        url = f"sqlite:///{self.home / 'motcua.db'}"
        database = plain.database.model_copy(update={"url": url})
        server = plain.server.model_copy(update={"bind": "127.0.0.1:0"})  # a port that nobody has
        self.story = OfficeStory(url, plain.model_copy(update={"database": database, "server": server}))
        return self.story

    def sends(self) -> None:
        assert self.story is not None
        line = Line(self.story, self.port)
        try:
            line.delivers()
        finally:
            line.ends()

    def stops(self) -> None:
        if self.story is not None:
            self.story.close()
            self.story = None


@pytest.fixture
def machine(home: Path, province: OneStop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    home.mkdir(parents=True, exist_ok=True)
    given = Machine(home, province.port)
    monkeypatch.setenv("MOTCUA_CONFIG", str(given.file))
    monkeypatch.setattr("kiosk.clock.SystemClock.now_ms", lambda _: NINE_MS)
    yield given
    given.stops()


@pytest.fixture
def parted(machine: Machine, home: Path, tmp_path_factory: Any, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """3 numbers, a copy; 2 more that the province gets; the copy put back and, without a line, 12 others on it."""
    story = machine.starts()
    for _ in range(3):
        story.take_number()
    machine.sends()
    machine.stops()
    copy = tmp_path_factory.mktemp("copy") / "state"
    shutil.copytree(home, copy, ignore=lambda _, names: [one for one in names if one.endswith("lock")])
    story = machine.starts()
    for _ in range(2):
        story.take_number()
    machine.sends()
    machine.stops()
    put_back(home, copy)
    with monkeypatch.context() as without_a_line:
        without_a_line.setattr(receiver_positions, "answered", lambda *_: [])
        story = machine.starts()
        for _ in range(12):
            story.take_number("DD")
    return machine


def rows(province: OneStop, epoch: str) -> list[tuple[int, str]]:
    return [(row["seq"], row["hash"]) for row in province.store.stored("ba-vi", epoch)]


def epochs(story: OfficeStory) -> list[str]:
    with story.app.store.reading() as reading:
        return [row.epoch for row in reading.epochs.all()]


def of_epoch(story: OfficeStory, epoch: str) -> list[Any]:
    with story.app.store.reading() as reading:
        return [json.loads(entry.body) for entry in reading.journal.read(epoch, 0, 100_000)]


def test_the_doctor_names_it_and_one_command_lets_the_line_go_on(
    parted: Machine, province: OneStop, capsys: pytest.CaptureFixture[str]
) -> None:
    assert parted.story is not None
    (old,) = epochs(parted.story)
    theirs, ours = rows(province, old), parted.story.events()
    line = Line(parted.story, parted.port)
    for _ in range(4):
        line.agent.run_once()
    line.ends()
    assert line.report.state == "blocked" and rows(province, old) == theirs
    (result,) = upstream.check_branches(PartReport("Delivery", "en"), parted.story.app)
    assert f"another event {len(theirs)} of this journal" in result.text and "restore --new-epoch" in (
        result.todo or ""
    )
    parted.stops()

    assert main(["restore", "--new-epoch"]) == 0, capsys.readouterr().err
    assert f"tinh đang giữ dòng {len(theirs)} khác của kỳ sổ này" in capsys.readouterr().out
    story = parted.starts()
    first = story.events()[0]
    assert (first["type"], first["data"]["reason"], first["data"]["before"]) == (
        "office.epoch_started",
        "restored",
        old,
    )
    assert story.take_number().number == "A201", "A004 and A005 are on paper in the history of the province"
    parted.sends()
    assert list(upstream.check_branches(PartReport("Delivery", "en"), story.app)) == []
    assert rows(province, old) == theirs, "the province keeps its history"
    assert of_epoch(story, old)[: len(ours)] == ours, "and the machine its own"
    assert rows(province, epochs(story)[1]) == [(event["seq"], event["hash"]) for event in story.events()]
    assert verify_store(story.app.store).listed == []


def test_a_history_of_days_ago_makes_no_number_of_today_jump(
    parted: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parted.stops()
    monkeypatch.setattr("kiosk.clock.SystemClock.now_ms", lambda _: NINE_MS + 3 * 86_400_000)
    assert main(["restore", "--new-epoch"]) == 0, capsys.readouterr().err
    assert "có thể đã in ra giấy" not in capsys.readouterr().out


def test_where_a_receiver_does_not_say_of_which_day_its_history_is_numbers_jump(
    parted: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is while a copy of this machine sends too: nobody knows whose numbers those are."""
    parted.stops()
    monkeypatch.setattr(receiver_positions, "answered", lambda *_: [])
    assert main(["restore", "--new-epoch"]) == 0, capsys.readouterr().err
    assert "A004 đến A200 có thể đã in ra giấy" in capsys.readouterr().out


def test_where_the_receiver_agrees_nothing_is_said(machine: Machine) -> None:
    story = machine.starts()
    story.take_number()
    machine.sends()
    assert list(upstream.check_branches(PartReport("Delivery", "en"), story.app)) == []
