"""Taking back a day that a wrong clock closed: two persons say so, and its people go on where they were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from contract.events import EventType
from contract.tickets import AT_COUNTER, CounterState, TicketState
from kiosk.actions import counters
from kiosk.actions.clock import confirm_machine
from kiosk.domain.errors import IllegalTransition
from kiosk.domain.events.office import DayReopened
from kiosk.domain.events.tickets import TicketReturned, TicketUndone
from kiosk.domain.reopening import DayEnding, endings_of

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.office_clock import MachineTime
    from kiosk.domain.ticket import Ticket

PAGE = 1000


def reopen_day(unit: Unit, day: str, confirmed_by: tuple[str, str], machine: MachineTime, built: int) -> int:
    """Work on `day` again, which must be today by the machine's clock; returns how many tickets are open again.

    The two persons confirm that clock as well. Numbers go on behind the highest that was issued; who took a number
    of the day that is left is called in turn. Raises IllegalTransition, ClockImplausible.
    """
    left = unit.business_date
    if day >= left:
        raise IllegalTransition(f"the office works on {left}; only a day before it can be reopened", state=left)
    if unit.office.hours.civil_date(machine.wall) != day:
        raise IllegalTransition(f"the machine's clock is not on {day}; set it first", state=left)
    confirm_machine(unit, machine, built)
    endings = endings_of(_events_since_opening(unit, day), day)
    for ticket in unit.tickets.aside(left, TicketState.ON_HOLD):
        _return(unit, ticket)  # held tickets are found by their date
    head, unit.state.business_date, unit.state.day_open = unit.state.head, day, True
    unit.state.clock = unit.state.clock.reopened_at(head.epoch, head.seq)
    unit.record(DayReopened(unit.office.code, day, left, confirmed_by))
    return sum(_restore(unit, ending) for ending in endings)


def _restore(unit: Unit, ending: DayEnding) -> bool:
    """Whether the ticket is open again. A counter that serves somebody else meanwhile stays with that citizen."""
    ticket = unit.tickets.get(ending.ticket)
    if ticket.rated:
        return False
    if ending.before in AT_COUNTER:
        counter = unit.counters.get(ticket.counter or "")
        if counter.current is not None:
            if ticket.state is TicketState.NO_SHOW:
                _return(unit, ticket)
            return ticket.state is TicketState.NO_SHOW
        if counter.state is CounterState.CLOSED:
            counter = counters.set_state(unit, counter.code, CounterState.OPEN, "day reopened")
        unit.counters.save(replace(counter, current=ticket.id))
    restored = ticket.restored({"state": ending.before, "ended_at": None})
    unit.tickets.save(ticket, restored)
    unit.record(TicketUndone(restored, ending.event))
    return True


def _return(unit: Unit, ticket: Ticket) -> None:
    after = ticket.return_to_queue()
    unit.tickets.save(ticket, after)
    unit.record(TicketReturned(after, ticket.state.value))


def _events_since_opening(unit: Unit, day: str) -> list[Mapping[str, Any]]:
    """The epoch's events from the last opening of a business date on; all of them when it was opened before."""
    found: list[Mapping[str, Any]] = []
    head = unit.state.head
    for end in range(head.seq, 0, -PAGE):
        start = max(0, end - PAGE)
        page = [json.loads(entry.body) for entry in unit.journal.read(head.epoch, start, end - start)]
        found = page + found
        if any(event["type"] == EventType.DAY_OPENED and event["data"]["business_date"] == day for event in page):
            break
    return found
