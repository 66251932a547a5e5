"""Calls of followers: the journal in batches and as a live stream."""

from __future__ import annotations

import json

from flask import Response, request

from contract.times import to_rfc3339
from kiosk.domain.errors import EpochChanged, UnknownTicket
from kiosk.queries.journal import JournalSlice, read_journal
from kiosk.web.api.journal_models import EpochAnswer, JournalAnswer
from kiosk.web.http.auth import FIRST_ROLES
from kiosk.web.http.calls import Context, call
from kiosk.web.http.followed import Followed
from kiosk.web.http.models import MISSING, ProblemDetails
from kiosk.web.http.request_parts import whole_number
from kiosk.web.http.stream import Audience, told_body
from kiosk.web.http.stream_client import Listener

MAX_LIMIT = 1000
MAX_SEQ = 2**62
WHOLE_ROLES = frozenset({"board", "counter", "sync", "admin", "head"})
AFTER = {"type": "integer", "minimum": 0, "maximum": MAX_SEQ}
LIMIT = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}
EPOCH = {"type": "string", "minLength": 1, "maxLength": 40}


@call(
    "GET",
    "/api/v1/journal",
    "sync board report admin",
    None,
    {200: JournalAnswer},
    query={"after": AFTER, "limit": LIMIT, "epoch": EPOCH},
    access_to="sync admin",
)
def get_journal(context: Context) -> tuple[int, str]:
    """Events behind a position, in order, exactly as they were chained.

    Boards and readers of reports are told of an event of access only that there was one, with its place in the chain.
    """
    after = whole_number(context.query.get("after"), 0, 0, MAX_SEQ, "after")
    limit = whole_number(context.query.get("limit"), 500, 1, MAX_LIMIT, "limit")
    with context.reading() as reading:
        batch = read_journal(reading, context.query.get("epoch"), after, limit)
    return 200, _text(batch, context.sees_access)


@call(
    "GET",
    "/api/v1/stream",
    "board counter tablet kiosk admin head technician reader",
    None,
    {200: str, 409: ProblemDetails, 429: ProblemDetails},
    query={"after": AFTER, "epoch": EPOCH},
    also=("text/event-stream",),
)
def get_stream(context: Context) -> tuple[int, Response]:
    """Server-sent events: id is the seq, data the event; each role sees only what it may."""
    stream = context.dependencies.stream
    epoch = context.query.get("epoch")
    current = stream.epoch
    if epoch is not None and epoch != current:
        raise EpochChanged("the database has begun a new epoch; take a new snapshot", epoch=current)
    text = request.headers.get("Last-Event-ID") or context.query.get("after")
    after = min(whole_number(text, stream.seq, 0, MAX_SEQ, "after"), stream.seq)
    caller = context.caller
    listener = Listener(caller.name, caller.credential, caller.role in FIRST_ROLES)
    audience = Audience.STAFF if caller.role in WHOLE_ROLES else Audience.CITIZENS
    return 200, _streamed(stream.follow(after, audience, current, listener))


@call(
    "GET",
    "/api/v1/public/stream/<token>",
    "",
    None,
    {200: str, **MISSING, 429: ProblemDetails},
    also=("text/event-stream",),
)
def get_public_stream(context: Context, token: str) -> tuple[int, Response]:
    """For the phone that holds a ticket's address: which numbers and services moved, so that it asks for its own place.

    Events are of type `queue.moved` and begin now; nothing is replayed.
    """
    with context.reading() as reading:
        if reading.tickets.by_public_token(reading.state.business_date, token) is None:
            raise UnknownTicket("this address is not of a ticket of today")
    stream = context.dependencies.stream
    listener = Listener(f"address {request.remote_addr}", "")
    return 200, _streamed(stream.follow(stream.seq, Audience.PHONES, None, listener))


def _streamed(frames: Followed) -> Response:
    headers = {"X-Accel-Buffering": "no"}
    content_type = "text/event-stream; charset=utf-8"
    return Response(frames, 200, headers, content_type=content_type, direct_passthrough=True)


def _text(batch: JournalSlice, with_access: bool) -> str:
    """The events stand in it as they were stored, byte by byte."""
    epochs: list[EpochAnswer] = [
        {"epoch": one.epoch, "last_seq": one.last_seq, "started_at": to_rfc3339(one.started_at), "reason": one.reason}
        for one in batch.epochs
    ]
    events = ",".join(entry.body if with_access else told_body(entry) for entry in batch.entries)
    head = f'{{"epoch":{json.dumps(batch.epoch)},"events":[{events}],"last_seq":{batch.last_seq},'
    return f'{head}"epochs":{json.dumps(epochs)}}}'
