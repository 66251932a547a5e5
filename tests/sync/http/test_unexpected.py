"""Redirections and bodies of another kind are named, so that staff know where to look."""

from __future__ import annotations

import pytest

from sync.errors import SyncError
from sync.http.unexpected import redirected, unexpected_body
from sync.wording import translate

REASON = "the answer is not a receipt"

PLACES = [
    ("http://wifi.example.vn/login?token=s3cret", "http://wifi.example.vn"),
    ("https://user:key@portal.example.vn:8443/", "https://portal.example.vn"),
    ("/login", "—"),
    ("//hall.example.vn/x", "http://hall.example.vn"),
    ("", "—"),
    ("http://[broken", "—"),
    ("http://bad\x1b[31m.example/", "—"),
    ("http://" + "a" * 200 + ".vn/", "—"),
]


@pytest.mark.parametrize(("location", "place"), PLACES)
def test_a_redirection_names_the_place_and_no_secret(location: str, place: str) -> None:
    error = redirected(302, {"Location": location})
    assert error.facts == {"place": place, "status": 302} and not error.retryable and error.status == 302


TYPES = [
    ("text/html; charset=utf-8", "a web page comes instead of an answer (text/html)"),
    ("TEXT/HTML", "a web page comes instead of an answer (text/html)"),
    ("application/xml", "the answer is of type application/xml instead of JSON"),
    ("application/json", REASON),
    ("application/problem+json; charset=utf-8", REASON),
    ("", REASON),
    ("no type at all", REASON),
    ("text/\x1b[31m", REASON),
]


@pytest.mark.parametrize(("content_type", "sentence"), TYPES)
def test_a_body_of_another_kind_is_named(content_type: str, sentence: str) -> None:
    error = unexpected_body({"Content-Type": content_type}, REASON)
    assert str(error).startswith(sentence) and error.retryable


@pytest.mark.parametrize("error", [redirected(302, {}), unexpected_body({"Content-Type": "text/html"}, REASON)])
def test_staff_read_it_in_vietnamese(error: SyncError) -> None:
    text = translate(error.reason, **error.facts)
    assert text != str(error) and "đăng nhập" in text
