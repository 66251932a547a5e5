"""Taking a number, on screen or by hand, and what may be done with it before it is called."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from kiosk.actions.ports import Unit
from kiosk.actions.slips import was_sent
from kiosk.domain.errors import BadRequest, Closed, IllegalTransition, LimitReached, Taken
from kiosk.domain.events import DossierLinked, NoteAdded, SlipEvent, TicketCancelled, TicketIssued
from kiosk.domain.numbering import parse_number, ticket_number
from kiosk.domain.printing import PrintJob
from kiosk.domain.service import Service
from kiosk.domain.ticket import PrintState, Ticket, TicketState

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PUBLIC_TOKEN_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """What a citizen asks for at the kiosk."""

    service: str
    priority: str | None = None
    language: str | None = None


def service_pool(service: str) -> str:
    return f"s:{service}"


def counter_pool(counter: str) -> str:
    return f"c:{counter}"


def issue_ticket(unit: Unit, wish: Wish, issued_by: str) -> tuple[Ticket, int]:
    """The next number of the service with its slip spooled; also how many people are before it.

    Raises UnknownService, BadRequest (priority, language), Closed, LimitReached.
    """
    office = unit.office
    service = office.service(wish.service)
    _check_wish(unit, wish)
    if not office.hours.is_open(unit.now):
        opening = office.hours.next_opening(unit.now)
        again = f"{opening:%H:%M %d/%m}" if opening else "-"
        raise Closed(f"the office is closed; numbers are given again at {again}", again=again)
    ordinal = unit.tickets.next_ordinal(unit.business_date, service.letter)
    if service.daily_cap is not None and ordinal > service.daily_cap:
        raise LimitReached(f"all {service.daily_cap} numbers of {service.name} are given today", service=service.name)
    ticket = _new_ticket(unit, service, ordinal, wish, issued_by)
    ahead = unit.tickets.ahead_of(ticket.pool, ticket.priority is not None, ticket.arrival)
    ticket = spool_slip(unit, ticket, ahead, marked=False) if office.printers else ticket
    unit.tickets.add(ticket)
    unit.record(TicketIssued(ticket, position=ahead + 1))
    return ticket, ahead


def enter_paper_ticket(unit: Unit, number: str, issued_at: int, issued_by: str) -> Ticket:
    """A number written by hand during an outage. Raises BadRequest, UnknownService, Taken when it exists."""
    try:
        letter, ordinal = parse_number(number)
    except ValueError as error:
        raise BadRequest(str(error)) from None
    service = unit.office.service_of_letter(letter)
    known = unit.tickets.by_number(unit.business_date, ticket_number(letter, ordinal))
    if known is not None:
        raise Taken(f"{known.number} exists already and is {known.state}", number=known.number)
    if not unit.now - 24 * 3600_000 <= issued_at <= unit.now:
        raise BadRequest("issued_at must lie within the last 24 hours")
    unit.tickets.raise_series(unit.business_date, letter, ordinal)
    made = _new_ticket(unit, service, ordinal, Wish(service.code), issued_by)
    ticket = made._replace(issued_at=issued_at)
    unit.tickets.add(ticket)
    ahead = unit.tickets.ahead_of(ticket.pool, False, ticket.arrival)
    unit.record(TicketIssued(ticket, position=ahead + 1, on_paper=True))
    return ticket


def cancel(unit: Unit, ticket_id: str, reason: str | None, only_issued_by: str | None = None) -> Ticket:
    """Given up before it was called. A kiosk may cancel only a waiting ticket that it issued itself."""
    ticket = unit.tickets.get(ticket_id)
    if only_issued_by is not None and (ticket.issued_by != only_issued_by or ticket.calls):
        raise IllegalTransition(
            f"{ticket.number} can only be cancelled by a clerk", number=ticket.number, state=ticket.state.value
        )
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
    if any(job.state in {PrintState.QUEUED, PrintState.SENDING} for job in jobs):
        raise IllegalTransition(
            f"the slip of {ticket.number} is being printed", number=ticket.number, state=ticket.state.value
        )
    marked = any(was_sent(job) for job in jobs)
    ahead = unit.tickets.ahead_of(ticket.pool, ticket.priority is not None, ticket.arrival)
    after = spool_slip(unit, ticket, ahead if ticket.state is TicketState.WAITING else 0, marked)
    unit.tickets.set_print_state(after.id, after.print_state, after.print_reason)
    printer = unit.office.printer_for(ticket.issued_by)
    unit.record(SlipEvent("reprinted", after.id, after.number, printer, "marked" if marked else None))
    return after


def spool_slip(unit: Unit, ticket: Ticket, ahead: int, marked: bool) -> Ticket:
    printer = unit.office.printer_for(ticket.issued_by)
    job = PrintJob(unit.new_id(), ticket.id, ticket.number, printer, ahead, marked, unit.now)
    unit.spool.add(job)
    return ticket._replace(print_state=PrintState.QUEUED, print_reason=None)


def link_dossier(unit: Unit, ticket_id: str, code: str) -> Ticket:
    """Note which dossier came of this visit."""
    ticket = unit.tickets.get(ticket_id)
    after = ticket.link_dossier(code)
    if after is not ticket:
        unit.tickets.save(ticket, after)
        unit.record(DossierLinked(after, code))
    return after


def add_note(unit: Unit, ticket_id: str, text: str) -> str:
    """A clerk's remark, kept apart from the journal so that it can be purged; returns its id."""
    ticket = unit.tickets.get(ticket_id)
    note = unit.new_id()
    unit.records.add_free_text(id=note, kind="note", about=ticket.id, text=text, at=unit.now)
    unit.record(NoteAdded(ticket, note))
    return note


def _check_wish(unit: Unit, wish: Wish) -> None:
    office = unit.office
    if wish.priority is not None and wish.priority not in office.priorities:
        raise BadRequest(f'"{wish.priority}" is not a priority group; groups: {", ".join(sorted(office.priorities))}')
    if wish.language is not None and wish.language not in office.languages:
        raise BadRequest(f'"{wish.language}" is not a language here; languages: {", ".join(office.languages)}')


def _new_ticket(unit: Unit, service: Service, ordinal: int, wish: Wish, issued_by: str) -> Ticket:
    return Ticket(
        id=unit.new_id(), number=ticket_number(service.letter, ordinal), service=service.code,
        issued_service=service.code, state=TicketState.WAITING, business_date=unit.business_date,
        arrival=unit.next_arrival(), issued_at=unit.now, pool=service_pool(service.code), priority=wish.priority,
        language=wish.language or unit.office.languages[0], issued_by=issued_by,
        public_token=_public_token(),
    )  # fmt: skip


def _public_token() -> str:
    """12 letters of base58 (70 bits): the end of the address that a phone opens; it ends with the day."""
    number = secrets.randbelow(len(BASE58) ** PUBLIC_TOKEN_LENGTH)
    letters = []
    for _ in range(PUBLIC_TOKEN_LENGTH):
        number, rest = divmod(number, len(BASE58))
        letters.append(BASE58[rest])
    return "".join(letters)
