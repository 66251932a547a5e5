"""The business date: opened by the first action of a local day, never going back, closed with nothing left open."""

from __future__ import annotations

from kiosk.actions.ports import Unit
from kiosk.domain.counter import CounterState
from kiosk.domain.events import Fact, TicketAbandoned, TicketCompleted, TicketEvent, TicketNoShow
from kiosk.domain.ticket import Ticket, TicketState

CLOSING_EVENTS: dict[TicketState, type[TicketEvent]] = {
    TicketState.ABANDONED: TicketAbandoned,
    TicketState.NO_SHOW: TicketNoShow,
    TicketState.COMPLETED: TicketCompleted,
}


def ensure_today(unit: Unit) -> None:
    """Close the day before and open the civil date of `now`, once; a clock that went back changes nothing."""
    today = unit.office.hours.civil_date(unit.now)
    if today > unit.business_date:
        close_day(unit)
        unit.state.business_date = today
    if not unit.state.day_open:
        unit.state.day_open = True
        unit.record(Fact("office.day_opened", unit.office.code, {"business_date": unit.business_date}))


def close_day(unit: Unit) -> None:
    """Waiting and held tickets are abandoned, called ones absent, served ones completed; counters close."""
    if not unit.state.day_open:
        return
    closed = [_close_ticket(unit, ticket) for ticket in _still_open(unit)]
    for counter in unit.counters.all():
        unit.counters.save(counter.acted(unit.now, state=CounterState.CLOSED, current=None, priority_run=0))
        if counter.state is not CounterState.CLOSED:
            services = list(unit.office.counters[counter.code].services) if counter.code in unit.office.counters else []
            facts = {"clerk": counter.clerk, "services": services, "reason": "day closed"}
            unit.record(Fact("counter.closed", counter.code, facts))
    day = {"business_date": unit.business_date, "abandoned": closed.count(TicketState.ABANDONED)}
    unit.record(Fact("office.day_closed", unit.office.code, day))
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
