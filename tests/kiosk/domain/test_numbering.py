"""Ticket numbers: a letter and a running number, as printed and as people write them."""

from __future__ import annotations

import pytest

from kiosk.domain.numbering import parse_number, ticket_number

PRINTED = [(1, "A001"), (2, "A002"), (12, "A012"), (99, "A099"), (999, "A999"), (1000, "A1000"), (123456, "A123456")]


@pytest.mark.parametrize(("ordinal", "text"), PRINTED)
def test_numbers_run_from_001_over_999_to_1000(ordinal: int, text: str) -> None:
    assert ticket_number("A", ordinal) == text
    assert parse_number(text) == ("A", ordinal)


@pytest.mark.parametrize("ordinal", [0, -1])
def test_no_number_comes_before_the_first(ordinal: int) -> None:
    with pytest.raises(ValueError, match=f"ordinal {ordinal} is not positive"):
        ticket_number("A", ordinal)


@pytest.mark.parametrize("typed", ["a 12", "A-012", "a012", " A12 ", "A.0.1.2", "A\t12", "A000012"])
def test_a_number_is_understood_as_people_write_it(typed: str) -> None:
    assert parse_number(typed) == ("A", 12)


def test_the_letter_of_a_number_may_be_vietnamese() -> None:
    assert parse_number("đ 1") == ("Đ", 1)


@pytest.mark.parametrize("nonsense", ["", "12", "AA1", "A0", "A000", "A-", "A1234567", "A012B", "A/12", "Ô1"])
def test_nonsense_is_not_a_number(nonsense: str) -> None:
    with pytest.raises(ValueError, match=f'^"{nonsense}" is not a ticket number such as A012$'):
        parse_number(nonsense)
