"""Calls about tickets."""

from __future__ import annotations

from flask import request

from kiosk.actions import calling, counters, dossier_links, tickets, undoing
from kiosk.domain.errors import BadRequest
from kiosk.domain.ticket import Ticket
from kiosk.queries.tickets import QueuePlace, place_of, read_public_ticket, with_words
from kiosk.web.api.ticket_models import (
    DossierLinkBody,
    IssueBody,
    IssuedTicketAnswer,
    LinkAnswer,
    NoteBody,
    PaperBody,
    PublicTicketAnswer,
    ReasonBody,
    TicketAnswer,
    TransferAnswer,
    TransferBody,
    public_ticket_answer,
    ticket_answer,
)
from kiosk.web.http.calls import Context, call
from kiosk.web.http.demands import CITIZENS, CLERK, STAFF_ONLY
from kiosk.web.http.first_phones import HEADER
from kiosk.web.http.models import MISSING, REFUSED, CreatedAnswer, EmptyBody, ProblemDetails


@call(
    "POST",
    "/api/v1/tickets",
    "kiosk counter",
    IssueBody,
    {201: IssuedTicketAnswer, 409: ProblemDetails, 422: ProblemDetails},
    demands=(CLERK,),
    withheld={"counter": ("follow_url", "public_token")},
)
def issue(context: Context[IssueBody]) -> tuple[int, IssuedTicketAnswer]:
    """Take a number."""
    body, given = context.body, context.dependencies
    given.authenticator.count_ticket(context.caller)
    if body.appointment is not None:
        raise BadRequest("there is no such appointment")
    request = tickets.TicketRequest(body.service, body.priority, body.language)
    given.store.health.require_room()
    ticket, ahead = tickets.issue_ticket(context.unit, request, context.caller.name)
    answer = ticket_answer(ticket, QueuePlace(ahead, given.estimates.wait_s(ticket.service, ahead)))
    return 201, {
        **answer,
        "follow_url": f"{given.public_url}/t/{ticket.public_token}" if given.public_url else None,
        "public_token": ticket.public_token,
    }


@call(
    "POST",
    "/api/v1/tickets/paper",
    "counter admin",
    PaperBody,
    {201: TicketAnswer, 409: ProblemDetails, 422: ProblemDetails},
    demands=(CLERK,),
)
def enter_paper(context: Context[PaperBody]) -> tuple[int, TicketAnswer]:
    """Enter a number that was written by hand during an outage; it waits at its place by `issued_at`.

    A number that was lost (a restore, a damaged disk) waits at its place by number.
    """
    given_at = context.body.issued_at
    issued_at = None if given_at is None else round(given_at.timestamp() * 1000)
    body, caller = context.body, context.caller.name
    ticket = tickets.enter_paper_ticket(context.unit, body.number, issued_at, caller, body.priority)
    return 201, _answer(context, ticket)


@call(
    "GET",
    "/api/v1/tickets/<ticket_id>",
    "kiosk counter tablet admin",
    None,
    {200: TicketAnswer, **MISSING},
    withheld={CITIZENS: STAFF_ONLY},
)
def get_ticket(context: Context, ticket_id: str) -> tuple[int, TicketAnswer]:
    """A ticket with its place in the queue."""
    with context.reading() as reading:
        ticket = with_words(reading.free_texts, reading.tickets.get(ticket_id))
        place = place_of(reading.tickets, context.dependencies.estimates, ticket)
    return 200, ticket_answer(ticket, place)


@call("GET", "/api/v1/public/tickets/<token>", "", None, {200: PublicTicketAnswer, **MISSING})
def public_ticket(context: Context, token: str) -> tuple[int, PublicTicketAnswer]:
    """What a citizen's own phone may see. The first phone that shows a key is the one that may rate the visit."""
    with context.reading() as reading:
        view = read_public_ticket(reading, context.dependencies.estimates, token)
    context.dependencies.first_phones.note(token, request.headers.get(HEADER))
    return 200, public_ticket_answer(view)


@call(
    "POST", "/api/v1/tickets/<ticket_id>/recall", "counter", EmptyBody, {200: TicketAnswer, **REFUSED}, demands=(CLERK,)
)
def recall(context: Context[EmptyBody], ticket_id: str) -> tuple[int, TicketAnswer]:
    return 200, _answer(context, calling.recall(context.unit, ticket_id, context.caller.counter))


@call(
    "POST", "/api/v1/tickets/<ticket_id>/start", "counter", EmptyBody, {200: TicketAnswer, **REFUSED}, demands=(CLERK,)
)
def start(context: Context[EmptyBody], ticket_id: str) -> tuple[int, TicketAnswer]:
    return 200, _answer(context, calling.start_service(context.unit, ticket_id, context.caller.counter))


@call(
    "POST",
    "/api/v1/tickets/<ticket_id>/complete",
    "counter",
    EmptyBody,
    {200: TicketAnswer, **REFUSED},
    demands=(CLERK,),
)
def complete(context: Context[EmptyBody], ticket_id: str) -> tuple[int, TicketAnswer]:
    return 200, _answer(context, calling.complete(context.unit, ticket_id, context.caller.counter))


