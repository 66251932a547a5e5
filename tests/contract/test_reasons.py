"""Codes of reasons: which texts are codes."""

from __future__ import annotations

import pytest

from contract.reasons import REASONS, is_device_reason


@pytest.mark.parametrize(
    "text", ["pin 5 %", "pin 5%", "battery", "temperature -12", "no_printer", "storage 9999", "other"]
)
def test_a_device_says_what_ails_it_by_a_code_with_a_figure(text: str) -> None:
    assert is_device_reason(text)


@pytest.mark.parametrize(
    "text", ["", "lan", "Nguyễn Văn An", "pin 0912345678", "pin 5 % lan", "pin\n5", "0912345678", "pin  5", "PIN 5 %"]
)
def test_anything_else_is_words(text: str) -> None:
    assert not is_device_reason(text)


def test_reasons_are_codes_and_never_renamed() -> None:
    assert REASONS[:3] == ("missing-papers", "relative", "copies") and REASONS[-1] == "other"
    assert all(one.replace("-", "").isalpha() and one.islower() for one in REASONS)
