"""Codes of the telephone: the vectors of RFC 6238, appendix B (SHA-1), and that each is good once."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from kiosk.domain.totp import matching_step, new_totp_secret, totp_address, totp_code

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_vectors_of_the_standard(seconds: int, code: str) -> None:
    assert totp_code(SECRET, seconds // 30) == code
    assert matching_step(SECRET, code, seconds * 1000, 0) == seconds // 30


def test_a_telephone_may_be_half_a_minute_off_and_no_more() -> None:
    code = totp_code(SECRET, 1000)
    assert [matching_step(SECRET, code, step * 30_000, 0) for step in (998, 999, 1000, 1001, 1002)] == [
        None,
        1000,
        1000,
        1000,
        None,
    ]


def test_a_code_is_good_once() -> None:
    assert matching_step(SECRET, totp_code(SECRET, 1000), 1000 * 30_000, 1000) is None


@pytest.mark.parametrize("typed", ["", "0", "2870823", "mã ký", "000000"])
def test_anything_else_is_wrong(typed: str) -> None:
    assert matching_step(SECRET, typed, 59_000, 0) is None


def test_the_address_says_whose_it_is() -> None:
    secret = new_totp_secret()
    address = urlsplit(totp_address(secret, "Bộ phận Một cửa", "chu-tich"))
    assert len(base64.b32decode(secret)) == 20 and new_totp_secret() != secret
    assert parse_qs(address.query) == {"secret": [secret], "issuer": ["Bộ phận Một cửa"]}
