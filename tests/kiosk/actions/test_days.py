"""The business date: opened by the first action of a local day, never going back, closed with nothing left open."""

from __future__ import annotations

import pytest

from contract.tickets import CounterState, TicketState
from contract.times import from_rfc3339
from kiosk.actions import calling, counters, days
from kiosk.domain.counter import Counter
from tests.kiosk.actions.memory import MemoryUnit
from tests.kiosk.actions.test_calling import called, issue


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


def test_the_first_action_of_a_day_opens_it_once(unit: MemoryUnit) -> None:
    unit.state.day_open = False
    days.ensure_today(unit)
    days.ensure_today(unit)
    assert unit.state.day_open
    assert unit.events == [("office.day_opened", "ba-vi", {"business_date": "2024-04-15"})]


def test_a_new_day_closes_the_one_before(unit: MemoryUnit) -> None:
    unit.now = from_rfc3339("2024-04-16T00:00:00+07:00")
    days.ensure_today(unit)
    assert unit.events == [
        ("office.day_closed", "ba-vi", {"business_date": "2024-04-15", "abandoned": 0, "ended": 0}),
        ("office.day_opened", "ba-vi", {"business_date": "2024-04-16"}),
    ]


@pytest.mark.parametrize(
    "moment", ["2024-04-15T23:59:59.999+07:00", "2024-04-14T12:00:00+07:00", "1970-01-01T00:00:00Z"]
)
def test_the_business_date_never_goes_back(unit: MemoryUnit, moment: str) -> None:
    unit.now = from_rfc3339(moment)
    days.ensure_today(unit)
    assert (unit.state.business_date, unit.events) == ("2024-04-15", [])


def test_the_close_leaves_no_ticket_open_and_ends_them_by_arrival(unit: MemoryUnit) -> None:
    absent, served = called(unit, "1"), called(unit, "2")
    calling.start_service(unit, served.id)
    waiting, held = issue(unit, "KQ"), issue(unit, "DD")
    calling.hold(unit, held.id, "3", None)
    last = issue(unit)
    unit.events.clear()
    days.close_day(unit)
    ended = [(kind, subject) for kind, subject, _ in unit.events if kind.startswith("ticket.")]
    assert ended == [
        ("ticket.no_show", absent.id),
        ("ticket.completed", served.id),
        ("ticket.abandoned", waiting.id),
        ("ticket.abandoned", held.id),
        ("ticket.abandoned", last.id),
    ]
    states = [unit.tickets.get(t.id).state.value for t in (absent, served, waiting, held, last)]
    assert states == ["NO_SHOW", "COMPLETED", "ABANDONED", "ABANDONED", "ABANDONED"]
    assert unit.events[-1] == (
        "office.day_closed",
        "ba-vi",
        {"business_date": "2024-04-15", "abandoned": 3, "ended": 5},
    )
    assert not unit.state.day_open


def test_an_absent_citizen_of_the_day_stays_absent(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.mark_no_show(unit, ticket.id)
    days.close_day(unit)
    assert unit.tickets.get(ticket.id).state is TicketState.NO_SHOW


def test_the_close_closes_every_counter_that_is_not(unit: MemoryUnit) -> None:
    counters.assign_clerk(unit, "1", "Lan")
    called(unit, "1")
    counters.set_state(unit, "2", CounterState.PAUSED)
    counters.set_state(unit, "3", CounterState.OPEN)
    counters.set_state(unit, "3", CounterState.CLOSED)
    unit.counters.save(Counter("old", CounterState.OPEN, priority_run=2, undo=()))  # no longer configured
    unit.events.clear()
    days.close_day(unit)
    assert [event for event in unit.events if event[0] == "counter.closed"] == [
        ("counter.closed", "1", {"clerk": "Lan", "services": ["HT"], "reason": "day closed"}),
        ("counter.closed", "2", {"clerk": None, "services": ["HT"], "reason": "day closed"}),
        ("counter.closed", "old", {"clerk": None, "services": [], "reason": "day closed"}),
    ]
    for code in ("1", "2", "3", "old"):
        counter = unit.counters.get(code, with_undo=True)
        assert (counter.state, counter.current, counter.priority_run) == (CounterState.CLOSED, None, 0)
        assert (counter.undo, counter.undo_at) == ((), unit.now)
    assert unit.counters.get("1").clerk is None
    assert ("clerk.signed_out", "Lan", {"counter": "1"}) in unit.events


def test_a_closed_day_is_not_closed_again(unit: MemoryUnit) -> None:
    days.close_day(unit)
    days.close_day(unit)
    assert unit.types() == ["office.day_closed"]
