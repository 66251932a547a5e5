"""Numbers of a day without gap or repetition."""

from __future__ import annotations

import pytest

from kiosk.verify.day import check_numbers, remarks_on_service_times
from kiosk.verify.recount import RecountResult
from kiosk.verify.replay import TicketEvents, TicketReplay, replay
from tests.kiosk.verify.events import absent, called, completed, event, issued, started

DAY = "2024-04-15"


def day_of(*numbers: str) -> dict[str, TicketEvents]:
    """Tickets by number; one that ends with "p" was written on paper."""
    return {
        f"t{place}": TicketEvents([event("issued", number=number.removesuffix("p"), on_paper=number.endswith("p"))])
        for place, number in enumerate(numbers)
    }


@pytest.mark.parametrize(
    "numbers",
    [
        (),
        ("A001",),
        ("A002", "A001", "C001"),
        ("A001", "A003p"),  # hand-written pads may skip
        ("A004p", "A005"),
        ("A999p", "A1000"),
        ("A110p", "A111"),
    ],
)
def test_a_good_day_has_nothing_wrong(numbers: tuple[str, ...]) -> None:
    assert list(check_numbers(DAY, day_of(*numbers))) == []


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        (("A001", "A001"), [f"{DAY}: number A001 was given twice"]),
        (("A001p", "A001"), [f"{DAY}: number A001 was given twice"]),
        (("A002",), [f"{DAY}: number A001 is missing"]),
        (("A001", "A004"), [f"{DAY}: number A002 is missing", f"{DAY}: number A003 is missing"]),
        (("A001", "A003p", "A005"), [f"{DAY}: number A004 is missing"]),
        (("A001", "C002"), [f"{DAY}: number C001 is missing"]),
        (("A110p", "A112"), [f"{DAY}: number A111 is missing"]),
        (("A099p", "A199p", "A201"), [f"{DAY}: number A200 is missing"]),
        (("Đ002",), [f"{DAY}: number Đ001 is missing"]),
    ],
)
def test_a_number_given_twice_or_left_out_is_named(numbers: tuple[str, ...], wrong: list[str]) -> None:
    assert list(check_numbers(DAY, day_of(*numbers))) == wrong


LOST = [("A", 2, 3), ("C", 5, 5)]


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        (("A001", "A004"), []),
        (("A001", "A005"), ["A004"]),
        (("A004",), ["A001"]),
        (("C001", "C004"), ["C002", "C003"]),
        (("C001", "C002", "C003", "C004", "C006"), []),
        (("B001", "B003"), ["B002"]),
    ],
)
def test_numbers_that_an_event_tells_as_lost_are_not_missing(numbers: tuple[str, ...], missing: list[str]) -> None:
    expected = [f"{DAY}: number {number} is missing" for number in missing]
    assert list(check_numbers(DAY, day_of(*numbers), LOST)) == expected


def test_below_a_number_that_was_given_before_the_date_was_known_nothing_is_missing() -> None:
    tickets = day_of("A003", "A004", "A006")
    tickets["t0"].events.append(event("redated", number="A003"))
    assert list(check_numbers(DAY, tickets)) == [f"{DAY}: number A005 is missing"]


def test_a_result_begins_with_nothing_and_keeps_two_hundred_differences_as_text() -> None:
    result = RecountResult()
    assert vars(result) == {
        "events": 0,
        "epochs": 0,
        "tickets": 0,
        "ratings": 0,
        "dossiers": 0,
        "days": 0,
        "figures": 0,
        "differences": 0,
        "listed": [],
        "remarks": [],
        "unusable": [],
    }
    result.note(*(f"difference {number}" for number in range(199)))
    result.note("the last that is kept", "one more")
    result.note("and another")
    assert result.differences == 202
    assert len(result.listed) == 200
    assert result.listed[-1] == "the last that is kept"


def served_at_once(place: int) -> TicketReplay:
    """A001 at place 0, and so on."""
    number = f"A{place + 1:03d}"
    return replay([issued(place, number=number), called(40), started(41), completed(41, number=number)])


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "A001"), (20, ", ".join(f"A{n:03d}" for n in range(1, 21)))],
    ids=["one", "as many as are named"],
)
def test_who_was_served_in_no_time_is_named(count: int, said: str) -> None:
    at_once = [served_at_once(n) for n in range(count)]
    assert list(remarks_on_service_times(DAY, at_once)) == [f"{DAY}: {count} tickets were served in no time: {said}"]


def test_of_more_than_twenty_the_first_twenty_are_named_and_the_others_counted() -> None:
    at_once = [served_at_once(n) for n in range(23)]
    (said,) = remarks_on_service_times(DAY, at_once)
    assert said.startswith(f"{DAY}: 23 tickets were served in no time: A001, ") and said.endswith(", A020 and 3 more")


def test_a_ticket_that_was_not_served_or_took_its_time_is_not_named() -> None:
    visits = (
        [issued(0)],
        [issued(0), called(4), absent(4)],
        [issued(0), called(4), started(4), completed(5)],
    )
    assert list(remarks_on_service_times(DAY, [replay(visit) for visit in visits])) == []
