"""Rating: at most one per served ticket, within the window, without a name."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from kiosk.actions.ports import Unit
from kiosk.domain.errors import BadRequest, Forbidden, NotServed, TooLate, UnknownTicket
from kiosk.domain.events import RatingSubmitted, ReasonsGiven
from kiosk.domain.survey import REASONS_WINDOW_MS
from kiosk.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a citizen tapped; `tapped_at` in ms since 1970."""

    ticket: str
    answers: Mapping[str, str]
    reasons: tuple[str, ...]
    comment: str | None
    tapped_at: int


def make_rating_token(unit: Unit, ticket_id: str) -> str:
    """A one-time token of 128 bits for a phone or kiosk; only its hash is kept."""
    ticket = unit.tickets.get(ticket_id)
    unit.office.survey.check_ratable(ticket, unit.now)
    token = secrets.token_urlsafe(16)
    unit.records.add_rating_token(_hash(token), ticket.id, unit.now)
    return token


def check_rating_token(unit: Unit, ticket_id: str, token: str) -> None:
    """Raises Forbidden when the token is not of this ticket."""
    if unit.records.ticket_of_rating_token(_hash(token)) != ticket_id:
        raise Forbidden("the rating token does not belong to this ticket")


def check_tablet(unit: Unit, ticket_id: str, counter: str) -> None:
    """A tablet may rate only what its own counter served."""
    ticket = unit.tickets.get(ticket_id)
    if ticket.counter != counter:
        raise Forbidden(f"{ticket.number} was not served at counter {counter}", counter=counter)


def rate(unit: Unit, opinion: Opinion, device: str) -> str:
    """Store an opinion; returns the rating's id. Raises AlreadyRated, NotServed, TooLate, BadRequest."""
    survey = unit.office.survey
    survey.check_answers(opinion.answers, list(opinion.reasons))
    ticket = unit.tickets.get(opinion.ticket)
    survey.check_ratable(ticket, opinion.tapped_at)
    if ticket.ended_at is not None and opinion.tapped_at < ticket.ended_at - 5_000:
        raise NotServed(f"{ticket.number} was still being served at the tap", number=ticket.number)
    rating = unit.new_id()
    unit.tickets.save(ticket, ticket._replace(rated=True, version=ticket.version + 1))
    unit.records.add_rating(
        id=rating, ticket=ticket.id, counter=ticket.counter, clerk=ticket.clerk, service=ticket.service,
        question=survey.question, level=opinion.answers[survey.question], reasons=list(opinion.reasons),
        tapped_at=opinion.tapped_at, stored_at=unit.now, business_date=ticket.business_date, device=device,
    )  # fmt: skip
    if opinion.comment:
        unit.records.add_free_text(id=unit.new_id(), kind="comment", about=rating, text=opinion.comment, at=unit.now)
    unit.record(RatingSubmitted(rating, ticket, opinion.answers, opinion.reasons))
    return rating


def give_reasons(unit: Unit, rating_id: str, reasons: list[str], device: str) -> Ticket:
    """Reasons may follow within a minute, from the device that rated."""
    found = unit.records.rating(rating_id)
    if found is None or found["device"] != device:
        raise UnknownTicket("there is no such rating from this device")
    if unit.now - int(found["stored_at"]) > REASONS_WINDOW_MS:
        raise TooLate("reasons can be given within a minute")
    if not reasons:
        raise BadRequest("name at least one reason")
    unit.office.survey.check_reasons(reasons)
    ticket = unit.tickets.get(str(found["ticket"]))
    unit.records.set_reasons(rating_id, reasons)
    unit.record(ReasonsGiven(rating_id, ticket, {str(found["question"]): str(found["level"])}, tuple(reasons)))
    return ticket


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