@call(
    "POST",
    "/api/v1/tickets/<ticket_id>/no-show",
    "counter",
    EmptyBody,
    {200: TicketAnswer, **REFUSED},
    demands=(CLERK,),
)
def no_show(context: Context[EmptyBody], ticket_id: str) -> tuple[int, TicketAnswer]:
    return 200, _answer(context, calling.mark_no_show(context.unit, ticket_id, context.caller.counter))


@call(
    "POST", "/api/v1/tickets/<ticket_id>/hold", "counter", ReasonBody, {200: TicketAnswer, **REFUSED}, demands=(CLERK,)
)
def hold(context: Context[ReasonBody], ticket_id: str) -> tuple[int, TicketAnswer]:
    ticket = calling.hold(context.unit, ticket_id, context.caller.counter, context.body.reason)
    return 200, _answer(context, ticket)


@call(
    "POST", "/api/v1/tickets/<ticket_id>/return", "counter", EmptyBody, {200: TicketAnswer, **REFUSED}, demands=(CLERK,)
)
def return_to_queue(context: Context[EmptyBody], ticket_id: str) -> tuple[int, TicketAnswer]:
    return 200, _answer(context, calling.return_to_queue(context.unit, ticket_id, context.caller.counter))


@call(
    "POST", "/api/v1/tickets/<ticket_id>/undo", "counter", EmptyBody, {200: TicketAnswer, **REFUSED}, demands=(CLERK,)
)
def undo(context: Context[EmptyBody], ticket_id: str) -> tuple[int, TicketAnswer]:
    return 200, _answer(context, undoing.undo(context.unit, ticket_id, context.caller.counter))


@call(
    "POST",
    "/api/v1/tickets/<ticket_id>/cancel",
    "counter kiosk",
    ReasonBody,
    {200: TicketAnswer, **REFUSED},
    demands=(CLERK,),
)
def cancel(context: Context[ReasonBody], ticket_id: str) -> tuple[int, TicketAnswer]:
    """Given up; a kiosk only for a ticket it issued itself and that was never called."""
    unit, caller, reason = context.unit, context.caller, context.body.reason
    if caller.role == "kiosk":
        return 200, _answer(context, tickets.withdraw(unit, ticket_id, reason, caller.name))
    return 200, _answer(context, calling.cancel(unit, ticket_id, caller.counter, reason))


@call(
    "POST",
    "/api/v1/tickets/<ticket_id>/transfer",
    "counter",
    TransferBody,
    {200: TransferAnswer, **REFUSED, 422: ProblemDetails},
    demands=(CLERK,),
)
def transfer(context: Context[TransferBody], ticket_id: str) -> tuple[int, TransferAnswer]:
    """With `"confirmed": false` it is refused while nobody is open who could call it; else that is a warning."""
    body, bound, unit = context.body, context.caller.counter, context.unit
    ticket = calling.transfer(
        unit, ticket_id, bound, body.service, body.counter, body.keep, body.reason, body.confirmed
    )
    attended = counters.is_open(unit, ticket.service, body.counter)
    return 200, {**_answer(context, ticket), "warning": None if attended else "counter-closed"}


@call(
    "POST",
    "/api/v1/tickets/<ticket_id>/reprint",
    "counter admin",
    EmptyBody,
    {202: TicketAnswer, **REFUSED},
    demands=(CLERK,),
)
def reprint(context: Context[EmptyBody], ticket_id: str) -> tuple[int, TicketAnswer]:
    return 202, _answer(context, tickets.reprint(context.unit, ticket_id))


@call(
    "POST",
    "/api/v1/tickets/<ticket_id>/dossiers",
    "counter",
    DossierLinkBody,
    {200: LinkAnswer, **REFUSED},
    demands=(CLERK,),
)
def link_dossier(context: Context[DossierLinkBody], ticket_id: str) -> tuple[int, LinkAnswer]:
    """Note a dossier of this visit. It need not be known yet: the one-stop system may tell of it later."""
    unit = context.unit
    ticket = dossier_links.link_dossier(unit, ticket_id, context.body.code)
    code = ticket.dossiers[-1]
    return 200, {**_answer(context, ticket), "linked": code, "is_known": unit.dossiers.get(code) is not None}


@call(
    "DELETE",
    "/api/v1/tickets/<ticket_id>/dossiers/<code>",
    "counter",
    None,
    {200: TicketAnswer, **REFUSED},
    demands=(CLERK,),
)
def unlink_dossier(context: Context, ticket_id: str, code: str) -> tuple[int, TicketAnswer]:
    """Remove a dossier that was linked by mistake; it can be undone for 60 s."""
    return 200, _answer(context, dossier_links.unlink_dossier(context.unit, ticket_id, code, context.caller.counter))


@call(
    "POST", "/api/v1/tickets/<ticket_id>/notes", "counter", NoteBody, {201: CreatedAnswer, **MISSING}, demands=(CLERK,)
)
def add_note(context: Context[NoteBody], ticket_id: str) -> tuple[int, CreatedAnswer]:
    return 201, {"id": tickets.add_note(context.unit, ticket_id, context.body.text)}


def _answer(context: Context[object], ticket: Ticket) -> TicketAnswer:
    ticket = with_words(context.unit.free_texts, ticket)
    return ticket_answer(ticket, place_of(context.unit.tickets, context.dependencies.estimates, ticket))
