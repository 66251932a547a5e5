"""What a clerk does all day: call, recall, start, complete, and the rest of a ticket's way through the counters."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions.counters import open_for_work
from kiosk.actions.ports import Unit
from kiosk.actions.tickets import counter_pool, service_pool
from kiosk.domain import events
from kiosk.domain.counter import Counter, UndoStep
from kiosk.domain.errors import BadRequest, Taken, TooLate, UnknownTicket
from kiosk.domain.numbering import parse_number, ticket_number
from kiosk.domain.queue import choose
from kiosk.domain.ticket import AT_COUNTER, Ticket, TicketState

COMPLETE, NO_SHOW = "complete", "no_show"


def pools_of(unit: Unit, counter: str) -> list[str]:
    """The pools a counter calls from: its own, then those of its services."""
    place = unit.office.counter(counter)
    return [counter_pool(counter), *(service_pool(service) for service in place.services)]


def call_next(unit: Unit, code: str, finish_current: str | None = None) -> Ticket | None:
    """The next ticket by the rule; None when nobody waits. The first call of the day opens the counter.

    `finish_current` ("complete" or "no_show") ends the ticket in front first, in the same transaction.
    Raises UnknownCounter, CounterBusy, CounterClosed, BadRequest.
    """
    unit.office.counter(code)
    counter = open_for_work(unit, code)
    counter, steps = _finish(unit, counter, finish_current)
    choice = choose(unit.tickets.heads(pools_of(unit, code)), counter.priority_run, unit.office.priority_in_a_row)
    if choice is None:
        unit.counters.save(counter)
        return None
    ticket = unit.tickets.get(choice.ticket.id)
    called, step = _call(unit, counter, ticket, choice.why)
    unit.counters.save(
        counter.acted(unit.now, *steps, step, current=called.id, priority_run=choice.priority_run)
    )  # fmt: skip
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
        raise Taken(f"{number} is at counter {ticket.counter}", number=number, counter=ticket.counter or "")
    counter = open_for_work(unit, code)
    _require_free(unit, counter, ticket)
    called, step = _call(unit, counter, ticket, "chosen")
    unit.counters.save(counter.acted(unit.now, step, current=called.id))
    return called


def recall(unit: Unit, ticket_id: str, code: str) -> Ticket:
    """Call once more; an absent or held citizen is called back to `code`."""
    ticket = unit.tickets.get(ticket_id)
    counter = open_for_work(unit, code)
    if ticket.state is not TicketState.CALLED:
        _require_free(unit, counter, ticket)
    clerk = ticket.clerk if ticket.state is TicketState.CALLED else counter.clerk
    after = ticket.recall(code, clerk, unit.now, unit.office.no_show_grace_ms)
    unit.tickets.save(ticket, after)
    event = events.TicketRecalled(after) if ticket.state is TicketState.CALLED else events.TicketCalled(after, "back")
    step = _step(unit, event, ticket, after)
    unit.counters.save(counter.acted(unit.now, step, current=after.id))
    return after


def start_service(unit: Unit, ticket_id: str) -> Ticket:
    ticket = unit.tickets.get(ticket_id)
    after = ticket.start(unit.now)
    return _at_its_counter(unit, ticket, after, events.ServingStarted(after), stays=True)


def complete(unit: Unit, ticket_id: str) -> Ticket:
    ticket = unit.tickets.get(ticket_id)
    after = ticket.complete(unit.now)
    return _at_its_counter(unit, ticket, after, events.TicketCompleted(after), stays=False)


def mark_no_show(unit: Unit, ticket_id: str) -> Ticket:
    ticket = unit.tickets.get(ticket_id)
    after = ticket.mark_no_show(unit.now)
    return _at_its_counter(unit, ticket, after, events.TicketNoShow(after), stays=False)


def hold(unit: Unit, ticket_id: str, code: str, reason: str | None) -> Ticket:
    """Set aside, for example until papers are brought."""
    ticket = unit.tickets.get(ticket_id)
    after = ticket.hold(reason)
    return _anywhere(unit, ticket, after, events.TicketHeld(after, ticket.state.value, reason), code)


def return_to_queue(unit: Unit, ticket_id: str, code: str) -> Ticket:
    ticket = unit.tickets.get(ticket_id)
    after = ticket.return_to_queue()
    return _anywhere(unit, ticket, after, events.TicketReturned(after, ticket.state.value), code)


def transfer(
    unit: Unit, ticket_id: str, code: str, service: str | None, counter: str | None, keep: bool, reason: str | None
) -> Ticket:
    """To another service or to one counter, keeping number and arrival time."""
    ticket = unit.tickets.get(ticket_id)
    if (service is None) == (counter is None):
        raise BadRequest('name either "service" or "counter"')
    if service is not None:
        target, pool = unit.office.service(service).code, service_pool(service)
    else:
        unit.office.counter(counter or "")
        target, pool = ticket.service, counter_pool(counter or "")
    after = ticket.transfer(target, pool, keep)
    origin = ticket.counter if ticket.state in AT_COUNTER and ticket.counter else ticket.service
    event = events.TicketTransferred(after, origin, reason, counter)
    return _anywhere(unit, ticket, after, event, code)


def undo(unit: Unit, ticket_id: str, code: str) -> Ticket:
    """Take back the counter's last action, both halves of complete-and-call. Raises TooLate, Taken."""
    counter = unit.counters.get(code, with_undo=True)
    steps = counter.undoable(unit.now)
    touched = {step.ticket for step in steps}
    if ticket_id not in touched:
        raise TooLate(f"the last action of counter {code} was on another ticket", counter=code)
    tickets = [unit.tickets.get(step.ticket) for step in steps]
    for step, ticket in zip(steps, tickets, strict=True):
        if ticket.version != step.version or ticket.rated:
            raise Taken(f"{ticket.number} was rated or changed by someone else", number=ticket.number)
    restored = [_restore(unit, step, ticket) for step, ticket in zip(reversed(steps), reversed(tickets), strict=True)]
    kept = None if counter.current in touched else counter.current
    current = next((t.id for t in restored if t.state in AT_COUNTER and t.counter == code), kept)
    served = None if counter.last_served in touched else counter.last_served
    unit.counters.save(replace(counter, undo=(), current=current, last_served=served))
    return next(ticket for ticket in restored if ticket.id == ticket_id)


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
        return replace(counter, current=None), (_step(unit, events.TicketNoShow(after), ticket, after),)
    after = ticket.complete(unit.now)
    unit.tickets.save(ticket, after)
    free = replace(counter, current=None, last_served=after.id)
    return free, (_step(unit, events.TicketCompleted(after), ticket, after),)


