"""Domain values in the words of the contract."""

from __future__ import annotations

from typing import Any

from kiosk.domain.calendar import utc_text
from kiosk.domain.counter import Counter
from kiosk.domain.dossier import STEPS, Dossier, Status, masked
from kiosk.domain.service import Office
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.store.tickets import Tickets
from kiosk.web.estimates import Estimates


def moment(ms: int | None) -> str | None:
    return None if ms is None else utc_text(ms)


def ticket_shown(ticket: Ticket, ahead: int | None = None, wait_s: int | None = None) -> dict[str, Any]:
    """`ahead`: people before a waiting ticket; `wait_s`: estimated waiting time in seconds."""
    return {
        "id": ticket.id, "number": ticket.number, "service": ticket.service, "state": ticket.state.value,
        "priority": ticket.priority, "position": None if ahead is None else ahead + 1, "estimated_wait_s": wait_s,
        "issued_at": utc_text(ticket.issued_at), "called_at": moment(ticket.called_at), "counter": ticket.counter,
        "calls": ticket.calls, "print": {"state": ticket.print_state.value, "reason": ticket.print_reason},
        "business_date": ticket.business_date, "language": ticket.language, "dossiers": list(ticket.dossiers),
        "clerk": ticket.clerk, "serving_at": moment(ticket.serving_at), "ended_at": moment(ticket.ended_at),
        "reason": ticket.reason, "kept": list(ticket.kept), "rated": ticket.rated,
    }  # fmt: skip


def ticket_now(tickets: Tickets, estimates: Estimates, ticket: Ticket) -> dict[str, Any]:
    """A ticket with its place in the queue as it is at this moment."""
    if ticket.state is not TicketState.WAITING:
        return ticket_shown(ticket)
    ahead = tickets.ahead_of(ticket.pool, ticket.priority is not None, ticket.arrival)
    return ticket_shown(ticket, ahead, estimates.wait_s(ticket.service, ahead))


def counter_shown(office: Office, tickets: Tickets, counter: Counter, now: int) -> dict[str, Any]:
    """A counter with the ticket in front of it and the one its tablet may ask about."""
    place = office.counters[counter.code]
    current = tickets.get(counter.current) if counter.current else None
    served = tickets.get(counter.last_served) if counter.last_served else None
    ratable = served is not None and not served.rated and served.ended_at is not None
    if ratable and served is not None and now - (served.ended_at or 0) > office.survey.window_ms:
        ratable = False
    return {
        "code": counter.code, "name": place.name, "state": counter.state.value, "services": list(place.services),
        "clerk": counter.clerk, "officer": place.officer,
        "ticket": ticket_shown(current) if current else None,
        "to_rate": ticket_shown(served) if served is not None and ratable else None,
        "last_served": served.number if served else None,
        "undo_until": moment(counter.undo_at + 60_000) if counter.undo else None,
        "undo_ticket": counter.undo[-1].ticket if counter.undo else None,
    }  # fmt: skip


def dossier_progress(dossier: Dossier, sensitive_fields: frozenset[str], name: str | None) -> dict[str, Any]:
    """A row of the TV: masked code, field, step and due date; of a sensitive field only sign and steps.

    `name`: masked, where the office shows names and one is known; a row has the key only then.
    """
    return {
        "code_masked": masked(dossier.code), "field": dossier.field, "step": STEPS[Status(dossier.status)],
        "due_at": moment(dossier.due_at), "sensitive": dossier.field in sensitive_fields,
        **({"name_masked": name} if name else {}),
    }  # fmt: skip
