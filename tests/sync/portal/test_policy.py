"""How often the national portal is asked: as seldom as a citizen would, and never for nothing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.dossiers import compose_code
from sync.portal.policy import (
    DAY,
    HOUR,
    Misses,
    TrackedDossier,
    first_day,
    interval,
    may_ask,
    numbers_to_try,
    overdue,
    to_ask,
)

NOW = 1_713_150_000.0
UNIT = "000.00.53.H48"
TODAY = date(2024, 4, 15)


def watched(status: int | None = 4, age: float = 10 * DAY, **more: float | int | None) -> TrackedDossier:
    return TrackedDossier("c", status, NOW - age, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [3, 7, 10])
def test_a_finished_dossier_is_never_asked_about_again(status: int) -> None:
    assert interval(watched(status), NOW) is None and overdue(watched(status), NOW) is None


def test_the_day_of_receipt_and_the_last_day_are_watched_more_closely() -> None:
    fresh, waiting = watched(age=HOUR), watched(due_at=NOW + 5 * DAY)
    nearly, late, forgotten = (watched(due_at=NOW + days * DAY) for days in (0.5, -2, -40))
    assert [interval(one, NOW) for one in (fresh, waiting, nearly, late, forgotten)] == [
        HOUR / 2,
        4 * HOUR,
        HOUR,
        HOUR,
        12 * HOUR,
    ]


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
        TrackedDossier("open", 4, NOW - 9 * DAY, asked_at=NOW - 5 * HOUR),
        TrackedDossier("older", 4, NOW - 9 * DAY, asked_at=NOW - DAY),
        TrackedDossier("linked"),
        TrackedDossier("done", 10, NOW - DAY),
        TrackedDossier("soon", 4, NOW - 9 * DAY, asked_at=NOW - HOUR),
    ]
    assert to_ask(some, NOW, 10) == ["linked", "older", "open"]
    assert to_ask(some, NOW, 1) == ["linked"]


def test_nobody_is_asked_about_at_night() -> None:
    assert [hour for hour in range(24) if may_ask(hour)] == list(range(6, 20))


@pytest.mark.parametrize(
    ("since", "newest", "expected"),
    [
        (None, None, date(2024, 4, 1)),
        (date(2023, 12, 15), None, date(2023, 12, 15)),
        (date(2023, 12, 15), date(2024, 4, 14), date(2024, 3, 31)),
        (date(2024, 4, 10), date(2024, 4, 14), date(2024, 4, 10)),
    ],
)
def test_days_that_were_followed_already_are_not_searched_again(
    since: date | None, newest: date | None, expected: date
) -> None:
    assert first_day(since, TODAY, newest) == expected


def numbers(first: date, highest: dict[date, int], missed: dict[str, Misses], most: int = 50) -> list[str]:
    return [code.removeprefix(f"{UNIT}-") for code in islice(_codes(first, highest, missed), most)]


def _codes(first: date, highest: dict[date, int], missed: dict[str, Misses]):  # type: ignore[no-untyped-def]
    return numbers_to_try(UNIT, first, TODAY, highest, missed, NOW)


def test_the_next_two_numbers_of_each_day_are_tried_oldest_day_first() -> None:
    found = numbers(date(2024, 4, 14), {date(2024, 4, 14): 12}, {})
    assert found == ["240414-0013", "240414-0014", "240415-0001", "240415-0002"]


def test_a_number_of_today_is_tried_hourly_and_one_of_last_month_only_once() -> None:
    today, last_month = f"{UNIT}-240415-0001", f"{UNIT}-240310-0001"
    missed = {
        code: Misses(NOW - HOUR - 1, 1) for code in (today, f"{UNIT}-240415-0002", last_month, f"{UNIT}-240310-0002")
    }
    assert numbers(TODAY, {}, missed) == ["240415-0001", "240415-0002"]
    days = numbers(date(2024, 3, 10), {}, missed, 2)
    assert days == ["240311-0001", "240311-0002"]


def test_a_clock_set_back_finds_no_day_to_search() -> None:
    assert list(numbers_to_try(UNIT, TODAY, date(1970, 1, 1), {}, {}, 0.0)) == []


@given(st.dictionaries(st.dates(date(2024, 3, 1), TODAY), st.integers(1, 99), max_size=9))
def test_every_answered_question_brings_the_search_to_an_end(highest: dict[date, int]) -> None:
    """Whatever the portal knows, the questions of one day are its dossiers and two more."""
    missed: dict[str, Misses] = {}
    known: dict[date, int] = {}
    asked = 0
    while (code := next(iter(_codes(date(2024, 4, 1), known, missed)), None)) is not None:
        asked += 1
        day = date(2024, int(code[-9:-7]), int(code[-7:-5]))
        if int(code[-4:]) <= highest.get(day, 0):
            known[day] = int(code[-4:])
        else:
            missed[code] = Misses(NOW, 1)
    wanted = {day: count for day, count in highest.items() if day >= date(2024, 4, 1)}
    assert known == wanted and asked == sum(wanted.values()) + 2 * 15


# age in days, days until due (negative: past it), hours between two questions
WATCHED_BY_DATE = [
    (0.99, 9, 0.5),
    (1, 9, 4),
    (9, 1.01, 4),
    (9, 1, 4),
    (9, 0.99, 1),
    (9, 0, 1),
    (40, -29.99, 1),
    (40, -30, 12),
    (400, -300, 12),
]


@pytest.mark.parametrize(("age", "due_in", "hours"), WATCHED_BY_DATE)
def test_how_often_a_dossier_is_asked_about_follows_from_its_dates(age: float, due_in: float, hours: float) -> None:
    assert interval(watched(age=age * DAY, due_at=NOW + due_in * DAY), NOW) == hours * HOUR


@pytest.mark.parametrize(("status", "age", "hours"), [(9, 59.99, 12), (9, 60, None), (8, 59.99, 12), (8, 60, None)])
def test_a_result_and_a_stopped_dossier_are_forgotten_after_60_days(
    status: int, age: float, hours: float | None
) -> None:
    assert interval(watched(status, age * DAY), NOW) == (None if hours is None else hours * HOUR)


@pytest.mark.parametrize(
    ("asked_ago", "late"), [(4 * HOUR - 1, None), (4 * HOUR, 0.0), (5 * HOUR, HOUR), (None, 10 * DAY)]
)
def test_a_question_is_late_since_it_was_due_and_one_never_asked_since_the_receipt(
    asked_ago: float | None, late: float | None
) -> None:
    dossier = watched(asked_at=None if asked_ago is None else NOW - asked_ago)
    assert overdue(dossier, NOW) == late


def test_a_dossier_received_in_the_future_is_due_now() -> None:
    assert overdue(watched(age=-DAY), NOW) == 0.0


# days back, questions in vain, hours since the last one, whether it is tried again
NUMBERS = [
    (0, 0, 0, True),
    (0, 5, 0.99, False),
    (0, 5, 1, True),
    (0, 500, 1, True),
    (1, 1, 11.99, False),
    (1, 1, 12, True),
    (7, 23, 12, True),
    (7, 24, 12, False),
    (8, 1, 500, False),
    (8, 0, 0, True),
]


@pytest.mark.parametrize(("back", "count", "hours", "tried"), NUMBERS)
def test_an_unknown_number_is_tried_as_often_as_its_day_is_near(
    back: int, count: int, hours: float, tried: bool
) -> None:
    day = TODAY - timedelta(days=back)
    code = compose_code(UNIT, day, 1)
    missed = {code: Misses(NOW - hours * HOUR, count)} if count else {}
    assert (code in set(numbers_to_try(UNIT, day, TODAY, {}, missed, NOW))) is tried


def test_a_number_never_tried_is_tried_whatever_the_clock_says() -> None:
    assert len(list(numbers_to_try(UNIT, TODAY, TODAY, {}, {}, 0.0))) == 2
