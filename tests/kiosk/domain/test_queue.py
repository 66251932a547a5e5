"""Who is called next: priority first, by arrival; after a run of them one ordinary ticket."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.queue import ARRIVAL_STEP, NextCall, Waiting, calling_order, choose, place_between


def queue(kinds: str) -> list[Waiting]:
    """ "pop": a priority ticket arrived first, then an ordinary one, then a priority one."""
    return [Waiting(f"{kind}{n}", n, kind == "p") for n, kind in enumerate(kinds)]


# (who waits, priority calls before, limit, called next, why, priority calls after)
NEXT = [
    ("o", 0, 2, "o0", "arrival", 0),
    ("oo", 0, 2, "o0", "arrival", 0),
    ("op", 0, 2, "p1", "priority", 1),
    ("po", 0, 2, "p0", "priority", 1),
    ("opp", 1, 2, "p1", "priority", 2),
    ("opp", 2, 2, "o0", "turn", 0),
    ("po", 2, 2, "o1", "turn", 0),
    ("op", 5, 2, "o0", "turn", 0),
    ("op", 1, 1, "o0", "turn", 0),
    ("p", 0, 2, "p0", "priority", 0),
    ("pp", 2, 2, "p0", "priority", 2),
    ("o", 2, 2, "o0", "arrival", 0),
]


@pytest.mark.parametrize(("kinds", "run", "limit", "who", "why", "after"), NEXT)
@pytest.mark.parametrize("backwards", [False, True])
def test_the_next_ticket_and_why(
    kinds: str, run: int, limit: int, who: str, why: str, after: int, backwards: bool
) -> None:
    heads = queue(kinds)[::-1] if backwards else queue(kinds)
    choice = choose(heads, run, limit)
    assert choice is not None
    assert (choice.ticket.id, choice.why, choice.priority_run) == (who, why, after)


def test_nobody_is_called_when_nobody_waits() -> None:
    assert choose([], 0, 2) is None
    assert calling_order([], 0, 2) == []


# (who waits, priority calls before, limit, the whole order)
ORDERS = [
    ("oopppp", 0, 2, "p2 p3 o0 p4 p5 o1"),
    ("oopppp", 1, 2, "p2 o0 p3 p4 o1 p5"),
    ("oopppp", 2, 2, "o0 p2 p3 o1 p4 p5"),
    ("oopppp", 0, 1, "p2 o0 p3 o1 p4 p5"),
    ("oopppp", 0, 3, "p2 p3 p4 o0 p5 o1"),
    ("ooo", 0, 2, "o0 o1 o2"),
    ("ppp", 9, 2, "p0 p1 p2"),
]


@pytest.mark.parametrize(("kinds", "run", "limit", "order"), ORDERS)
def test_the_whole_queue_is_called_in_this_order(kinds: str, run: int, limit: int, order: str) -> None:
    choices = calling_order(queue(kinds)[::-1], run, limit)
    assert " ".join(choice.ticket.id for choice in choices) == order


def test_the_order_tells_why_each_is_called() -> None:
    assert [choice.why for choice in calling_order(queue("oopp"), 1, 2)] == ["priority", "turn", "priority", "arrival"]
    assert calling_order(queue("o"), 0, 2) == [NextCall(Waiting("o0", 0, False), "arrival", 0)]


kinds = st.text("op", max_size=40)


@given(kinds, st.integers(0, 5), st.integers(1, 4))
def test_everybody_is_called_once_in_arrival_order_of_their_kind(kinds: str, run: int, limit: int) -> None:
    order = [choice.ticket for choice in calling_order(queue(kinds), run, limit)]
    assert sorted(w.arrival for w in order) == list(range(len(kinds)))
    for kind in (True, False):
        arrivals = [w.arrival for w in order if w.has_priority is kind]
        assert arrivals == sorted(arrivals)


@given(kinds, st.integers(1, 4))
def test_priority_never_makes_others_wait_for_more_than_the_configured_run(kinds: str, limit: int) -> None:
    order = [choice.ticket for choice in calling_order(queue(kinds), 0, limit)]
    run = 0
    for position, ticket in enumerate(order):
        others_wait = any(not later.has_priority for later in order[position:])
        run = run + 1 if ticket.has_priority and others_wait else 0
        assert run <= limit


@given(kinds, st.integers(0, 5), st.integers(1, 4))
def test_the_first_of_the_order_is_the_one_called_next(kinds: str, run: int, limit: int) -> None:
    order = calling_order(queue(kinds), run, limit)
    assert (order[0] if order else None) == choose(queue(kinds), run, limit)


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [(None, ARRIVAL_STEP, ARRIVAL_STEP // 8), (80, 160, 90), (8, 10, 9), (8, 9, 8), (8, 8, 8)],
)
def test_a_place_between_two_arrivals_is_near_the_earlier(before: int | None, after: int, place: int) -> None:
    assert place_between(before, after) == place


def test_a_hundred_numbers_by_hand_fit_between_two_of_the_machine() -> None:
    places = [ARRIVAL_STEP]
    for _ in range(100):
        places.append(place_between(places[-1], 2 * ARRIVAL_STEP))
    assert places == sorted(set(places)) and places[-1] < 2 * ARRIVAL_STEP
