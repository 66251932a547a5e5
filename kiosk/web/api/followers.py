"""Calls about those who follow the journal: what they report of themselves, and what administrators do about them."""

from __future__ import annotations

from kiosk.actions import epochs, followers
from kiosk.domain.followers import FollowerStatus
from kiosk.queries.followers import read_followers
from kiosk.web.api.follower_models import (
    FollowerBody,
    FollowersAnswer,
    ResendAnswer,
    ResendBody,
    followers_answer,
)
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import MISSING, REFUSED, ProblemDetails


@call(
    "PUT",
    "/api/v1/followers/<name>",
    "sync board",
    FollowerBody,
    {204: None, **MISSING},
    journaled=False,
    max_bytes=1024 * 1024,
)
def put_follower(context: Context[FollowerBody], name: str) -> tuple[int, None]:
    """How far a follower is and how it fares, for people to see.

    `ahead`: the receiver of a connector or of the stick has more of the current epoch than the journal. A new one
    begins then, once a day at most, and lost numbers are skipped.
    """
    body, now = context.body, context.now
    refused = [row.to_event() for row in body.refused]
    caller, upstream = context.caller, context.dependencies.upstream
    with context.writing() as tables:
        followers.require_own_follower(tables, upstream, caller.name, caller.role, name)
        followers.report(
            tables, FollowerStatus(name, body.epoch, body.cursor, body.state, body.detail, refused, now, now)
        )
    if body.ahead is not None and name in {*upstream.connectors, upstream.bundle}:
        with context.acting() as unit:
            epochs.heed_receivers(unit, [body.ahead.position()])
    return 204, None


@call("GET", "/api/v1/followers", "admin technician counter sync", None, {200: FollowersAnswer})
def get_followers(context: Context) -> tuple[int, FollowersAnswer]:
    """How far each follower is, where it sends, and what was refused.

    `kind` is "connector", "webhook", "bundle" (the USB stick) or "other"; `silent`: events wait and nothing was heard.
    """
    with context.reading() as reading:
        view = read_followers(reading, context.dependencies.upstream, context.now)
    return 200, followers_answer(view)


@call(
    "POST",
    "/api/v1/followers/<name>/resend",
    "admin technician",
    ResendBody,
    {200: ResendAnswer, **REFUSED},
    journaled=False,
)
def resend(context: Context[ResendBody], name: str) -> tuple[int, ResendAnswer]:
    """Ask a follower to send a refused event again, or all of them; it does so within seconds."""
    body = context.body
    event = None if body.seq is None else (body.epoch, body.seq)
    with context.writing() as tables:
        count = followers.resend(tables, name, context.dependencies.upstream, event, context.now)
    return 200, {"asked": count}


@call(
    "DELETE",
    "/api/v1/followers/<name>",
    "admin technician",
    None,
    {204: None, 403: ProblemDetails, **REFUSED},
    journaled=False,
)
def drop_follower(context: Context, name: str) -> tuple[int, None]:
    """Forget a follower that is no longer configured."""
    with context.writing() as tables:
        followers.forget(tables, name, context.dependencies.upstream)
    return 204, None
