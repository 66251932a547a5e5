"""Taking a number, on screen or by hand, and what may be done with it before it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.records import dataclass
from contract.tickets import PrintState, TicketState
from kiosk.actions.lost_numbers import lost_issue_time
from kiosk.actions.opening import closed, office_is_open
from kiosk.actions.words import reason_code
from kiosk.domain.errors import BadRequest, Forbidden, IllegalTransition, LimitReached, NumberExists
from kiosk.domain.events.slips import SlipReprinted
from kiosk.domain.events.tickets import NoteAdded, TicketCancelled, TicketIssued
from kiosk.domain.numbering import parse_number, ticket_number
from kiosk.domain.pools import service_pool
from kiosk.domain.print_job import PrintJob
from kiosk.domain.queue import place_between
from kiosk.domain.ticket import Ticket
from kiosk.domain.tokens import new_public_token

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.service import Service

PAPER_AGE_MS = 24 * 3600_000
NO_PRINTER = "no_printer"  # the reason of a slip for which the configuration names no printer
BEING_PRINTED = frozenset({PrintState.QUEUED, PrintState.SENDING})


@dataclass(frozen=True, slots=True)
class TicketRequest:
    """What a citizen asks for at the kiosk."""

    service: str
    priority: str | None = None
    language: str | None = None


def issue_ticket(unit: Unit, request: TicketRequest, issued_by: str) -> tuple[Ticket, int]:
    """The next number of the service with its slip spooled; also how many people are before it.

    Raises UnknownService, BadRequest (priority, language), Forbidden, OfficeClosed, LimitReached.
    """
    office = unit.office
    service = office.service(request.service)
    _check_request(unit, request)
    _require_numbers_at(unit, issued_by)
    if not office_is_open(unit):
        raise closed(unit, "numbers are given")
    ordinal = unit.tickets.next_ordinal(unit.business_date, service.letter)
    if service.daily_cap is not None and ordinal > service.daily_cap:
        raise LimitReached(f"all {service.daily_cap} numbers of {service.name} are given today", service=service.name)
    ticket = _new_ticket(unit, service, ordinal, request, issued_by)
    ahead = unit.tickets.ahead_of(ticket.pool, ticket.priority is not None, ticket.arrival)
    ticket = spool_slip(unit, ticket, ahead, marked=False) if office.printers else ticket
    unit.tickets.add(ticket)
    unit.record(TicketIssued(ticket, position=ahead + 1))
    return ticket, ahead


def enter_paper_ticket(
    unit: Unit, number: str, issued_at: int | None, issued_by: str, priority: str | None = None
) -> Ticket:
    """A number written by hand during an outage, at its place by the time it was written (ms since 1970).

    `issued_at` may be None for a number that was lost: about when it was given is known. Raises BadRequest,
    UnknownService, NumberExists.
    """
    try:
        letter, ordinal = parse_number(number)
    except ValueError as error:
        raise BadRequest(str(error)) from None
    service = unit.office.service_of_letter(letter)
    given = unit.tickets.by_number(unit.business_date, ticket_number(letter, ordinal))
    if given is not None:
        raise NumberExists(f"{given.number} exists already and is {given.state}", number=given.number)
    issued_at = lost_issue_time(unit, letter, ordinal) if issued_at is None else issued_at
    if issued_at is None:
        raise BadRequest("issued_at says when the number was written; only lost numbers go without")
    if not unit.now - PAPER_AGE_MS <= issued_at <= unit.now:
        raise BadRequest("issued_at must lie within the last 24 hours")
    request = TicketRequest(service.code, priority)
    _check_request(unit, request)
    unit.tickets.raise_series(unit.business_date, letter, ordinal)
    made = _new_ticket(unit, service, ordinal, request, issued_by)
    before, after = unit.tickets.arrivals_around(unit.business_date, issued_at)
    arrival = made.arrival if after is None else place_between(before, after)
    ticket = made._replace(issued_at=issued_at, arrival=arrival)
    unit.tickets.add(ticket)
    ahead = unit.tickets.ahead_of(ticket.pool, priority is not None, ticket.arrival)
    unit.record(TicketIssued(ticket, position=ahead + 1, on_paper=True))
    return ticket


def withdraw(unit: Unit, ticket_id: str, reason: str | None, issued_by: str) -> Ticket:
    """Cancelled by the kiosk that issued it ("Chọn nhầm"), as long as it was never called."""
    ticket = unit.tickets.get(ticket_id)
    if ticket.issued_by != issued_by or ticket.calls:
        raise IllegalTransition(
            f"{ticket.number} can only be cancelled by a clerk", number=ticket.number, state=ticket.state.value
        )
    reason = reason_code(unit, ticket_id, reason)
    after = ticket.cancel(unit.now, reason)
    unit.tickets.save(ticket, after)
    unit.record(TicketCancelled(after, ticket.state.value, reason))
    return after


def reprint(unit: Unit, ticket_id: str) -> Ticket:
    """Print the slip again, with the same number. "In lại" stands on it only if an earlier one may have come out."""
    ticket = unit.tickets.get(ticket_id)
    if not unit.office.printers:
        raise IllegalTransition("no printer is configured", number=ticket.number, state=ticket.state.value)
    jobs = unit.spool.of_ticket(ticket.id)
    if any(job.state in BEING_PRINTED for job in jobs):
        raise IllegalTransition(
            f"the slip of {ticket.number} is being printed", number=ticket.number, state=ticket.state.value
        )
    printer = printer_of(unit, ticket.issued_by)
    if printer is None:
        raise IllegalTransition(
            f'no printer is named for the kiosk "{ticket.issued_by}"; name it in the configuration: [[printer]] kiosks',
            number=ticket.number,
            state=ticket.state.value,
        )
    marked = any(job.was_sent for job in jobs)
    ahead = unit.tickets.ahead_of(ticket.pool, ticket.priority is not None, ticket.arrival)
    after = spool_slip(unit, ticket, ahead if ticket.state is TicketState.WAITING else 0, marked)
    unit.tickets.set_print_state(after.id, after.print_state, after.print_reason)
    unit.record(SlipReprinted(after.id, after.number, printer, "marked" if marked else None))
    return after


def spool_slip(unit: Unit, ticket: Ticket, ahead: int, marked: bool) -> Ticket:
    """Without a known printer the number stands on the screen alone."""
    printer = printer_of(unit, ticket.issued_by)
    if printer is None:
        return ticket._replace(print_state=PrintState.NOT_PRINTED, print_reason=NO_PRINTER)
    job = PrintJob(unit.new_id(), ticket.id, ticket.number, printer, ahead, marked, unit.now)
    unit.spool.add(job)
    return ticket._replace(print_state=PrintState.QUEUED, print_reason=None)


def printer_of(unit: Unit, name: str) -> str | None:
    """Where slips for a device come out. The device's row is read only where its role decides."""
    office = unit.office
    if name in office.dispensers or not office.dispensers:
        return office.printer_for(name, "")
    device = unit.devices.get(name)
    return office.printer_for(name, "" if device is None else device.role)


