"""Which counter acts, and whether a device may act on a ticket.

`bound`: the counter that the acting device belongs to; None for a device that belongs to no counter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from contract.tickets import AT_COUNTER
from kiosk.domain.errors import Forbidden, TicketTaken

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.counter import Counter
    from kiosk.domain.ticket import Ticket


def require_own_counter(bound: str | None, counter: str) -> None:
    """Raises Forbidden when the device belongs to another counter."""
    if bound is not None and bound != counter:
        raise Forbidden(f"this device belongs to counter {bound}", counter=counter)


class CounterRows(Protocol):
    def get(self, code: str) -> Counter: ...


def require_clerk_at(counters: CounterRows, counter: str | None) -> None:
    """Where the office demands clerks: raises Forbidden unless one is signed in at the counter."""
    if counter is None:
        raise Forbidden("pair this device with a counter, where a clerk signs in")
    if counters.get(counter).clerk is None:
        raise Forbidden(f"sign in at counter {counter} first", counter=counter)


def acting_counter(unit: Unit, ticket: Ticket, bound: str | None) -> str:
    """The counter that acts on a ticket: the device's own, else the ticket's, else the first that serves it.

    Raises Forbidden where a clerk has to sign in first, TicketTaken when the ticket is at another counter.
    """
    _require_clerk(unit, bound or ticket.counter)
    if bound is None:
        return ticket.counter or _first_serving(unit, ticket.service)
    if ticket.state in AT_COUNTER and ticket.counter != bound:
        raise TicketTaken(f"{ticket.number} is at counter {ticket.counter}", number=ticket.number)
    return bound


def undoing_counter(unit: Unit, ticket: Ticket, bound: str | None) -> str:
    """The counter whose last action touched the ticket; a device bound to a counter undoes only its own."""
    if bound is not None:
        return bound
    for counter in unit.counters.all(with_undo=True):
        if any(step.is_last_of(ticket) for step in counter.undo or ()):
            return counter.code
    return acting_counter(unit, ticket, None)


def _require_clerk(unit: Unit, counter: str | None) -> None:
    if unit.office.require_clerk and counter and unit.counters.get(counter).clerk is None:
        raise Forbidden(f"sign in at counter {counter} first", counter=counter)


def _first_serving(unit: Unit, service: str) -> str:
    """Raises UnknownService where the configuration no longer has the service."""
    unit.office.service(service)
    return next(counter.code for counter in unit.office.counters.values() if service in counter.services)
