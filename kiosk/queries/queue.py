"""The queue of a counter as its clerk sees it: who comes next and why, who is held, who is absent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contract.records import dataclass
from contract.tickets import TicketState
from kiosk.domain.free_words import HELP, text_id
from kiosk.domain.pools import pools_of
from kiosk.domain.queue import Waiting, calling_order
from kiosk.queries.tickets import with_words

if TYPE_CHECKING:
    from kiosk.domain.help_request import HelpRequest
    from kiosk.domain.service import Office
    from kiosk.domain.ticket import Ticket
    from kiosk.store.store import Reading


@dataclass(frozen=True, slots=True)
class NextTicket:
    """`why` it is called at this place: "priority", "turn" or "arrival"."""

    ticket: Ticket
    why: str


@dataclass(frozen=True, slots=True)
class AbsentTicket:
    """A ticket marked no-show that may still be recalled, for so many whole seconds."""

    ticket: Ticket
    grace_left_s: int


@dataclass(frozen=True, slots=True)
class QueueView:
    """`waiting` in calling order, without those of whom nobody knows whether they are of today.

    `waiting_by_service` names every service of the office.
    """

    waiting: tuple[NextTicket, ...]
    held: tuple[Ticket, ...]
    absent: tuple[AbsentTicket, ...]
    waiting_by_service: dict[str, int]
    help: tuple[HelpRequest, ...]


def read_queue(reading: Reading, office: Office, code: str, now: int) -> QueueView:
    """`now` in ms since 1970. Raises UnknownCounter."""
    after = reading.state.clock.callable_after
    waiting = [ticket for ticket in reading.tickets.waiting_in(pools_of(office, code)) if ticket.arrival > after]
    day = reading.state.business_date
    by_service = reading.statistics.waiting_by_service()
    absent = reading.tickets.aside(day, TicketState.NO_SHOW)
    return QueueView(
        waiting=in_calling_order(waiting, reading.counters.get(code).priority_run, office.priority_in_a_row),
        held=tuple(with_words(reading.free_texts, one) for one in reading.tickets.aside(day, TicketState.ON_HOLD)),
        absent=within_grace(absent, office.no_show_grace_ms, now),
        waiting_by_service={service: by_service.get(service, 0) for service in office.services},
        help=tuple(_with_place(reading, one) for one in reading.help_requests.open()),
    )


def _with_place(reading: Reading, request: HelpRequest) -> HelpRequest:
    """The place as the device said it, where that was no code."""
    words = reading.free_texts.get(text_id(HELP, request.id))
    return request if words is None else replace(request, place=words)


def in_calling_order(waiting: list[Ticket], priority_run: int, in_a_row: int) -> tuple[NextTicket, ...]:
    """Waiting tickets as `call_next` will take them, each with why."""
    by_id = {ticket.id: ticket for ticket in waiting}
    candidates = [Waiting(ticket.id, ticket.arrival, ticket.priority is not None) for ticket in waiting]
    order = calling_order(candidates, priority_run, in_a_row)
    return tuple(NextTicket(by_id[choice.ticket.id], choice.why) for choice in order)


def within_grace(absent: list[Ticket], grace_ms: int, now: int) -> tuple[AbsentTicket, ...]:
    """Those absent tickets that may still be recalled."""
    left = [(ticket, (ticket.ended_at or 0) + grace_ms - now) for ticket in absent]
    return tuple(AbsentTicket(ticket, ms // 1000) for ticket, ms in left if ms > 0)