def _call(unit: Unit, counter: Counter, ticket: Ticket, why: str) -> tuple[Ticket, UndoStep]:
    after = ticket.call(counter.code, counter.clerk, unit.now, unit.office.no_show_grace_ms)
    unit.tickets.save(ticket, after)
    return after, _step(unit, events.TicketCalled(after, why), ticket, after)


def _step(unit: Unit, event: events.Event, before: Ticket, after: Ticket) -> UndoStep:
    return UndoStep(unit.record(event), after.id, after.version, before.differences(after))


def _require_free(unit: Unit, counter: Counter, ticket: Ticket) -> None:
    if counter.current is not None and counter.current != ticket.id:
        counter.require_free(unit.tickets.get(counter.current).number)


def _at_its_counter(unit: Unit, ticket: Ticket, after: Ticket, event: events.Event, stays: bool) -> Ticket:
    counter = unit.counters.get(ticket.counter or "")
    unit.tickets.save(ticket, after)
    step = _step(unit, event, ticket, after)
    served = after.id if after.state is TicketState.COMPLETED else counter.last_served
    unit.counters.save(
        counter.acted(unit.now, step, current=after.id if stays else None, last_served=served)
    )  # fmt: skip
    return after


def _anywhere(unit: Unit, ticket: Ticket, after: Ticket, event: events.Event, code: str) -> Ticket:
    """A step that may also be taken with a ticket that is at no counter; it frees the one it was at."""
    if ticket.state in AT_COUNTER and ticket.counter != code:
        raise Taken(f"{ticket.number} is at counter {ticket.counter}", number=ticket.number)
    unit.tickets.save(ticket, after)
    step = _step(unit, event, ticket, after)
    counter = unit.counters.get(code)
    current = None if counter.current == after.id else counter.current
    unit.counters.save(counter.acted(unit.now, step, current=current))
    return after


def _restore(unit: Unit, step: UndoStep, ticket: Ticket) -> Ticket:
    restored = ticket.restored(step.before)
    unit.tickets.save(ticket, restored)
    unit.record(events.TicketUndone(restored, step.event))
    return restored
