"""Calls about ratings."""

from __future__ import annotations

from typing import Any

from kiosk.actions import surveys
from kiosk.domain.errors import Forbidden, UnknownTicket
from kiosk.web.calls import Context, call
from kiosk.web.models import AnyObject, Made, Nothing, RatingBody, ReasonsBody, Refusal

REFUSED = {404: Refusal, 409: Refusal}


@call("POST", "/api/v1/ratings", "tablet kiosk none", RatingBody, {201: Made, **REFUSED})
def rate(context: Context) -> tuple[int, Any]:
    """From the tablet of the counter that served, or with the ticket's one-time token."""
    body: RatingBody = context.body
    caller = context.caller
    if body.rating_token is not None:
        surveys.check_rating_token(context.unit, body.ticket, body.rating_token)
    elif caller.role != "tablet":
        raise Forbidden("send the rating_token of the ticket")
    elif caller.counter is not None:
        surveys.check_tablet(context.unit, body.ticket, caller.counter)
    opinion = surveys.Opinion(
        body.ticket, body.answers, tuple(body.reasons), body.comment, context.unit.now - body.tapped_ms_ago
    )  # fmt: skip
    return 201, {"id": surveys.rate(context.unit, opinion, caller.name)}


@call("PUT", "/api/v1/ratings/<rating_id>/reasons", "tablet kiosk none", ReasonsBody, {200: AnyObject, **REFUSED})
def give_reasons(context: Context, rating_id: str) -> tuple[int, Any]:
    """Within a minute, from the device that rated."""
    surveys.give_reasons(context.unit, rating_id, list(context.body.reasons), context.caller.name)
    return 200, {"id": rating_id, "reasons": list(context.body.reasons)}


@call("POST", "/api/v1/public/tickets/<token>/rating-token", "", Nothing, {201: AnyObject, **REFUSED})
def make_rating_token(context: Context, token: str) -> tuple[int, Any]:
    """For the phone that holds the ticket's address: a one-time token to rate a service that just ended."""
    ticket = context.unit.tickets.by_public_token(context.unit.business_date, token)
    if ticket is None:
        raise UnknownTicket("this address is not of a ticket of today")
    return 201, {"ticket": ticket.id, "rating_token": surveys.make_rating_token(context.unit, ticket.id)}
