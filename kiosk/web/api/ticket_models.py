"""Bodies and answers about tickets."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from contract.tickets import PrintState, TicketState
from contract.times import optional_rfc3339, to_rfc3339
from kiosk.domain.ticket import Ticket
from kiosk.queries.tickets import NOT_WAITING, PublicTicket, QueuePlace
from kiosk.web.http.models import Body, Code, Identifier, Instant, LongText, Number, ShortText, Timestamp


class IssueBody(Body):
    service: Code
    priority: Code | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    appointment: Identifier | None = None


class PaperBody(Body):
    """`issued_at` may be missing for a number that was lost: it is known when those were given."""

    number: Number
    issued_at: Instant | None = None
    priority: Code | None = None


class ReasonBody(Body):
    reason: ShortText | None = None


class TransferBody(Body):
    service: Code | None = None
    counter: Code | None = None
    keep: bool = False
    reason: ShortText | None = None
    confirmed: bool = True


class DossierLinkBody(Body):
    code: Annotated[str, Field(min_length=8, max_length=60)]


class NoteBody(Body):
    text: LongText


class SlipSeenBody(Body):
    came_out: bool


class PrintAnswer(TypedDict):
    state: PrintState
    reason: str | None


class TicketAnswer(TypedDict):
    """`position`: 1 is the next; null unless it waits. `kept`: services left behind by a transfer."""

    id: str
    number: str
    service: str
    state: TicketState
    priority: str | None
    position: int | None
    estimated_wait_s: int | None
    issued_at: Timestamp
    called_at: Timestamp | None
    counter: str | None
    calls: int
    print: PrintAnswer
    business_date: str
    language: str
    dossiers: list[str]
    clerk: str | None
    serving_at: Timestamp | None
    ended_at: Timestamp | None
    reason: str | None
    kept: list[str]
    rated: bool


class IssuedTicketAnswer(TicketAnswer):
    """With the address at which a phone follows it; null where the office has none, and for whoever serves."""

    follow_url: str | None
    public_token: str | None


class TransferAnswer(TicketAnswer):
    """`warning`: `counter-closed` when nobody is open who could call it now."""

    warning: Literal["counter-closed"] | None


class LinkAnswer(TicketAnswer):
    """`linked`: the code as it is kept; `is_known`: the one-stop system told of it already."""

    linked: str
    is_known: bool


class PublicTicketAnswer(TypedDict):
    """`wait_span_s`: the least and the most seconds, for eight of ten; `language`: the one chosen with the ticket."""

    number: str
    service: str
    state: TicketState
    counter: str | None
    people_ahead: int | None
    estimated_wait_s: int | None
    wait_span_s: list[int] | None
    language: str
    rated: bool


def ticket_answer(ticket: Ticket, place: QueuePlace = NOT_WAITING) -> TicketAnswer:
    return {
        "id": ticket.id,
        "number": ticket.number,
        "service": ticket.service,
        "state": ticket.state,
        "priority": ticket.priority,
        "position": None if place.ahead is None else place.ahead + 1,
        "estimated_wait_s": place.wait_s,
        "issued_at": to_rfc3339(ticket.issued_at),
        "called_at": optional_rfc3339(ticket.called_at),
        "counter": ticket.counter,
        "calls": ticket.calls,
        "print": {"state": ticket.print_state, "reason": ticket.print_reason},
        "business_date": ticket.business_date,
        "language": ticket.language,
        "dossiers": list(ticket.dossiers),
        "clerk": ticket.clerk,
        "serving_at": optional_rfc3339(ticket.serving_at),
        "ended_at": optional_rfc3339(ticket.ended_at),
        "reason": ticket.reason,
        "kept": list(ticket.kept),
        "rated": ticket.rated,
    }


def public_ticket_answer(ticket: PublicTicket) -> PublicTicketAnswer:
    return {
        "number": ticket.number,
        "service": ticket.service,
        "state": ticket.state,
        "counter": ticket.counter,
        "people_ahead": ticket.place.ahead,
        "estimated_wait_s": ticket.place.wait_s,
        "wait_span_s": None if ticket.wait_span_s is None else list(ticket.wait_span_s),
        "language": ticket.language,
        "rated": ticket.rated,
    }
