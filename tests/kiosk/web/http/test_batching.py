"""Which calls share a commit, and what is answered when it fails."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from kiosk.store.store import Store
from kiosk.web.http.batching import CommitBatching
from kiosk.web.http.calls import QUICK_BYTES
from tests.kiosk.store.storage_errors import BUSY, FSYNC, FULL, sqlite_error


@pytest.fixture
def batching(store: Store) -> CommitBatching:
    return CommitBatching(store, frozenset({"kiosk.local"}))


def asked(method: str, path: str, length: int = 2) -> dict[str, Any]:
    return {"REQUEST_METHOD": method, "PATH_INFO": path, "CONTENT_LENGTH": str(length)}


@pytest.mark.parametrize(
    "call",
    [
        ("POST", "/api/v1/tickets"),
        ("POST", "/api/v1/counters/1/call-next"),
        ("POST", "/api/v1/tickets/01a2/complete"),
        ("POST", "/api/v1/tickets/01a2/undo"),
        ("DELETE", "/api/v1/tickets/01a2/dossiers/000.00.05.H48-240414-0001"),
        ("POST", "/api/v1/ratings"),
    ],
)
def test_an_action_of_the_journal_shares_a_commit(batching: CommitBatching, call: tuple[str, str]) -> None:
    assert batching.takes(asked(*call))


@pytest.mark.parametrize(
    "call",
    [
        ("GET", "/api/v1/tickets/01a2"),
        ("HEAD", "/api/v1/tickets"),
        ("GET", "/api/v1/stream"),
        ("POST", "/api/v1/session"),  # it takes a clerk's PIN, whose check takes its time
        ("PUT", "/api/v1/dossiers"),  # a table of them may be long
        ("POST", "/api/v1/counters/1/call-next/x"),
        ("POST", "/x/api/v1/tickets"),
        ("POST", "/api/v1/counters/1/2/call-next"),
        ("POST", "/"),
    ],
)
def test_what_reads_may_take_long_or_is_unknown_does_not(batching: CommitBatching, call: tuple[str, str]) -> None:
    assert not batching.takes(asked(*call))


def test_nor_does_a_body_that_will_be_refused(batching: CommitBatching) -> None:
    assert batching.takes(asked("POST", "/api/v1/tickets", QUICK_BYTES))
    assert not batching.takes(asked("POST", "/api/v1/tickets", QUICK_BYTES + 1))
    assert batching.takes({"REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/tickets"})


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (sqlite_error(FSYNC), 503, "unavailable"),
        (sqlite_error(FULL), 503, "storage-full"),
        (sqlite_error(BUSY), 503, "unavailable"),
        (OSError("no second file"), 500, "internal"),
    ],
)
def test_a_failed_commit_is_told_as_if_the_action_had_failed(
    batching: CommitBatching, failure: Exception, status: int, code: str
) -> None:
    environ = EnvironBuilder("/api/v1/tickets", "http://kiosk.local", method="POST").get_environ()
    body, line, headers = run_wsgi_app(batching.failed(failure), environ)
    assert line.startswith(str(status))
    assert json.loads(b"".join(body))["code"] == code
    assert headers["Content-Type"] == "application/problem+json; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
