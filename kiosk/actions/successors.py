"""At the start with another configuration: whoever waits is carried over, or the start is refused with the numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from contract.tickets import AT_COUNTER, CounterState, TicketState
from kiosk.actions.counters import release_clerk
from kiosk.domain.events.counters import CounterClosed
from kiosk.domain.events.tickets import TicketTransferred
from kiosk.domain.office_clock import ClockDoubt
from kiosk.domain.successors import LeftBehind, PeopleLeftBehind, belongs, left_behind

if TYPE_CHECKING:
    from kiosk.actions.ports import Counters, DayState, Tickets, Unit
    from kiosk.domain.service import Office
    from kiosk.domain.ticket import Ticket

REASON = "configuration"


class Tables(Protocol):
    """What is read of an office, in a unit of work or in a reading."""

    @property
    def state(self) -> DayState: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def counters(self) -> Counters: ...


def people_left_behind(tables: Tables, office: Office, now: int) -> list[LeftBehind]:
    """What a start with this office would be refused for; `now` in ms since 1970."""
    return left_behind(office, _need_a_place(tables, office, now))


def carry_over(unit: Unit) -> None:
    """Everybody waits where the configuration says now. Raises PeopleLeftBehind; then nothing was changed."""
    if problems := people_left_behind(unit, unit.office, unit.now):
        raise PeopleLeftBehind(problems)
    absent = unit.tickets.aside(unit.business_date, TicketState.NO_SHOW) if unit.state.day_open else []
    for ticket in [*_need_a_place(unit, unit.office, unit.now), *absent]:
        _carry(unit, ticket)
    for counter in unit.counters.all():
        is_idle = counter.state is CounterState.CLOSED and counter.clerk is None and counter.current is None
        if counter.code not in unit.office.counters and not is_idle:
            _remove_counter(unit, counter.code)


def _need_a_place(tables: Tables, office: Office, now: int) -> list[Ticket]:
    """Waiting, held, and at counters; nobody of a day that is over, whose tickets end with the next action."""
    state, day = tables.state, tables.state.business_date
    is_over = office.hours.civil_date(now) > day and state.clock.doubt is ClockDoubt.NONE
    if not state.day_open or is_over:
        return []
    at_counters = [tables.tickets.get(counter.current) for counter in tables.counters.all() if counter.current]
    return [*tables.tickets.waiting(), *tables.tickets.aside(day, TicketState.ON_HOLD), *at_counters]


def _carry(unit: Unit, ticket: Ticket) -> None:
    place = belongs(unit.office, ticket)
    if place is None or place == (ticket.service, ticket.pool):
        return
    after = ticket.carry_over(*place)
    unit.tickets.save(ticket, after)
    origin = ticket.counter if ticket.state in AT_COUNTER and ticket.counter else ticket.service
    unit.record(TicketTransferred(after, origin, REASON))


def _remove_counter(unit: Unit, code: str) -> None:
    """A counter that is gone is closed, its clerk signed out; its last action cannot be undone."""
    counter = release_clerk(unit, code)
    unit.counters.save(replace(counter.acted(unit.now), state=CounterState.CLOSED, current=None))
    if counter.state is not CounterState.CLOSED:
        unit.record(CounterClosed(code, None, (), REASON))
