"""Slips left on a roll: counted, and learned from the rolls before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.paper import RESERVE, SLIPS_PER_ROLL, PaperRoll


def printed(roll: PaperRoll, slips: int) -> PaperRoll:
    for _ in range(slips):
        roll = roll.use_slip()
    return roll


def test_each_slip_takes_one_from_the_roll() -> None:
    assert printed(PaperRoll(), 12).left == SLIPS_PER_ROLL - 12


def test_a_new_roll_gives_seven_hundred_slips_and_never_less_than_none() -> None:
    assert (PaperRoll().left, printed(PaperRoll(), 700).left, printed(PaperRoll(), 701).left) == (700, 0, 0)
    warned = PaperRoll().observe(paper_out=False, near_end=True)
    assert (warned.left, printed(warned, 25).left, printed(warned, 26).left) == (25, 0, 0)


def test_a_roll_of_fifty_slips_shows_how_long_a_roll_is_one_of_less_does_not() -> None:
    for used, capacity in ((49, 700), (50, 50)):
        assert printed(PaperRoll(), used).observe(True, False).capacity == capacity


def test_the_sensors_warning_is_better_than_the_count() -> None:
    warned = printed(PaperRoll(), 100).observe(paper_out=False, near_end=True)
    assert warned.left == RESERVE
    assert printed(warned, 10).observe(False, True).left == RESERVE - 10


def test_the_end_of_paper_teaches_how_long_a_roll_is_and_what_the_warning_means() -> None:
    warned = printed(PaperRoll(), 600).observe(False, True)
    ended = printed(warned, 40).observe(True, True)
    assert ended.left == 0
    fresh = ended.observe(paper_out=False, near_end=False)
    assert (fresh.left, fresh.capacity, fresh.reserve) == (640, 640, 40)


def test_a_roll_put_in_half_used_teaches_nothing() -> None:
    assert printed(PaperRoll(), 3).observe(True, False).observe(False, False).left == SLIPS_PER_ROLL


def test_a_roll_changed_before_it_ended_is_noticed_by_the_warning_that_is_gone() -> None:
    warned = printed(PaperRoll(), 600).observe(False, True)
    assert warned.observe(False, False).left == SLIPS_PER_ROLL


def test_a_warning_that_trembles_while_nobody_touches_the_printer_is_no_new_roll() -> None:
    roll = printed(PaperRoll(), 600)
    for near_end in (True, False, True, False):
        roll = roll.observe(False, near_end, opened=False)
    assert roll == printed(PaperRoll(), 600)


def test_paper_that_is_out_stays_out_until_it_is_seen_again() -> None:
    ended = printed(PaperRoll(), 90).observe(True, False)
    assert ended.observe(True, False) == ended


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 60)), max_size=30))
def test_the_count_never_falls_below_nothing_and_never_rises_while_nobody_touches_the_roll(
    story: list[tuple[bool, bool, int]],
) -> None:
    roll = PaperRoll()
    for out, near, slips in story:
        before = roll.observe(out, near)
        roll = printed(before, slips)
        assert 0 <= roll.left <= max(0, before.left)
        assert roll.observe(out, near).left <= max(roll.left, 0) or roll.over


@pytest.mark.parametrize(
    ("roll", "left"),
    [
        (PaperRoll(), 700),
        (PaperRoll(used=700), 0),
        (PaperRoll(used=701), 0),
        (PaperRoll(capacity=640, used=600), 40),
        (PaperRoll(used=100, warned_at=100), 25),
        (PaperRoll(used=120, warned_at=100), 5),
        (PaperRoll(used=130, warned_at=100), 0),
        (PaperRoll(used=610, warned_at=600, reserve=40), 30),
        (PaperRoll(used=10, over=True), 0),
        (PaperRoll(used=10, warned_at=5, over=True), 0),
    ],
)
def test_slips_left_are_counted_from_the_warning_where_there_was_one(roll: PaperRoll, left: int) -> None:
    assert roll.left == left


@pytest.mark.parametrize(
    ("used", "warned_at", "capacity", "reserve"),
    [
        (49, None, 700, 25),  # put in half used: nothing is learned
        (50, None, 50, 25),
        (640, 600, 640, 40),
        (640, None, 640, 25),
        (49, 30, 700, 25),
    ],
)
def test_the_end_of_a_roll_teaches_its_length_and_what_the_warning_means(
    used: int, warned_at: int | None, capacity: int, reserve: int
) -> None:
    ended = PaperRoll(used=used, warned_at=warned_at).observe(paper_out=True, near_end=True)
    assert (ended.over, ended.left, ended.capacity, ended.reserve) == (True, 0, capacity, reserve)
    assert (ended.used, ended.warned_at) == (used, warned_at)


@pytest.mark.parametrize(
    ("roll", "near_end", "opened", "after"),
    [
        (PaperRoll(used=9), False, True, PaperRoll(used=9)),
        (PaperRoll(used=9), True, False, PaperRoll(used=9, warned_at=9)),
        (PaperRoll(used=9, warned_at=7), True, True, PaperRoll(used=9, warned_at=7)),
        (PaperRoll(used=9, warned_at=7), False, True, PaperRoll()),
        (PaperRoll(used=9, warned_at=7), False, False, PaperRoll(used=9)),
        (PaperRoll(used=9, over=True), False, False, PaperRoll()),
        (PaperRoll(used=9, over=True), True, False, PaperRoll(warned_at=0)),
        (PaperRoll(capacity=640, used=9, reserve=40, over=True), False, True, PaperRoll(capacity=640, reserve=40)),
    ],
)
def test_what_the_printer_tells_of_its_paper_changes_the_roll(
    roll: PaperRoll, near_end: bool, opened: bool, after: PaperRoll
) -> None:
    assert roll.observe(False, near_end, opened) == after


def test_a_printer_that_was_not_watched_may_have_been_opened() -> None:
    assert PaperRoll(used=9, warned_at=7).observe(False, False) == PaperRoll()
