"""When to try again, and how much to send."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.policy import BatchSize, fitting, retry_after_s, retry_delay

NOW = 1_713_060_000.0


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_wait_is_between_one_second_and_five_minutes(attempts: int, chance: float) -> None:
    assert 1.0 <= retry_delay(attempts, lambda: chance) <= 300.0


def test_waits_grow_and_are_spread() -> None:
    assert [retry_delay(n, lambda: 0.999999) for n in (1, 3, 20)] == pytest.approx([2, 8, 300], rel=0.01)
    assert retry_delay(20, lambda: 0.0) == 1.0


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("5", 5), ("86400", 3600), (formatdate(NOW + 90, usegmt=True), 90), (formatdate(NOW - 90, usegmt=True), 0),
        ("soon", None), ("-5", None), ("", None), (None, None), ("9" * 400, 3600),
    ],
)  # fmt: skip
def test_what_the_province_asks_for_is_understood_up_to_an_hour(header: str | None, wait: float | None) -> None:
    found = retry_after_s(header, lambda: NOW)
    assert found == (None if wait is None else pytest.approx(wait, abs=1))


@given(st.one_of(st.none(), st.text(max_size=60)))
def test_no_header_breaks_the_reading(header: str | None) -> None:
    found = retry_after_s(header, lambda: NOW)
    assert found is None or 0 <= found <= 3600


@given(st.lists(st.integers(1, 400_000), min_size=1, max_size=500))
def test_a_batch_is_the_longest_beginning_that_fits(sizes: list[int]) -> None:
    count = fitting(sizes)
    assert count >= 1
    assert count == 1 or sum(sizes[:count]) + count + 2 <= 256 * 1024
    assert count == len(sizes) or sum(sizes[: count + 1]) + count + 3 > 256 * 1024


@given(st.lists(st.booleans(), max_size=40))
def test_a_batch_stays_between_one_and_its_most(outcomes: list[bool]) -> None:
    size = BatchSize()
    for succeeded in outcomes:
        size = size.larger() if succeeded else size.smaller()
        assert 1 <= size.size <= 500
