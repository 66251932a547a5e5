"""The language in which tests tell stories about the office."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from config.loading import build, sample_text
from config.schema import Configuration
from contract.times import from_rfc3339
from kiosk.actions import calling, days, tickets
from kiosk.app import App
from kiosk.bootstrap import build_app
from kiosk.domain.office_clock import MachineTime
from kiosk.domain.persons import PersonRole
from kiosk.domain.ticket import Ticket
from kiosk.domain.tokens import hash_token, new_token
from kiosk.jobs.job import Job, JobAnswer, Progress
from kiosk.maintenance.initialise import create_office, create_token
from kiosk.server import Server
from kiosk.store.unit_of_work import Actor, UnitOfWork
from kiosk.worker.jobs import perform
from tests.answers import check_answer
from tests.laid_tables import lay_tables

PERSONS: Mapping[str, PersonRole] = {"head": "head", "technician": "technician", "reader": "reader"}
TEN_YEARS_MS = 10 * 365 * 86_400_000
BUILT_MS = from_rfc3339("2024-01-01T00:00:00Z")
MONDAY_8_OCLOCK = "2024-04-15T08:05:00+07:00"


class FixedClock:
    """Stands still until told to pass."""

    def __init__(self, text: str = MONDAY_8_OCLOCK) -> None:
        self.ms = from_rfc3339(text)
        self.elapsed = self.since_boot = 0.0
        self.boot = "boot"

    def now_ms(self) -> int:
        return self.ms

    def look(self) -> MachineTime:
        return MachineTime(self.ms, round(self.since_boot * 1000), self.boot)

    def built_ms(self) -> int:
        return BUILT_MS

    def monotonic(self) -> float:
        return self.elapsed

    def passes(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)
        self.elapsed += seconds
        self.since_boot += seconds

    def jumps_to(self, text: str) -> None:
        """So long after, or before, for the machine; no interval inside the process grows by it."""
        seconds = (from_rfc3339(text) - self.ms) / 1000
        self.ms += round(seconds * 1000)
        self.since_boot += seconds

    def is_set(self, seconds: float) -> None:
        """The wall clock alone: nobody waited."""
        self.ms += round(seconds * 1000)

    def is_set_to(self, text: str) -> None:
        self.ms = from_rfc3339(text)

    def starts_at(self, text: str) -> None:
        """The machine was switched off and on; its clock shows this."""
        self.ms, self.elapsed, self.since_boot = from_rfc3339(text), 0.0, 0.0
        self.boot += "+"


def sample_configuration(url: str, **office: Any) -> Configuration:
    """The sample office without devices, on a database, with changed keys of [office]."""
    sample = _sample_tables()
    server = sample["server"] | {"bind": "127.0.0.1:0"}
    own = {"printer": [], "database": {"url": url}, "server": server, "office": sample["office"] | office}
    return build(sample | own, "sample")


@cache
def _sample_tables() -> dict[str, Any]:
    """Read once; to be copied, not changed."""
    return tomllib.loads(sample_text())


def _wait_for_no_disk(writer: Engine) -> None:
    """What a power cut leaves is for tests that open the database themselves."""
    if writer.dialect.name == "sqlite":
        with writer.connect() as only:
            only.exec_driver_sql("PRAGMA synchronous = OFF")


class SameProcessRunner:
    """Does what the service gives to child processes at once and here."""

    def __init__(self, app: App) -> None:
        self._app = app

    def run(self, job: Job, progress: Progress) -> JobAnswer:
        return perform(self._app, job, progress)

    def stop(self) -> None:
        pass


class OfficeStory:
    """The sample office with a clock that the test moves."""

    def __init__(self, url: str, configuration: Configuration | None = None) -> None:
        self.clock = FixedClock()
        lay_tables(url)
        self.app: App = build_app(configuration or sample_configuration(url), self.clock)
        _wait_for_no_disk(self.app.store.writer)
        create_office(self.app)
        self._client: FlaskClient | None = None
        self._service: Server | None = None
        self._tokens: dict[tuple[str, str | None], str] = {}

    def close(self) -> None:
        """Leaves no descriptor behind: beyond 1,023 of them select() fails, in printers and simulators as well."""
        self.app.close()
        if self._service is not None:
            self._service.head.close()

    def unit(self, kind: str = "counter") -> UnitOfWork:
        return self.app.store.unit(Actor(kind, f"test-{kind}"), self.app.clock.now_ms())

    def take_number(self, service: str = "HT", priority: str | None = None) -> Ticket:
        with self.unit("kiosk") as unit:
            days.ensure_today(unit)
            return tickets.issue_ticket(unit, tickets.TicketRequest(service, priority), "test-kiosk")[0]

    def call_next(self, counter: str = "1", finish: str | None = None) -> Ticket | None:
        with self.unit() as unit:
            days.ensure_today(unit)
            return calling.call_next(unit, counter, finish)

    def ticket(self, ticket_id: str) -> Ticket:
        with self.app.store.reading() as reading:
            return reading.tickets.get(ticket_id)

    def events(self) -> list[dict[str, Any]]:
        with self.app.store.reading() as reading:
            epoch = reading.state.head.epoch
            return [json.loads(entry.body) for entry in reading.journal.read(epoch, 0, 100_000)]

    def types(self) -> list[str]:
        return [event["type"] for event in self.events()]

    # over HTTP
    def token(self, role: str, counter: str | None = None) -> str:
        key = (role, counter)
        if key not in self._tokens:
            device = f"{role}-{counter or 'any'}"
            made = self._sign_in_as(PERSONS[role]) if role in PERSONS else create_token(self.app, role, device, counter)
            self._tokens[key] = made
        return self._tokens[key]

    def _sign_in_as(self, role: PersonRole) -> str:
        """A person of that role, signed in for ten years; returns the token."""
        now, token = self.app.clock.now_ms(), new_token()
        with self.app.store.writing() as tables:
            tables.persons.add(f"a {role}", "", role)
            tables.person_sessions.add(hash_token(token), f"a {role}", f"{role}-any", now, now + TEN_YEARS_MS)
        return token

    @property
    def service(self) -> Server:
        if self._service is None:
            self._service = Server(self.app, SameProcessRunner(self.app))
        return self._service

    def send(
        self, method: str, path: str, role: str | None, body: Any = None, counter: str | None = None, **headers: str
    ) -> TestResponse:
        if self._client is None:
            self._client = self.service.flask_app.test_client()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if role is not None:
            sent["Authorization"] = f"Bearer {self.token(role, counter)}"
        given: dict[str, Any] = {"data": body} if isinstance(body, bytes) else {"json": body}
        answer = self._client.open(path, method=method, headers=sent, **given)
        check_answer(method, path, answer)
        return answer
