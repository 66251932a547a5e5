"""What a clerk does all day: call, recall, start, complete, and the rest of a ticket's way through the counters.

`bound`: the counter that the acting device belongs to; None for a device that belongs to no counter.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from contract.tickets import AT_COUNTER, CounterState, TicketState
from kiosk.actions.access import acting_counter
from kiosk.actions.counters import open_for_work, require_open, set_state
from kiosk.actions.words import reason_code
from kiosk.domain.counter import Counter, UndoStep
from kiosk.domain.errors import BadRequest, TicketTaken, UnknownTicket
from kiosk.domain.events.tickets import (
    ServingStarted,
    TicketCalled,
    TicketCancelled,
    TicketCompleted,
    TicketHeld,
    TicketNoShow,
    TicketRecalled,
    TicketReturned,
    TicketTransferred,
)
from kiosk.domain.numbering import parse_number, ticket_number
from kiosk.domain.pools import counter_of_pool, counter_pool, pools_of, service_pool
from kiosk.domain.queue import choose

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.events.event import Event
    from kiosk.domain.ticket import Ticket

COMPLETE, NO_SHOW = "complete", "no_show"
AFTER_FINISH = {"pause": CounterState.PAUSED, "close": CounterState.CLOSED}


def call_next(unit: Unit, code: str, finish_current: str | None = None) -> Ticket | None:
    """The next ticket by the rule; None when nobody waits. The first call of the day opens the counter.

    `finish_current` ("complete" or "no_show") ends the ticket in front first, in the same transaction.
    Raises UnknownCounter, CounterBusy, CounterNotOpen, BadRequest.
    """
    unit.office.counter(code)
    counter = open_for_work(unit, code)
    counter, steps = _finish(unit, counter, finish_current)
    heads = unit.tickets.heads(pools_of(unit.office, code), unit.state.clock.callable_after)
    choice = choose(heads, counter.priority_run, unit.office.priority_in_a_row)
    if choice is None:
        unit.counters.save(counter.acted(unit.now, *steps) if steps else counter)
        return None
    ticket = unit.tickets.get(choice.ticket.id)
    called, step = _call(unit, counter, ticket, choice.why)
    unit.counters.save(
        replace(counter.acted(unit.now, *steps, step), current=called.id, priority_run=choice.priority_run)
    )
    return called


def call_number(unit: Unit, code: str, text: str) -> Ticket:
    """A particular number: waiting anywhere, held, or absent within the grace time."""
    unit.office.counter(code)
    try:
        number = ticket_number(*parse_number(text))
    except ValueError as error:
        raise BadRequest(str(error)) from None
    ticket = unit.tickets.by_number(unit.business_date, number)
    if ticket is None:
        raise UnknownTicket(f"{number} was not given today", number=number)
    if ticket.state in AT_COUNTER and ticket.counter != code:
        raise TicketTaken(f"{number} is at counter {ticket.counter}", number=number, counter=ticket.counter or "")
    counter = open_for_work(unit, code)
    _require_free(unit, counter, ticket)
    called, step = _call(unit, counter, ticket, "chosen")
    unit.counters.save(replace(counter.acted(unit.now, step), current=called.id))
    return called


def recall(unit: Unit, ticket_id: str, bound: str | None = None) -> Ticket:
    """Call once more; an absent or held citizen is called back to the acting counter."""
    ticket, code = _load(unit, ticket_id, bound)
    counter = open_for_work(unit, code)
    if ticket.state is not TicketState.CALLED:
        _require_free(unit, counter, ticket)
    clerk = ticket.clerk if ticket.state is TicketState.CALLED else counter.clerk
    after = ticket.recall(code, clerk, unit.now, unit.office.no_show_grace_ms)
    unit.tickets.save(ticket, after)
    event = TicketRecalled(after) if ticket.state is TicketState.CALLED else TicketCalled(after, "back")
    step = _step(unit, event, ticket, after)
    unit.counters.save(replace(counter.acted(unit.now, step), current=after.id))
    return after


def start_service(unit: Unit, ticket_id: str, bound: str | None = None) -> Ticket:
    ticket, _ = _load(unit, ticket_id, bound)
    after = ticket.start(unit.now)
    return _at_its_counter(unit, ticket, after, ServingStarted(after), stays=True)


def complete(unit: Unit, ticket_id: str, bound: str | None = None) -> Ticket:
    ticket, _ = _load(unit, ticket_id, bound)
    after = ticket.complete(unit.now)
    return _at_its_counter(unit, ticket, after, TicketCompleted(after), stays=False)


def mark_no_show(unit: Unit, ticket_id: str, bound: str | None = None) -> Ticket:
    ticket, _ = _load(unit, ticket_id, bound)
    after = ticket.mark_no_show(unit.now)
    return _at_its_counter(unit, ticket, after, TicketNoShow(after), stays=False)


def hold(unit: Unit, ticket_id: str, bound: str | None, reason: str | None) -> Ticket:
    """Set aside, for example until papers are brought."""
    ticket, code = _load(unit, ticket_id, bound)
    reason = reason_code(unit, ticket_id, reason)
    after = ticket.hold(reason)
    return _anywhere(unit, ticket, after, TicketHeld(after, ticket.state.value, reason), code)


def cancel(unit: Unit, ticket_id: str, bound: str | None, reason: str | None) -> Ticket:
    """The citizen gives up: a clerk's cancelling, which can be undone."""
    ticket, code = _load(unit, ticket_id, bound)
    reason = reason_code(unit, ticket_id, reason)
    after = ticket.cancel(unit.now, reason)
    return _anywhere(unit, ticket, after, TicketCancelled(after, ticket.state.value, reason), code)


