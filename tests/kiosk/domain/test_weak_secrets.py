"""What anybody would guess among the first is refused when it is chosen."""

from __future__ import annotations

import pytest

from kiosk.domain.common_passwords import HASHES
from kiosk.domain.weak_secrets import password_weakness, pin_weakness
from kiosk.web.api.session_models import AdminSessionBody

REFUSED = "0000 7777 1234 12345 123456 4321 890 1212 123123 2580 1379 6868 1990 2026 1122 abcd 12 1234567890123 ١٢٣٤"


@pytest.mark.parametrize("pin", REFUSED.split())
def test_a_pin_that_is_guessed_first_or_is_none_is_refused(pin: str) -> None:
    assert pin_weakness(pin) is not None


@pytest.mark.parametrize("pin", ["4821", "9035", "246810", "71940", "904417"])
def test_a_pin_without_a_pattern_is_good(pin: str) -> None:
    assert pin_weakness(pin) is None


def test_hardly_any_pins_are_refused_so_that_guessing_gets_no_easier() -> None:
    refused = sum(pin_weakness(f"{n:04}") is not None for n in range(10_000))
    assert 100 < refused < 350


@pytest.mark.parametrize(
    "password",
    ["", "abc", "1234567", "12345678", "matkhau123", "MatKhau123", "aaaaaaaa", "abababab", "chu-tich", "Chu-Tich1"],
)
def test_a_password_that_is_short_or_guessed_first_is_refused(password: str) -> None:
    assert password_weakness(password, "chu-tich") is not None


def test_the_three_thousand_most_usual_are_refused() -> None:
    assert len(set(HASHES.split())) >= 3000
    for usual in ("password", "Football", "iloveyou", "TRUSTNO1", "qwertyuiop", "sunshine", "starwars"):
        assert password_weakness(usual, "chu-tich") is not None, usual


def test_a_long_password_is_good() -> None:
    assert (
        password_weakness("con cò bay lả bay la, bay từ cửa phủ bay ra cánh đồng; cha sinh mẹ đẻ tay không", "chu-tich")
        is None
    )
    body = {"name": "a", "password": "b" * 200}
    assert AdminSessionBody.model_validate(body).password == body["password"]


@pytest.mark.parametrize("password", ["mua xuân ở Ba Vì", "mat-khau-dai", "x7!kQ9pZ", "01234567x"])
def test_any_other_password_is_good(password: str) -> None:
    assert password_weakness(password, "chu-tich") is None


@pytest.mark.parametrize(
    ("pin", "good"), [("482", False), ("4827", True), ("482719350614", True), ("4827193506142", False)]
)
def test_a_pin_has_four_to_twelve_digits(pin: str, good: bool) -> None:
    assert (pin_weakness(pin) is None) is good


@pytest.mark.parametrize(
    ("pin", "good"), [("1939", True), ("1940", False), ("2039", False), ("2040", True), ("19857", True)]
)
def test_years_of_birth_from_1940_to_2039_are_refused(pin: str, good: bool) -> None:
    assert (pin_weakness(pin) is None) is good
