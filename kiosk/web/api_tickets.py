"""Calls about tickets."""

from __future__ import annotations

from typing import Any

from kiosk.actions import calling, tickets
from kiosk.domain.dossier import normalise_code
from kiosk.domain.errors import BadRequest, Forbidden, Taken, UnknownTicket
from kiosk.domain.ticket import AT_COUNTER, Ticket, TicketState
from kiosk.web.calls import Context, call
from kiosk.web.models import (
    DossierLinkBody,
    IssueBody,
    Made,
    NoteBody,
    Nothing,
    PaperBody,
    PublicTicket,
    ReasonBody,
    Refusal,
    TicketShown,
    TransferBody,
)
from kiosk.web.shapes import ticket_now, ticket_shown

REFUSED = {404: Refusal, 409: Refusal}


@call("POST", "/api/v1/tickets", "kiosk counter", IssueBody, {201: TicketShown, 409: Refusal, 422: Refusal})
def issue(context: Context) -> tuple[int, Any]:
    """Take a number."""
    body: IssueBody = context.body
    context.services.gate.count_ticket(context.caller)
    if body.appointment is not None:
        raise BadRequest("there is no such appointment")
    wish = tickets.Wish(body.service, body.priority, body.language)
    ticket, ahead = tickets.issue_ticket(context.unit, wish, context.caller.name)
    shown = ticket_shown(ticket, ahead, context.services.estimates.wait_s(ticket.service, ahead))
    public_url = context.services.public_url
    shown["follow_url"] = f"{public_url}/t/{ticket.public_token}" if public_url else None
    shown["public_token"] = ticket.public_token
    return 201, shown


@call("POST", "/api/v1/tickets/paper", "counter admin", PaperBody, {201: TicketShown, 409: Refusal, 422: Refusal})
def enter_paper(context: Context) -> tuple[int, Any]:
    """Enter a number that was written by hand during an outage."""
    body: PaperBody = context.body
    issued_at = round(body.issued_at.timestamp() * 1000)
    ticket = tickets.enter_paper_ticket(context.unit, body.number, issued_at, context.caller.name)
    return 201, _shown(context, ticket)


@call("GET", "/api/v1/tickets/<ticket_id>", "kiosk counter tablet admin", None, {200: TicketShown, 404: Refusal})
def get_ticket(context: Context, ticket_id: str) -> tuple[int, Any]:
    with context.services.store.reading() as reading:
        ticket = reading.tickets.get(ticket_id)
        shown = ticket_now(reading.tickets, context.services.estimates, ticket)
    if context.caller.role in {"kiosk", "tablet"}:
        shown["priority"] = shown["reason"] = shown["clerk"] = None
    return 200, shown


@call("GET", "/api/v1/public/tickets/<token>", "", None, {200: PublicTicket, 404: Refusal})
def public_ticket(context: Context, token: str) -> tuple[int, Any]:
    """What a citizen's own phone may see."""
    with context.services.store.reading() as reading:
        ticket = reading.tickets.by_public_token(reading.glance().business_date, token)
        if ticket is None:
            raise UnknownTicket("this address is not of a ticket of today")
        shown = ticket_now(reading.tickets, context.services.estimates, ticket)
    position = shown["position"]
    return 200, {
        "number": ticket.number, "service": ticket.service, "state": ticket.state.value, "counter": ticket.counter,
        "people_ahead": None if position is None else position - 1, "estimated_wait_s": shown["estimated_wait_s"],
    }  # fmt: skip


@call("POST", "/api/v1/tickets/<ticket_id>/recall", "counter", Nothing, {200: TicketShown, **REFUSED})
def recall(context: Context, ticket_id: str) -> tuple[int, Any]:
    return 200, _shown(context, calling.recall(context.unit, ticket_id, _counter(context, ticket_id)))


@call("POST", "/api/v1/tickets/<ticket_id>/start", "counter", Nothing, {200: TicketShown, **REFUSED})
def start(context: Context, ticket_id: str) -> tuple[int, Any]:
    _counter(context, ticket_id)
    return 200, _shown(context, calling.start_service(context.unit, ticket_id))


@call("POST", "/api/v1/tickets/<ticket_id>/complete", "counter", Nothing, {200: TicketShown, **REFUSED})
def complete(context: Context, ticket_id: str) -> tuple[int, Any]:
    _counter(context, ticket_id)
    return 200, _shown(context, calling.complete(context.unit, ticket_id))


@call("POST", "/api/v1/tickets/<ticket_id>/no-show", "counter", Nothing, {200: TicketShown, **REFUSED})
def no_show(context: Context, ticket_id: str) -> tuple[int, Any]:
    _counter(context, ticket_id)
    return 200, _shown(context, calling.mark_no_show(context.unit, ticket_id))


