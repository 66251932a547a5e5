"""What a closed office and a long notice say, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from display_board.state.closing import closed
from display_board.state.notices import LEAST, MOST, in_parts
from tests.display_board.states import closed as closed_board

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+07:00").astimezone(ZONE)


@pytest.mark.parametrize(
    ("now", "opening", "kind", "hour", "day"),
    [
        ("2024-04-15T06:10", "2024-04-15T07:00", "closed", "7:00", "hôm nay"),
        ("2024-04-15T11:30", "2024-04-15T13:30", "lunch", "13:30", "hôm nay"),
        ("2024-04-15T12:59", "2024-04-15T13:30", "lunch", "13:30", "hôm nay"),
        ("2024-04-15T17:00", "2024-04-16T07:00", "closed", "7:00", "ngày mai"),
        ("2024-04-15T23:59", "2024-04-16T07:00", "closed", "7:00", "ngày mai"),
        ("2024-04-19T17:05", "2024-04-22T07:00", "closed", "7:00", "Thứ Hai, 22 tháng 4 năm 2024"),
    ],
)
def test_a_closed_office_says_when_it_opens(now: str, opening: str, kind: str, hour: str, day: str) -> None:
    shut = closed(closed_board(next_opening=f"{opening}:00+07:00"), local(now))
    assert shut is not None
    assert (shut.kind, shut.opening, shut.day) == (kind, hour, day)


def test_a_day_without_sessions_before_has_no_lunch() -> None:
    monday_only = closed_board(next_opening="2024-04-15T13:30:00+07:00")
    other_days = replace(monday_only.display, hours=(("tue", "07:00:00", "11:30:00"), ("mon", "13:30:00", "17:00:00")))
    shut = closed(replace(monday_only, display=other_days), local("2024-04-15T12:00"))
    assert shut is not None
    assert shut.kind == "closed"


def test_sessions_are_told_without_seconds_and_leading_noughts() -> None:
    shut = closed(closed_board(next_opening="2024-04-15T07:00:00+07:00"), local("2024-04-15T06:00"))
    assert shut is not None
    assert shut.sessions == (("Buổi sáng", "7:00–11:30"), ("Buổi chiều", "13:30–17:00"))


def test_an_office_whose_opening_nobody_knows_says_only_that_it_is_closed() -> None:
    shut = closed(closed_board(next_opening=None), local("2024-04-15T06:00"))
    assert shut is not None
    assert (shut.opening, shut.day, shut.left) == ("", "", "")


def words(length: int) -> str:
    """Text of exactly so many signs: words of nine letters and a blank, the last one cut."""
    return ("abcdefghi " * 40)[: length - 1] + "z"


@pytest.mark.parametrize("length", [1, LEAST, MOST - 1, MOST])
def test_what_fits_stays_whole(length: int) -> None:
    assert in_parts(words(length)) == [words(length)]


def test_a_sentence_that_just_fits_ends_its_part() -> None:
    first = "a" * (MOST - 1) + "."
    assert in_parts(f"{first} Then more.") == [first, "Then more."]


def test_a_sentence_that_ends_one_sign_later_is_cut_between_words() -> None:
    long = "ab " * 30 + "cd."  # 93 signs
    parts = in_parts(f"{long} Then more.")
    assert parts[0].endswith(" …")
    assert all(len(part) <= MOST for part in parts)
    assert " ".join(part.removesuffix(" …") for part in parts) == f"{long} Then more."


@pytest.mark.parametrize("mark", [".", ";", "!", "?"])
def test_each_end_of_a_sentence_is_one(mark: str) -> None:
    first = "b" * 50 + mark
    rest = "c" * 60
    assert in_parts(f"{first} {rest}") == [first, rest]


def test_a_sentence_that_ends_too_early_does_not_leave_a_short_part() -> None:
    assert in_parts("Xin chào. " + "d " * 50)[0] != "Xin chào."


def test_a_word_that_is_longer_than_the_line_is_cut_hard() -> None:
    parts = in_parts("e" * 200)
    assert parts == ["e" * 90 + " …", "e" * 90 + " …", "e" * 20]


def test_blanks_and_line_breaks_are_one_blank_each() -> None:
    assert in_parts("  Sáng \n nay   nghỉ ") == ["Sáng nay nghỉ"]
    assert in_parts(" \n ") == []
