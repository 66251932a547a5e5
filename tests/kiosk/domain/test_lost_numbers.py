"""Numbers on paper that the journal lacks are skipped, generously where nobody knows how far a series was."""

from __future__ import annotations

import pytest

from kiosk.domain.lost_numbers import LostNumbers, NumberRange, missing_ranges, safe_last


@pytest.mark.parametrize(
    ("last", "safe"), [(0, 200), (1, 200), (57, 200), (99, 200), (100, 300), (199, 300), (999, 1100)]
)
def test_an_unknown_series_goes_on_behind_the_next_hundred_and_a_hundred_more(last: int, safe: int) -> None:
    assert safe_last(last) == safe


@pytest.mark.parametrize(
    ("journaled", "highest", "uncertain", "ranges"),
    [
        ({"A": 50, "C": 3}, {"A": 57, "C": 3}, (), [("A", 51, 57)]),
        ({}, {"A": 2}, (), [("A", 1, 2)]),
        ({"A": 9}, {"A": 4}, (), []),
        ({"A": 50}, {}, ("A", "C"), [("A", 51, 200), ("C", 1, 200)]),
        ({"A": 50}, {"A": 320}, ("A",), [("A", 51, 500)]),
    ],
)
def test_what_is_missing_by_letter(
    journaled: dict[str, int], highest: dict[str, int], uncertain: tuple[str, ...], ranges: list[tuple[str, int, int]]
) -> None:
    assert missing_ranges(journaled, highest, uncertain) == tuple(NumberRange(*one) for one in ranges)


def test_a_number_belongs_to_the_range_of_its_letter_with_both_ends() -> None:
    lost = LostNumbers("2024-04-15", (NumberRange("A", 51, 57), NumberRange("C", 4, 4)))
    found = [lost.range_of("A", ordinal) is not None for ordinal in (50, 51, 57, 58)]
    assert found == [False, True, True, False]
    assert lost.range_of("C", 4) == NumberRange("C", 4, 4) and lost.range_of("C", 51) is None
