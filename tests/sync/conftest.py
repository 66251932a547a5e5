from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from config.schema import ConnectorSection
from sync.agent import Agent
from sync.cloudevents_http import CloudEventsHttp
from sync.journal_client import JournalClient
from sync.line import Line
from sync.report import Report
from sync.simulator import OneStop
from tests.sync.journal import OFFICE, Office

NOON = datetime(2024, 4, 14, 2, 12, tzinfo=UTC).timestamp()  # 09:12 in Ba Vì


@pytest.fixture
def office() -> Iterator[Office]:
    running = Office()
    yield running
    running.close()


@pytest.fixture
def province() -> Iterator[OneStop]:
    simulator = OneStop()
    simulator.port = simulator.start()  # type: ignore[attr-defined]
    yield simulator
    simulator.stop()


@pytest.fixture
def follower(office: Office) -> Callable[..., Agent]:
    def make(port: int, **more: object) -> Agent:
        section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{port}/events", **more)  # type: ignore[arg-type]
        journal = JournalClient(office.address, "token")
        report = Report("tinh", journal, "Asia/Ho_Chi_Minh", lambda: NOON)
        return Agent(CloudEventsHttp(section, OFFICE, line=Line(read_s=1.0)), journal, report, lambda: 0.5)

    return make
