"""The language in which tests tell stories about the office."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config.loading import build, sample_text
from config.schema import Configuration
from kiosk.actions import calling, days, tickets
from kiosk.bootstrap import House, build_house
from kiosk.domain.calendar import utc_ms
from kiosk.domain.ticket import Ticket
from kiosk.founding import create_token, found_database
from kiosk.server import Service
from kiosk.store.unit_of_work import Actor, UnitOfWork

MONDAY_8_OCLOCK = "2024-04-15T08:05:00+07:00"


class FixedClock:
    """Stands still until told to pass."""

    def __init__(self, text: str = MONDAY_8_OCLOCK) -> None:
        self.ms = utc_ms(text)
        self.elapsed = 0.0

    def now_ms(self) -> int:
        return self.ms

    def monotonic(self) -> float:
        return self.elapsed

    def passes(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)
        self.elapsed += seconds

    def jumps_to(self, text: str) -> None:
        self.ms = utc_ms(text)


def sample_configuration(url: str, **office: Any) -> Configuration:
    """The sample office without devices, on a database, with changed keys of [office]."""
    tables = tomllib.loads(sample_text())
    tables["printer"] = []
    tables["database"] = {"url": url}
    tables["server"]["bind"] = "127.0.0.1:0"
    tables["office"].update(office)
    return build(tables, "sample")


class OfficeStory:
    """The sample office with a clock that the test moves."""

    def __init__(self, url: str, configuration: Configuration | None = None) -> None:
        self.clock = FixedClock()
        self.house: House = build_house(configuration or sample_configuration(url), self.clock)
        found_database(self.house)
        self._client: FlaskClient | None = None
        self._service: Service | None = None
        self._tokens: dict[tuple[str, str | None], str] = {}

    def close(self) -> None:
        self.house.close()

    def unit(self, kind: str = "counter") -> UnitOfWork:
        return self.house.store.unit(Actor(kind, f"test-{kind}"), self.clock.now_ms())

    def take_number(self, service: str = "HT", priority: str | None = None) -> Ticket:
        with self.unit("kiosk") as unit:
            days.ensure_today(unit)
            return tickets.issue_ticket(unit, tickets.Wish(service, priority), "test-kiosk")[0]

    def call_next(self, counter: str = "1", finish: str | None = None) -> Ticket | None:
        with self.unit() as unit:
            days.ensure_today(unit)
            return calling.call_next(unit, counter, finish)

    def ticket(self, ticket_id: str) -> Ticket:
        with self.house.store.reading() as reading:
            return reading.tickets.get(ticket_id)

    def events(self) -> list[dict[str, Any]]:
        with self.house.store.reading() as reading:
            epoch = reading.glance().head.epoch
            return [json.loads(entry.body) for entry in reading.journal(epoch, 0, 100_000)]

    def types(self) -> list[str]:
        return [event["type"] for event in self.events()]

    # over HTTP
    def token(self, role: str, counter: str | None = None) -> str:
        key = (role, counter)
        if key not in self._tokens:
            self._tokens[key] = create_token(self.house, role, f"{role}-{counter or 'any'}", counter)
        return self._tokens[key]

    @property
    def service(self) -> Service:
        if self._service is None:
            self._service = Service(self.house)
        return self._service

    def send(
        self, method: str, path: str, role: str | None, body: Any = None, counter: str | None = None, **headers: str
    ) -> TestResponse:
        if self._client is None:
            self._client = self.service.app.test_client()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if role is not None:
            sent["Authorization"] = f"Bearer {self.token(role, counter)}"
        if isinstance(body, bytes):
            return self._client.open(path, method=method, data=body, headers=sent)
        return self._client.open(path, method=method, json=body, headers=sent)
