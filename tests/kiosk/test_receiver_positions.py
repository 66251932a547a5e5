"""Old data put back with everything that remembered its end: the receivers are the only ones who know better."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from config.followers import ConnectorSection
from kiosk import receiver_positions
from kiosk.cli import main
from kiosk.maintenance.verification import verify_store
from kiosk.server import Server
from sync.agent import Agent
from sync.connectors.cloudevents_http import CloudEventsHttp
from sync.journal_client import JournalClient
from sync.report import FollowerReport
from sync.simulator.onestop import OneStop
from tests.office import OfficeStory, sample_configuration

Start = Callable[..., OfficeStory]
LONG_S = 60.0


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    started: list[OfficeStory] = []

    def begin(port: int) -> OfficeStory:
        url = f"sqlite:///{home / 'motcua.db'}"
        plain = sample_configuration(url)
        section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{port}/events")
        sync = plain.sync.model_copy(update={"connector": [section]})
        started.append(OfficeStory(url, plain.model_copy(update={"sync": sync})))
        return started[-1]

    yield begin
    for story in started:
        story.close()


class Line:
    """`motcua sync` of an office that serves."""

    def __init__(self, story: OfficeStory, port: int) -> None:
        self.service = Server(story.app)
        address = f"http://127.0.0.1:{self.service.start()}"
        journal = JournalClient(address, story.token("sync"))
        section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{port}/events")
        self.report = FollowerReport("tinh", journal, "Asia/Ho_Chi_Minh", lambda: 0.0)
        self.agent = Agent(CloudEventsHttp(section, "ba-vi"), journal, self.report, lambda: 0.5)

    def delivers(self) -> None:
        ends = time.monotonic() + LONG_S
        while time.monotonic() < ends:
            self.agent.run_once()
            if self.agent.settled:
                return
        raise AssertionError(self.report.detail)

    def ends(self) -> None:
        self.service.stop_serving()


def put_back(home: Path, copy: Path) -> None:
    for file in home.glob("*"):
        if file.is_file():
            file.unlink()
    for file in copy.iterdir():
        if file.is_file():
            shutil.copy(file, home)


def old_data_put_back(start: Start, home: Path, tmp_path_factory: Any, port: int) -> Path:
    """3 numbers, a copy of the whole folder, 5 more numbers that the province gets, the copy put back; the copy."""
    story = start(port)
    line = Line(story, port)
    for _ in range(3):
        story.take_number()
    line.delivers()
    line.ends()
    story.close()
    copy = tmp_path_factory.mktemp("copy") / "state"
    shutil.copytree(home, copy, ignore=lambda _, names: [one for one in names if one.endswith("lock")])
    story = start(port)
    line = Line(story, port)
    for _ in range(5):
        story.take_number()
    story.take_number("DD")
    line.delivers()
    line.ends()
    story.close()
    put_back(home, copy)
    return copy


def first_event(story: OfficeStory) -> dict[str, Any]:
    event = story.events()[0]
    assert event["type"] == "office.epoch_started"
    data: dict[str, Any] = event["data"]
    return data


LOST = [{"letter": one, "first": 4 if one == "A" else 1, "last": 200} for one in "ACHKR"]


@pytest.mark.parametrize("recorded", [True, False])
def test_at_start_numbers_jump_behind_what_a_receiver_has(
    recorded: bool, start: Start, home: Path, tmp_path_factory: Any, province: OneStop
) -> None:
    old_data_put_back(start, home, tmp_path_factory, province.port)
    if not recorded:
        (home / "journal.head").unlink()
    story = start(province.port)
    line = Line(story, province.port)
    data = first_event(story)
    assert data["reason"] == "receiver_ahead" and data["lost"]["numbers"] == LOST
    assert data["lost"]["seq"] > data["seq"] and data["lost"]["business_date"] == "2024-04-15"
    assert story.take_number().number == "A201", "A008 is on paper, and perhaps A009"
    shown = story.send("GET", "/api/v1/equipment", "counter", counter="1").get_json()["lost_numbers"]
    assert [one["reason"] for one in shown] == ["receiver_ahead"]
    assert verify_store(story.app.store).listed == []
    line.delivers()
    line.ends()
    assert line.report.state == "ok"


def test_a_receiver_that_is_reached_later_is_heeded_then_and_the_line_goes_on(
    start: Start, home: Path, tmp_path_factory: Any, province: OneStop, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_data_put_back(start, home, tmp_path_factory, province.port)
    monkeypatch.setattr(receiver_positions, "answered", lambda *_: [])
    story = start(province.port)
    line = Line(story, province.port)
    assert story.take_number().number == "A004", "nobody knew better"
    line.delivers()
    assert first_event(story)["reason"] == "receiver_ahead"
    assert story.take_number().number == "A201"
    assert verify_store(story.app.store).listed == []
    line.delivers()
    line.ends()


def test_an_unreachable_receiver_keeps_nobody_waiting(
    start: Start, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver_positions, "ALONE_S", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        story = start(silent.getsockname()[1])
        service = Server(story.app)
        service.start()
        service.stop_serving()
        assert story.take_number().number == "A001"


def test_without_the_old_database_a_restore_asks_the_receivers(
    start: Start,
    home: Path,
    tmp_path_factory: Any,
    province: OneStop,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    copy = old_data_put_back(start, home, tmp_path_factory, province.port)
    for name in ("motcua.db", "journal.head"):
        (home / name).unlink()
    from config.loading import sample_text

    connector = f'\n[[sync.connector]]\nname = "tinh"\nurl = "http://127.0.0.1:{province.port}/events"\n'
    (home / "office.toml").write_text(sample_text() + connector, encoding="utf-8")
    monkeypatch.setenv("MOTCUA_CONFIG", str(home / "office.toml"))
    monkeypatch.setattr("kiosk.clock.SystemClock.now_ms", lambda _: 1713146400000)  # 2024-04-15 09:00 in Ba Vì
    assert main(["restore", str(copy / "motcua.db")]) == 0, capsys.readouterr().err
    assert "A008, C001" in capsys.readouterr().out
    story = start(province.port)
    assert first_event(story)["reason"] == "restored"
    assert story.take_number().number == "A201"
