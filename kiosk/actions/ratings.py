"""Rating: at most one per served ticket, within the window, without a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from contract.records import dataclass
from contract.tickets import TicketState
from kiosk.domain.errors import BadRequest, Forbidden, NotServed, TooLate, TooMany, UnknownRating, UnknownTicket
from kiosk.domain.events.ratings import RatingSubmitted, ReasonsGiven
from kiosk.domain.rating import Rating, is_late
from kiosk.domain.retention import DAY, RATING_TOKENS_KEPT
from kiosk.domain.spoken_words import MOST_A_DAY, TYPES, as_text, sound_type
from kiosk.domain.survey import MAX_TAP_AGE_MS, REASONS_WINDOW_MS, REMARK_WINDOW_MS
from kiosk.domain.tokens import hash_token, new_rating_token

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.ticket import Ticket

CLOCKS_DIFFER_MS = 5_000  # a tablet's clock may be behind that of the service
PHONE_DIGITS = 24


@dataclass(frozen=True, slots=True)
class RatingInput:
    """What a citizen tapped; `tapped_at` in ms since 1970."""

    ticket: str
    answers: Mapping[str, str]
    reasons: tuple[str, ...]
    comment: str | None
    tapped_at: int


@dataclass(frozen=True, slots=True)
class Rater:
    """Who rates. `counter`: the one a tablet belongs to; None when it belongs to none.

    `token`: the one-time token of the ticket, which a phone and a kiosk send.
    """

    role: str
    name: str
    counter: str | None = None
    token: str | None = None

    @property
    def device(self) -> str:
        """The device's name; of a phone, which has none, what only the holder of its token can show again."""
        if self.role == "none" and self.token is not None:
            return f"phone/{hash_token(self.token)[:PHONE_DIGITS]}"
        return self.name


def make_rating_token(unit: Unit, ticket_id: str) -> str:
    """A one-time token of 128 bits for a phone or kiosk; only its hash is kept."""
    ticket = unit.tickets.get(ticket_id)
    unit.office.survey.check_ratable(ticket, unit.now)
    token = new_rating_token()
    unit.ratings.add_token(hash_token(token), ticket.id, unit.now)
    return token


def make_rating_token_for_phone(unit: Unit, public_token: str) -> tuple[Ticket, str]:
    """(ticket, rating token) for the phone that holds the address of a ticket of today. Raises UnknownTicket."""
    ticket = unit.tickets.by_public_token(unit.business_date, public_token)
    if ticket is None:
        raise UnknownTicket("this address is not of a ticket of today")
    return ticket, make_rating_token(unit, ticket.id)


def make_rating_token_by_number(unit: Unit, number: str) -> tuple[Ticket, str]:
    """(ticket, rating token) for the citizen who types the number of a slip of today at the kiosk.

    Raises UnknownTicket, and what `make_rating_token` raises, TooLate among them once its window has passed.
    """
    ticket = unit.tickets.by_number(unit.business_date, number)
    if ticket is None:
        raise UnknownTicket(f"there is no number {number} today")
    return ticket, make_rating_token(unit, ticket.id)


def submit_rating(unit: Unit, rating: RatingInput, rater: Rater) -> str:
    """Store a rating from whoever may give it: the tablet of the counter that served, else the holder of the token.

    Returns the rating's id. Raises Forbidden, and what `rate` raises.
    """
    _require_rater(unit, rating, rater)
    return rate(unit, rating, rater.device)


def rate(unit: Unit, rating: RatingInput, device: str) -> str:
    """Store a rating; returns its id. Raises UnknownTicket, AlreadyRated, NotServed, TooLate, BadRequest."""
    survey = unit.office.survey
    survey.check_answers(rating.answers, list(rating.reasons))
    ticket = unit.tickets.get(rating.ticket)
    survey.check_ratable(ticket, rating.tapped_at)
    if ticket.ended_at is not None and rating.tapped_at < ticket.ended_at - CLOCKS_DIFFER_MS:
        raise NotServed(f"{ticket.number} was still being served at the tap", number=ticket.number)
    rating_id = unit.new_id()
    unit.tickets.save(ticket, ticket.rate())
    kept = _kept(unit, rating_id, ticket, rating, device)
    unit.ratings.add(kept)
    if rating.comment:
        unit.free_texts.put("comment", rating_id, rating.comment, unit.now)
    further = {code: choice for code, choice in rating.answers.items() if code != survey.question}
    unit.ratings.add_further(rating_id, further, ticket.business_date)
    answers = {survey.question: kept.level}
    unit.record(RatingSubmitted(rating_id, ticket, answers, rating.reasons, kept.is_late, further))
    return rating_id


