"""Taking back what a counter did last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contract.tickets import AT_COUNTER
from kiosk.actions.access import undoing_counter
from kiosk.actions.counters import set_state
from kiosk.domain.errors import NothingToUndo, RatedSince, TicketTaken
from kiosk.domain.events.tickets import TicketUndone

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.counter import UndoStep
    from kiosk.domain.ticket import Ticket


def undo(unit: Unit, ticket_id: str, bound: str | None = None) -> Ticket:
    """Take back the counter's last action whole: both halves of complete-and-call, the pause after a completion.

    Raises NothingToUndo, RatedSince, TicketTaken. Dossiers linked and slips printed since stay.
    """
    code = undoing_counter(unit, unit.tickets.get(ticket_id), bound)
    counter = unit.counters.get(code, with_undo=True)
    steps = counter.undoable(unit.now)
    touched = {step.ticket for step in steps}
    if ticket_id not in touched:
        raise NothingToUndo(f"the last action of counter {code} was on another ticket", counter=code)
    tickets = [unit.tickets.get(step.ticket) for step in steps]
    for step, ticket in zip(steps, tickets, strict=True):
        _require_untouched(step, ticket)
    was = next((step.counter_state for step in steps if step.counter_state is not None), None)
    if was is not None:
        counter = replace(set_state(unit, code, was, "undone"), undo=counter.undo)
    restored = [_restore(unit, step, ticket) for step, ticket in zip(reversed(steps), reversed(tickets), strict=True)]
    kept = None if counter.current in touched else counter.current
    current = next((t.id for t in restored if t.state in AT_COUNTER and t.counter == code), kept)
    served = None if counter.last_served in touched else counter.last_served
    unit.counters.save(replace(counter, undo=(), current=current, last_served=served))
    return next(ticket for ticket in restored if ticket.id == ticket_id)


def keep_undo(unit: Unit, before: Ticket, after: Ticket, dossier: str) -> None:
    """A dossier was linked to a ticket, which is no step of its way: whoever acted on it last can still undo that."""
    for counter in unit.counters.all(with_undo=True):
        steps = counter.undo or ()
        if any(step.is_last_of(before) for step in steps):
            kept = tuple(step.with_dossier(after, dossier) if step.is_last_of(before) else step for step in steps)
            unit.counters.save(replace(counter, undo=kept))


def _require_untouched(step: UndoStep, ticket: Ticket) -> None:
    if ticket.rated:
        raise RatedSince(f"{ticket.number} was rated", number=ticket.number)
    if not step.is_last_of(ticket):
        raise TicketTaken(f"{ticket.number} was changed at another counter", number=ticket.number)


def _restore(unit: Unit, step: UndoStep, ticket: Ticket) -> Ticket:
    restored = ticket.restored(step.before)
    unit.tickets.save(ticket, restored)
    unit.record(TicketUndone(restored, step.event))
    return restored
