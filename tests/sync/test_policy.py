"""When to try again, and how much to send."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.policy import AdaptiveTimeout, BatchSize, fitting, retry_after_s, retry_delay

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
        ("5", 5),
        ("86400", 3600),
        (formatdate(NOW + 90, usegmt=True), 90),
        (formatdate(NOW - 90, usegmt=True), 0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("9" * 400, 3600),
    ],
)
def test_what_the_province_asks_for_is_understood_up_to_an_hour(header: str | None, wait: float | None) -> None:
    found = retry_after_s(header, lambda: NOW)
    assert found == (None if wait is None else pytest.approx(wait, abs=1))


@given(st.one_of(st.none(), st.text(max_size=60)))
def test_no_header_breaks_the_reading(header: str | None) -> None:
    found = retry_after_s(header, lambda: NOW)
    assert found is None or 0 <= found <= 3600


@given(st.lists(st.integers(1, 400_000), min_size=1, max_size=500))
def test_a_batch_is_the_longest_beginning_that_fits(sizes: list[int]) -> None:
    count = len(fitting(map(bytes, sizes)))
    assert count >= 1
    assert count == 1 or sum(sizes[:count]) + count + 2 <= 256 * 1024
    assert count == len(sizes) or sum(sizes[: count + 1]) + count + 3 > 256 * 1024


@given(st.lists(st.booleans(), max_size=40))
def test_a_batch_stays_between_one_and_its_most(outcomes: list[bool]) -> None:
    size = BatchSize()
    for succeeded in outcomes:
        size = size.larger() if succeeded else size.smaller()
        assert 1 <= size.size <= 500


# attempts, chance, what the receiver asked for → seconds; by hand: ceiling 2^attempts up to 300, at least 1
DELAYS = [
    (0, 0.0, None, 1.0),
    (1, 0.5, None, 1.5),
    (2, 0.5, None, 2.5),
    (5, 0.5, None, 16.5),
    (8, 0.5, None, 128.5),
    (9, 0.5, None, 150.5),
    (1000, 0.5, None, 150.5),
    (5, 0.5, 0.0, 1.0),
    (5, 0.5, 30.0, 30.0),
    (5, 0.5, 9999.0, 3600.0),
]


@pytest.mark.parametrize(("attempts", "chance", "asked_s", "delay_s"), DELAYS)
def test_a_wait_doubles_with_each_failure_unless_the_receiver_asks_for_another(
    attempts: int, chance: float, asked_s: float | None, delay_s: float
) -> None:
    assert retry_delay(attempts, lambda: chance, asked_s) == delay_s


def test_a_wait_by_date_is_counted_by_the_clock_of_the_server_that_set_it() -> None:
    """Its clock is a day ahead of ours; both its dates are."""
    theirs = NOW + 86_400
    header, date = formatdate(theirs + 90, usegmt=True), formatdate(theirs, usegmt=True)
    assert retry_after_s(header, lambda: NOW, date) == 90
    assert retry_after_s(header, lambda: NOW, "no date") == 3600
    assert retry_after_s(header, lambda: NOW) == 3600


# bytes of each event → how many fit into 20 bytes with brackets and commas
FITS = [([], 0), ([1], 1), ([100], 1), ([100, 1], 1), ([5, 5, 5], 3), ([5, 5, 6], 2), ([8, 8], 2), ([8, 9], 1)]


@pytest.mark.parametrize(("sizes", "count"), FITS)
def test_as_many_events_travel_as_fit_but_one_always_does(sizes: list[int], count: int) -> None:
    items = [bytes(size) for size in sizes]
    assert fitting(items, 20) == items[:count]


def test_an_event_that_does_not_fit_is_the_last_that_is_made() -> None:
    made: list[int] = []
    items = (made.append(size) or bytes(size) for size in (8, 8, 8, 8, 8))  # type: ignore[func-returns-value]
    assert len(fitting(items, 20)) == 2 and made == [8, 8, 8]


def test_a_batch_halves_with_each_failure_and_doubles_with_each_success() -> None:
    size, sizes = BatchSize(100, 100), []
    for outcome in "fffffffff" + "ssssssss":
        size = size.smaller() if outcome == "f" else size.larger()
        sizes.append(size.size)
    assert sizes == [50, 25, 12, 6, 3, 1, 1, 1, 1, 2, 4, 8, 16, 32, 64, 100, 100]


def test_silence_doubles_the_time_that_an_exchange_may_take_up_to_four_minutes() -> None:
    timeout, waits = AdaptiveTimeout.starting_at(20.0), []
    for _ in range(5):
        timeout = timeout.lengthened()
        waits.append(timeout.wait_s)
    assert waits == [40.0, 80.0, 160.0, 240.0, 240.0]
    assert timeout.connect_s == 60.0, "a quarter of it for the connection"


# how long the answer took after the timeout had grown to 160 s → three times that, but at least 20 s
ANSWERED = [(0.1, 20.0), (7.0, 21.0), (40.0, 120.0), (100.0, 160.0)]


@pytest.mark.parametrize(("took_s", "wait_s"), ANSWERED)
def test_an_answer_shortens_it_to_three_times_what_it_took(took_s: float, wait_s: float) -> None:
    assert AdaptiveTimeout(20.0, 160.0).shortened(took_s).wait_s == wait_s


def test_a_fixed_timeout_stays() -> None:
    fixed = AdaptiveTimeout.fixed(5.0)
    assert fixed.lengthened() == fixed.shortened(0.1) == fixed.shortened(60.0) == fixed
