"""How often the national portal is asked: as seldom as a citizen would, and never for nothing."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.portal.policy import (
    DAY,
    FINAL,
    HOUR,
    Watched,
    first_day,
    interval,
    may_ask,
    numbers_to_try,
    overdue,
    to_ask,
)  # fmt: skip

NOW = 1_713_150_000.0
UNIT = "000.00.53.H48"
TODAY = date(2024, 4, 15)


def watched(status: int | None = 4, age: float = 10 * DAY, **more: float | int | None) -> Watched:
    return Watched("c", status, NOW - age, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", sorted(FINAL))
def test_a_finished_dossier_is_never_asked_about_again(status: int) -> None:
    assert interval(watched(status), NOW) is None and overdue(watched(status), NOW) is None


def test_the_day_of_receipt_and_the_last_day_are_watched_more_closely() -> None:
    fresh, waiting = watched(age=HOUR), watched(due_at=NOW + 5 * DAY)
    nearly, late, forgotten = (watched(due_at=NOW + days * DAY) for days in (0.5, -2, -40))
    assert [interval(one, NOW) for one in (fresh, waiting, nearly, late, forgotten)] == [
        HOUR / 2, 4 * HOUR, HOUR, HOUR, 12 * HOUR,
    ]  # fmt: skip


def test_a_result_waits_for_its_citizen_two_months() -> None:
    assert interval(watched(9), NOW) == 12 * HOUR
    assert interval(watched(9, age=61 * DAY), NOW) is None and interval(watched(8, age=61 * DAY), NOW) is None


def test_a_code_unknown_to_the_portal_is_tried_five_times_ever_more_seldom() -> None:
    waits = [interval(watched(None, misses=n), NOW) for n in range(6)]
    assert waits == [0.0, 600.0, HOUR, 6 * HOUR, DAY, None]


@given(
    st.sampled_from([None, *range(1, 11)]), st.floats(0, 400 * DAY), st.floats(-200 * DAY, 200 * DAY), st.integers(1, 9)
)
def test_no_dossier_is_asked_about_twice_within_ten_minutes(
    status: int | None, age: float, due: float, misses: int
) -> None:
    one = watched(status, age, due_at=NOW + due, misses=misses if status is None else 0, asked_at=NOW - 599)
    assert overdue(one, NOW) is None


def test_what_a_clerk_linked_comes_first_then_what_waits_longest() -> None:
    some = [
        Watched("open", 4, NOW - 9 * DAY, asked_at=NOW - 5 * HOUR),
        Watched("older", 4, NOW - 9 * DAY, asked_at=NOW - DAY),
        Watched("linked"), Watched("done", 10, NOW - DAY), Watched("soon", 4, NOW - 9 * DAY, asked_at=NOW - HOUR),
    ]  # fmt: skip
    assert to_ask(some, NOW, 10) == ["linked", "older", "open"]
    assert to_ask(some, NOW, 1) == ["linked"]


def test_nobody_is_asked_about_at_night() -> None:
    assert [hour for hour in range(24) if may_ask(hour)] == list(range(6, 20))


@pytest.mark.parametrize(
    ("since", "newest", "expected"),
    [
        (None, None, date(2024, 4, 1)), (date(2023, 12, 15), None, date(2023, 12, 15)),
        (date(2023, 12, 15), date(2024, 4, 14), date(2024, 3, 31)),
        (date(2024, 4, 10), date(2024, 4, 14), date(2024, 4, 10)),
    ],
)  # fmt: skip
def test_days_that_were_followed_already_are_not_searched_again(
    since: date | None, newest: date | None, expected: date
) -> None:
    assert first_day(since, TODAY, newest) == expected


def numbers(first: date, highest: dict[date, int], missed: dict[str, tuple[float, int]], most: int = 50) -> list[str]:
    return [code.removeprefix(f"{UNIT}-") for code in islice(_codes(first, highest, missed), most)]


def _codes(first: date, highest: dict[date, int], missed: dict[str, tuple[float, int]]):  # type: ignore[no-untyped-def]
    return numbers_to_try(UNIT, first, TODAY, highest, missed, NOW)


def test_the_next_two_numbers_of_each_day_are_tried_oldest_day_first() -> None:
    found = numbers(date(2024, 4, 14), {date(2024, 4, 14): 12}, {})
    assert found == ["240414-0013", "240414-0014", "240415-0001", "240415-0002"]


def test_a_number_of_today_is_tried_hourly_and_one_of_last_month_only_once() -> None:
    today, last_month = f"{UNIT}-240415-0001", f"{UNIT}-240310-0001"
    missed = {code: (NOW - HOUR - 1, 1) for code in (today, f"{UNIT}-240415-0002", last_month, f"{UNIT}-240310-0002")}
    assert numbers(TODAY, {}, missed) == ["240415-0001", "240415-0002"]
    days = numbers(date(2024, 3, 10), {}, missed, 2)
    assert days == ["240311-0001", "240311-0002"]


def test_a_clock_set_back_finds_no_day_to_search() -> None:
    assert list(numbers_to_try(UNIT, TODAY, date(1970, 1, 1), {}, {}, 0.0)) == []


@given(st.dictionaries(st.dates(date(2024, 3, 1), TODAY), st.integers(1, 99), max_size=9))
def test_every_answered_question_brings_the_search_to_an_end(highest: dict[date, int]) -> None:
    """Whatever the portal knows, the questions of one day are its dossiers and two more."""
    missed: dict[str, tuple[float, int]] = {}
    known: dict[date, int] = {}
    asked = 0
    while (code := next(iter(_codes(date(2024, 4, 1), known, missed)), None)) is not None:
        asked += 1
        day = date(2024, int(code[-9:-7]), int(code[-7:-5]))
        if int(code[-4:]) <= highest.get(day, 0):
            known[day] = int(code[-4:])
        else:
            missed[code] = (NOW, 1)
    wanted = {day: count for day, count in highest.items() if day >= date(2024, 4, 1)}
    assert known == wanted and asked == sum(wanted.values()) + 2 * 15
