"""Calls about ratings."""

from __future__ import annotations

from typing import Annotated

from flask import request
from pydantic import Field, model_validator
from typing_extensions import TypedDict

from kiosk.actions import ratings
from kiosk.domain.errors import UnknownTicket
from kiosk.domain.spoken_words import MOST_BYTES as SPOKEN_BYTES
from kiosk.domain.survey import LATE_TAP_AGE_MS, MAX_TAP_AGE_MS
from kiosk.domain.ticket import Ticket
from kiosk.web.http.auth import Caller
from kiosk.web.http.callers import trier_of
from kiosk.web.http.calls import Context, call
from kiosk.web.http.first_phones import HEADER
from kiosk.web.http.models import (
    REFUSED,
    Body,
    Code,
    CreatedAnswer,
    EmptyBody,
    Identifier,
    LongText,
    Number,
    ProblemDetails,
)
from kiosk.web.http.request_parts import whole_number


class RatingBody(Body):
    """`late`: it lay on a device for more than 24 hours, 30 days at most, and is counted as such."""

    ticket: Identifier
    answers: Annotated[dict[Code, Code], Field(min_length=1, max_length=5)]
    reasons: Annotated[list[Code], Field(max_length=10)] = Field(default=[])
    comment: LongText | None = None
    tapped_ms_ago: Annotated[int, Field(ge=0, le=LATE_TAP_AGE_MS)] = 0
    rating_token: Annotated[str, Field(max_length=100)] | None = None
    late: bool = False

    @model_validator(mode="after")
    def _only_late_ones_are_old(self) -> RatingBody:
        if self.tapped_ms_ago > MAX_TAP_AGE_MS and not self.late:
            raise ValueError("a rating older than 24 hours says so: late")
        return self


Waited = Annotated[int, Field(ge=0, le=LATE_TAP_AGE_MS)]


class ReasonsBody(Body):
    """A phone sends the `rating_token` with which it rated; `given_ms_ago`: so long it lay on the device."""

    reasons: Annotated[list[Code], Field(min_length=1, max_length=10)]
    rating_token: Annotated[str, Field(max_length=100)] | None = None
    given_ms_ago: Waited = 0


class RemarkBody(Body):
    """A phone sends the `rating_token` with which it rated; `given_ms_ago`: so long it lay on the device."""

    text: LongText
    rating_token: Annotated[str, Field(max_length=100)] | None = None
    given_ms_ago: Waited = 0


class NumberBody(Body):
    number: Number


class ReasonsAnswer(TypedDict):
    id: str
    reasons: list[str]


class RatingTokenAnswer(TypedDict):
    """`number`, `service`, `counter`, `language`: of the ticket, so that a kiosk shows whom it asks about."""

    ticket: str
    rating_token: str
    number: str
    service: str
    counter: str | None
    language: str


def _token_answer(ticket: Ticket, rating_token: str) -> RatingTokenAnswer:
    return {
        "ticket": ticket.id,
        "rating_token": rating_token,
        "number": ticket.number,
        "service": ticket.service,
        "counter": ticket.counter,
        "language": ticket.language,
    }


@call("POST", "/api/v1/ratings", "tablet kiosk none", RatingBody, {201: CreatedAnswer, **REFUSED})
def rate(context: Context[RatingBody]) -> tuple[int, CreatedAnswer]:
    """From the tablet of the counter that served, or with the ticket's one-time token."""
    body, caller = context.body, context.caller
    tapped_at = context.unit.now - body.tapped_ms_ago
    rating = ratings.RatingInput(body.ticket, body.answers, tuple(body.reasons), body.comment, tapped_at)
    return 201, {"id": ratings.submit_rating(context.unit, rating, _rater(caller, body.rating_token))}


def _rater(caller: Caller, token: str | None) -> ratings.Rater:
    return ratings.Rater(caller.role, caller.name, caller.counter, token)


@call("PUT", "/api/v1/ratings/<rating_id>/reasons", "tablet kiosk none", ReasonsBody, {200: ReasonsAnswer, **REFUSED})
def give_reasons(context: Context[ReasonsBody], rating_id: str) -> tuple[int, ReasonsAnswer]:
    """Within a minute, from the device that rated, or with the token that rated; delivered up to 30 days later."""
    body, reasons = context.body, list(context.body.reasons)
    rater = _rater(context.caller, body.rating_token)
    ratings.give_reasons(context.unit, rating_id, reasons, rater, body.given_ms_ago)
    return 200, {"id": rating_id, "reasons": reasons}


@call("PUT", "/api/v1/ratings/<rating_id>/remark", "tablet kiosk none", RemarkBody, {204: None, **REFUSED})
def give_remark(context: Context[RemarkBody], rating_id: str) -> tuple[int, None]:
    """Within ten minutes, from the device that rated, or with the token that rated; delivered as reasons are."""
    body = context.body
    rater = _rater(context.caller, body.rating_token)
    ratings.give_remark(context.unit, rating_id, body.text, rater, body.given_ms_ago)
    return 204, None


@call(
    "PUT",
    "/api/v1/ratings/<rating_id>/spoken-remark",
    "tablet",
    bytes,
    {204: None, 429: ProblemDetails, **REFUSED},
    query={"given_ms_ago": {"type": "integer", "minimum": 0, "maximum": LATE_TAP_AGE_MS, "default": 0}},
    max_bytes=SPOKEN_BYTES,
)
def give_spoken_remark(context: Context[bytes], rating_id: str) -> tuple[int, None]:
    """A few words as sound (WebM, Ogg or MP4), within ten minutes, by the tablet that rated; delivered as reasons."""
    waited = whole_number(context.query.get("given_ms_ago"), 0, 0, LATE_TAP_AGE_MS, "given_ms_ago")
    ratings.give_spoken_remark(context.unit, rating_id, context.body, _rater(context.caller, None), waited)
    return 204, None


@call(
    "POST",
    "/api/v1/ratings/token",
    "kiosk",
    NumberBody,
    {201: RatingTokenAnswer, 429: ProblemDetails, **REFUSED},
)
def make_rating_token_at_kiosk(context: Context[NumberBody]) -> tuple[int, RatingTokenAnswer]:
    """For the citizen who types the number of the slip: a one-time token. Wrong numbers are limited."""
    tries, trier = context.dependencies.wrong_tries, trier_of(context.caller)
    tries.check("rating", trier)
    try:
        ticket, rating_token = ratings.make_rating_token_by_number(context.unit, context.body.number)
    except UnknownTicket:
        tries.note("rating", trier)
        raise
    return 201, _token_answer(ticket, rating_token)


@call(
    "POST",
    "/api/v1/public/tickets/<token>/rating-token",
    "kiosk tablet none",
    EmptyBody,
    {201: RatingTokenAnswer, **REFUSED},
)
def make_rating_token(context: Context[EmptyBody], token: str) -> tuple[int, RatingTokenAnswer]:
    """For the phone that holds the ticket's address: a one-time token to rate a service that just ended.

    Where a phone followed the number, for that phone alone. Never for a counter's credential, token or session: who
    serves does not rate.
    """
    ticket, rating_token = ratings.make_rating_token_for_phone(context.unit, token)
    if context.caller.role == "none":
        context.dependencies.first_phones.require(token, request.headers.get(HEADER))
    return 201, _token_answer(ticket, rating_token)
