"""A kiosk, a counter PC and a signed-in clerk, for the tests of who may call."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Request

from kiosk.bootstrap import build_office
from kiosk.domain.tokens import hash_token
from kiosk.store import schema
from kiosk.store.engine import open_writer
from kiosk.store.store import Store
from kiosk.web.http.auth import Authenticator, Caller
from tests.office import FixedClock, sample_configuration

TOKEN, COOKIE = "a-token-of-the-hall", "a-cookie-of-quay-1"
ADDRESS = "http://kiosk.local:8080"
HALL = Caller("kiosk", "hall")
LAN = Caller("counter", "quay-1", "1", "lan")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("access") / "empty.db"
    engine = open_writer(f"sqlite:///{file}")
    schema.upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def store(empty_database: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    """A kiosk "hall" and a counter PC "quay-1" at which the clerk "lan" is signed in for an hour."""
    url = f"sqlite:///{shutil.copy(empty_database, tmp_path / 'motcua.db')}"
    store = Store(url, build_office(sample_configuration(url)), lambda: "id")
    now = clock.now_ms()
    with store.writing() as tables:
        tables.devices.add("hall", "kiosk", None, hash_token(TOKEN), now)
        tables.devices.add("quay-1", "counter", "1", hash_token("quay"), now)
        tables.sessions.add(hash_token(COOKIE), "lan", "1", "quay-1", now + 3_600_000)
    yield store
    store.close()


@pytest.fixture
def authenticator(store: Store, clock: FixedClock) -> Authenticator:
    return Authenticator(store, clock, None)


def request(method: str = "GET", token: str | None = None, cookie: str | None = None, **headers: str) -> Request:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/api/v1/tickets",
        "HTTP_HOST": "kiosk.local:8080",
        "wsgi.url_scheme": "http",
    }
    if token is not None:
        environ["HTTP_AUTHORIZATION"] = token
    if cookie is not None:
        environ["HTTP_COOKIE"] = f"motcua_session={cookie}"
    environ.update({f"HTTP_{name.upper()}": value for name, value in headers.items()})
    return Request(environ)


def bearer(token: str = TOKEN) -> str:
    return f"Bearer {token}"
