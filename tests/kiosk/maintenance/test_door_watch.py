"""The watchdog believes an answer that came through the door."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from kiosk.maintenance.door_watch import DoorWatch
from tests.office import OfficeStory


@pytest.fixture
def port(small_office: OfficeStory) -> Iterator[int]:
    yield small_office.service.start()
    small_office.service.stop_serving()


def watch(port: int, host: str = "127.0.0.1") -> DoorWatch:
    return DoorWatch(host, port, lambda: 7.0)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_service_that_answers_is_open(port: int, host: str) -> None:
    assert watch(port, host).is_open()


def test_a_service_that_takes_connections_and_answers_nobody_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.maintenance.door_watch.ANSWER_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        assert not watch(mute.getsockname()[1]).is_open()
        port = mute.getsockname()[1]
    assert not watch(port).is_open()


def test_the_housekeeper_asks_for_it(small_office: OfficeStory, port: int) -> None:
    assert any(isinstance(one, DoorWatch) for one in small_office.service._watched)
