"""Calls of followers: the journal in batches and as a live stream."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request

from kiosk.domain.errors import BadRequest, EpochChanged
from kiosk.web.calls import Context, call
from kiosk.web.models import JournalPage, Refusal

MAX_LIMIT = 1000
MAX_SEQ = 2**62
WHOLE_ROLES = frozenset({"board", "counter", "sync", "admin"})
AFTER = {"type": "integer", "minimum": 0, "maximum": MAX_SEQ}
LIMIT = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}
EPOCH = {"type": "string", "minLength": 1, "maxLength": 40}


def _whole(text: str | None, default: int, low: int, high: int, name: str) -> int:
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise BadRequest(f"{name} must be a whole number from {low} to {high}")
    return int(text)


@call("GET", "/api/v1/journal", "sync board report admin", None, {200: JournalPage},
      query={"after": AFTER, "limit": LIMIT, "epoch": EPOCH})  # fmt: skip
def get_journal(context: Context) -> tuple[int, Any]:
    """Events behind a position, in order, exactly as they were chained."""
    after = _whole(context.query.get("after"), 0, 0, MAX_SEQ, "after")
    limit = _whole(context.query.get("limit"), 500, 1, MAX_LIMIT, "limit")
    with context.services.store.reading() as reading:
        head = reading.glance().head
        epochs = reading.epochs()
        epoch = context.query.get("epoch") or head.epoch
        known = {row["epoch"]: row["last_seq"] for row in epochs}
        if epoch not in known:
            raise BadRequest("epoch is not one of this office's; see epochs of a request without it")
        entries = reading.journal(epoch, after, limit)
    last = head.seq if epoch == head.epoch else known[epoch]
    for row in epochs:
        row["last_seq"] = head.seq if row["epoch"] == head.epoch else row["last_seq"]
    events = ",".join(entry.body for entry in entries)
    text = f'{{"epoch":{json.dumps(epoch)},"events":[{events}],"last_seq":{last},"epochs":{json.dumps(epochs)}}}'
    return 200, text


@call("GET", "/api/v1/stream", "board counter tablet kiosk admin", None, {200: None, 409: Refusal},
      query={"after": AFTER, "epoch": EPOCH})  # fmt: skip
def get_stream(context: Context) -> tuple[int, Any]:
    """Server-sent events: id is the seq, data the event; each role sees only what it may."""
    feed = context.services.feed
    epoch = context.query.get("epoch")
    if epoch is not None and epoch != feed.epoch:
        raise EpochChanged("the database has begun a new life; take a new snapshot", epoch=feed.epoch)
    text = request.headers.get("Last-Event-ID") or context.query.get("after")
    after = min(_whole(text, feed.seq, 0, MAX_SEQ, "after"), feed.seq)
    frames = feed.follow(after, context.caller.role in WHOLE_ROLES)
    headers = {"X-Accel-Buffering": "no"}
    return 200, Response(frames, 200, headers, content_type="text/event-stream; charset=utf-8")
