"""Who sends: tokens fixed and fetched, signatures."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from pydantic import ValidationError

from config.followers import ConnectorSection
from sync.connectors.cloudevents_http import CloudEventsHttp
from sync.errors import SyncError
from tests.sync.secure import EMPTY, Server


class TokenServer:
    """Gives t1, t2, …; `accepted` is what the receiver takes at the moment."""

    def __init__(self) -> None:
        self.given = 0
        self.lasts_s: Any = 3600
        self.status = 200
        self.accepted = {f"Bearer t{n}" for n in range(1, 99)}
        self.server = Server(answer=self._answer)

    def _answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        if path == "/token":
            self.given += 1
            return self.status, {"access_token": f"t{self.given}", "token_type": "Bearer", "expires_in": self.lasts_s}
        return (200, EMPTY) if headers["Authorization"] in self.accepted else (401, {})

    def asked(self, path: str) -> list[tuple[str, str, dict[str, str], bytes]]:
        return [told for told in self.server.told if told[1].startswith(path)]


@pytest.fixture
def tokens() -> Iterator[TokenServer]:
    running = TokenServer()
    yield running
    running.server.close()


def connector(tokens: TokenServer, **more: Any) -> CloudEventsHttp:
    base = f"http://127.0.0.1:{tokens.server.port}"
    keys = {"oauth_token_url": f"{base}/token", "oauth_client_id": "ba-vi", "oauth_client_secret": "s:cret", **more}
    return CloudEventsHttp(ConnectorSection(name="tinh", url=f"{base}/events", **keys), "ba-vi")


def test_a_token_is_fetched_once_and_used_until_shortly_before_its_end(tokens: TokenServer) -> None:
    found = connector(tokens, oauth_scope="events.write")
    for _ in range(3):
        found.cursor("e1")
    assert tokens.given == 1
    _, _, headers, body = tokens.asked("/token")[0]
    assert parse_qs(body.decode()) == {"grant_type": ["client_credentials"], "scope": ["events.write"]}
    assert base64.b64decode(headers["Authorization"].removeprefix("Basic ")) == b"ba-vi:s%3Acret"
    assert [told[2]["Authorization"] for told in tokens.asked("/events")] == ["Bearer t1"] * 3


def test_a_token_that_has_run_out_is_replaced(tokens: TokenServer) -> None:
    tokens.lasts_s = 0
    found = connector(tokens)
    found.cursor("e1")
    found.cursor("e1")
    assert [told[2]["Authorization"] for told in tokens.asked("/events")] == ["Bearer t1", "Bearer t2"]


def test_a_token_that_was_ended_early_is_replaced_at_once(tokens: TokenServer) -> None:
    found = connector(tokens)
    found.cursor("e1")
    tokens.accepted.remove("Bearer t1")
    found.cursor("e1")
    assert tokens.given == 2
    tokens.accepted.clear()
    with pytest.raises(SyncError, match="credential"):
        found.cursor("e1")
    assert tokens.given == 3, "a second refusal is believed"


@pytest.mark.parametrize(
    ("status", "lasts_s", "said"),
    [
        (401, 9, "refuses our client_id"),
        (500, 9, "status 500"),
        (200, "soon", "not answer with a token"),
        (200, -1, "not answer with a token"),
        (200, 10**400, "not answer with a token"),
    ],
)
def test_a_token_server_that_fails_is_told_and_nothing_is_sent(
    status: int, lasts_s: Any, said: str, tokens: TokenServer
) -> None:
    tokens.status, tokens.lasts_s = status, lasts_s
    with pytest.raises(SyncError, match=said):
        connector(tokens).cursor("e1")
    assert tokens.asked("/events") == []


def test_a_token_server_whose_answer_is_nested_too_deeply_is_told() -> None:
    def deep(*_: Any) -> tuple[int, Any]:
        return 200, b"[" * 200_000

    server = Server(answer=deep)
    keys = {"oauth_token_url": f"http://127.0.0.1:{server.port}/token", "oauth_client_id": "ba-vi"}
    section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{server.port}/events", **keys)  # type: ignore[arg-type]
    try:
        with pytest.raises(SyncError, match="not answer with a token"):
            CloudEventsHttp(section, "ba-vi").cursor("e1")
    finally:
        server.close()


def test_a_body_is_signed_as_it_travels(tokens: TokenServer) -> None:
    section = {"oauth_token_url": None, "oauth_client_id": "", "oauth_client_secret": "", "token": "t1"}
    event = dict.fromkeys(("office", "epoch", "id", "type", "subject", "time", "hash"), "x") | {"seq": 1}
    connector(tokens, hmac_secret="khóa", **section).deliver("e1", [event])
    _, _, headers, body = tokens.asked("/events")[0]
    assert headers["X-Signature"] == "sha256=" + hmac.new("khóa".encode(), body, "sha256").hexdigest()
    assert headers["Content-Encoding"] == "gzip" and body[:2] == b"\x1f\x8b"


@pytest.mark.parametrize(
    "keys",
    [
        {"token": "t", "oauth_token_url": "https://t.example/token", "oauth_client_id": "c"},
        {"oauth_token_url": "https://t.example/token"},
        {"oauth_client_id": "c"},
        {"oauth_token_url": "http://t.example/token", "oauth_client_id": "c"},
        {"client_key": "office.key"},
        {"proxy": "socks://127.0.0.1:1080"},
        {"proxy": "http://proxy"},
        {"token": "two\nlines"},
        {"verify": False},
        {"url": "https://mộtcửa.example/events"},
    ],
    ids=str,
)
def test_a_section_that_contradicts_itself_or_weakens_tls_is_refused(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ConnectorSection(**{"name": "tinh", "url": "https://mot-cua.example/events", **keys})
