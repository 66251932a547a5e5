"""Slips left on a roll: counted, and learned from the rolls before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.paper import RESERVE, SLIPS_PER_ROLL, Roll


def printed(roll: Roll, slips: int) -> Roll:
    for _ in range(slips):
        roll = roll.slip()
    return roll


def test_each_slip_takes_one_from_the_roll() -> None:
    assert printed(Roll(), 12).left == SLIPS_PER_ROLL - 12


def test_the_sensors_warning_is_better_than_the_count() -> None:
    warned = printed(Roll(), 100).seen(paper_out=False, near_end=True)
    assert warned.left == RESERVE
    assert printed(warned, 10).seen(False, True).left == RESERVE - 10


def test_the_end_of_paper_teaches_how_long_a_roll_is_and_what_the_warning_means() -> None:
    warned = printed(Roll(), 600).seen(False, True)
    ended = printed(warned, 40).seen(True, True)
    assert ended.left == 0
    fresh = ended.seen(paper_out=False, near_end=False)
    assert (fresh.left, fresh.capacity, fresh.reserve) == (640, 640, 40)


def test_a_roll_put_in_half_used_teaches_nothing() -> None:
    assert printed(Roll(), 3).seen(True, False).seen(False, False).left == SLIPS_PER_ROLL


def test_a_roll_changed_before_it_ended_is_noticed_by_the_warning_that_is_gone() -> None:
    warned = printed(Roll(), 600).seen(False, True)
    assert warned.seen(False, False).left == SLIPS_PER_ROLL


def test_a_warning_that_trembles_while_nobody_touches_the_printer_is_no_new_roll() -> None:
    roll = printed(Roll(), 600)
    for near_end in (True, False, True, False):
        roll = roll.seen(False, near_end, touched=False)
    assert roll == printed(Roll(), 600)


def test_paper_that_is_out_stays_out_until_it_is_seen_again() -> None:
    ended = printed(Roll(), 90).seen(True, False)
    assert ended.seen(True, False) == ended


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 60)), max_size=30))
def test_the_count_never_falls_below_nothing_and_never_rises_while_nobody_touches_the_roll(
    story: list[tuple[bool, bool, int]]
) -> None:
    roll = Roll()
    for out, near, slips in story:
        before = roll.seen(out, near)
        roll = printed(before, slips)
        assert 0 <= roll.left <= max(0, before.left)
        assert roll.seen(out, near).left <= max(roll.left, 0) or roll.over
