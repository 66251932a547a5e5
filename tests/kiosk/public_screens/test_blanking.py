"""A screen is lit while somebody may come: by a day written out by hand."""

from __future__ import annotations

import pytest

from contract.times import from_rfc3339
from kiosk.public_screens.blanking import hours_of, is_lit

OFFICE = {
    "timezone": "Asia/Ho_Chi_Minh",
    "opening": "hours",
    "holidays": ["2024-04-18"],
    "hours": [
        {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "07:00", "to": "11:30"},
        {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "13:30", "to": "17:00"},
    ],
}


@pytest.mark.parametrize(
    ("local", "lit"),
    [
        ("2024-04-15T06:44:00", False),
        ("2024-04-15T06:46:00", True),
        ("2024-04-15T09:00:00", True),
        ("2024-04-15T11:45:00", True),
        ("2024-04-15T12:30:00", True),  # the break of noon
        ("2024-04-15T13:29:00", True),
        ("2024-04-15T17:14:00", True),
        ("2024-04-15T17:16:00", False),
        ("2024-04-15T22:00:00", False),
        ("2024-04-18T09:00:00", False),  # a holiday
        ("2024-04-20T09:00:00", False),  # a Saturday
    ],
)
def test_a_screen_is_lit_around_the_opening_hours(local: str, lit: bool) -> None:
    assert is_lit(hours_of(OFFICE), from_rfc3339(f"{local}+07:00")) is lit


def test_an_office_that_is_always_open_is_never_dark() -> None:
    assert is_lit(hours_of({**OFFICE, "opening": "always"}), from_rfc3339("2024-04-20T03:00:00+07:00"))