def _kept(unit: Unit, rating_id: str, ticket: Ticket, rating: RatingInput, device: str) -> Rating:
    question = unit.office.survey.question
    return Rating(
        id=rating_id,
        ticket=ticket.id,
        counter=ticket.counter,
        clerk=ticket.clerk,
        service=ticket.service,
        question=question,
        level=rating.answers[question],
        reasons=tuple(rating.reasons),
        tapped_at=rating.tapped_at,
        stored_at=unit.now,
        business_date=ticket.business_date,
        device=device,
    )


def give_reasons(unit: Unit, rating_id: str, reasons: list[str], rater: Rater, waited_ms: int = 0) -> Ticket:
    """Reasons may follow within a minute, from the device or phone that rated; `waited_ms`: so long they lay on it."""
    rating = _own_rating(unit, rating_id, rater)
    if unit.now - waited_ms - rating.stored_at > REASONS_WINDOW_MS:
        raise TooLate("reasons can be given within a minute")
    if not reasons:
        raise BadRequest("name at least one reason")
    unit.office.survey.check_reasons(reasons)
    ticket = unit.tickets.get(rating.ticket)
    unit.ratings.set_reasons(rating_id, reasons)
    came_late = is_late(unit.now - waited_ms, unit.now)
    unit.record(ReasonsGiven(rating_id, ticket, {rating.question: rating.level}, tuple(reasons), came_late))
    return ticket


def give_remark(unit: Unit, rating_id: str, text: str, rater: Rater, waited_ms: int = 0) -> None:
    """A remark may follow within ten minutes, from the device or phone that rated; a later one takes its place.

    It lies in the table of free texts, which can be purged, and in no event. `waited_ms`: so long it lay on the device.
    """
    _check_remark(unit, rating_id, rater, waited_ms)
    unit.free_texts.put("comment", rating_id, text, unit.now)


def give_spoken_remark(unit: Unit, rating_id: str, sound: bytes, rater: Rater, waited_ms: int = 0) -> None:
    """The same, spoken: a short file as a browser records it, among the free texts and nowhere else."""
    if not unit.office.survey.voice_remark:
        raise Forbidden("this office takes no spoken words; see [survey] voice_remark")
    _check_remark(unit, rating_id, rater, waited_ms)
    kind = sound_type(sound)
    if kind is None:
        raise BadRequest(f"the body is no sound of a browser; taken are {', '.join(TYPES)}")
    if unit.free_texts.count_spoken(unit.now - DAY) >= MOST_A_DAY:
        raise TooMany(f"{MOST_A_DAY} spoken remarks came within 24 hours; more are not kept")
    unit.free_texts.put_spoken(unit.new_id(), rating_id, as_text(kind, sound), unit.now)


def _check_remark(unit: Unit, rating_id: str, rater: Rater, waited_ms: int) -> None:
    rating = _own_rating(unit, rating_id, rater)
    if unit.now - waited_ms - rating.stored_at > REMARK_WINDOW_MS:
        raise TooLate("a remark can be given within ten minutes")


def _own_rating(unit: Unit, rating_id: str, rater: Rater) -> Rating:
    rating = unit.ratings.get(rating_id)
    if rating is None or rating.device != rater.device:
        raise UnknownRating("there is no such rating from this device")
    return rating


def _require_rater(unit: Unit, rating: RatingInput, rater: Rater) -> None:
    ticket_id, tapped_at = rating.ticket, rating.tapped_at
    if rater.token is not None:
        # a day after it was made it is over for touches, and after a month for what was touched in time, swept or not
        since = max(tapped_at - MAX_TAP_AGE_MS, unit.now - RATING_TOKENS_KEPT)
        if unit.ratings.ticket_of_token(hash_token(rater.token), since) != ticket_id:
            raise Forbidden("the rating token does not belong to this ticket")
    elif rater.role != "tablet":
        raise Forbidden("send the rating_token of the ticket")
    elif rater.counter is None:
        raise Forbidden("pair this tablet with a counter, or send the rating_token of the ticket")
    else:
        _require_last_served(unit, ticket_id, rater.counter, tapped_at)


def _require_last_served(unit: Unit, ticket_id: str, counter: str, tapped_at: int) -> None:
    """A counter's tablet asks about the ticket that the counter served last, as it was at the tap."""
    ticket = unit.tickets.get(ticket_id)
    if ticket.counter != counter:
        raise Forbidden(f"{ticket.number} was not served at counter {counter}", counter=counter)
    if unit.counters.get(counter).last_served == ticket.id:
        return
    ended_at = ticket.ended_at or 0
    served = (one for one in unit.tickets.issued_after(ticket.business_date, 0) if one.state is TicketState.COMPLETED)
    if any(o.counter == counter and ended_at < (o.ended_at or 0) < tapped_at - CLOCKS_DIFFER_MS for o in served):
        raise Forbidden(f"{ticket.number} is not the last that counter {counter} served", counter=counter)
