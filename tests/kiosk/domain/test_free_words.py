"""What a device says of itself: codes, flags and figures go on, its free words lie apart."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.domain.free_words import text_id, without_words


@pytest.mark.parametrize(
    "report",
    [
        {},
        {"state": "online", "battery": 80, "charging": True, "temperature": -4.5, "version": None},
        {"state": "fault", "reason": "no_printer"},
        {"reason": "pin 5 %"},
        {"reason": None, "state": None},
        {"uptime_s": 9_999_999, "offset_ms": -9_999_999},
    ],
)
def test_codes_flags_and_figures_go_on(report: dict[str, Any]) -> None:
    assert without_words(report) == (report, {})


@pytest.mark.parametrize(
    ("report", "kept"),
    [
        ({"note": "bà An ở hàng ghế đầu"}, {}),
        ({"note": "Hello", "battery": 80}, {"battery": 80}),
        ({"Ghi chú": 1}, {}),
        ({"a_name_that_is_much_longer_than_others": 1}, {}),
        ({"phone": 10_000_000}, {}),
        ({"phone": -10_000_000}, {}),
        ({"phone": 912345678}, {}),
        ({"words": ["xin", "chào"]}, {}),
        ({"place": {"row": 1}}, {}),
    ],
)
def test_words_and_long_numbers_lie_apart(report: dict[str, Any], kept: dict[str, Any]) -> None:
    assert without_words(report) == (kept, {name: value for name, value in report.items() if name not in kept})


@pytest.mark.parametrize("state", ["Kẹt giấy", "out of paper", 912345678, ["x"]])
def test_a_state_in_words_is_a_fault(state: object) -> None:
    assert without_words({"state": state}) == ({"state": "fault"}, {"state": state})


@pytest.mark.parametrize("reason", ["Kẹt giấy", "holiday", "pin 12345", 5, True])
def test_a_reason_that_is_no_code_is_another_one(reason: object) -> None:
    assert without_words({"reason": reason}) == ({"reason": "other"}, {"reason": reason})


def test_words_of_one_kind_about_one_thing_have_one_key() -> None:
    assert text_id("heartbeat", "kiosk-1") == "heartbeat/kiosk-1"
