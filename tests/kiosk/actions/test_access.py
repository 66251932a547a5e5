"""Which counter acts, and which device may act on a ticket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from contract.tickets import TicketState
from kiosk.actions import calling, counters
from kiosk.actions.access import acting_counter, require_clerk_at, require_own_counter, undoing_counter
from kiosk.domain.errors import Forbidden, TicketTaken, UnknownService
from kiosk.domain.ticket import Ticket
from tests.kiosk.actions.memory import MemoryUnit
from tests.kiosk.actions.test_calling import called, issue


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


@pytest.mark.parametrize(("bound", "allowed"), [(None, True), ("1", True), ("2", False), ("", False)])
def test_a_device_of_a_counter_acts_for_no_other(bound: str | None, allowed: bool) -> None:
    if allowed:
        require_own_counter(bound, "1")
        return
    with pytest.raises(Forbidden, match=f"this device belongs to counter {bound}") as refused:
        require_own_counter(bound, "1")
    assert refused.value.facts == {"counter": "1"}


def test_where_clerks_are_demanded_a_device_needs_a_counter_and_a_clerk_there(unit: MemoryUnit) -> None:
    with pytest.raises(Forbidden, match="pair this device with a counter, where a clerk signs in"):
        require_clerk_at(unit.counters, None)
    counters.assign_clerk(unit, "1", "Lan")
    require_clerk_at(unit.counters, "1")
    with pytest.raises(Forbidden, match="sign in at counter 2 first") as refused:
        require_clerk_at(unit.counters, "2")
    assert refused.value.facts == {"counter": "2"}


def a_ticket(unit: MemoryUnit, state: TicketState, counter: str | None, service: str = "HT") -> Ticket:
    return issue(unit, service)._replace(state=state, counter=counter)


# (state, the ticket's counter, the device's counter, the counter that acts; None: refused)
ACTING = [
    (TicketState.WAITING, None, "1", "1"),
    (TicketState.WAITING, "2", "1", "1"),
    (TicketState.WAITING, None, None, "1"),
    (TicketState.WAITING, "2", None, "2"),
    (TicketState.CALLED, "1", "1", "1"),
    (TicketState.CALLED, "2", "1", None),
    (TicketState.SERVING, "2", "1", None),
    (TicketState.CALLED, "2", None, "2"),
    (TicketState.SERVING, "2", None, "2"),
    (TicketState.NO_SHOW, "2", "1", "1"),
    (TicketState.NO_SHOW, "2", None, "2"),
    (TicketState.ON_HOLD, "2", "1", "1"),
    (TicketState.ON_HOLD, None, None, "1"),
    (TicketState.COMPLETED, "2", "1", "1"),
]


@pytest.mark.parametrize(("state", "counter", "bound", "acting"), ACTING)
def test_the_device_acts_for_its_counter_else_for_that_of_the_ticket(
    unit: MemoryUnit, state: TicketState, counter: str | None, bound: str | None, acting: str | None
) -> None:
    ticket = a_ticket(unit, state, counter)
    if acting is not None:
        assert acting_counter(unit, ticket, bound) == acting
        return
    with pytest.raises(TicketTaken, match=f"A001 is at counter {counter}") as refused:
        acting_counter(unit, ticket, bound)
    assert refused.value.facts == {"number": "A001"}


def test_a_ticket_that_was_at_no_counter_belongs_to_the_first_that_serves_it(unit: MemoryUnit) -> None:
    assert acting_counter(unit, a_ticket(unit, TicketState.WAITING, None, "KQ"), None) == "3"


def test_no_counter_acts_on_a_ticket_whose_service_is_gone(unit: MemoryUnit) -> None:
    ticket = a_ticket(unit, TicketState.WAITING, None, "KQ")
    unit.office = replace(unit.office, services={"HT": unit.office.services["HT"]})
    with pytest.raises(UnknownService):
        acting_counter(unit, ticket, None)
    assert acting_counter(unit, ticket, "1") == "1"


@pytest.mark.parametrize(("counter", "bound", "asked"), [(None, "1", "1"), ("2", None, "2"), ("2", "1", "1")])
def test_a_clerk_is_demanded_at_the_counter_that_acts(
    unit: MemoryUnit, counter: str | None, bound: str | None, asked: str
) -> None:
    ticket = a_ticket(unit, TicketState.ON_HOLD, counter)
    acting_counter(unit, ticket, bound)
    unit.office = replace(unit.office, require_clerk=True)
    with pytest.raises(Forbidden, match=f"sign in at counter {asked} first") as refused:
        acting_counter(unit, ticket, bound)
    assert refused.value.facts == {"counter": asked}
    counters.assign_clerk(unit, asked, "Lan")
    acting_counter(unit, ticket, bound)


def test_no_clerk_can_be_demanded_where_no_counter_is_named(unit: MemoryUnit) -> None:
    unit.office = replace(unit.office, require_clerk=True)
    assert acting_counter(unit, a_ticket(unit, TicketState.WAITING, None), None) == "1"


def test_a_device_of_a_counter_undoes_there(unit: MemoryUnit) -> None:
    assert undoing_counter(unit, called(unit, "2"), "1") == "1"


def test_else_the_counter_undoes_that_touched_the_ticket_last(unit: MemoryUnit) -> None:
    ticket = called(unit, "2")
    assert undoing_counter(unit, ticket, None) == "2"
    held = calling.hold(unit, ticket.id, "2", None)
    back = calling.recall(unit, held.id, "3")
    assert undoing_counter(unit, back, None) == "3"


def test_a_ticket_nobody_touched_is_undone_where_it_would_be_acted_on(unit: MemoryUnit) -> None:
    called(unit, "2")
    assert undoing_counter(unit, issue(unit, "KQ"), None) == "3"


STEPS: dict[str, Callable[[MemoryUnit, Ticket, str | None], object]] = {
    "recall": lambda u, t, bound: calling.recall(u, t.id, bound),
    "start": lambda u, t, bound: calling.start_service(u, t.id, bound),
    "complete": lambda u, t, bound: calling.complete(u, t.id, bound),
    "no-show": lambda u, t, bound: calling.mark_no_show(u, t.id, bound),
    "hold": lambda u, t, bound: calling.hold(u, t.id, bound, None),
    "transfer": lambda u, t, bound: calling.transfer(u, t.id, bound, "DD", None, False, None),
}


@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_taken_with_a_ticket_at_another_counter(unit: MemoryUnit, step: str) -> None:
    ticket = called(unit, "2")
    with pytest.raises(TicketTaken, match="A001 is at counter 2"):
        STEPS[step](unit, ticket, "1")
    assert unit.tickets.get(ticket.id) == ticket
    STEPS[step](unit, ticket, None)
    assert unit.tickets.get(ticket.id).version == ticket.version + 1


@pytest.mark.parametrize("step", [*STEPS, "return"])
def test_no_step_is_taken_without_the_clerk_that_the_office_demands(unit: MemoryUnit, step: str) -> None:
    ticket = called(unit, "2")
    if step == "return":
        ticket = calling.hold(unit, ticket.id, "2", None)
    unit.office = replace(unit.office, require_clerk=True)
    act = STEPS.get(step) or (lambda u, t, bound: calling.return_to_queue(u, t.id, bound))
    with pytest.raises(Forbidden, match="sign in at counter 2 first"):
        act(unit, ticket, None)
    assert unit.tickets.get(ticket.id) == ticket


def test_a_returned_ticket_may_come_back_from_any_counter(unit: MemoryUnit) -> None:
    ticket = called(unit, "2")
    calling.mark_no_show(unit, ticket.id)
    assert calling.return_to_queue(unit, ticket.id, "1").state is TicketState.WAITING
