"""The five keys of a keypad: five, each with a code of its own."""

from __future__ import annotations

import tomllib

import pytest

from config.loading import ConfigurationError, build, sample_text

FIVE = ["Numpad8", "Numpad2", "Numpad5", "NumpadAdd", "Numpad0"]


def with_keypad(keys: list[str]) -> list[str]:
    tables = tomllib.loads(sample_text())
    tables["kiosk"]["keypad"] = keys
    return build(tables, "office.toml").kiosk.keypad


def test_an_office_names_its_own_keys() -> None:
    assert with_keypad(FIVE) == FIVE


@pytest.mark.parametrize(
    ("keys", "why"),
    [(FIVE[:4], "5"), ([*FIVE[:4], "Numpad8"], "mỗi phím cần một mã riêng"), ([*FIVE[:4], "↵"], "không phải mã phím")],
)
def test_keys_that_cannot_be_told_apart_are_refused(keys: list[str], why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        with_keypad(keys)
