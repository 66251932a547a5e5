"""The business date: opened by the first action of a local day, never going back, closed with nothing left open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contract.tickets import CounterState, TicketState
from kiosk.actions.counters import release_clerk
from kiosk.actions.help_requests import end_help
from kiosk.domain.events.counters import CounterClosed
from kiosk.domain.events.office import DayClosed, DayOpened
from kiosk.domain.events.tickets import TicketAbandoned, TicketCompleted, TicketEvent, TicketNoShow
from kiosk.domain.office_clock import ClockDoubt

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.ticket import Ticket

CLOSING_EVENTS: dict[TicketState, type[TicketEvent]] = {
    TicketState.ABANDONED: TicketAbandoned,
    TicketState.NO_SHOW: TicketNoShow,
    TicketState.COMPLETED: TicketCompleted,
}


def ensure_today(unit: Unit) -> None:
    """Close the day before and open the civil date of `now`, once; a clock that went back changes nothing.

    While the clock is in doubt the office goes on in its business date.
    """
    end_passed_day(unit)
    open_day(unit)


def end_passed_day(unit: Unit) -> None:
    """Close the business date when the civil date has moved on; what follows is opened by the first action."""
    today = unit.office.hours.civil_date(unit.now)
    if today > unit.business_date and unit.state.clock.doubt is ClockDoubt.NONE:
        close_day(unit)
        unit.state.business_date = today


def open_day(unit: Unit) -> None:
    """Open the business date unless it is open."""
    if not unit.state.day_open:
        unit.state.day_open = True
        unit.record(DayOpened(unit.office.code, unit.business_date))


def close_day(unit: Unit, carried: frozenset[str] = frozenset()) -> None:
    """Waiting and held tickets are abandoned, called ones absent, served ones completed; counters close and clerks
    leave them.

    `carried`: ids of tickets that go on in the day that follows, at their counters.
    """
    if not unit.state.day_open:
        return
    closed = [_close_ticket(unit, ticket) for ticket in _still_open(unit) if ticket.id not in carried]
    for counter in unit.counters.all():
        if counter.current in carried:
            continue
        unit.counters.save(replace(counter.acted(unit.now), state=CounterState.CLOSED, current=None, priority_run=0))
        if counter.state is not CounterState.CLOSED:
            configured = unit.office.counters.get(counter.code)
            services = configured.services if configured else ()
            unit.record(CounterClosed(counter.code, counter.clerk, services, "day closed"))
        unit.sessions.end_at(counter.code)
        release_clerk(unit, counter.code)
    end_help(unit)
    abandoned = closed.count(TicketState.ABANDONED)
    unit.record(DayClosed(unit.office.code, unit.business_date, abandoned, len(closed)))
    unit.state.day_open = False


def _still_open(unit: Unit) -> list[Ticket]:
    """Waiting, held, and in front of a counter; by arrival."""
    at_counters = [unit.tickets.get(counter.current) for counter in unit.counters.all() if counter.current]
    held = unit.tickets.aside(unit.business_date, TicketState.ON_HOLD)
    return sorted([*unit.tickets.waiting(), *held, *at_counters], key=lambda ticket: ticket.arrival)


def _close_ticket(unit: Unit, ticket: Ticket) -> TicketState:
    after = ticket.close_of_day(unit.now)
    unit.tickets.save(ticket, after)
    unit.record(CLOSING_EVENTS[after.state](after))
    return after.state
