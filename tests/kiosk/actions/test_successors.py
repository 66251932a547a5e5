"""A configuration that changes while people wait: they are carried over, or the start is refused with their numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract.tickets import CounterState, TicketState
from kiosk.actions import calling, counters, days
from kiosk.actions.successors import carry_over, people_left_behind
from kiosk.domain.errors import UnknownService
from kiosk.domain.office_clock import ClockDoubt
from kiosk.domain.service import Office
from kiosk.domain.successors import LeftBehind, PeopleLeftBehind
from kiosk.domain.ticket import Ticket
from tests.kiosk.actions.memory import MINUTE, MemoryUnit
from tests.kiosk.actions.test_calling import called, issue


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


def without(office: Office, *gone: str, service: str = "", counter: str = "") -> Office:
    """The office without some services and counters; `service` and `counter` take over what is gone."""
    services = {code: one for code, one in office.services.items() if code not in gone}
    places = {
        code: replace(one, services=tuple(name for name in one.services if name not in gone))
        for code, one in office.counters.items()
        if code not in gone
    }
    if service:
        services[service] = replace(services[service], replaces=gone)
    if counter:
        places[counter] = replace(places[counter], replaces=gone)
    return replace(office, services=services, counters=places)


def called_to_the_land_counter(unit: MemoryUnit) -> Ticket:
    issue(unit, "DD")
    ticket = calling.call_next(unit, "3")
    assert ticket is not None
    return ticket


def test_nothing_happens_while_everybody_has_a_place(unit: MemoryUnit) -> None:
    issue(unit)
    called(unit)
    events = len(unit.events)
    carry_over(unit)
    assert len(unit.events) == events


def test_who_waits_for_a_service_that_is_gone_waits_for_the_one_that_replaces_it(unit: MemoryUnit) -> None:
    first, second = issue(unit, "DD"), issue(unit, "HT")
    held = issue(unit, "DD")
    calling.hold(unit, held.id, "3", None)
    unit.office = without(unit.office, "DD", service="HT")
    carry_over(unit)
    assert [(kind, data["from"], data["service"], data["state"]) for kind, _, data in unit.events[-2:]] == [
        ("ticket.transferred", "DD", "HT", "WAITING"),
        ("ticket.transferred", "DD", "HT", "ON_HOLD"),
    ]
    called_next = calling.call_next(unit, "1")
    assert called_next and called_next.number == first.number == "C001"
    assert calling.return_to_queue(unit, held.id, "1").pool == "s:HT"
    assert unit.tickets.get(second.id).state is TicketState.WAITING


def test_a_start_without_a_successor_is_refused_with_the_numbers_and_changes_nothing(unit: MemoryUnit) -> None:
    waiting, held = issue(unit, "DD"), issue(unit, "DD")
    calling.hold(unit, held.id, "3", None)
    at_counter = called(unit, "2")
    before, events = dict(unit.tickets.rows), len(unit.events)
    unit.office = without(unit.office, "DD", "2")
    with pytest.raises(PeopleLeftBehind) as refused:
        carry_over(unit)
    assert refused.value.problems == (
        LeftBehind("service", "DD", ["C001", "C002"]),
        LeftBehind("counter", "2", ["A001"]),
    )
    assert people_left_behind(unit, unit.office, unit.now) == list(refused.value.problems)
    assert (dict(unit.tickets.rows), len(unit.events)) == (before, events)
    assert {waiting.number, held.number, at_counter.number} == {"C001", "C002", "A001"}


def test_who_stands_at_a_counter_that_is_gone_is_the_next_of_the_one_that_replaces_it(unit: MemoryUnit) -> None:
    ticket = called(unit, "2")
    counters.assign_clerk(unit, "2", "lan")
    issue(unit)
    unit.office = without(unit.office, "2", counter="1")
    carry_over(unit)
    assert (unit.counters.get("2").state, unit.counters.get("2").clerk, unit.counters.get("2").current) == (
        CounterState.CLOSED,
        None,
        None,
    )
    assert unit.types()[-3:] == ["ticket.transferred", "clerk.signed_out", "counter.closed"]
    moved = unit.events[-3][2]
    assert (moved["from"], moved["state"]) == ("2", "WAITING")
    next_one = calling.call_next(unit, "1")
    assert next_one and (next_one.id, next_one.pool) == (ticket.id, "c:1")
    events = len(unit.events)
    carry_over(unit)
    assert len(unit.events) == events, "a second start finds nothing left to do"


def test_who_waits_for_one_counter_alone_goes_with_it(unit: MemoryUnit) -> None:
    ticket = called(unit, "1")
    calling.transfer(unit, ticket.id, "1", None, "2", False, None)
    assert people_left_behind(unit, without(unit.office, "2"), unit.now)
    unit.office = without(unit.office, "2", counter="3")
    carry_over(unit)
    assert unit.tickets.get(ticket.id).pool == "c:3"


def test_who_is_served_at_a_counter_that_stays_is_served_to_the_end(unit: MemoryUnit) -> None:
    ticket = called_to_the_land_counter(unit)
    unit.office = without(unit.office, "DD")
    carry_over(unit)
    assert calling.complete(unit, ticket.id, "3").state is TicketState.COMPLETED


def test_who_was_absent_does_not_hold_up_the_start_and_is_not_lost_in_a_queue_of_nobody(unit: MemoryUnit) -> None:
    ticket = called_to_the_land_counter(unit)
    calling.mark_no_show(unit, ticket.id, "3")
    unit.office = without(unit.office, "DD")
    carry_over(unit)
    with pytest.raises(UnknownService):
        calling.return_to_queue(unit, ticket.id, "3")
    assert calling.recall(unit, ticket.id, "3").state is TicketState.CALLED
    assert calling.transfer(unit, ticket.id, "3", "HT", None, False, None).pool == "s:HT"


def test_people_of_a_day_that_is_over_do_not_hold_up_the_start(unit: MemoryUnit) -> None:
    issue(unit, "DD")
    unit.passes(24 * 60 * MINUTE)
    assert people_left_behind(unit, without(unit.office, "DD"), unit.now) == []


def test_a_clock_in_doubt_ends_no_day_so_its_people_still_count(unit: MemoryUnit) -> None:
    issue(unit, "DD")
    unit.state.clock = replace(unit.state.clock, doubt=ClockDoubt.STARTED)
    unit.passes(24 * 60 * MINUTE)
    assert len(people_left_behind(unit, without(unit.office, "DD"), unit.now)) == 1


def test_who_waits_again_after_a_counter_comes_from_the_service(unit: MemoryUnit) -> None:
    ticket = called_to_the_land_counter(unit)
    calling.hold(unit, ticket.id, "3", None)
    unit.office = without(unit.office, "DD", service="HT")
    carry_over(unit)
    assert unit.tickets.get(ticket.id).counter == "3"
    assert unit.events[-1][0] == "ticket.transferred" and unit.events[-1][2]["from"] == "DD"


def test_a_clerk_at_a_closed_counter_that_is_gone_is_signed_out_and_an_idle_counter_leaves_no_trace(
    unit: MemoryUnit,
) -> None:
    counters.assign_clerk(unit, "2", "lan")
    counters.assign_clerk(unit, "3", "minh")
    counters.release_clerk(unit, "3")
    before, events = unit.counters.get("3", with_undo=True), len(unit.events)
    unit.passes(MINUTE)
    unit.office = without(unit.office, "2", "3")
    carry_over(unit)
    assert unit.counters.get("2").clerk is None
    assert unit.events[events:] == [("clerk.signed_out", "lan", {"counter": "2"})]
    assert unit.counters.get("3", with_undo=True) == before


def test_who_was_absent_on_a_day_that_is_closed_stays_as_the_close_left_him(unit: MemoryUnit) -> None:
    ticket = called_to_the_land_counter(unit)
    absent = calling.mark_no_show(unit, ticket.id, "3")
    days.close_day(unit)
    unit.office = without(unit.office, "DD", service="HT")
    carry_over(unit)
    assert unit.tickets.get(ticket.id) == absent
    assert "ticket.transferred" not in unit.types()


def test_who_is_absent_today_waits_for_the_service_that_replaces_his(unit: MemoryUnit) -> None:
    ticket = called_to_the_land_counter(unit)
    calling.mark_no_show(unit, ticket.id, "3")
    unit.office = without(unit.office, "DD", service="HT")
    carry_over(unit)
    carried = unit.tickets.get(ticket.id)
    assert (carried.state, carried.service, carried.pool) == (TicketState.NO_SHOW, "HT", "s:HT")
