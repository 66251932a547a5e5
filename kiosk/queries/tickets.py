"""A ticket with its place in the queue, and what of it a citizen's own phone may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.reasons import OTHER
from contract.records import dataclass
from contract.tickets import TicketState
from kiosk.domain.errors import UnknownTicket
from kiosk.domain.free_words import REASON, text_id

if TYPE_CHECKING:
    from kiosk.domain.ticket import Ticket
    from kiosk.queries.estimates import Estimates
    from kiosk.store.free_texts import FreeTextTable
    from kiosk.store.store import Reading
    from kiosk.store.tickets import TicketTable


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """`ahead`: people before a waiting ticket; `wait_s`: seconds until its call, estimated. None: it does not wait."""

    ahead: int | None = None
    wait_s: int | None = None


NOT_WAITING = QueuePlace()


@dataclass(frozen=True, slots=True)
class PublicTicket:
    """All that the address of a ticket reveals. `wait_span_s`: between which seconds the call probably comes."""

    number: str
    service: str
    state: TicketState
    counter: str | None
    place: QueuePlace
    wait_span_s: tuple[int, int] | None
    language: str
    rated: bool


def place_of(tickets: TicketTable, estimates: Estimates, ticket: Ticket) -> QueuePlace:
    """Where a ticket stands in the queue at this moment."""
    if ticket.state is not TicketState.WAITING:
        return NOT_WAITING
    ahead = tickets.ahead_of(ticket.pool, ticket.priority is not None, ticket.arrival)
    return QueuePlace(ahead, estimates.wait_s(ticket.service, ahead))


def with_words(texts: FreeTextTable, ticket: Ticket) -> Ticket:
    """For staff: the reason as it was typed, as long as it is kept."""
    if ticket.reason != OTHER:
        return ticket
    return ticket._replace(reason=texts.get(text_id(REASON, ticket.id)) or OTHER)


def read_public_ticket(reading: Reading, estimates: Estimates, token: str) -> PublicTicket:
    """Raises UnknownTicket unless the token is of a ticket of the present business date."""
    ticket = reading.tickets.by_public_token(reading.state.business_date, token)
    if ticket is None:
        raise UnknownTicket("this address is not of a ticket of today")
    place = place_of(reading.tickets, estimates, ticket)
    return PublicTicket(
        number=ticket.number,
        service=ticket.service,
        state=ticket.state,
        counter=ticket.counter,
        place=place,
        wait_span_s=None if place.ahead is None else estimates.wait_span_s(ticket.service, place.ahead),
        language=ticket.language,
        rated=ticket.rated,
    )