def add_note(unit: Unit, ticket_id: str, text: str) -> str:
    """A clerk's remark, kept apart from the journal so that it can be purged; returns its id."""
    ticket = unit.tickets.get(ticket_id)
    note = unit.new_id()
    unit.free_texts.add(note, "note", ticket.id, text, unit.now)
    unit.record(NoteAdded(ticket, note))
    return note


def _require_numbers_at(unit: Unit, name: str) -> None:
    """Raises Forbidden at a kiosk that is for information."""
    device = unit.devices.get(name) if name in unit.office.information else None
    if device is not None and device.role == "kiosk":
        raise Forbidden(f'the kiosk "{name}" gives no numbers; see [kiosk] information')


def _check_request(unit: Unit, request: TicketRequest) -> None:
    office = unit.office
    if request.priority is not None and request.priority not in office.priorities:
        raise BadRequest(
            f'"{request.priority}" is not a priority group; groups: {", ".join(sorted(office.priorities))}'
        )
    if request.language is not None and request.language not in office.languages:
        raise BadRequest(f'"{request.language}" is not a language here; languages: {", ".join(office.languages)}')


def _new_ticket(unit: Unit, service: Service, ordinal: int, request: TicketRequest, issued_by: str) -> Ticket:
    return Ticket(
        id=unit.new_id(),
        number=ticket_number(service.letter, ordinal),
        service=service.code,
        issued_service=service.code,
        state=TicketState.WAITING,
        business_date=unit.business_date,
        arrival=unit.next_arrival(),
        issued_at=unit.now,
        pool=service_pool(service.code),
        priority=request.priority,
        language=request.language or unit.office.languages[0],
        issued_by=issued_by,
        public_token=new_public_token(),
    )
