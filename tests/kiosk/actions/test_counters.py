"""Opening, pausing and closing a counter, and who sits at it."""

from __future__ import annotations

import pytest

from contract.tickets import CounterState
from kiosk.actions import calling, counters
from kiosk.domain.errors import CounterBusy, UnknownCounter
from tests.kiosk.actions.memory import MINUTE, MemoryUnit
from tests.kiosk.actions.test_calling import called

OPEN, PAUSED, CLOSED = CounterState.OPEN, CounterState.PAUSED, CounterState.CLOSED


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


@pytest.mark.parametrize("before", [OPEN, PAUSED, CLOSED])
@pytest.mark.parametrize(
    ("after", "kind"), [(OPEN, "counter.opened"), (PAUSED, "counter.paused"), (CLOSED, "counter.closed")]
)
def test_a_change_of_state_is_one_event(unit: MemoryUnit, before: CounterState, after: CounterState, kind: str) -> None:
    counters.set_state(unit, "3", before)
    unit.events.clear()
    assert counters.set_state(unit, "3", after, "lunch").state is after
    assert unit.counters.get("3").state is after
    data = {"clerk": None, "services": ["DD", "KQ"], "reason": "lunch"}
    assert unit.events == ([] if after is before else [(kind, "3", data)])


def test_the_event_names_the_clerk_who_sits_there(unit: MemoryUnit) -> None:
    counters.assign_clerk(unit, "1", "Lan")
    counters.set_state(unit, "1", OPEN)
    assert unit.events[-1] == ("counter.opened", "1", {"clerk": "Lan", "services": ["HT"], "reason": None})


def test_an_unknown_counter_is_not_opened(unit: MemoryUnit) -> None:
    with pytest.raises(UnknownCounter):
        counters.set_state(unit, "9", OPEN)


def test_a_counter_does_not_close_before_the_citizen_in_front_is_served(unit: MemoryUnit) -> None:
    ticket = called(unit)
    with pytest.raises(CounterBusy) as refused:
        counters.set_state(unit, "1", CLOSED)
    assert refused.value.facts == {"counter": "1", "number": "A001"}
    counters.set_state(unit, "1", PAUSED)
    calling.complete(unit, ticket.id)
    assert counters.set_state(unit, "1", CLOSED).state is CLOSED


def test_a_counter_that_calls_is_opened_once(unit: MemoryUnit) -> None:
    assert counters.open_for_work(unit, "1").state is OPEN
    assert counters.open_for_work(unit, "1").state is OPEN
    assert unit.types() == ["counter.opened"]


def test_a_clerk_who_moves_leaves_the_counter_before(unit: MemoryUnit) -> None:
    counters.assign_clerk(unit, "1", "Lan")
    assert counters.assign_clerk(unit, "2", "Lan").clerk == "Lan"
    assert (unit.counters.get("1").clerk, unit.counters.get("2").clerk) == (None, "Lan")
    assert unit.events == [
        ("clerk.signed_in", "Lan", {"counter": "1"}),
        ("clerk.signed_out", "Lan", {"counter": "1"}),
        ("clerk.signed_in", "Lan", {"counter": "2"}),
    ]


def test_a_clerk_who_signs_in_again_at_the_same_counter_stays(unit: MemoryUnit) -> None:
    counters.assign_clerk(unit, "1", "Lan")
    counters.assign_clerk(unit, "1", "Lan")
    assert unit.types() == ["clerk.signed_in", "clerk.signed_in"]


def test_nobody_leaves_a_counter_where_nobody_sits(unit: MemoryUnit) -> None:
    assert counters.release_clerk(unit, "1").clerk is None
    assert unit.events == []


def seat(unit: MemoryUnit, code: str, clerk: str, minutes: int) -> None:
    """The clerk sits there, with a session of so many minutes from now."""
    unit.clerks.add(f"id of {clerk}", clerk, "#1")
    unit.sessions.add(f"cookie of {clerk}", f"id of {clerk}", code, f"pc-{code}", unit.now + minutes * MINUTE)
    counters.assign_clerk(unit, code, clerk)


def test_whoever_s_session_ended_leaves_once_no_citizen_is_there(unit: MemoryUnit) -> None:
    ticket = called(unit, "1")
    for code, clerk, minutes in (("1", "Lan", 10), ("2", "Minh", 10), ("3", "Hoa", 11)):
        seat(unit, code, clerk, minutes)
    unit.events.clear()
    unit.passes(10 * MINUTE)
    counters.end_sittings(unit)
    assert (counters.ended_sittings(unit, unit.now), unit.events) == ([], [])
    unit.passes(1)
    assert counters.ended_sittings(unit, unit.now) == ["2"]
    counters.end_sittings(unit)
    assert unit.events == [("clerk.signed_out", "Minh", {"counter": "2"})]
    calling.complete(unit, ticket.id)
    counters.end_sittings(unit)
    assert [unit.counters.get(code).clerk for code in "123"] == [None, None, "Hoa"]


def test_a_session_at_another_counter_or_of_another_clerk_keeps_nobody_seated(unit: MemoryUnit) -> None:
    seat(unit, "1", "Lan", 10)
    unit.sessions.rows.clear()
    unit.sessions.add("elsewhere", "id of Lan", "2", "pc-2", unit.now + MINUTE)
    unit.sessions.add("another", "id of Minh", "1", "pc-1", unit.now + MINUTE)
    assert counters.ended_sittings(unit, unit.now) == ["1"]