@call("POST", "/api/v1/tickets/<ticket_id>/hold", "counter", ReasonBody, {200: TicketShown, **REFUSED})
def hold(context: Context, ticket_id: str) -> tuple[int, Any]:
    code = _counter(context, ticket_id)
    return 200, _shown(context, calling.hold(context.unit, ticket_id, code, context.body.reason))


@call("POST", "/api/v1/tickets/<ticket_id>/return", "counter", Nothing, {200: TicketShown, **REFUSED})
def return_to_queue(context: Context, ticket_id: str) -> tuple[int, Any]:
    code = _counter(context, ticket_id)
    return 200, _shown(context, calling.return_to_queue(context.unit, ticket_id, code))


@call("POST", "/api/v1/tickets/<ticket_id>/undo", "counter", Nothing, {200: TicketShown, **REFUSED})
def undo(context: Context, ticket_id: str) -> tuple[int, Any]:
    code = _undo_counter(context, ticket_id)
    return 200, _shown(context, calling.undo(context.unit, ticket_id, code))


@call("POST", "/api/v1/tickets/<ticket_id>/cancel", "counter kiosk", ReasonBody, {200: TicketShown, **REFUSED})
def cancel(context: Context, ticket_id: str) -> tuple[int, Any]:
    """Given up; a kiosk only for a ticket it issued itself and that was never called."""
    own = context.caller.name if context.caller.role == "kiosk" else None
    return 200, _shown(context, tickets.cancel(context.unit, ticket_id, context.body.reason, own))


@call("POST", "/api/v1/tickets/<ticket_id>/transfer", "counter", TransferBody,
      {200: TicketShown, **REFUSED, 422: Refusal})  # fmt: skip
def transfer(context: Context, ticket_id: str) -> tuple[int, Any]:
    body: TransferBody = context.body
    code = _counter(context, ticket_id)
    ticket = calling.transfer(
        context.unit, ticket_id, code, body.service, body.counter, body.keep, body.reason
    )  # fmt: skip
    return 200, _shown(context, ticket)


@call("POST", "/api/v1/tickets/<ticket_id>/reprint", "counter admin", Nothing, {202: TicketShown, **REFUSED})
def reprint(context: Context, ticket_id: str) -> tuple[int, Any]:
    return 202, _shown(context, tickets.reprint(context.unit, ticket_id))


@call("POST", "/api/v1/tickets/<ticket_id>/dossiers", "counter", DossierLinkBody, {200: TicketShown, **REFUSED})
def link_dossier(context: Context, ticket_id: str) -> tuple[int, Any]:
    try:
        code = normalise_code(context.body.code)
    except ValueError as error:
        raise BadRequest(str(error)) from None
    return 200, _shown(context, tickets.link_dossier(context.unit, ticket_id, code))


@call("POST", "/api/v1/tickets/<ticket_id>/notes", "counter", NoteBody, {201: Made, 404: Refusal})
def add_note(context: Context, ticket_id: str) -> tuple[int, Any]:
    return 201, {"id": tickets.add_note(context.unit, ticket_id, context.body.text)}


def _shown(context: Context, ticket: Ticket) -> dict[str, Any]:
    return ticket_now(context.unit.tickets, context.services.estimates, ticket)


def _counter(context: Context, ticket_id: str) -> str:
    """The counter a clerk acts from: the device's own, else the ticket's, else the first that serves it."""
    ticket = context.unit.tickets.get(ticket_id)
    bound = context.caller.counter
    _require_clerk(context, bound or ticket.counter)
    if bound is not None:
        if ticket.state in AT_COUNTER and ticket.counter != bound:
            raise Taken(f"{ticket.number} is at counter {ticket.counter}", number=ticket.number)
        return bound
    if ticket.counter is not None and (ticket.state in AT_COUNTER or ticket.state is TicketState.NO_SHOW):
        return ticket.counter
    serving = [place.code for place in context.services.office.counters.values() if ticket.service in place.services]
    return ticket.counter or serving[0]


def _undo_counter(context: Context, ticket_id: str) -> str:
    """The counter whose last action touched the ticket."""
    ticket = context.unit.tickets.get(ticket_id)
    if context.caller.counter is not None:
        return context.caller.counter
    for counter in context.unit.counters.all(with_undo=True):
        steps = counter.undo or ()
        if any(step.ticket == ticket.id and step.version == ticket.version for step in steps):
            return counter.code
    return _counter(context, ticket_id)


def _require_clerk(context: Context, code: str | None) -> None:
    if context.services.office.require_clerk and code and context.unit.counters.get(code).clerk is None:
        raise Forbidden(f"sign in at counter {code} first", counter=code)
