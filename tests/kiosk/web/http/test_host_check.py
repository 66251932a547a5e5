"""A page of another name does not reach the service through a name that resolves to this PC."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from kiosk.web.http import host_check
from kiosk.web.http.host_check import API_HEADERS, PAGE_HEADERS, HostCheck

TRUSTED = frozenset({"kiosk", "kiosk.local", "motcua.example.vn"})


class Inside:
    """Answers everything, and remembers how often it was asked."""

    def __init__(self, *headers: tuple[str, str]) -> None:
        self.asked = 0
        self._headers = list(headers)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        start_response("200 OK", [("Content-Type", "text/plain"), *self._headers])
        return [b"inside"]


def ask(check: HostCheck, host: str | None, path: str = "/") -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body."""
    answered: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
        assert len({name for name, _ in headers}) == len(headers), "no header stands twice"
        answered.update(status=status, headers=dict(headers))
        return lambda data: None

    environ = {"PATH_INFO": path, "SERVER_NAME": "127.0.0.1", "REQUEST_METHOD": "GET"}
    if host is not None:
        environ["HTTP_HOST"] = host
    body = b"".join(check(environ, start))
    return answered["status"], answered["headers"], body


HOSTS = [
    ("localhost", True),
    ("localhost:8080", True),
    ("LOCALHOST:8080", True),
    ("127.0.0.1", True),
    ("127.0.0.1:8080", True),
    ("192.168.1.20:8080", True),
    ("[::1]:8080", True),
    ("[::1]", True),
    ("[fe80::1]:80", True),
    ("kiosk", True),
    ("kiosk.local:8080", True),
    ("Kiosk.Local", True),
    ("motcua.example.vn", True),
    (None, True),
    ("", True),
    ("evil.example", False),
    ("evil.example:8080", False),
    ("kiosk.evil.example", False),
    ("evilkiosk", False),
    ("localhost.evil.example", False),
    ("127.0.0.1.evil.example", False),
    ("127.0.0.1:port", False),
    ("999.1.1.1", False),
    ("::g", False),
    (":8080", False),
]


@pytest.mark.parametrize(("host", "is_taken"), HOSTS)
def test_only_addresses_and_names_of_this_pc_are_taken(host: str | None, is_taken: bool) -> None:
    inside = Inside()
    check = HostCheck(inside, TRUSTED)
    for _ in range(2):
        status, _, body = ask(check, host)
        if is_taken:
            assert (status, body) == ("200 OK", b"inside")
        else:
            assert status.startswith("400")
            assert json.loads(body)["code"] == "bad-json"
            assert json.loads(body)["detail"] == f'"{host}" is not an address of this service'
    assert inside.asked == (2 if is_taken else 0)


def test_accepted_hosts_are_remembered_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_check, "REMEMBERED", 2)
    check = HostCheck(Inside(), TRUSTED)
    for n in range(5):
        assert ask(check, f"10.0.0.{n}")[0] == "200 OK"
        assert ask(check, "evil.example")[0].startswith("400")
    assert check._accepted == {"10.0.0.0", "10.0.0.1"}
    assert ask(check, "10.0.0.4")[0] == "200 OK"


def test_sixty_four_hosts_are_remembered() -> None:
    check = HostCheck(Inside(), TRUSTED)
    for n in range(70):
        ask(check, f"10.0.0.{n}")
    assert len(check._accepted) == 64


@pytest.mark.parametrize(
    ("path", "added"),
    [("/", PAGE_HEADERS), ("/kiosk", PAGE_HEADERS), ("/api", PAGE_HEADERS), ("/api/v1/board", API_HEADERS)],
)
def test_pages_and_answers_get_their_security_headers(path: str, added: list[tuple[str, str]]) -> None:
    _, headers, _ = ask(HostCheck(Inside(), TRUSTED), "localhost", path)
    assert headers == {"Content-Type": "text/plain", **dict(added)}


def test_a_page_loads_nothing_from_elsewhere_and_stands_in_no_frame() -> None:
    policy = dict(PAGE_HEADERS)["Content-Security-Policy"].split("; ")
    assert {
        "default-src 'self'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    } <= set(policy)
    assert not any("http:" in part or "*" in part or "unsafe-eval" in part for part in policy)
    assert dict(PAGE_HEADERS) | {"Content-Security-Policy": ""} == {
        "Content-Security-Policy": "",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def test_an_answer_is_never_a_page_and_is_kept_by_nobody() -> None:
    assert dict(API_HEADERS) == {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


def test_a_refused_host_gets_the_headers_too() -> None:
    _, headers, _ = ask(HostCheck(Inside(), TRUSTED), "evil.example", "/api/v1/board")
    assert headers["Cache-Control"] == "no-store" and headers["X-Content-Type-Options"] == "nosniff"


def test_an_answer_that_says_how_long_it_may_be_kept_is_left_as_it_is() -> None:
    check = HostCheck(Inside(("Cache-Control", "max-age=60")), TRUSTED)
    _, headers, _ = ask(check, "localhost", "/api/v1/page/kiosk")
    assert headers["Cache-Control"] == "max-age=60"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_reason_of_a_failure_is_handed_on() -> None:
    seen = list[Any]()

    def inside(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("500 Internal Server Error", [], ("type", "error", "trace"))
        return []

    environ = {"PATH_INFO": "/", "HTTP_HOST": "localhost", "SERVER_NAME": "x"}
    HostCheck(inside, TRUSTED)(environ, lambda *given: seen.append(given[2:]))  # type: ignore[arg-type, return-value]
    assert seen == [(("type", "error", "trace"),)]
