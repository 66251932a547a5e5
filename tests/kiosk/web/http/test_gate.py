"""What the door knows of a request before it is run."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.web.http.gate import ServiceGate
from kiosk.web.wsgi.gate import Peer
from tests.office import OfficeStory

SMALL, DOSSIERS = 64 * 1024, 1024 * 1024


def environ(method: str, path: str, token: str | None = None) -> dict[str, Any]:
    made = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}
    return made if token is None else {**made, "HTTP_AUTHORIZATION": f"Bearer {token}"}


@pytest.fixture
def gate(small_office: OfficeStory) -> ServiceGate:
    return ServiceGate(small_office.service.flask_app, small_office.service.dependencies.authenticator)


@pytest.mark.parametrize(("role", "is_first"), [("kiosk", True), ("counter", True), ("tablet", False), ("sync", False)])
def test_a_device_that_was_seen_lately_is_known(
    gate: ServiceGate, small_office: OfficeStory, role: str, is_first: bool
) -> None:
    asked = environ("GET", "/api/v1/stream", small_office.token(role, "1"))
    assert gate.peer(asked) is None, "nobody is asked for it"
    small_office.send("GET", "/api/v1/stream?after=x", role, counter="1")
    assert gate.peer(asked) == Peer(f"{role}-1", is_first)
    assert gate.peer(environ("GET", "/", "made up")) is None


def test_a_long_body_is_taken_only_by_its_call_from_who_may_send_it(
    gate: ServiceGate, small_office: OfficeStory
) -> None:
    sync, kiosk = small_office.token("sync"), small_office.token("kiosk")
    assert gate.most_body(environ("PUT", "/api/v1/dossiers", sync)) == DOSSIERS
    for refused in (
        environ("PUT", "/api/v1/dossiers"),
        environ("PUT", "/api/v1/dossiers", "made up"),
        environ("PUT", "/api/v1/dossiers", kiosk),
        environ("POST", "/api/v1/tickets", kiosk),
        environ("PUT", "/nowhere", sync),
        environ("DELETE", "/api/v1/dossiers", sync),
    ):
        assert gate.most_body(refused) == SMALL


def test_a_body_that_was_not_read_is_refused_by_the_call(small_office: OfficeStory) -> None:
    assert small_office.send("PUT", "/api/v1/dossiers", "sync", b"[" + b" " * DOSSIERS).status_code == 413