def return_to_queue(unit: Unit, ticket_id: str, bound: str | None = None) -> Ticket:
    """Raises UnknownService where the configuration no longer has the service: it can be called and transferred."""
    ticket, code = _load(unit, ticket_id, bound)
    after = ticket.return_to_queue()
    unit.office.service(after.service)
    only = counter_of_pool(after.pool)
    if only is not None and only not in unit.office.counters:
        after = after._replace(pool=service_pool(after.service))
    return _anywhere(unit, ticket, after, TicketReturned(after, ticket.state.value), code)


def transfer(
    unit: Unit,
    ticket_id: str,
    bound: str | None,
    service: str | None,
    counter: str | None,
    keep: bool,
    reason: str | None,
    confirmed: bool = True,
) -> Ticket:
    """To another service or to one counter, keeping number and arrival time.

    `keep` leaves a note of the service left behind, when a second one follows in the same visit. Unless `confirmed`,
    raises NobodyThere when no counter is open that could call it.
    """
    ticket, code = _load(unit, ticket_id, bound)
    if (service is None) == (counter is None):
        raise BadRequest('name either "service" or "counter"')
    if service is not None:
        target, pool = unit.office.service(service).code, service_pool(service)
    else:
        unit.office.counter(counter or "")
        target, pool = ticket.service, counter_pool(counter or "")
    if not confirmed:
        require_open(unit, target, counter)
    after = ticket.transfer(target, pool, keep)
    origin = ticket.counter if ticket.state in AT_COUNTER and ticket.counter else ticket.service
    event = TicketTransferred(after, origin, reason_code(unit, ticket_id, reason), counter)
    return _anywhere(unit, ticket, after, event, code)


def finish(unit: Unit, code: str, then: Literal["pause", "close"]) -> Counter:
    """Complete the ticket in front of the counter, if there is one, and pause or close the counter: one action."""
    before = unit.counters.get(code)
    if before.current is None:
        return set_state(unit, code, AFTER_FINISH[then])
    complete(unit, before.current, code)
    set_state(unit, code, AFTER_FINISH[then])
    counter = unit.counters.get(code, with_undo=True)
    steps = tuple(replace(step, counter_state=before.state) for step in counter.undo or ())
    unit.counters.save(replace(counter, undo=steps))
    return unit.counters.get(code)


def _finish(unit: Unit, counter: Counter, how: str | None) -> tuple[Counter, tuple[UndoStep, ...]]:
    """End the ticket in front of the counter as asked; without being asked it must be free."""
    if counter.current is None:
        return counter, ()
    ticket = unit.tickets.get(counter.current)
    if how is None:
        counter.require_free(ticket.number)
    if how == NO_SHOW:
        after = ticket.mark_no_show(unit.now)
        unit.tickets.save(ticket, after)
        return replace(counter, current=None), (_step(unit, TicketNoShow(after), ticket, after),)
    after = ticket.complete(unit.now)
    unit.tickets.save(ticket, after)
    free = replace(counter, current=None, last_served=after.id)
    return free, (_step(unit, TicketCompleted(after), ticket, after),)


def _call(unit: Unit, counter: Counter, ticket: Ticket, why: str) -> tuple[Ticket, UndoStep]:
    after = ticket.call(counter.code, counter.clerk, unit.now, unit.office.no_show_grace_ms)
    unit.tickets.save(ticket, after)
    return after, _step(unit, TicketCalled(after, why), ticket, after)


def _step(unit: Unit, event: Event, before: Ticket, after: Ticket) -> UndoStep:
    return UndoStep(unit.record(event), after.id, after.version, before.differences(after))


def _load(unit: Unit, ticket_id: str, bound: str | None) -> tuple[Ticket, str]:
    """The ticket, and the counter that acts on it."""
    ticket = unit.tickets.get(ticket_id)
    return ticket, acting_counter(unit, ticket, bound)


def _require_free(unit: Unit, counter: Counter, ticket: Ticket) -> None:
    if counter.current is not None and counter.current != ticket.id:
        counter.require_free(unit.tickets.get(counter.current).number)


def _at_its_counter(unit: Unit, ticket: Ticket, after: Ticket, event: Event, stays: bool) -> Ticket:
    counter = unit.counters.get(ticket.counter or "")
    unit.tickets.save(ticket, after)
    step = _step(unit, event, ticket, after)
    served = after.id if after.state is TicketState.COMPLETED else counter.last_served
    unit.counters.save(replace(counter.acted(unit.now, step), current=after.id if stays else None, last_served=served))
    return after


def _anywhere(unit: Unit, ticket: Ticket, after: Ticket, event: Event, code: str) -> Ticket:
    """A step that may also be taken with a ticket that is at no counter; it frees the one it was at."""
    if ticket.state in AT_COUNTER and ticket.counter != code:
        raise TicketTaken(f"{ticket.number} is at counter {ticket.counter}", number=ticket.number)
    unit.tickets.save(ticket, after)
    step = _step(unit, event, ticket, after)
    counter = unit.counters.get(code)
    current = None if counter.current == after.id else counter.current
    unit.counters.save(replace(counter.acted(unit.now, step), current=current))
    return after
