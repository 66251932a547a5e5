"""Text from outside has one alphabet, wherever it comes in."""

from __future__ import annotations

import logging
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.errors import BadRequest
from kiosk.web.http import alphabet
from kiosk.web.wsgi.printable import printable_path
from tests.office import OfficeStory

REFUSED = ["\x00", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\u2028", "\ufffd", "\uffff"]


@pytest.mark.parametrize("sign", REFUSED)
def test_what_is_no_text_is_refused_and_not_repeated(sign: str) -> None:
    with pytest.raises(BadRequest) as caught:
        alphabet.line("name", f"secret{sign}")
    assert "secret" not in str(caught.value)
    for body in (f'{{"a": ["x{sign}"]}}', f'{{"k{sign}": 1}}'):
        if sign >= " ":
            with pytest.raises(BadRequest):
                alphabet.json_body(body.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("escaped", [r"\u0000", r"\u001b", r"\u0085", r"\b", r"\f", r"\ud800", r"\u202e"])
def test_an_escape_hides_nothing(escaped: str) -> None:
    with pytest.raises(BadRequest):
        alphabet.json_body(f'{{"text": "x{escaped}"}}'.encode())


def test_two_spellings_of_a_name_are_one() -> None:
    composed, apart = "Đinh Thị Lan", unicodedata.normalize("NFD", "Đinh Thị Lan")
    assert alphabet.line("name", apart) == composed
    assert alphabet.json_body(f'{{"a": "{apart}"}}'.encode()) == f'{{"a": "{composed}"}}'.encode()


@pytest.mark.parametrize("raw", [b"", b"{", b'{"a": "x\\\\u0000"}', b'{"a": "line\\nline\\t"}', b"{'Lan'"])
def test_what_is_well_or_no_json_is_left_as_it_is(raw: bytes) -> None:
    assert alphabet.json_body(raw) == raw


@given(st.text())
def test_every_text_is_taken_in_nfc_or_refused(text: str) -> None:
    try:
        taken = alphabet.line("name", text)
    except BadRequest:
        return
    assert taken == unicodedata.normalize("NFC", text)
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in taken)


CALLS: list[tuple[str, str, str, Any, dict[str, str]]] = [
    ("POST", "/api/v1/tickets/x%00y/notes", "counter", {"text": "a"}, {}),
    ("POST", "/api/v1/counters/1%0A/open", "counter", {}, {}),
    ("GET", "/api/v1/tickets/%C2%85", "counter", None, {}),
    ("GET", "/api/v1/tickets/%FF", "counter", None, {}),
    ("GET", "/api/v1/procedures?query=a%00", "kiosk", None, {}),
    ("GET", "/api/v1/admin/journal?person=a%1B", "admin", None, {}),
    ("POST", "/api/v1/tickets", "kiosk", {"service": "HT", "priority": "a\x00"}, {}),
    ("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}, {"Idempotency_Key": "k\x7f"}),
    ("DELETE", "/api/v1/devices/a%E2%80%AEb", "admin", None, {}),
]


@pytest.mark.parametrize(("method", "path", "role", "body", "headers"), CALLS)
def test_every_door_for_text_has_the_alphabet(
    small_office: OfficeStory, method: str, path: str, role: str, body: Any, headers: dict[str, str]
) -> None:
    answer = small_office.send(method, path, role, body, None, **headers)
    assert answer.status_code == 400, answer.text
    assert "ticket.issued" not in small_office.types()


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ("/t/3qK9x_secret", "/t/…"),
        ("/api/v1/public/tickets/abcdef0123456789/rating-token", "/api/v1/public/tickets/…/rating-token"),
        ("/api/v1/devices/pair/BCDFGHJK", "/api/v1/devices/pair/…"),
        ("/kiosk", "/kiosk"),
        ("/a\nforged line", "/…"),
        ("/" + "a" * 30, "/…"),
    ],
)
def test_no_secret_of_an_address_is_printed(path: str, printed: str) -> None:
    assert printable_path(path) == printed


def test_an_unexpected_error_is_logged_without_the_secret_in_its_address(
    small_office: OfficeStory, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert small_office.service
    monkeypatch.setattr("kiosk.web.api.tickets.read_public_ticket", lambda *_: 1 / 0)
    caplog.set_level(logging.DEBUG)
    phone = small_office.service.flask_app.test_client()
    assert phone.get("/api/v1/public/tickets/3qK9xsecret").status_code == 500
    assert "unexpected error in GET /api/v1/public/tickets/…" in caplog.text and "3qK9xsecret" not in caplog.text
