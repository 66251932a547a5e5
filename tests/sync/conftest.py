from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import pytest

from config.followers import ConnectorSection
from contract.events import JournalEvent
from contract.receipts import Receipt
from sync.agent import Agent
from sync.connectors.cloudevents_http import CloudEventsHttp
from sync.http.client import HttpClient
from sync.journal_client import JournalClient
from sync.report import FollowerReport
from sync.simulator.onestop import OneStop
from tests.sync.hook import Hook
from tests.sync.journal import OFFICE, Office
from tests.sync.proxy import Proxy

NOON = datetime(2024, 4, 14, 2, 12, tzinfo=UTC).timestamp()  # 09:12 in Ba Vì


class Watched(CloudEventsHttp):
    """The connector, with what a test wants to know: the sizes of its batches and how many were under way at once."""

    def __init__(self, section: ConnectorSection, run: str, line: HttpClient) -> None:
        super().__init__(section, OFFICE, run, line)
        self.sizes: list[int] = []
        self.under_way = self.most_under_way = 0

    def deliver(self, epoch: str, events: Sequence[JournalEvent]) -> Receipt:
        self.sizes.append(len(events))
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            return super().deliver(epoch, events)
        finally:
            self.under_way -= 1


class Wall:
    """A clock on the wall that a test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


class Follower:
    """Builds followers of one office; `line` and keys of the connector as wanted."""

    def __init__(self, office: Office, wall: Wall) -> None:
        self._office, self._wall = office, wall
        self.watched: Watched

    def __call__(self, port: int, line: HttpClient | None = None, run: str = "", **more: object) -> Agent:
        url = more.pop("url", f"http://127.0.0.1:{port}/events")
        section = ConnectorSection(name="tinh", url=url, **more)  # type: ignore[arg-type]
        journal = JournalClient(self._office.address, "token")
        report = FollowerReport("tinh", journal, "Asia/Ho_Chi_Minh", self._wall)
        self.watched = Watched(section, run, line or HttpClient(timeout_s=1.0))
        return Agent(self.watched, journal, report, lambda: 0.5)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def office() -> Iterator[Office]:
    running = Office()
    yield running
    running.close()


@pytest.fixture
def line(province: OneStop) -> Iterator[Proxy]:
    """The line to the province, which a test can break."""
    proxy = Proxy(province.port)
    yield proxy
    proxy.close()


@pytest.fixture
def follower(office: Office, wall: Wall) -> Callable[..., Agent]:
    return Follower(office, wall)


@pytest.fixture
def hook() -> Iterator[Hook]:
    receiver = Hook()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()
