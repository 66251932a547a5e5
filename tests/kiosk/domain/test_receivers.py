"""What is skipped when a receiver has more than the journal: behind what it holds, and behind what it may not know."""

from __future__ import annotations

import pytest

from kiosk.domain.lost_numbers import NumberRange
from kiosk.domain.receivers import RECEIVER_AHEAD, ReceiverPosition, highest_numbers, is_believed, lost_by_word

DAY = "2024-04-15"


def test_numbers_that_a_receiver_holds_are_a_lower_bound() -> None:
    """It got A063; what came in the second before the damage is on paper and nowhere else."""
    lost = lost_by_word([ReceiverPosition("e1", 120, DAY, {"A": 63})], 100, DAY, {"A": 57, "C": 99})
    assert lost.ranges == (NumberRange("A", 58, 200), NumberRange("C", 100, 200)) and lost.seq == 120


def test_of_several_receivers_the_farthest_counts() -> None:
    words = [ReceiverPosition("e1", 120, DAY, {"A": 99}), ReceiverPosition("e1", 130, DAY, {"A": 101, "C": 2})]
    lost = lost_by_word(words, 100, DAY, {"A": 57, "C": 1})
    assert lost.ranges == (NumberRange("A", 58, 300), NumberRange("C", 2, 200)) and lost.seq == 130


def test_without_numbers_each_missing_event_may_have_been_one() -> None:
    lost = lost_by_word([ReceiverPosition("e1", 160)], 100, DAY, {"A": 57})
    assert lost.ranges == (NumberRange("A", 58, 300),), "57 and 60 more are 117"
    lost = lost_by_word([ReceiverPosition("e1", 2**53 - 1)], 100, DAY, {"A": 57})
    assert lost.ranges == (NumberRange("A", 58, 700),), "a receiver cannot drive the numbers up"


def test_numbers_of_yesterday_say_nothing_of_today() -> None:
    assert highest_numbers([ReceiverPosition("e1", 9, "2024-04-14", {"A": 63})], DAY) == {}


@pytest.mark.parametrize(
    ("reason", "hours", "believed"),
    [
        (RECEIVER_AHEAD, 1, False),
        (RECEIVER_AHEAD, 23.99, False),
        (RECEIVER_AHEAD, 24, True),
        (RECEIVER_AHEAD, 25, True),
        (RECEIVER_AHEAD, -23.99, False),  # the clock was set back since
        ("restored", 1, True),
    ],
)
def test_a_word_is_believed_once_a_day(reason: str, hours: float, believed: bool) -> None:
    now = 1_713_146_400_000
    assert is_believed([("new", 0), (reason, now - round(hours * 3_600_000))], now) is believed
